"""Bytes to canonical text: decoded, line ends as LF, no byte order mark, and nothing else touched."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from dateline.documents.eight_bit import Decoded, likeliest
from dateline.errors import Rejected

__all__ = ["Decoded", "charset_in", "decode", "decode_declared"]

_MARKS = (  # the longer marks first: that of UTF-16 is the beginning of that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # all but white space and next-line
_HIGH_CONTROLS = re.compile(r"[\x80-\x9f]")  # no text has them, and other encodings have quotes there
_MOST_CONTROLS = 0.01  # a stray escape or end-of-file character is no reason to refuse a text; one in a hundred is

# Bytes that are wrong in an otherwise sound text are damage, and not another encoding. In UTF-8 a letter beyond ASCII
# follows a pattern that other encodings meet by chance: at most as often as they miss it, in texts of some length.
_LEAST_SOUND = 2  # bytes of sound letters beyond ASCII for each piece of damage
_MOST_DAMAGE = 0.05  # of the characters beyond ASCII, in other encodings
_LOST = "\N{REPLACEMENT CHARACTER}"
_PLAIN_UTF16 = 0.05  # share of pairs with a NUL: damaged bytes with fewer are taken for no text
_ENOUGH = 4_000  # characters that tell one kind of text from another

# What is declared, and the larger encoding that holds it and is meant; the labels of the web see to the others.
_LARGER = {"gbk": "gb18030"}
# What is declared, and its Windows kin, which puts letters and quotes where the other has control characters.
_WINDOWS = {
    "iso8859-2": "cp1250", "iso8859-7": "cp1253", "iso8859-8": "cp1255", "iso8859-13": "cp1257", "iso8859-15": "cp1252",
    "iso8859-16": "cp1250",
}  # fmt: skip
# The encodings of texts among Python's codecs, but for those of Unicode.
_OLDER = re.compile(
    r"big5\w*|cp\d+|euc_\w+|gb\w+|hz|iso2022_\w+|iso8859-\d+|johab|koi8-\w|mac-\w+|ptcp154|shift_jis\w*"
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE
)
_WITHIN = 4_096  # bytes; browsers look for a page's declaration in the first 1,024

_MOST_OF_LETTERS = 0.7
_EAST_ASIAN = range(0x3, 0xE)  # blocks of 4,096 code points: kana, Chinese, Korean
_STRAY_NUL = re.compile(rb"[\t\n\r -~]{3,}(?:\0[\t\n\r -~]{3,})*\0?")  # plain ASCII but for a NUL here and there
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

_UNREADABLE = "no text in an encoding that we know: save it as UTF-8 plain text and drop it again"


def decode(data: bytes, *, max_bytes: int) -> Decoded:
    """Decode UTF-8, UTF-16 and UTF-32 by their marks or plain, and else what the bytes look most like.

    What is damaged stands as U+FFFD. Raises Rejected: `too_large`, `empty` (nothing but white space), `binary` (NULs,
    control characters, undecodable).
    """
    if len(data) > max_bytes:
        raise Rejected("too_large", f"{len(data)} bytes are more than the limit of {max_bytes}: split it")
    return _canonical(_marked(data) or _utf16(data) or _escaped(data) or _utf8(data) or _guessed(data))


def decode_declared(data: bytes, label: str, *, max_bytes: int) -> Decoded:
    """Decode by what a page or a message says its encoding is, where the bytes bear it out; else as `decode` does.

    The label is read as browsers read it (https://encoding.spec.whatwg.org/#names-and-labels): an 8-bit ISO charset is
    its Windows kin. Text that is UTF-8 is read as such whatever it says. Raises Rejected as `decode` does.
    """
    encoding = _encoding_of(label) if label else None
    if encoding is None or len(data) > max_bytes or _is_marked(data) or _is_utf8(data):
        return decode(data, max_bytes=max_bytes)
    larger = _LARGER.get(encoding, encoding)
    readings = [_strictly(data, name) or _nearly(data, name) for name in (larger, _WINDOWS.get(larger, larger))]
    read = min(filter(None, readings), key=lambda one: len(_HIGH_CONTROLS.findall(one.text)), default=None)
    return decode(data, max_bytes=max_bytes) if read is None or _has_controls(read.text) else _canonical(read)


def charset_in(markup: bytes) -> str:
    """Return the encoding that a page declares at its beginning; empty where it declares none."""
    match = _CHARSET.search(markup[:_WITHIN])
    return match[1].decode() if match else ""


def _canonical(read: Decoded) -> Decoded:
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Rejected("empty", "nothing but white space: drop the document again with its text")
    if "\0" in text or _has_controls(text):
        raise Rejected("binary", "control characters, as in binary data: save it as plain text and drop it again")
    return Decoded(text, read.encoding)


def _has_controls(text: str) -> bool:
    return len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text)


def _encoding_of(label: str) -> str | None:
    """Return the Python name of a declared encoding; None for one that nobody knows, and for those of Unicode.

    `decode` knows the latter by their marks and patterns better than a label does.
    """
    import webencodings

    known = webencodings.lookup(label)
    try:
        name = str(known.codec_info.name if known is not None else codecs.lookup(label).name)
    except (LookupError, ValueError):
        return None
    return name if _OLDER.fullmatch(name) else None


def _is_marked(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in _MARKS)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            read = _strictly(body, encoding) or _nearly(body, encoding)
            if read is None:
                raise Rejected("binary", f"it begins as {encoding} and then is not: save it as UTF-8")
            return read
    return None


def _escaped(data: bytes) -> Decoded | None:
    """Decode the Japanese encoding of mail, which is ASCII but for its escapes."""
    return _strictly(data, "iso2022_jp_2") if b"\x1b$" in data or b"\x1b(" in data else None


def _utf8(data: bytes) -> Decoded | None:
    sound = _strictly(data, "utf-8")
    if sound is not None or b"\0" in data:
        return sound
    text = data.decode(errors="replace")
    lost = text.count(_LOST) - data.count(_LOST.encode())
    letters = sum(len(run.encode()) for run in _BEYOND_ASCII.findall(text)) - 3 * lost
    cut = text.endswith(_LOST)  # a text that is cut off ends inside a letter
    return Decoded(text, "utf-8") if letters >= max(1, _LEAST_SOUND * (lost - cut)) else None


def _is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8 and more than ASCII; a single letter may be two of another encoding."""
    read = _strictly(data, "utf-8")
    return read is not None and sum(map(len, _BEYOND_ASCII.findall(read.text))) > 1


def _utf16(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark: every text has some spaces or line ends, and so NULs, on one side of its pairs."""
    left, right = data[0 : 2 * _ENOUGH : 2].count(0), data[1 : 2 * _ENOUGH : 2].count(0)
    if left == right or _STRAY_NUL.fullmatch(data[: 2 * _ENOUGH]):
        return None
    encoding = "utf-16-be" if left > right else "utf-16-le"
    pairs = len(data[: 2 * _ENOUGH]) // 2
    is_plain = max(left, right) >= _PLAIN_UTF16 * pairs
    decoded = _strictly(data, encoding) or (_nearly(data, encoding) if is_plain else None)
    if decoded is None:
        return None
    beginning = decoded.text[:_ENOUGH]
    written = sum(character.isalnum() or character.isspace() for character in beginning)
    return decoded if written > len(beginning) / 2 and _one_script(beginning) else None


def _one_script(text: str) -> bool:
    """Return whether letters lie close to each other, as a text's do; bytes pair up to characters of all kinds."""
    blocks = Counter(ord(character) >> 12 for character in text if character.isalpha())
    east_asian = sum(count for block, count in blocks.items() if block in _EAST_ASIAN)
    return max([east_asian, *blocks.values()], default=0) >= _MOST_OF_LETTERS * sum(blocks.values())


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data:
        raise Rejected("binary", _UNREADABLE)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Rejected("binary", _UNREADABLE)
    return likeliest(data, Decoded(str(best), best.encoding))


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _nearly(data: bytes, encoding: str) -> Decoded | None:
    """Decode what is damaged a little: most of its characters, and of those beyond ASCII, are sound."""
    text = data.decode(encoding, errors="replace")
    lost = text.count(_LOST)
    all_of = len(text) if encoding.startswith("utf") else sum(map(len, _BEYOND_ASCII.findall(text)))
    return Decoded(text, encoding) if lost <= max(1, _MOST_DAMAGE * all_of) and all_of > 2 * lost else None
