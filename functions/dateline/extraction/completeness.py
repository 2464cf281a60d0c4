"""Dates of the text that an answer passed over: asked for in the repair, and listed in a run's notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from dateline.dates import Resolution, find, find_first, resolve
from dateline.deadline import NEVER

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from dateline.deadline import Deadline
    from dateline.documents import Document, Sentence

# A repair asks for so many at most, so that its own answer stays short.
MOST_ASKED = 20
# Passed over so many, and at least a third of all dated sentences: then it is worth a call of its own.
MANY, MANY_OF_ALL = 6, 1 / 3
_CONTEXT = 20  # sentences before; as for the dates of events
# Resolving one takes milliseconds, and what hangs on the day of publication stands in the first lines of the news.
_MOST_LOOKED_AT = 100
# More of them are a table of dates. All together: a few seconds; a report of 300 pages comes to some hundred.
_MOST_OF_A_SENTENCE, _MOST_IN_VAIN = 8, 2_000
_ANY_DAY = date(2001, 7, 4)


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence whose date nothing cites, with the words of its first date that comes to days of the calendar."""

    sentence: int
    words: str

    def __str__(self) -> str:
        return f'{self.sentence} ("{self.words}")'


def passed_over(
    document: Document,
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
        for words, is_dated in _tried(document, sentence, language):
            if is_dated:
                yield Passed(sentence.number, words)
                break
            in_vain += 1
        if in_vain >= _MOST_IN_VAIN:
            return


def hanging(document: Document, language: str, without: Container[int]) -> Iterator[str]:
    """Yield the dates of the body that only the day of publication would date, where that is not known.

    `without`: the numbers of sentences to leave out. Of a long text the beginning is looked at.
    """
    if document.published is not None:
        return
    body = (one for one in document.sentences if one.role == "body" and one.number not in without)
    expressions = ((sentence, found.words) for sentence in body for found in find(document.words(sentence), language))
    for sentence, words in islice(expressions, _MOST_LOOKED_AT):
        text, context = document.words(sentence), _before(document, sentence)
        known = isinstance(resolve(words, text, language, None, context), Resolution)
        if not known and isinstance(resolve(words, text, language, _ANY_DAY, context), Resolution):
            yield words


def are_many(passed: int, cited: int) -> bool:
    """Tell whether what was passed over deserves a repair call of its own."""
    return passed >= MANY and passed >= MANY_OF_ALL * (passed + cited)


def _tried(document: Document, sentence: Sentence, language: str) -> Iterator[tuple[str, bool]]:
    """Yield a sentence's first date expressions, and whether they come to days of the calendar."""
    text = document.words(sentence)
    published = document.published.day if document.published else None
    context = _before(document, sentence)
    for found in find_first(text, language, _MOST_OF_A_SENTENCE):
        yield found.words, isinstance(resolve(found.words, text, language, published, context), Resolution)


def _before(document: Document, sentence: Sentence) -> list[str]:
    """Return the words of the sentences before one, nearest last."""
    before = document.sentences[max(0, sentence.number - 1 - _CONTEXT) : sentence.number - 1]
    return [document.words(one) for one in before]
