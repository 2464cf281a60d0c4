"""Plain text: as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.documents.decode import decode
from dateline.documents.formats.content import Content

if TYPE_CHECKING:
    from dateline.documents.limits import Limits


def read_plain(data: bytes, limits: Limits) -> Content:
    """Read a text. Rejected: what decoding rejects."""
    decoded = decode(data, max_bytes=limits.max_bytes)
    return Content(text=decoded.text, encoding=decoded.encoding)
