"""Making texts comparable: look-alike signs, invisible characters, case, accents, and digits misread by a scanner."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Characters that nobody sees, for the class of a pattern: soft hyphens, zero-width spaces, direction marks and
# overrides, fillers, variation selectors, tags (a hidden alphabet). The joiners are apart: some scripts need them.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
JOINERS = "\u200c\u200d"
INVISIBLE = re.compile(f"[{UNSEEN}{JOINERS}]")

_DIGIT_RUNS = "٠۰०০๐０"  # zeros of Arabic, Persian, Devanagari, Bengali, Thai and full-width digits
SAME_LENGTH = {
    **{ord(zero) + digit: str(digit) for zero in _DIGIT_RUNS for digit in range(10)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ′`´＇ʹ"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u2002\u2003\u3000\t\r\n\f\v"), " "),
    **dict.fromkeys(map(ord, "．"), "."),
    **dict.fromkeys(map(ord, "／"), "/"),
}
_LONGEST_NUMBER = 4  # digits, of a year
_MISREAD = str.maketrans("OoQlI|iSB", "000111158")


def level(text: str) -> str:
    """Replace signs that stand for the same thing by one of them, keeping every character's place."""
    return text.translate(SAME_LENGTH)


def visible(text: str) -> tuple[str, list[int] | None]:
    """Take invisible characters out; return the rest and the old place of each character, None where none moved."""
    if INVISIBLE.search(text) is None:
        return text, None
    places = [place for place, character in enumerate(text) if INVISIBLE.match(character) is None]
    return "".join(text[place] for place in places), places


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Fold case and accents, so that MÄRZ, März and marz are one key; the Turkish dotless i becomes i."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("İ", "i").replace("ı", "i").casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def as_digits(word: str) -> str | None:
    """Read a short word that a scanner has mixed up with digits, as 2O23 or l3; None where it is no number."""
    if len(word) > _LONGEST_NUMBER or not any(character.isdigit() for character in word):
        return None
    digits = word.translate(_MISREAD)
    return digits if digits.isascii() and digits.isdigit() else None
