"""Dates of the text that an answer passed over: asked for in the repair, and listed in a run's notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from dateline.dates import Resolution, Thread, find, resolve

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from dateline.documents import Document, Sentence

# A repair asks for so many at most, so that its own answer stays short.
MOST_ASKED = 20
# Passed over so many, and at least a third of all dated sentences: then it is worth a call of its own.
MANY, MANY_OF_ALL = 6, 1 / 3
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
    document: Document, sentences: Iterable[Sentence], language: str, cited: Container[int]
) -> Iterator[Passed]:
    """Yield the body sentences that hold a date and are not cited; a text full of empty dates is given up."""
    in_vain, asked = 0, {sentence.number for sentence in sentences}
    for sentence, thread in _threads(document, language, document.published.day if document.published else None):
        if sentence.number not in asked or sentence.number in cited:
            continue
        for words, is_dated in _tried(document, sentence, language, thread):
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
    if_known = (thread for _, thread in _threads(document, language, _ANY_DAY))
    body = zip(_threads(document, language, None), if_known, strict=True)
    expressions = (
        (document.words(sentence), found.words, unknown, known)
        for (sentence, unknown), known in body
        if sentence.number not in without
        for found in find(document.words(sentence), language)
    )
    for text, words, unknown, known in islice(expressions, _MOST_LOOKED_AT):
        stands_alone = isinstance(resolve(words, text, language, None, unknown), Resolution)
        if not stands_alone and isinstance(resolve(words, text, language, _ANY_DAY, known), Resolution):
            yield words


def are_many(passed: int, cited: int) -> bool:
    """Tell whether what was passed over deserves a repair call of its own."""
    return passed >= MANY and passed >= MANY_OF_ALL * (passed + cited)


def _tried(document: Document, sentence: Sentence, language: str, thread: Thread) -> Iterator[tuple[str, bool]]:
    """Yield a sentence's first date expressions, and whether they come to days of the calendar."""
    text = document.words(sentence)
    published = document.published.day if document.published else None
    for found in find(text, language)[:_MOST_OF_A_SENTENCE]:
        yield found.words, isinstance(resolve(found.words, text, language, published, thread), Resolution)


def _threads(document: Document, language: str, published: date | None) -> Iterator[tuple[Sentence, Thread]]:
    """Yield the body's sentences, each with what its dates may hang on."""
    thread = Thread.start(language, published)
    for sentence in document.sentences:
        if sentence.role == "body":
            yield sentence, thread
            thread = thread.after(document.words(sentence))
