"""Dates of the text that an answer passed over: asked for in the repair, and listed in a run's notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from dateline.dates import Resolution
from dateline.deadline import NEVER
from dateline.documents import Published
from dateline.judge.mentions import occurrences
from dateline.judge.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from dateline.deadline import Deadline
    from dateline.documents import Document, Sentence
    from dateline.records import Finding

# A repair asks for so many at most, so that its own answer stays short.
MOST_ASKED = 20
# Passed over so many, and at least a third of all dated sentences: then it is worth a call of its own.
MANY, MANY_OF_ALL = 6, 1 / 3
# Resolving one takes milliseconds, and what hangs on the day of publication stands in the first lines of the news.
_MOST_LOOKED_AT = 100
# More of them are a table of dates. All together: a few seconds; a report of 300 pages comes to some hundred.
_MOST_OF_A_SENTENCE, _MOST_IN_VAIN = 8, 2_000
_MOST_UNUSED = 200  # dates in one run's notes; more of them are no list that anybody reads
_ANY_DAY = date(2001, 7, 4)


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence and the words of one of its dates, which comes to days of the calendar and is used by no event."""

    sentence: int
    words: str

    def __str__(self) -> str:
        return f'{self.sentence} ("{self.words}")'


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The number of the sentence from which on the dates of a text are too many to look at."""

    sentence: int


def passed_over(
    readings: Readings,
    sentences: Iterable[Sentence],
    language: str,
    cited: Container[int],
    deadline: Deadline = NEVER,
) -> Iterator[Passed]:
    """Yield the body sentences that hold a date and are not cited; a text full of empty dates is given up.

    OutOfTime: it took too long.
    """
    in_vain = 0
    for sentence in sentences:
        if sentence.role != "body" or sentence.number in cited:
            continue
        deadline.must_last()
        for found in readings.found(sentence, language)[:_MOST_OF_A_SENTENCE]:
            if isinstance(readings.meaning(found.words, sentence, language, None), Resolution):
                yield Passed(sentence.number, found.words)
                break
            in_vain += 1
        if in_vain >= _MOST_IN_VAIN:
            return


def unused(
    readings: Readings,
    sentences: Iterable[Sentence],
    language: str,
    findings: Iterable[Finding],
    without: Container[int],
    *,
    deadline: Deadline = NEVER,
) -> Iterator[Passed | GivenUp]:
    """Yield each date of a body sentence that dates no event, once for a sentence and its words.

    `without`: the numbers of sentences to leave out. A text with too many such dates, or too many that come to none,
    is given up, and the last that is yielded says where. OutOfTime: it took too long.
    """
    used = _Used(findings)
    in_vain = listed = 0
    for sentence in sentences:
        if sentence.role != "body" or sentence.number in without:
            continue
        deadline.must_last()
        for words in dict.fromkeys(found.words for found in readings.found(sentence, language)):
            if used.by_words(sentence.number, words):
                continue
            if in_vain >= _MOST_IN_VAIN or listed >= _MOST_UNUSED:
                yield GivenUp(sentence.number)
                return
            meaning = readings.meaning(words, sentence, language, None)
            if not isinstance(meaning, Resolution):
                in_vain += 1
            elif not used.by_days(sentence.number, meaning):
                listed += 1
                yield Passed(sentence.number, words)


def hanging(document: Document, known: Readings, language: str, without: Container[int]) -> Iterator[str]:
    """Yield the dates of the body that only the day of publication would date, where that is not known.

    `without`: the numbers of sentences to leave out. Of a long text the beginning is looked at.
    """
    if document.published is not None:
        return
    supposed = Readings(replace(document, published=Published(_ANY_DAY, "caller")))
    body = (one for one in document.sentences if one.role == "body" and one.number not in without)
    expressions = ((sentence, found.words) for sentence in body for found in known.found(sentence, language))
    for sentence, words in islice(expressions, _MOST_LOOKED_AT):
        if isinstance(known.meaning(words, sentence, language, None), Resolution):
            continue
        if isinstance(supposed.meaning(words, sentence, language, None), Resolution):
            yield words


def are_many(passed: int, cited: int) -> bool:
    """Return whether what was passed over deserves a repair call of its own."""
    return passed >= MANY and passed >= MANY_OF_ALL * (passed + cited)


class _Used:
    """The dates that events carry, by the sentences that they rest on; what another date is reckoned from is used."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._words: dict[int, set[str]] = {}
        self._days: dict[int, set[tuple[object, object]]] = {}
        for finding in findings:
            when = finding.when
            for one in finding.evidence:
                self._words.setdefault(one.sentence, set()).add(when.words or "")
                self._days.setdefault(one.sentence, set()).add((when.earliest, when.latest))
            if when.anchor and when.anchor.sentence and when.anchor.words:
                self._words.setdefault(when.anchor.sentence, set()).add(when.anchor.words)

    def by_words(self, sentence: int, words: str) -> bool:
        """Return whether the words stand in those of an event's date."""
        return any(any(occurrences(words, said)) for said in self._words.get(sentence, ()))

    def by_days(self, sentence: int, meaning: Resolution) -> bool:
        """Return whether an event that rests on the sentence has the same days."""
        return (meaning.earliest, meaning.latest) in self._days.get(sentence, ())
