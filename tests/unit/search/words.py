"""Runs to be searched, each with the least that a test has to say."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.search.segment import Piece
from dateline.search.words import EventWords, RunWords


def content(document: str = "doc_a", text: str = "", **changes: object) -> RunWords:
    plain = RunWords(
        document=document,
        run=1,
        day=739_000,
        language="en",
        published=None,
        url=None,
        title=None,
        headline=None,
        medium=None,
        names=(),
        events=(),
        text=text,
    )
    return plain.model_copy(update=changes)


def event(title: str, *quotes: tuple[int, int], names: Sequence[str] = (), number: int = 1) -> EventWords:
    return EventWords(id=f"evt_{number:05}", title=title, names=tuple(names), quotes=quotes)


def piece(document: str = "doc_a", text: str = "", **changes: object) -> Piece:
    return Piece.of(content(document, text, **changes))
