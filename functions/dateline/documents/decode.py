"""Bytes to canonical text: decoded, line ends as LF, no byte order mark, and nothing else touched."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from dateline.documents.language import detect
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

# Encodings that differ in a few letters, each with the languages it was made for. Statistics of letters mistake one for
# another; the language that a text then is in does not.
_KIN = {
    "cp1252": {"de", "en", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ca", "eu", "gl", "af", "id"},
    "cp1250": {"pl", "cs", "sk", "hu", "hr", "sl", "bs", "ro", "sq"},
    "iso8859_2": {"pl", "cs", "sk", "hu", "hr", "sl", "bs", "ro", "sq"},
    "cp1254": {"tr", "az"},
    "cp1257": {"lt", "lv", "et"},
    "cp1251": {"ru", "uk", "bg", "be", "sr", "mk", "kk"},
    "koi8_u": {"ru", "uk", "be", "bg"},
}
_CYRILLIC = {"cp1251", "koi8_u"}
_LIKE_KIN = {*_KIN, "latin_1", "iso8859_4", "iso8859_9", "iso8859_10", "iso8859_13", "iso8859_15", "iso8859_16"}
# Bytes that are wrong in an otherwise sound UTF-8 are damage, and not another encoding.
_MOST_DAMAGE = 0.05  # of the characters beyond ASCII
_LOST = "\N{REPLACEMENT CHARACTER}"
_ENOUGH = 4_000  # characters that tell one kind of text from another

_MOST_OF_LETTERS = 0.7
_EAST_ASIAN = range(0x3, 0xE)  # blocks of 4,096 code points: kana, Chinese, Korean
# Signs and capitals that stand in no word: what comes of letters of another encoding.
_SIGN = r"[\x80-\x9f¢-©¬-´¶-¹¼-¾×÷˘˙˛˝]"
_LETTER = r"[^\W\d_]"
_STRANGE = re.compile(
    rf"{_SIGN}(?={_LETTER})|(?<={_LETTER}){_SIGN}|(?<=[a-zß-ÿ])[À-ÞĄŁĽŚŠŞŤŹŽŻ](?=[a-zß-ÿ])|(?<=[а-яёєіїґ])[А-ЯЁЄІЇҐ]"
)
_HALF_WIDTH = re.compile(r"[ｦ-ﾟ]{3}")  # the narrow kana of old terminals, which Cyrillic bytes look like

_UNREADABLE = "no text in an encoding that we know: save it as UTF-8 plain text and drop it again"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A canonical text and the encoding that its bytes were in, by its Python name."""

    text: str
    encoding: str


def decode(data: bytes, *, max_bytes: int) -> Decoded:
    """Decode UTF-8, UTF-16 and UTF-32 by their marks or plain, and else what the bytes look most like.

    What is damaged in a UTF-8 text stands as U+FFFD. Raises Rejected: `too_large`, `empty` (nothing but white space),
    `binary` (NULs, control characters, undecodable).
    """
    if len(data) > max_bytes:
        raise Rejected("too_large", f"{len(data)} bytes are more than the limit of {max_bytes}: split it")
    decoded = _marked(data) or _utf16(data) or _escaped(data) or _utf8(data) or _guessed(data)
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


def _escaped(data: bytes) -> Decoded | None:
    """Decode the Japanese encoding of mail, which is ASCII but for its escapes."""
    return _strictly(data, "iso2022_jp_2") if b"\x1b$" in data or b"\x1b(" in data else None


def _utf8(data: bytes) -> Decoded | None:
    sound = _strictly(data, "utf-8")
    if sound is not None or b"\0" in data:
        return sound
    text = data.decode(errors="replace")
    lost = text.count(_LOST)
    beyond = sum(not character.isascii() for character in text)
    return Decoded(text, "utf-8") if lost <= _MOST_DAMAGE * beyond else None


def _utf16(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark: every text has some spaces or line ends, and so NULs, on one side of its pairs."""
    left, right = data[0 : 2 * _ENOUGH : 2].count(0), data[1 : 2 * _ENOUGH : 2].count(0)
    if left == right or len(data) % 2:
        return None
    decoded = _strictly(data, "utf-16-be" if left > right else "utf-16-le")
    if decoded is None:
        return None
    beginning = decoded.text[:_ENOUGH]
    written = sum(character.isalnum() or character.isspace() for character in beginning)
    return decoded if written > len(beginning) / 2 and _one_script(beginning) else None


def _one_script(text: str) -> bool:
    """Tell text from bytes that pair up to characters of all kinds: its letters lie close to each other."""
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
    guess = Decoded(str(best), best.encoding)
    doubtful = guess.encoding in _LIKE_KIN or _HALF_WIDTH.search(guess.text[:_ENOUGH])
    return _by_language(data, guess) if doubtful else guess


def _by_language(data: bytes, guess: Decoded) -> Decoded:
    """Choose among encodings that are much alike: no signs inside words, and the language that it is made for."""
    read = [decoded for name in _KIN if (decoded := _strictly(data, name))]
    return min(read, key=_strangeness, default=guess)


def _strangeness(decoded: Decoded) -> tuple[bool, int, bool]:
    """Rank a reading: Latin letters are mostly ASCII, signs stand outside words, and the language fits."""
    beginning = decoded.text[:_ENOUGH]
    letters = [character for character in beginning if character.isalpha()]
    foreign = 2 * sum(character.isascii() for character in letters) < len(letters)
    misread = foreign and decoded.encoding not in _CYRILLIC
    return misread, len(_STRANGE.findall(beginning)), detect(beginning) not in _KIN[decoded.encoding]


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None
