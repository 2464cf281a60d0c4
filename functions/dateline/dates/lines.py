"""Dates as JSON lines: what the command `dateline dates` reads and writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from dateline.dates.model import Resolution
from dateline.dates.resolver import resolve


class Question(NamedTuple):
    """One line in: `expression` where it stands in `sentence`, with the sentences before it in `context`."""

    id: str
    expression: str
    sentence: str
    language: str
    published: date | None
    context: tuple[str, ...]


class BadLine(ValueError):
    """A line is no question; the message says why and what to write."""


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line of JSON with a line of JSON, in order.

    In: `id`, `expression`, and where known `sentence`, `language` (BCP 47, else "und"), `published` (YYYY-MM-DD),
    `context` (a list of sentences, nearest last). Out: `id`, `status` ("resolved" or "unresolved"), `edtf`,
    `earliest`, `latest`, `rule`, and `reason` where there is no answer. A bad line is answered with its number, from 1,
    and what is wrong with it; empty lines are passed over.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                answer = _answer(_question(line))
            except BadLine as error:
                answer = {"line": number, "error": str(error)}
            yield json.dumps(answer, ensure_ascii=False)


def _answer(question: Question) -> dict[str, str | int | None]:
    found = resolve(question.expression, question.sentence, question.language, question.published, question.context)
    if not isinstance(found, Resolution):
        nothing = dict.fromkeys(("edtf", "earliest", "latest", "rule"))
        return {"id": question.id, "status": "unresolved", **nothing, "reason": found.reason}
    return {
        "id": question.id,
        "status": "resolved",
        "edtf": found.edtf,
        "earliest": None if found.earliest is None else str(found.earliest),
        "latest": None if found.latest is None else str(found.latest),
        "rule": found.rule,
    }


def _question(line: str) -> Question:
    try:
        fields: object = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine("no JSON: write one object a line") from error
    if not isinstance(fields, dict):
        raise BadLine("no object: write one object a line")
    expression = _text(fields, "expression")
    return Question(
        id=_text(fields, "id"),
        expression=expression,
        sentence=_text(fields, "sentence", expression),
        language=_text(fields, "language", "und"),
        published=_day(fields),
        context=_texts(fields),
    )


def _text(fields: dict[str, object], name: str, default: str | None = None) -> str:
    value = fields.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise BadLine(f"`{name}` is missing or no string")
    return value


def _day(fields: dict[str, object]) -> date | None:
    value = fields.get("published")
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise BadLine("`published` is no day: write YYYY-MM-DD") from error


def _texts(fields: dict[str, object]) -> tuple[str, ...]:
    value = fields.get("context")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadLine("`context` is no list of strings")
    return tuple(value)
