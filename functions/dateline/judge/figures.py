"""The check that every number of a title or of a summary's sentence stands, by value, in what it cites.

What is read in doubt is let pass: the check is for numbers that are swapped or invented, and one that rejects true
sentences is as bad as one that lets false ones through.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from dateline.dates import Resolution, find, resolve
from dateline.judge.numbers import Number, has_table, numbers
from dateline.judge.readings import Bounds
from dateline.text import plain, primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.dates import Direction
    from dateline.documents import Sentence
    from dateline.judge.mentions import Source

_ROUNDING = Fraction(5, 100)  # what "about" allows
_COUNTABLE = 10  # what an enumeration proves without a number: "two" for "A and B"
_SMALL_PLURAL = 100  # up to here a plural ("hundreds") means up to 20 times as many, above up to a thousand times
# Of "planned for 5 April" our own words do not tell the year: it may be either that is borne out.
_DIRECTIONS: tuple[Direction | None, ...] = (None, "past", "future")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[:.]\d\d)?\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
# Items with commas between them, the last behind a word for "and"; the comma before that word is some writers' habit.
_LIST = re.compile(
    r"(?P<items>(?:[^,;:.()]{1,60},\s){1,12}[^,;:.()]{1,60}?),?\s(?:and|und|et|y|e|ve|ile|и|та|й|as well as|sowie)\s",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d.,]*")
_AFTER_NAME = re.compile(r"(?:(?<=[ \u00a0])(?:[^\W\d_a-zß-ÿ]\w{3,}|[a-z]+[A-Z]\w*)|\b[Nn][or]\.)[ \u00a0]$")
_AND = re.compile(r"\b(?:and|und|et|y|e|ve|ile|и|і|та|й|а также|sowie)\b|[,;/&]", re.IGNORECASE)
# Numbers that languages without a table here also write in digits: of several digits, and not round.
_LEAST_WRITTEN, _MOST_WRITTEN = 13, 10_000


def unsupported(
    text: str, cited: Sequence[Sentence], source: Source, whens: Sequence[Bounds], names: Iterable[str]
) -> str:
    """Return the first number of the text, as it stands there, that nothing cited backs; empty where all are backed.

    `whens` are the resolved dates of the events that the text tells of. What the `names` hold is a name's.
    """
    said = plain(text)
    if not any(character.isdigit() or character.isalpha() for character in said):
        return ""
    claims = numbers(said, source.output_language, claimed=True)
    spans = [*_named(said, names), *_clocks(said), *source.mentions.designations.spans(said)]
    claims = [claim for claim in _apart(claims, said, source, spans) if _counts(claim) and not _inside(claim, spans)]
    if not claims:
        return ""
    evidence = _Evidence(cited, source)
    claims = [claim for claim in claims if not evidence.backs(claim)]
    if not claims:
        return ""
    dates = list(_dates(said, claims, source))
    claims = [
        claim for claim in claims if not (_is_year_of(claim, whens) and _inside(claim, (span for span, _ in dates)))
    ]
    dated = [span for span, bounds in dates if evidence.dates(bounds, whens)]
    wrong = next((claim for claim in claims if not _inside(claim, dated)), None)
    return said[wrong.start : wrong.end] if wrong else ""


def _apart(claims: Iterable[Number], said: str, source: Source, spans: Sequence[tuple[int, int]]) -> Iterator[Number]:
    """Take apart digits that only look like one number because one of them is a name: "55 787s"."""
    for claim in claims:
        if any(claim.start < end and start < claim.end for start, end in spans) and not _inside(claim, spans):
            for match in _DIGITS.finditer(said, claim.start, claim.end):
                for one in numbers(match[0], source.output_language, claimed=True):
                    yield replace(one, start=match.start() + one.start, end=match.start() + one.end)
        else:
            yield claim


def _counts(claim: Number) -> bool:
    """Leave out "one" and "first" in words: articles, pronouns and adverbs as often as numbers."""
    return not (claim.spelled and claim.values == {Fraction(1)})


def _inside(claim: Number, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= claim.start and claim.end <= end for start, end in spans)


def _named(said: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Find the names in the text: the number of "G7" or "Flight 17" belongs to the name."""
    forms = (plain(name) for name in dict.fromkeys(names) if name)
    return [match.span() for form in forms if form in said for match in re.finditer(re.escape(form), said)]


def _clocks(said: str) -> list[tuple[int, int]]:
    """Find times of day of the twelve-hour clock: they are another way of writing than most sources'."""
    return [match.span() for match in _CLOCK.finditer(said)]


def _dates(said: str, claims: Sequence[Number], source: Source) -> Iterator[tuple[tuple[int, int], Bounds]]:
    """Yield what those dates may mean that hold one of the claims.

    Digits right behind a name are a part of it, and no year: "iPhone 2010", "No. 2008".
    """
    published = source.document.published.day if source.document.published else None
    tells_names = primary(source.output_language) != "de"  # which writes all nouns so
    for one in find(said, source.output_language):
        span = (one.start, one.end)
        if tells_names and one.words.isdigit() and _AFTER_NAME.search(said[: one.start]):
            continue
        for direction in _DIRECTIONS if any(_inside(claim, [span]) for claim in claims) else ():
            resolved = resolve(one.words, said, source.output_language, published, (), direction)
            if isinstance(resolved, Resolution):
                yield span, Bounds(resolved.earliest, resolved.latest)


def _is_year_of(claim: Number, whens: Iterable[Bounds]) -> bool:
    years = {Fraction(day.year) for when in whens for day in (when.earliest, when.latest) if day}
    return bool(years & claim.values)


def _lengths_of_lists(text: str) -> Iterator[int]:
    """Yield how many items each list of the text has: three for "Lowmere, Kelm and Tarn"."""
    for match in _LIST.finditer(text):
        yield match["items"].count(",") + 2


class _Evidence:
    """The numbers and dates of the cited sentences."""

    def __init__(self, cited: Sequence[Sentence], source: Source) -> None:
        self._source = source
        self._cited = cited
        read = [
            number
            for sentence in cited
            for language in dict.fromkeys((source.language, source.output_language))
            for number in source.readings.numbers(sentence, language)
        ]
        self._values = {value for number in read for value in number.values}
        self._percent = any(number.percent for number in read)

    def dates(self, bounds: Bounds, whens: Iterable[Bounds]) -> bool:
        """Return whether a date says what an event's date or one of the sentences' says, or a part or more of it.

        Nearly every date is a part of an open interval, so only the end that it has counts.
        """
        readings, language = self._source.readings, self._source.language
        known = chain(whens, *(readings.bounds(sentence, language) for sentence in self._cited))
        said = bounds.closed
        return any(one.holds(said) or said.holds(one) for one in (one.closed for one in known))

    def backs(self, claim: Number) -> bool:
        """Return whether the sentences hold the number, as far as it can be known."""
        if claim.vague:
            return self._backs_plural(min(claim.values))
        if claim.values & self._values or (claim.about and self._near(claim)):
            return not claim.percent or self._percent
        if claim.percent and {value / 100 for value in claim.values} & self._values:
            return True
        return self._enumerates(claim) or not self._readable(claim)

    def _backs_plural(self, least: Fraction) -> bool:
        most = least * (20 if least <= _SMALL_PLURAL else 1000)
        return not has_table(self._source.language) or any(least <= value <= most for value in self._values)

    def _near(self, claim: Number) -> bool:
        return any(
            abs(said - value) <= _ROUNDING * abs(value) for said in claim.values for value in self._values if value
        )

    def _enumerates(self, claim: Number) -> bool:
        """Let a small number count what the sentences list: exactly, or roughly where they give no number."""
        small = {value for value in self._values if value <= _COUNTABLE}
        count = min(claim.values)
        if claim.percent or not 1 < count <= _COUNTABLE:
            return False
        texts = [plain(self._source.document.words(sentence)) for sentence in self._cited]
        if any(count == length for text in texts for length in _lengths_of_lists(text)):
            return True
        return not small - {Fraction(1)} and count <= max((len(_AND.findall(text)) + 1 for text in texts), default=0)

    def _readable(self, claim: Number) -> bool:
        """Return whether the sentences' language would show the number in a way that is read here."""
        if has_table(self._source.language):
            return True
        return all(
            value.denominator == 1 and _LEAST_WRITTEN <= value < _MOST_WRITTEN and value % 10 for value in claim.values
        )
