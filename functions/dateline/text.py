"""Texts made comparable: white space folded, look-alike signs levelled, the beginnings of words."""

from __future__ import annotations

import re

from dateline.dates.language.folding import fold, level, visible

_WORD_STEM = 5  # letters; inflected forms of a word mostly share as many
NAME_STEM = 4  # letters; inflected and derived forms of a name mostly share as many: "Britain", "British"
_WORD = re.compile(r"\w+")
_NAME_PART = re.compile(r"[^\W\d_]{2,}")


def primary(language: str) -> str:
    """Return the primary subtag of a language tag (BCP 47): "de" of "de-AT"."""
    return re.split(r"[-_]", language.lower(), maxsplit=1)[0]


def folded(text: str) -> str:
    """Return the text on one line: white space of any kind and length is one space, and none is at its ends."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Return the text with look-alike signs levelled and invisible characters taken out."""
    return visible(level(text))[0]


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words, case and accents folded, to compare titles by."""
    return frozenset(fold(word)[:_WORD_STEM] for word in _WORD.findall(text))


def name_stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words of two letters and more, folded, to compare names by."""
    return frozenset(fold(word)[:NAME_STEM] for word in _NAME_PART.findall(text))


def letters(text: str) -> str:
    """Return what is left of a text without case, punctuation and white space, to compare it by."""
    return "".join(filter(str.isalnum, text.casefold()))
