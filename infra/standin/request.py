"""Reading the request: the numbered sentences between the document's two marker lines, and what is said about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.ask.orders import MARK

_DOCUMENT = re.compile(
    r"^(?P<marker>[0-9a-f]{12,})(?: (?P<published>\d{4}-\d\d-\d\d))?\n(?P<body>.*?)^(?P=marker)$",
    re.DOTALL | re.MULTILINE,
)
_TITLE = re.compile(r"^Title: (.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"^(\d+): (.*)$", re.MULTILINE)


class UnreadableRequestError(ValueError):
    """The request is none that the stand-in can answer; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered sentence of the request."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says: the document's sentences in their order, and what is known about it."""

    published: date | None
    title: str | None
    lines: tuple[Line, ...]


def read_request(message: str) -> Asked:
    """Read the user's message; UnreadableRequestError where it holds no document or no sentence."""
    document = _DOCUMENT.search(message)
    if document is None:
        raise UnreadableRequestError("no document stands between two lines with one marker")
    body = document["body"]
    first = _SENTENCE.search(body)
    if first is None:
        raise UnreadableRequestError("the document has no numbered sentence, such as '1: It rained.'")
    published, title = document["published"], _TITLE.search(body[: first.start()])
    lines = tuple(Line(int(number), text) for number, text in _SENTENCE.findall(body) if not text.startswith(MARK))
    return Asked(date.fromisoformat(published) if published else None, title[1] if title else None, lines)
