"""What is sent to a model: fixed instructions, then the document as numbered sentences between two markers.

Both lanes, live and batch, send these same bytes for the same document and ask.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import JsonValue

from dateline.ask.neutral import neutral
from dateline.ask.orders import MARK, orders
from dateline.ask.parts import SUMMARY, DocumentPart, shown
from dateline.ask.prompt import instructions, repair_instructions
from dateline.ask.schema import Answer, Repair
from dateline.ask.strict import strict_schema
from dateline.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import Document, Sentence

# Statements that one answer may hold: as many as the instructions say, and more of a longer text.
_LEAST_STATEMENTS, _MOST_STATEMENTS = 5, 12
_CHARACTERS_A_STATEMENT = 4_000  # code points of text for each further one
_MARKER_DIGITS = 12  # 48 bits: a text meets its own marker once in 10^14 documents, and then gets a longer one


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """A conversation that a model is to continue with JSON of the given strict schema."""

    messages: tuple[Message, ...]
    schema: dict[str, JsonValue]


def request(document: Document, ask: str, output_language: str, part: DocumentPart | None = None) -> Request:
    """Ask for the summary and events of a document, or of a part; `ask` is the hash of what decides the answer."""
    part = part or DocumentPart("1", shown(document))
    said = numbered(document, marker(ask, document.text, document.title or ""), part.sentences)
    most = most_statements(part)
    if most > _LEAST_STATEMENTS and part.name != SUMMARY:
        said = f"`say` may hold {most} statements.\n{said}"
    if part.about:
        said = f"{part.about}\n{said}"
    return Request(
        messages=(Message("system", instructions(output_language)), Message("user", said)),
        schema=strict_schema(Answer),
    )


def most_statements(part: DocumentPart) -> int:
    """Return how many statements an answer about a part may hold: 5 to 12, by its length."""
    length = sum(sentence.end - sentence.start for sentence in part.sentences)
    return min(_MOST_STATEMENTS, _LEAST_STATEMENTS + length // _CHARACTERS_A_STATEMENT)


def repair(first: Request, answer: str, failures: Sequence[str], passed_over: Sequence[str] = ()) -> Request:
    """Ask once more for those items of an answer that failed, with the exact reasons, and for dates passed over."""
    asked = Message("user", repair_instructions(failures, passed_over))
    return Request(
        messages=(*first.messages, Message("assistant", answer), asked),
        schema=strict_schema(Repair) if passed_over else first.schema,
    )


def marker(ask: str, text: str, title: str = "") -> str:
    """Return hex digits that stand nowhere in text and title, so that they cannot end the document before its end."""
    digits = hashlib.sha256(f"{ask}\n{text}".encode()).hexdigest()
    length = _MARKER_DIGITS
    while digits[:length] in text or digits[:length] in title:
        length += 1
    return digits[:length]


def numbered(document: Document, fence: str, sentences: Sequence[Sentence] | None = None) -> str:
    """Write the document as data: its day and title, then a line for each sentence with its number.

    White space inside a sentence is folded, so that a sentence cannot pose as several lines. What is not shown keeps
    its number, and a title that the first sentence says is not said twice. Without `sentences` all are written that
    may be shown.
    """
    sentences = sentences or shown(document)
    lines = [f"{fence} {document.published.day.isoformat()}" if document.published else fence]
    title = folded(document.title or "")
    if title and title not in [folded(document.words(sentence)) for sentence in sentences[:1]]:
        lines.append(f"Title: {folded(neutral(title))}")
    lines.extend(_line(sentence.number, document.words(sentence)) for sentence in sentences)
    lines.append(fence)
    return "\n".join(lines)


def _line(number: int, text: str) -> str:
    """Write a sentence so that nothing in it can steer a model; one that tries to is marked."""
    mark = f"{MARK} " if orders(text) else ""
    return f"{number}: {mark}{folded(neutral(text))}"
