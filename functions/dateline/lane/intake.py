"""A dropped object as a document: both lanes read it here, so that both ask a model about the same content."""

from __future__ import annotations

from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.content import label, web_address
from dateline.documents.limits import MAX_BYTES
from dateline.documents.model import Published
from dateline.documents.read import read
from dateline.errors import Rejected
from dateline.store.bucket import TooLarge, Withheld

if TYPE_CHECKING:
    from dateline.documents.model import Document
    from dateline.documents.recognition import Recogniser
    from dateline.store.blobs import Blobs
    from dateline.store.bucket import StoredObject
    from dateline.store.keys import Place

# The code of a rejection for an object that is there and that S3 does not hand out.
WITHHELD: Final = "withheld"


def fetch(place: Place, blobs: Blobs) -> StoredObject | None:
    """Read what lies at a document's place now; None where nothing does. Rejected: `too_large`, `withheld`."""
    try:
        return blobs.dropped(place.key, MAX_BYTES)
    except TooLarge as error:
        raise Rejected(
            "too_large",
            f"The file has {error.size:,} bytes; at most {MAX_BYTES:,} are read. Split it.",
        ) from None
    except Withheld as error:
        raise Rejected(WITHHELD, f"S3 does not hand the file out ({error.code}): {_advice(error.code)}") from None


def _advice(code: str) -> str:
    match code:
        case "InvalidObjectState":
            return "it lies in an archive. Restore it from there, and drop it again."
        case "InvalidRequest":
            return (
                "it is encrypted with a key that only its uploader has (SSE-C). "
                "Upload it again without a customer-provided key."
            )
        case "AccessDenied":
            return (
                "Dateline may not read it. If it is encrypted with a KMS key of yours, give the stack that key "
                "(the parameter KmsKeyArn); else find the policy that denies reading it. Then drop it again."
            )
        case _:
            return "its KMS key cannot be used. Enable that key, or encrypt the file with another; then drop it again."


def open_dropped(place: Place, dropped: StoredObject, recogniser: Recogniser | None = None) -> Document:
    """Read a dropped object with what its uploader said of it. Rejected: it cannot be read, or its metadata cannot."""
    return read(
        dropped.data,
        name=place.path,
        published=_published(dropped),
        language=dropped.metadata.get("language"),
        title=_said(dropped, "title"),
        source=_said(dropped, "source"),
        author=_said(dropped, "author"),
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
