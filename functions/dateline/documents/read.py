"""The door through which every document comes: bytes of some format to a document with numbered sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.documents.decode import decode
from dateline.documents.language import detect
from dateline.documents.limits import Limits
from dateline.documents.model import Document
from dateline.documents.sentences import split
from dateline.errors import Rejected

if TYPE_CHECKING:
    from dateline.documents.model import Published

READER = "1"  # raise it when the same bytes come to another text or language

_DEFAULT = Limits()


def read(
    data: bytes,
    *,
    name: str,
    published: Published | None = None,
    language: str | None = None,
    limits: Limits = _DEFAULT,
) -> Document:
    """Read a document; `name` is its file name or path, for messages.

    Without `language` (BCP 47) it is detected. Raises Rejected with the codes `empty`, `binary` and `too_large`.
    """
    try:
        decoded = decode(data, max_bytes=limits.max_bytes)
    except Rejected as error:
        raise Rejected(error.code, f"{name}: {error.reason}") from error
    language = language or detect(decoded.text)
    return Document(
        text=decoded.text,
        sentences=split(decoded.text, language),
        encoding=decoded.encoding,
        language=language,
        published=published,
    )
