"""Bytes to canonical text: decoded, line ends as LF, no byte order mark, and nothing else touched."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dateline.errors import Rejected

_MARKS = (  # the longer marks first: that of UTF-16 is the beginning of that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # all but white space and next-line
_MOST_CONTROLS = 0.01  # a stray escape or end-of-file character is no reason to refuse a text; one in a hundred is

_UNREADABLE = "no text in an encoding that we know: save it as UTF-8 plain text and drop it again"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A canonical text and the encoding that its bytes were in, by its Python name."""

    text: str
    encoding: str


def decode(data: bytes, *, max_bytes: int) -> Decoded:
    """Decode UTF-8, UTF-16 and UTF-32 by their marks, plain UTF-8, and else what the bytes look most like.

    Raises Rejected: `too_large`, `empty` (nothing but white space), `binary` (NULs, control characters, undecodable).
    """
    if len(data) > max_bytes:
        raise Rejected("too_large", f"{len(data)} bytes are more than the limit of {max_bytes}: split it or raise it")
    decoded = _marked(data) or _utf8(data) or _guessed(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Rejected("empty", "nothing but white space: drop the document again with its text")
    if "\0" in text or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise Rejected("binary", "control characters, as in binary data: save it as plain text and drop it again")
    return Decoded(text, decoded.encoding)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise Rejected("binary", f"it begins as {encoding} and then is not: save it as UTF-8") from error
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data:
        raise Rejected("binary", _UNREADABLE)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Rejected("binary", _UNREADABLE)
    return Decoded(str(best), best.encoding)
