"""Finding a model's copied words in the source, as tolerant as typesetting demands and no more.

White space of any kind is white space, soft hyphens are nothing, and a word may be broken by a hyphen at a line's end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from dateline.ask.orders import content_words, ordering
from dateline.dates.language.folding import JOINERS, UNSEEN
from dateline.deadline import NEVER
from dateline.judge.designations import Designations
from dateline.judge.readings import Readings
from dateline.text import name_stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.deadline import Deadline
    from dateline.documents import Document, Sentence

MOST_WORDS = 300  # code points; what is longer is no few words of a date, speaker or name

_SOFT_HYPHEN = "\u00ad"
_HIDDEN = UNSEEN + JOINERS  # what requests leave out, so that a model cannot copy it
_BREAK = rf"(?:[{_HIDDEN}]+|[-\u2010][^\S\n]*\n\s*)?"
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_BROKEN = re.compile(rf"[{_HIDDEN}]|[-\u2010][^\S\n]*\n")
_GAP = rf"(?:\s|{_SOFT_HYPHEN})+"


def occurrences(words: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where the words stand in a sentence, in code points of the sentence."""
    pattern = _pattern(words, any_case=False, broken=_is_broken(sentence))
    for match in pattern.finditer(sentence) if pattern else ():
        yield match.span()


class Mentions:
    """Where a document mentions something. Each words are looked for once, however many events refer to them."""

    def __init__(self, document: Document, deadline: Deadline = NEVER) -> None:
        self._document = document
        self._deadline = deadline
        self._starts = [sentence.start for sentence in document.sentences]
        self._found: dict[tuple[str, bool], tuple[Sentence, ...]] = {}
        self.readings = Readings(document)

    def of(self, words: str, *, any_case: bool) -> tuple[Sentence, ...]:
        """Return the sentences that the words stand in, in order; boilerplate does not count."""
        key = (words, any_case)
        if key not in self._found:
            self._found[key] = tuple(self._search(words, any_case=any_case))
        return self._found[key]

    def sentence(self, number: int) -> Sentence:
        """Return a sentence of the document."""
        return self._document.sentences[number - 1]

    @cached_property
    def ordering(self) -> frozenset[int]:
        """The numbers of the sentences that address a machine or order a report: evidence of nothing."""
        return ordering(self._document, self._deadline)

    @cached_property
    def wanted(self) -> tuple[frozenset[str], ...]:
        """The words of each of these, which titles are compared with."""
        sentences = (self._document.sentences[number - 1] for number in sorted(self.ordering))
        return tuple(content_words(self._document.words(sentence)) for sentence in sentences)

    @cached_property
    def designations(self) -> Designations:
        """The document's names that hold numbers."""
        return Designations(self._document)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of all words of the document, as names are compared by."""
        return name_stems(self._document.text)

    @cached_property
    def _is_broken(self) -> bool:
        return _is_broken(self._document.text)

    def _search(self, words: str, *, any_case: bool) -> Iterator[Sentence]:
        pattern = _pattern(words, any_case=any_case, broken=self._is_broken)
        for match in pattern.finditer(self._document.text) if pattern else ():
            sentence = self._document.sentences[bisect_right(self._starts, match.start()) - 1]
            evident = sentence.role != "boilerplate" and sentence.number not in self.ordering
            if match.end() <= sentence.end and evident:
                yield sentence


def _is_broken(text: str) -> bool:
    """Return whether words of a text may be broken: by hidden characters, or by a hyphen at a line's end."""
    return _BROKEN.search(text) is not None


@lru_cache(maxsize=512)
def _pattern(words: str, *, any_case: bool, broken: bool) -> re.Pattern[str] | None:
    """Write words as a pattern; for a `broken` text, where a word may be too, making it takes ten times as long.

    No hidden character is a letter of the pattern: beside those that may stand between letters it could be matched in
    more ways than there is time to try.
    """
    tokens = _UNSEEN.sub("", words).split()
    if not tokens or len(words) > MOST_WORDS:
        return None
    between = _BREAK if broken else ""
    body = _GAP.join(between.join(map(re.escape, token)) for token in tokens)
    before = r"(?<!\d)" if tokens[0][0].isdigit() else ""  # "3. Mai" does not stand in "13. Mai"
    after = r"(?!\d)" if tokens[-1][-1].isdigit() else ""
    return re.compile(before + body + after, re.IGNORECASE if any_case else 0)


@dataclass(frozen=True, slots=True)
class Source:
    """The document with what it mentions, the language it is in, and that of titles and summary (both BCP 47)."""

    document: Document
    mentions: Mentions
    language: str
    output_language: str

    @property
    def readings(self) -> Readings:
        """What the document's sentences say in dates and numbers."""
        return self.mentions.readings
