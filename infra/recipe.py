"""The hashes of the code that asks, that judges and that links: `python -m infra.recipe`, or `make recipe`.

A hash is made of syntax trees, normalised so that every Python from 3.11 on makes the same: without comments,
docstrings, formatting, logging, and imports for types only. Tables are hashed as the data that they hold, and the
library that cuts sentences by its locked version.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.recipe import CodeHashes, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ROOT = Path(__file__).parents[1]
_LIBRARY = Path("functions/dateline")
_LOCK = Path("infra/lock/dev.txt")

# Folders and files of the library. Both hashes hold what both use. The chat protocol writes what is sent; the client,
# batches and prices do not change an answer.
ASK = ("ask/", "documents/", "extract.py", "provider/chat.py", "text.py")
LINKING = ("linking/",)
JUDGE = ("dates/", "judge/", "records.py", "text.py")
_CUTS_SENTENCES = "sentencex"

# Fields of syntax trees that differ between versions of Python, or that say nothing about what code does.
_UNSAID = {"ctx", "kind", "type_comment", "type_ignores", "type_params"}
_LOGGERS = {"log", "logger", "logging"}


def hashes(sources: Mapping[str, str], splitter: str) -> CodeHashes:
    """Hash sources by their path in the library; `splitter` names the release of the library that cuts sentences."""
    return CodeHashes(
        ask=_hashed([splitter, *_chosen(sources, ASK)]),
        judge=_hashed(_chosen(sources, JUDGE)),
        linking=_hashed(_chosen(sources, LINKING)),
    )


def sources(root: Path = _ROOT) -> dict[str, str]:
    """Read the library's code and tables below a project's root, by their path in the library."""
    library = root / _LIBRARY
    files = (path for pattern in ("*.py", "*.toml") for path in library.rglob(pattern))
    return {path.relative_to(library).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)}


def splitter(root: Path = _ROOT) -> str:
    """Return the locked release of the library that cuts sentences: stored answers cite sentences by number."""
    pinned = re.search(rf"^{_CUTS_SENTENCES}==\S+", (root / _LOCK).read_text(encoding="utf-8"), re.MULTILINE)
    if pinned is None:
        raise LookupError(f"{_LOCK} does not pin {_CUTS_SENTENCES}")
    return pinned[0]


def content(root: Path = _ROOT) -> str:
    """Return what `recipe.json` should hold."""
    return hashes(sources(root), splitter(root)).model_dump_json(indent=2) + "\n"


def main() -> None:
    """Write the hashes anew."""
    (_ROOT / _LIBRARY / "recipe.json").write_text(content(), encoding="utf-8")


def _chosen(sources: Mapping[str, str], wanted: tuple[str, ...]) -> list[str]:
    return [f"{path} {_meaning(path, text)}" for path, text in sorted(sources.items()) if path.startswith(wanted)]


def _hashed(parts: Iterable[str]) -> str:
    return digest("\n".join(parts))


@lru_cache(maxsize=1024)
def _meaning(path: str, text: str) -> str:
    """Hash what a file says, whatever it looks like."""
    said = tomllib.loads(text) if path.endswith(".toml") else _normal(ast.parse(text))
    return digest(json.dumps(said, default=str))


def _normal(node: object) -> object:
    if isinstance(node, ast.AST):
        fields = ((name, _normal(value)) for name, value in ast.iter_fields(node) if name not in _UNSAID)
        return [type(node).__name__, *([name, value] for name, value in fields if value not in (None, []))]
    if isinstance(node, list):
        return [_normal(one) for one in node if not _says_nothing(one)]
    return None if node is None else [type(node).__name__, repr(node)]


def _says_nothing(statement: object) -> bool:
    """Return whether a statement is a docstring, logs, or imports for types only."""
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name.strip("_").lower() in _LOGGERS
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=[]):
            return True
        case _:
            return False


if __name__ == "__main__":
    main()
