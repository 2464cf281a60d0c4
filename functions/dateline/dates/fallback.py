"""Languages without a table of their own: `dateparser` reads their words, if it is installed, behind a guard.

It is asked in parse mode only, which refuses words that it does not know; what it understood is taken over as a tree,
so that years and neighbours are found as for every other language. Left out is what it guesses: durations (which it
takes for "ago") and years out of the ordinary. It is an extra (`dateline[languages]`), imported when first needed.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from dateline.dates.grammar.tree import Named, Node, Step

_BASES = (datetime(2024, 5, 24), datetime(2019, 11, 11))  # noqa: DTZ001 - any two days that differ in every part
# An unknown language is a ValueError; the others were seen on odd words in its own list of issues.
_ITS_FAILURES = (ValueError, OverflowError, LookupError, TypeError, AttributeError)
_PLAUSIBLE = range(1000, 2200)
_TWO_DAYS = 2


class _Data(Protocol):
    date_obj: datetime | None
    parts: tuple[str, ...]


class _Parser(Protocol):
    def get_date_data(self, words: str) -> _Data: ...


def read(words: str, language: str) -> Node | None:
    """Read words of a language without a table; None where `dateparser` is missing or they are not plainly a date."""
    if not any(character.isalpha() for character in words):
        return None
    try:
        found = [parser.get_date_data(words) for parser in _parsers(language)]
    except _ITS_FAILURES:
        return None
    if not found or any(data.date_obj is None for data in found):
        return None
    days = [data.date_obj for data in found if data.date_obj is not None]
    return _fixed(days[0], frozenset(found[0].parts)) if _same(days, found[0].parts) else _moving(words, days)


@lru_cache(maxsize=32)
def _parsers(language: str) -> tuple[_Parser, ...]:
    """Make a parser for each day that it may believe to be today; none where it is not installed."""
    try:
        make = import_module("dateparser.date").DateDataParser
    except ImportError:
        return ()
    return tuple(cast("_Parser", make(languages=[language], settings={"RELATIVE_BASE": base})) for base in _BASES)


def _same(days: list[datetime], parts: tuple[str, ...]) -> bool:
    """Return whether the parts that the words name are the same whatever today is."""
    return all(getattr(days[0], part) == getattr(days[1], part) for part in parts if part in ("year", "month", "day"))


def _fixed(day: datetime, parts: frozenset[str]) -> Node | None:
    year = Named("year", day.year) if "year" in parts else None
    if day.year not in _PLAUSIBLE or "month" not in parts:
        return year if day.year in _PLAUSIBLE else None
    month = Named("month", day.month, year)
    return Named("day", day.day, month) if "day" in parts else month


def _moving(words: str, days: list[datetime]) -> Node | None:
    """Take yesterday, tomorrow and weekdays, which are one word; anything longer may be a length of time."""
    if len(words.split()) > 1 or any(character.isdigit() for character in words):
        return None
    away = [(day.date() - base.date()).days for day, base in zip(days, _BASES, strict=True)]
    if away[0] == away[1]:
        return Step("day", away[0]) if abs(away[0]) <= _TWO_DAYS else None
    return Named("weekday", days[0].isoweekday()) if days[0].isoweekday() == days[1].isoweekday() else None
