"""Numbers that are part of a name: A380, C-17, iPhone 4, the 787. They count nothing.

A designation belongs to its thing wherever the document tells of it, so it may stand in another sentence than the one
that is cited. A quantity may not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.dates import find
from dateline.dates.language.folding import fold
from dateline.documents.language import UNKNOWN
from dateline.text import plain, primary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.documents import Document

_DIGIT = re.compile(r"\d")
# Letters and digits in one word, a capital among them: A380, C-17, 777-200LR, 3GS.
_MIXED = re.compile(r"(?<![\w.,-])(?=[\w-]{0,30}\d)(?=[\w-]{0,30}[A-Z\u0400-\u042f])\w{1,12}(?:-\w{1,12}){0,3}(?!\w)")
_UNITS = re.compile(
    r"[\d.,]+-?(?:[kMGT]?(?:W|Wh|B|Hz|V|A|b|bps|bit|byte)|[CFKNSWEHLT]|AM|PM|USD|EUR|GMT|UTC)", re.IGNORECASE
)
# A capitalised word and a whole number behind it, neither at the beginning of a sentence.
_BESIDE = re.compile(
    r"(?<![.!?:…\n])[ \u00a0](?P<name>i?[^\W\d_a-zß-ÿ]\w*)[ \u00a0](?P<number>\d{1,4})"
    r"(?![\w%]|[.,:]\d|[ \u00a0]?[%‰°€$£])"
)
# A number that counts nothing where it stands: the 737 is, a first 787 to, 787s, 737NG, 787 Dreamliner.
_ALONE = (re.compile(r"(?<![\w.,-])(?P<number>\d{3,4})(?:['’]?s|-?\d{0,3}[A-Z]{1,3}|-\d{1,4}[A-Z]{0,3})(?!\w)"),)
_BEFORE_NAME = re.compile(r"(?<![\w.,-])(?P<number>\d{3,4})[ \u00a0][A-Z][a-z]+(?<!s)(?!\w)")
_NUMBER = re.compile(r"(?<![\w.,-])(?P<number>\d{1,4})(?P<plural>['’]?s)?(?![\w%]|[.,:]\d)")
_BEFORE = re.compile(r"([^\W\d_][\w'’]*)[ \u00a0]$")
_COUNTED = re.compile(
    r"[ \u00a0-]?(?:[%‰°€$£]|[^\W\d_]{3,}s\b|people\b|men\b|women\b|children\b|percent\b|per\b|million\b|billion\b)"
)
_LEAST_ALONE = 100  # a smaller number is a name only behind the name that it stands behind in the document


class Designations:
    """The designations of a document."""

    def __init__(self, document: Document) -> None:
        language = document.language or UNKNOWN
        forms = _ALONE if primary(language) == "de" else (*_ALONE, _BEFORE_NAME)  # German writes nouns so
        self._mixed: set[str] = set()
        self._beside: set[tuple[str, str]] = set()
        self._numbers: set[str] = set()
        for sentence in document.sentences:
            words = document.words(sentence)
            if _DIGIT.search(words) is None:
                continue
            text = plain(words)
            self._mixed |= {_stem(match[0]) for match in _MIXED.finditer(text) if not _UNITS.fullmatch(match[0])}
            beside = list(_BESIDE.finditer(text))
            alone = [one for form in forms for one in form.finditer(text)]
            dates = _dated(text, language) if beside or alone else frozenset()
            beside, alone = ([one for one in some if one.start("number") not in dates] for some in (beside, alone))
            self._beside |= {(fold(one["name"]), one["number"]) for one in beside}
            self._numbers |= {one["number"] for one in (*beside, *alone)}

    def spans(self, title: str) -> Iterator[tuple[int, int]]:
        """Yield where a `plain` title names a designation of the document."""
        for match in _MIXED.finditer(title):
            if _stem(match[0]) in self._mixed:
                yield match.span()
        for match in _NUMBER.finditer(title):
            if self._is_name(match, title):
                yield match.span()

    def _is_name(self, match: re.Match[str], title: str) -> bool:
        number = match["number"]
        if number not in self._numbers:
            return False
        before = _BEFORE.search(title[: match.start()])
        if before and (fold(before[1]), number) in self._beside:
            return True
        counts = _COUNTED.match(title, match.end()) is not None
        return int(number) >= _LEAST_ALONE and (match["plural"] is not None or not counts)


def _dated(text: str, language: str) -> frozenset[int]:
    """Return the places of the numbers that stand in dates: "June 15" designates nothing."""
    return frozenset(place for one in find(text, language) for place in range(one.start, one.end))


def _stem(designation: str) -> str:
    """Return a designation without the ending of its plural or genitive: A320s, A380's."""
    return re.sub(r"(?<=\w)s$", "", designation).casefold()
