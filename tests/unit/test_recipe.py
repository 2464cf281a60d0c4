import ast
import random
from pathlib import Path

import pytest

from dateline.recipe import FILE, CodeHashes, ask_hash, recipe
from infra import recipe as made

_SOURCES = made.sources()
_SPLITTER = made.splitter()
_NOW = made.hashes(_SOURCES, _SPLITTER)

# What each room of the library decides, said once more by hand: a room that is moved or added must be placed here.
_ROOMS = {
    "ask/": {"ask"},
    "documents/": {"ask"},
    "extract.py": {"ask"},
    "provider/chat.py": {"ask"},
    "text.py": {"ask", "judge"},
    "dates/": {"judge"},
    "judge/": {"judge"},
    "records.py": {"judge"},
    "provider/": set(),
    "store/": set(),
    "search/": set(),
    "linking/": {"linking"},
    "http/": set(),
    "exports/": set(),
    "lane/": set(),
    "answer.py": set(),
    "deadline.py": set(),
    "stored.py": set(),
    "deferred.py": set(),
    "terms.py": set(),
    "errors.py": set(),
    "recipe.py": set(),
    "__init__.py": set(),
    "pyproject.toml": set(),
}
_MUTATIONS = 50


def changed(path: str, text: str) -> set[str]:
    """Return which hashes another text of one file changes."""
    after = made.hashes({**_SOURCES, path: text}, _SPLITTER)
    return {name for name in CodeHashes.model_fields if getattr(after, name) != getattr(_NOW, name)}


def decides(path: str) -> set[str]:
    return next(hashes for room, hashes in _ROOMS.items() if path.startswith(room))


def mutations() -> list[tuple[str, int, str]]:
    """Choose constants and conditions, spread over the files: path, line, and the file with one of them changed."""
    chosen = random.Random(50)  # the same ones each time
    paths = [path for path in sorted(_SOURCES) if path.endswith(".py")]
    found: list[tuple[str, int, str]] = []
    while len(found) < _MUTATIONS:
        path = chosen.choice(paths)
        nodes = ast.walk(ast.parse(_SOURCES[path]))
        places = [node for node in nodes if isinstance(node, ast.expr) and is_mutable(node)]
        if places:
            node = chosen.choice(places)
            found.append((path, node.lineno, mutated(_SOURCES[path], node)))
    return found


def is_mutable(node: ast.expr) -> bool:
    """Return whether a node is a number, or a comparison by an operator that has an opposite."""
    if isinstance(node, ast.Compare):
        return isinstance(node.ops[0], ast.Lt | ast.Gt | ast.Eq | ast.NotEq | ast.In | ast.NotIn)
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool)


def mutated(text: str, node: ast.expr) -> str:
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
    data = text.encode()
    old = data[start:end].decode()
    new = f"(not ({old}))" if isinstance(node, ast.Compare) else f"({old} + 1)"
    return (data[:start] + new.encode() + data[end:]).decode()


@pytest.mark.parametrize(("path", "line", "text"), mutations(), ids=lambda value: str(value)[:60])
def test_another_constant_or_condition_changes_the_hashes_of_its_room_alone(path: str, line: int, text: str) -> None:
    assert changed(path, text) == decides(path)


@pytest.mark.parametrize("path", ["ask/orders.toml", "dates/language/tables/de.toml", "judge/tables/numbers.toml"])
def test_another_entry_of_a_table_changes_the_hash_of_its_room(path: str) -> None:
    text = _SOURCES[path] + '\n[entirely.new]\nwords = ["one"]\n'

    assert changed(path, text) == decides(path)


@pytest.mark.parametrize("path", sorted(_SOURCES))
def test_a_comment_changes_no_hash(path: str) -> None:
    assert changed(path, "# A comment.\n" + _SOURCES[path] + "\n# Another.\n") == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"""Short."""\n', '"""Longer, and on\n\nseveral lines."""\n'),
        ("def f():\n    return 1\n", 'def f():\n    """Return one."""\n    return 1\n'),
        ("def f():\n    return 1\n", "def f():\n    logger.info('one')\n    return 1\n"),
        ("x = [1, 2]\n", "x = [\n    1,\n    2,\n]\n"),
        ("x = 'a'\n", 'x = "a"\n'),
        ("x = 1\n", "if TYPE_CHECKING:\n    from dateline.dates import Day\nx = 1\n"),
    ],
    ids=["docstring", "a function's docstring", "logging", "formatting", "quotes", "imports for types"],
)
def test_what_changes_no_behaviour_changes_no_hash(before: str, after: str) -> None:
    one, other = ({**_SOURCES, "judge/checks.py": text} for text in (before, after))

    assert made.hashes(one, _SPLITTER) == made.hashes(other, _SPLITTER)


def test_a_price_changes_no_hash() -> None:
    prices = _SOURCES["provider/prices.toml"]

    assert changed("provider/prices.toml", prices + "\n[another]\nprice = 1\n") == set()


def test_another_release_of_the_splitter_changes_the_ask_alone() -> None:
    after = made.hashes(_SOURCES, "sentencex==99.0")

    assert after.ask != _NOW.ask
    assert after.judge == _NOW.judge


def test_the_committed_hashes_are_those_of_the_code() -> None:
    assert FILE.read_text() == made.content(), "run `make recipe`, and say in the change log what it costs users"


def test_every_room_of_the_library_is_placed() -> None:
    assert [path for path in _SOURCES if not path.startswith(tuple(_ROOMS))] == []


def test_a_file_that_is_renamed_stays_hashed() -> None:
    library = Path(FILE).parent

    assert all((library / name).exists() for name in (*made.ASK, *made.JUDGE))


def test_a_recipe_is_the_same_each_time_it_is_asked_for() -> None:
    assert recipe("m", "en") == recipe("m", "en")


def test_model_language_and_length_of_parts_are_part_of_the_ask() -> None:
    assert len({ask_hash("m", "en"), ask_hash("n", "en"), ask_hash("m", "de"), ask_hash("m", "en", 9_000)}) == 4
