"""What the sentences of a document say in dates and numbers: each is read once, however many events rest on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.dates import Day, Resolution, Thread, find, resolve
from dateline.documents.quoting import quotations
from dateline.judge.numbers import numbers
from dateline.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.dates import Abstention, Direction, Found
    from dateline.documents import Document, Sentence
    from dateline.documents.quoting import Quotation
    from dateline.judge.numbers import Number

_CONTEXT = 20  # sentences before; a neighbour further off is no neighbour
_MOST_ANCHORS = 100  # days that the words of one date are tried on
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def years_in(text: str) -> set[int]:
    """Return the numbers of four digits in a text, as years."""
    return {int(digits) for digits in _YEAR.findall(text)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A stretch of the calendar; None is an open end."""

    earliest: Day | None
    latest: Day | None

    @property
    def closed(self) -> Bounds:
        """The stretch itself, or the one day where an open one ends or begins."""
        return Bounds(self.earliest or self.latest, self.latest or self.earliest)

    def holds(self, other: Bounds) -> bool:
        """Return whether all of another stretch lies in this one."""
        begins = self.earliest is None or (other.earliest is not None and other.earliest >= self.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return begins and ends


class Readings:
    """The dates and numbers of a document's sentences, for as long as it is worked on. Languages are BCP 47."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[tuple[int, str], Sequence[Found]] = {}
        self._threads: dict[str, list[Thread]] = {}
        self._latest: dict[tuple[str, Quotation | None], Sentence] = {}
        self._meanings: dict[tuple[str, int, str, Direction | None], Resolution | Abstention] = {}
        self._bounds: dict[tuple[int, str], Sequence[Bounds]] = {}
        self._numbers: dict[tuple[int, str], Sequence[Number]] = {}

    def found(self, sentence: Sentence, language: str) -> Sequence[Found]:
        """Return a sentence's date expressions, left to right."""
        key = (sentence.number, language)
        if key not in self._found:
            self._found[key] = find(self._document.words(sentence), language)
        return self._found[key]

    def before(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """Return the body sentences before one that its dates may hang on, nearest last."""
        context: list[Sentence] = []
        for number in range(sentence.number - 1, 0, -1):
            earlier = self._document.sentences[number - 1]
            if earlier.role == "body":
                context.append(earlier)
            if len(context) == _CONTEXT:
                break
        return tuple(reversed(context))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the body names in four digits."""
        body = (self._document.words(sentence) for sentence in self._document.sentences if sentence.role == "body")
        return frozenset[int]().union(*map(years_in, body))

    def back(self, sentence: Sentence, steps: int) -> Sentence | None:
        """Return the body sentence that stands so many before one, as anchors count them; 0 is the sentence itself."""
        if steps == 0:
            return sentence
        place = bisect_left(self._body, sentence.number) - steps
        return self._document.sentences[self._body[place] - 1] if place >= 0 else None

    @cached_property
    def _body(self) -> tuple[int, ...]:
        return tuple(one.number for one in self._document.sentences if one.role == "body")

    def quotation(self, sentence: Sentence) -> Quotation | None:
        """Return what a sentence is quoted from, the innermost where quotations are quoted."""
        return self._quotations.get(sentence.number)

    @cached_property
    def _quotations(self) -> dict[int, Quotation]:
        return quotations(self._document)

    def thread(self, sentence: Sentence, language: str) -> Thread:
        """Return what the dates of a sentence may hang on: all of the body before it, each sentence read once.

        What is quoted has a thread of its own, which begins on the day on which it was written.
        """
        threads = self._threads.setdefault(language, [])
        for one in self._document.sentences[len(threads) : sentence.number]:
            message = (language, self.quotation(one))
            earlier = self._latest.get(message)
            thread = threads[earlier.number - 1] if earlier else Thread.start(language, self._day(one))
            if earlier and earlier.role == "body":
                thread = thread.after(self._document.words(earlier))
            threads.append(thread)
            self._latest[message] = one
        return threads[sentence.number - 1]

    def meaning(
        self, words: str, sentence: Sentence, language: str, direction: Direction | None
    ) -> Resolution | Abstention:
        """Resolve the words of a date of a sentence."""
        key = (words, sentence.number, language, direction)
        if key not in self._meanings:
            text, thread = self._document.words(sentence), self.thread(sentence, language)
            self._meanings[key] = resolve(words, text, language, self._day(sentence), thread, direction)
        return self._meanings[key]

    def among(
        self,
        words: str,
        sentence: Sentence,
        context: Sequence[Sentence],
        language: str,
        direction: Direction | None,
    ) -> Resolution | Abstention:
        """Resolve the words of a date that hang on some sentences alone, nearest last."""
        text = self._document.words(sentence)
        return resolve(words, text, language, self._day(sentence), list(map(self._document.words, context)), direction)

    def elsewhere(
        self, words: str, sentence: Sentence, language: str, direction: Direction | None
    ) -> Iterator[Resolution]:
        """Yield what words may mean that hang on another date than the one that the thread says.

        That is any day that the sentences before or the sentence itself come to, and whatever year the text names, or
        that of publication; a story may have turned to it without saying so.
        """
        text = self._document.words(sentence)
        near = [one for earlier in (*self.before(sentence), sentence) for one in self.bounds(earlier, language)]
        days = {day.ordinal(): day for one in near for day in (one.earliest, one.latest) if day}
        written = self._day(sentence)
        years = sorted({*self.years, written.year} if written else self.years)
        ends = [day for year in years for day in (Day(year, 1, 1), Day(year, 12, 31))]
        for day in dict.fromkeys([*days.values(), *ends][-_MOST_ANCHORS:]):
            if not MINYEAR <= day.year <= MAXYEAR:
                continue
            resolved = resolve(words, text, language, date(day.year, day.month, day.day), (), direction)
            if isinstance(resolved, Resolution):
                yield resolved

    def bounds(self, sentence: Sentence, language: str) -> Sequence[Bounds]:
        """Return what a sentence's dates come to; those that come to none are left out."""
        key = (sentence.number, language)
        if key not in self._bounds:
            text = plain(self._document.words(sentence))
            thread = self.thread(sentence, language)
            day = self._day(sentence)
            read = [resolve(one.words, text, language, day, thread) for one in find(text, language)]
            self._bounds[key] = [Bounds(one.earliest, one.latest) for one in read if isinstance(one, Resolution)]
        return self._bounds[key]

    def numbers(self, sentence: Sentence, language: str) -> Sequence[Number]:
        """Return whatever may prove a number, as the number words of a language read it."""
        key = (sentence.number, language)
        if key not in self._numbers:
            self._numbers[key] = numbers(plain(self._document.words(sentence)), language, claimed=False)
        return self._numbers[key]

    def _day(self, sentence: Sentence) -> date | None:
        """Return the day on which a sentence was written: its quotation's, or that of publication."""
        if quotation := self.quotation(sentence):
            return quotation.day
        return self._document.published.day if self._document.published else None
