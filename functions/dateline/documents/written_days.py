"""Days as people write them: by the tables of dates, in figures, and in languages that only the library reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dateline.dates import Day, Resolution, find, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

# Languages whose words for months differ enough that a stamp is tried in each of them: those with a table, then others.
WIDELY_WRITTEN: Final = ("en", "de", "fr", "es", "it", "nl", "ru", "uk", "tr", "el", "pt", "pl")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_VIETNAMESE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})", re.IGNORECASE)
_WORD = r"[^\s\d.,;:|/()\[\]–—-]{2,20}"
_OF = r"(?:\s+(?:de|del|di|do|of)|\s+d['’])?"
_ORDINAL = r"(?:\.|[ºª°]|st|nd|rd|th|er|-?[eaм]|-?го)?"
# A day with its year, whatever the language: "16 de maio de 2023", "mei 16, 2023", "2023. május 16.".
_ANY_LANGUAGE = re.compile(
    rf"(?<![\w.,/-])(?:(?P<day>\d{{1,2}}){_ORDINAL}{_OF}\s+(?P<month>{_WORD})\.?,?{_OF}\s+(?P<year>\d{{4}})"
    rf"|(?P<month_2>{_WORD})\.?\s+(?P<day_2>\d{{1,2}}){_ORDINAL},?\s+(?P<year_2>\d{{4}})"
    rf"|(?P<year_3>\d{{4}})(?:\.|\s*m\.|\.?\s+gada)?\s+(?P<month_3>{_WORD})\s+(?P<day_3>\d{{1,2}})\.?(?:\s*d\.)?)(?![\d/-])"
)
_YEAR_WORD = re.compile(r"\s?(?:г(?:\.|ода?\b)|р(?:\.|оку\b)|r(?:\.|oku\b))(?!\w)")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day that stands at `start:end` of a line; `day` is None where its year is missing."""

    start: int
    end: int
    words: str
    day: date | None


def written_days(line: str, language: str) -> list[WrittenDay]:
    """List the days that a line names, from left to right. Relative words such as "today" are none."""
    whole = [*_east_asian(line), *_by_table(line, language)]
    known = [one for one in whole if one.day]
    known += [one for one in _by_library(line, language) if not _overlap(one, known)]
    partial = [one for one in whole if one.day is None and not _overlap(one, known)]
    return sorted((_with_year_word(line, one) for one in [*known, *partial]), key=lambda one: one.start)


def places(line: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield each place where `written_days` may find a day, with and without the word for "year" behind it.

    It takes a third of the time, since nothing is resolved.
    """
    patterns = (_EAST_ASIAN, _VIETNAMESE, _ANY_LANGUAGE)
    spans = [match.span() for pattern in patterns for match in pattern.finditer(line)]
    for start, end in (*spans, *((found.start, found.end) for found in find(line, language))):
        yield start, end
        if match := _YEAR_WORD.match(line, end):
            yield start, match.end()


def day_written(stamp: str, language: str) -> date | None:
    """Read a stamp that is written for people: in the page's language, else in the one other that reads a day in it.

    Figures alone are read in no other language, since 05/06/2024 is another day in each.
    """
    if not re.search(r"\d{4}", stamp):
        return None
    has_words = any(character.isalpha() for character in stamp)
    for languages in ((language or "und",), WIDELY_WRITTEN if has_words else ()):
        days = {one.day for known in languages for one in written_days(stamp, known) if one.day}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def single_day(resolution: Resolution) -> date | None:
    """Take a resolution's one day over; None where it is longer, or lies outside what the standard library counts."""
    first: Day | None = resolution.earliest
    if first is None or first != resolution.latest:
        return None
    return calendar_day(first.year, first.month, first.day)


def _east_asian(line: str) -> Iterator[WrittenDay]:
    for pattern, in_order in ((_EAST_ASIAN, 1), (_VIETNAMESE, -1)):
        for match in pattern.finditer(line):
            if day := calendar_day(*(int(part) for part in match.groups()[::in_order])):
                yield WrittenDay(match.start(), match.end(), match[0], day)


def _by_table(line: str, language: str) -> Iterator[WrittenDay]:
    for found in find(line, language):
        resolution = resolve(found.words, line, language, None, [])
        if not isinstance(resolution, Resolution):
            if re.search(r"\d", found.words):
                yield WrittenDay(found.start, found.end, found.words, None)
        elif resolution.precision == "day" and resolution.basis == "explicit" and (day := single_day(resolution)):
            yield WrittenDay(found.start, found.end, found.words, day)


def _by_library(line: str, language: str) -> Iterator[WrittenDay]:
    """Yield days that no table of the language finds: its order of words is another one, or there is no table."""
    for match in _ANY_LANGUAGE.finditer(line):
        parts = (match[name] or match[f"{name}_2"] or match[f"{name}_3"] for name in ("day", "month", "year"))
        in_order = " ".join(parts)
        for words, tongue in ((in_order, language), (match[0], language), (in_order, "en")):
            resolution = resolve(words, words, tongue, None, [])
            day = single_day(resolution) if isinstance(resolution, Resolution) else None
            if day:
                yield WrittenDay(match.start(), match.end(), match[0], day)
                break


def _overlap(one: WrittenDay, others: list[WrittenDay]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _with_year_word(line: str, one: WrittenDay) -> WrittenDay:
    """Take in the word for "year" that Slavic languages write after it."""
    match = _YEAR_WORD.match(line, one.end)
    return WrittenDay(one.start, match.end(), one.words, one.day) if match and one.day else one
