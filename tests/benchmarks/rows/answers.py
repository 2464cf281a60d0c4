"""A strong model's recorded answers: how many documents are asked twice, and how long answers are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dateline.ask.schema import Answer
from dateline.documents.read import read
from tests.benchmarks.row import Row, script
from tests.evaluation.recorded import ARTICLES, COLLECTION, Outcome, in_todays_form, outcomes
from tests.evaluation.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dateline.ask.request import Request

TWICE = Row("documents asked twice", "41 %", "≤ 10 %")
SECOND = Row("what the second call adds to the input tokens", "+64 to +98 %", "≤ 12 %")
LENGTH = Row("answer tokens ÷ text tokens, recorded findings in today's form", "1.60 and 1.77", "≤ 1.45")
FORM = Row("of these keys, signs and literals; tokens an event", "44–47 %; 82–85")
_TWICE, _SECOND, _LENGTH = 0.10, 0.12, 1.45


def rows() -> Iterator[Row]:
    """Measure all that needs recorded answers."""
    if not COLLECTION.exists():
        yield from (row.skipped("the recorded answers are not part of the project") for row in (TWICE, SECOND, LENGTH))
        return
    made = {folder.name: outcomes(folder) for folder in (*ARTICLES, COLLECTION)}
    ones = [one for several in made.values() for one in several]
    asked_twice = sum(one.calls > 1 for one in ones) / len(ones)
    sets = ", ".join(f"{name} {sum(one.calls > 1 for one in some)} of {len(some)}" for name, some in made.items())
    yield TWICE.measured(f"{asked_twice:.0%}", reached=asked_twice <= _TWICE, note=sets)
    added = {name: _added(some) for name, some in made.items()}
    worst = max(added.values())
    said = ", ".join(f"{name} +{share:.0%}" for name, share in added.items())
    yield SECOND.measured(f"+{_added(ones):.0%}, at most +{worst:.0%}", reached=worst <= _SECOND, note=said)
    lengths = {folder.name: _lengths(folder) for folder in ARTICLES}
    ratios = [sum(answer for answer, *_ in some) / sum(text for _, text, *_ in some) for some in lengths.values()]
    content = [
        sum(answer - form for answer, _, form, _ in some) / sum(text for _, text, *_ in some)
        for some in lengths.values()
    ]
    yield LENGTH.measured(
        " and ".join(f"{one:.2f}" for one in ratios),
        reached=max(ratios) <= _LENGTH,
        note=f"without a key or sign {' and '.join(f'{one:.2f}' for one in content)}; shapes of an event that leave "
        "out all that is empty would save 0.08 (infra/decisions/021); tokens are estimated, 3 % too few on answers "
        "(tests/evaluation/tokens.py)",
    )
    every = [one for some in lengths.values() for one in some]
    answers, form, events = (sum(one[place] for one in every) for place in (0, 2, 3))
    yield FORM.measured(f"{form / answers:.0%}; {answers / events:.0f}")


def _added(ones: list[Outcome]) -> float:
    """Return the tokens of all second requests as a share of those of the first ones."""
    first = sum(_input(one.requests[0]) for one in ones)
    return sum(_input(request) for one in ones for request in one.requests[1:]) / first


def _input(request: Request) -> int:
    return sum(tokens(message.content) for message in request.messages)


def _lengths(folder: Path) -> list[tuple[int, int, int, int]]:
    """Return for each document the tokens of its answer, of its text and of the answer's form, and its events."""
    found = []
    for file in sorted((folder / "answers").glob("*.txt.json")):
        recorded = json.loads(file.read_text(encoding="utf-8"))["answer"]
        document = read((folder / "docs" / file.stem).read_bytes(), name=file.stem)
        said = Answer.model_validate_json(json.dumps(in_todays_form(recorded, document)))
        answer = said.model_dump_json()
        words = sum(tokens(one) for one in _words(json.loads(answer)))
        found.append((tokens(answer), tokens(document.text), tokens(answer) - words, len(said.ev)))
    return found


def _words(value: object) -> Iterator[str]:
    """Yield what an answer says without the form: its strings but for those of few fixed values, and its numbers."""
    match value:
        case dict():
            for key, inner in value.items():
                if key not in {"a", "k", "lang", "out"}:
                    yield from _words(inner)
        case list():
            for inner in value:
                yield from _words(inner)
        case "planned" | "called_off":
            return
        case str() | int():
            yield str(value)


if __name__ == "__main__":
    script(rows)
