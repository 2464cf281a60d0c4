"""Opaque cursors: where a page ended, and of which query. They name a position and give access to nothing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_CHARACTERS = 4_000


class BadCursor(ValueError):
    """A cursor that was changed, or that belongs to another query."""

    def __init__(self) -> None:
        super().__init__("this cursor is not one that this query gave; begin without one")


def encode(query: str, *fields: str) -> str:
    """Write a position in the pages of a query; `query` is anything that tells it from other queries."""
    return base64.urlsafe_b64encode(json.dumps([_mark(query, fields), *fields]).encode()).decode().rstrip("=")


def decode(query: str, cursor: str, fields: int) -> tuple[str, ...]:
    """Read a position of so many fields back. BadCursor: it is not of this query, or was tampered with."""
    if len(cursor) > _MAX_CHARACTERS:
        raise BadCursor
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor from None
    if not isinstance(parts, list) or len(parts) != fields + 1 or not all(isinstance(part, str) for part in parts):
        raise BadCursor
    # Written once more: so neither a position nor the way it is written can have been changed.
    if cursor != encode(query, *parts[1:]):
        raise BadCursor
    return tuple(parts[1:])


def _mark(query: str, fields: Sequence[str]) -> str:
    """Return whether anything of a cursor was changed; ASCII, because JSON can hold halves of characters."""
    return hashlib.sha256(json.dumps([query, *fields]).encode()).hexdigest()[:16]
