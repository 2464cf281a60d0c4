"""Requests as a client sends them, made from plain texts."""

from __future__ import annotations

from datetime import date

from dateline.ask.request import marker, numbered
from dateline.ask.schema import Who
from dateline.documents.model import Published
from dateline.documents.read import read
from infra.standin.request import Asked, read_request


def message(text: str, published: str | None = None) -> str:
    document = read(
        text.encode(),
        name="a.txt",
        published=Published(date.fromisoformat(published), "caller") if published else None,
    )
    return numbered(document, marker("ask", document.text))


def asked(text: str, published: str | None = None) -> Asked:
    return read_request(message(text, published))


def words(declared: str | Who) -> str:
    """Return the document's words for a declared speaker."""
    return declared if isinstance(declared, str) else declared.w
