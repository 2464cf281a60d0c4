"""A dropped object as a document: both lanes read it here, so that both ask a model about the same content."""

from __future__ import annotations

from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

from dateline.documents.formats.content import label, web_address
from dateline.documents.limits import MAX_BYTES
from dateline.documents.model import Published
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.store.bucket import TooLarge

if TYPE_CHECKING:
    from dateline.documents.model import Document
    from dateline.documents.recognition import Recogniser
    from dateline.store.blobs import Blobs
    from dateline.store.bucket import StoredObject
    from dateline.store.keys import Place


def fetch(place: Place, blobs: Blobs) -> StoredObject | None:
    """Read what lies at a document's place now; None where nothing does. Rejected: it is larger than is read."""
    try:
        return blobs.dropped(place.key, MAX_BYTES)
    except TooLarge as error:
        raise Rejected(
            "too_large",
            f"The file has {error.size:,} bytes; at most {MAX_BYTES:,} are read. Split it.",
        ) from None


def open_dropped(place: Place, dropped: StoredObject, recogniser: Recogniser | None = None) -> Document:
    """Read a dropped object with what its uploader said of it. Rejected: it cannot be read, or its metadata cannot."""
    return read(
        dropped.data,
        name=place.path,
        published=_published(dropped),
        language=dropped.metadata.get("language"),
        title=_said(dropped, "title"),
        source=_said(dropped, "source"),
        url=web_address(_said(dropped, "url")),
        recogniser=recogniser,
    )


def _published(dropped: StoredObject) -> Published | None:
    text = dropped.metadata.get("published")
    if text is None:
        return None
    try:
        return Published(date.fromisoformat(text), "metadata")
    except ValueError:
        raise Rejected(
            "bad_metadata", "The object's metadata `published` is no date. Write it as YYYY-MM-DD, and upload again."
        ) from None


def _said(dropped: StoredObject, name: str) -> str | None:
    """Return what the object's metadata say, which S3 keeps as ASCII: other letters stand as in a mail's header."""
    text = dropped.metadata.get(name)
    try:
        return label(str(make_header(decode_header(text)))) if text else None
    except (HeaderParseError, LookupError, UnicodeError):
        return label(text)
