"""Folding texts for the search: tokens that are equal where readers would call words the same, and where each stands.

Every character is folded by itself, so that no token of a text needs a map of its own: the n-th token of the folded
text is the n-th span of the source.
"""

from __future__ import annotations

import re
import unicodedata

# Letters with a stroke or joined ones have no accent that Unicode could take off, and are typed without all the same.
_PLAIN = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe"}
# Scripts whose marks are left out by those who search, as accents, or by all who write, as vowel points. Elsewhere a
# mark is a letter of its own.
_WITHOUT_MARKS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
_IGNORED_MARKS = ("COMBINING", "VARIATION", "MONGOLIAN FREE", *_WITHOUT_MARKS)
_LENGTHENING = "ـ"
# Scripts that put no space between words: each character is a token, and a word is a phrase. Korean is among them,
# whose words carry their particles.
_ALONE = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3040, 0x312F),  # kana, bopomofo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),  # Chinese characters
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),  # Hangul
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# By kind: W a part of a word, C a token by itself, I nothing that is seen.
_TOKEN = re.compile("C|W[WI]*")


def _fold(character: str) -> str:
    """Fold a character: into nothing, a space between tokens, a token between spaces, or a part of a token."""
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"} and _is_ignored(character, category):
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    bare = _bare(unicodedata.normalize("NFKD", character)).casefold()
    plain = _bare(unicodedata.normalize("NFKD", "".join(_PLAIN.get(one, one) for one in bare)))
    if plain == _LENGTHENING:
        return ""
    letters = "".join(one for one in unicodedata.normalize("NFC", plain) if unicodedata.category(one)[0] in "LMN")
    if not any(unicodedata.category(one)[0] in "LN" for one in letters) and not category.startswith("M"):
        return " "
    if not any(first <= ord(letter) <= last for letter in letters for first, last in _ALONE):
        return letters
    # A character is one token: what is made of several letters, such as the Thai sara am, stays as it is.
    return f" {letters if len(letters) == 1 else character} "


def _is_ignored(character: str, category: str) -> bool:
    return category == "Cf" or unicodedata.name(character, "").startswith(_IGNORED_MARKS)


def _bare(decomposed: str) -> str:
    """Take the marks off letters of scripts that are searched without."""
    kept, is_bare = [], False
    for one in decomposed:
        if not unicodedata.category(one).startswith("M"):
            is_bare = unicodedata.name(one, "").startswith(_WITHOUT_MARKS)
            kept.append(one)
        elif not is_bare:
            kept.append(one)
    return "".join(kept)


class _Folds(dict[int, str]):
    """What characters fold into, each worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


class _Kinds(dict[int, str]):
    """What kind characters are of."""

    def __missing__(self, code: int) -> str:
        folded = _FOLDS[code]
        kind = "I" if not folded else " " if folded == " " else "C" if folded[0] == " " else "W"
        self[code] = kind
        return kind


_FOLDS, _KINDS = _Folds(), _Kinds()


def fold(text: str) -> str:
    """Return a text's folded tokens with a space between each two."""
    return " ".join(text.translate(_FOLDS).split())


def token_spans(text: str) -> list[tuple[int, int]]:
    """Find the tokens of a text in order, as spans in code points."""
    return [match.span() for match in _TOKEN.finditer(text.translate(_KINDS))]
