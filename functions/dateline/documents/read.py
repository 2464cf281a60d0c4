"""The door through which every document comes: bytes of some format to a document with numbered sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.documents.limits import Limits

if TYPE_CHECKING:
    from dateline.documents.model import Document, Published

READER = "1"  # raise it when the same bytes come to another text


def read(
    data: bytes,
    *,
    name: str,
    published: Published | None = None,
    language: str | None = None,
    limits: Limits = Limits(),
) -> Document:
    """Read a document; `name` is its file name or path, for messages.

    Without `language` (BCP 47) it is detected. Raises Rejected with the codes `empty`, `binary` and `too_large`.
    """
    raise NotImplementedError
