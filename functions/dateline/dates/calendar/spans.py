"""Stretches of the calendar with the EDTF that writes them: years, months, seasons, thirds and what is made of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dateline.dates.calendar.days import (
    OutOfRange,
    day_of,
    easter,
    make,
    monday,
    month_shifted,
    number,
    pascha,
    plus,
    weekday,
)
from dateline.dates.grammar.tree import Third, Unit
from dateline.dates.model import Day, Precision, days_in


class Span(NamedTuple):
    """Whole days from `first` to `last`, of the unit that the words name.

    As EDTF it is `whole` where one value says it all, else `starts/ends`.
    """

    first: Day
    last: Day
    unit: Precision
    starts: str
    ends: str
    whole: str | None = None

    @property
    def edtf(self) -> str:
        """The span as EDTF."""
        return self.whole or f"{self.starts}/{self.ends}"


def length(span: Span) -> int:
    """Count the days of a span."""
    return number(span.last) - number(span.first) + 1


def of_day(day: Day) -> Span:
    """Make the span of one day."""
    return Span(day, day, "day", str(day), str(day), str(day))


def of_days(first: Day, last: Day, unit: Precision) -> Span:
    """Make a span that is written with days."""
    return Span(first, last, unit, str(first), str(last))


def of_months(first: tuple[int, int], last: tuple[int, int], unit: Precision, whole: str | None = None) -> Span:
    """Make a span that is written with months, each given as year and month."""
    begin, end = make(*first, 1), make(*last, days_in(*last))
    return Span(begin, end, unit, str(begin)[:-3], str(end)[:-3], whole)


@lru_cache(maxsize=1024)
def of_month(year: int, month: int) -> Span:
    """Make the span of a month."""
    span = of_months((year, month), (year, month), "month")
    return span._replace(whole=span.starts)


def of_years(first: int, last: int, unit: Precision, whole: str | None = None) -> Span:
    """Make a span that is written with years."""
    begin, end = make(first, 1, 1), make(last, 12, 31)
    return Span(begin, end, unit, str(begin)[:-6], str(end)[:-6], whole)


@lru_cache(maxsize=1024)
def of_year(year: int) -> Span:
    """Make the span of a year."""
    span = of_years(year, year, "year")
    return span._replace(whole=span.starts)


def of_decade(first: int) -> Span:
    """Make the span of a decade that begins with this year."""
    return of_years(first, first + 9, "decade", f"{first // 10:03}X" if first >= 0 else None)


def of_century(first: int) -> Span:
    """Make the span of the hundred years from this one: 1900 for the 20th century, -99 for the first BCE."""
    return of_years(first, first + 99, "century", f"{first // 100:02}XX" if first >= 0 else None)


def of_week(day: Day) -> Span:
    """Make the span of the ISO week that holds the day."""
    first = monday(day)
    return of_days(first, plus(first, 6), "week")


def of_weekend(day: Day) -> Span:
    """Make the span of the Saturday and Sunday in the ISO week that holds the day."""
    first = monday(day)
    return of_days(plus(first, 5), plus(first, 6), "day")


def of_season(year: int, season: int) -> Span:
    """Make the span of a meteorological season; a winter (4) belongs to its December and is written as months."""
    first = (year, season * 3)
    whole = f"{_year(year)}-{20 + season}" if season < 4 else None  # noqa: PLR2004
    return of_months(first, month_shifted(*first, 2), "season", whole)


def of_quarter(year: int, quarter: int) -> Span:
    """Make the span of a calendar quarter."""
    first = (year, quarter * 3 - 2)
    return of_months(first, month_shifted(*first, 2), "quarter", f"{_year(year)}-{32 + quarter}")


def of_half(year: int, half: int) -> Span:
    """Make the span of a calendar half-year."""
    first = (year, half * 6 - 5)
    return of_months(first, month_shifted(*first, 5), "half", f"{_year(year)}-{39 + half}")


def of_iso_week(year: int, week: int) -> Span:
    """Make the span of a numbered ISO week; OutOfRange where the year has no such week."""
    span = of_week(plus(make(year, 1, 4), 7 * (week - 1)))
    if plus(span.first, 3).year != year:
        raise OutOfRange(f"{year} has no week {week}")
    return span


def of_holiday(year: int, name: str) -> Span:
    """Make the span of a holiday.

    Its name is a day (`12-25`) or days (`12-24/12-26`), or counts from Easter (`easter-2`; Orthodox: `pascha-2`), or is
    a weekday of a month: `11#4x4` is its fourth Thursday, `05#-1x1` its last Monday, `11#4x4+1` the day after.
    """
    if "#" in name:
        return _nth_weekday(year, name)
    for feast, sunday in (("easter", easter), ("pascha", pascha)):
        if name.startswith(feast):
            return of_day(plus(sunday(year), int(name.removeprefix(feast) or "0")))
    ends = [make(year, *map(int, end.split("-"))) for end in name.split("/")]
    return of_day(ends[0]) if len(ends) == 1 else of_days(ends[0], ends[-1], "day")


def _nth_weekday(year: int, name: str) -> Span:
    month, _, rest = name.partition("#")
    place, _, day = rest.partition("x")
    weekday_number, _, later = day.partition("+")
    first = first_weekday(make(year, int(month), 1), int(weekday_number))
    weeks = int(place) - 1 if int(place) > 0 else (days_in(year, int(month)) - first.day) // 7
    return of_day(plus(first, 7 * weeks + int(later or "0")))


def _year(year: int) -> str:
    return str(make(year, 1, 1))[:-6]


def unit_around(day: Day, unit: Unit) -> Span:  # noqa: C901, PLR0911 - one line a unit
    """Find the unit that holds the day."""
    match unit:
        case "day":
            return of_day(day)
        case "weekend":
            return of_weekend(day)
        case "week":
            return of_week(day)
        case "month":
            return of_month(day.year, day.month)
        case "quarter":
            return of_quarter(day.year, (day.month + 2) // 3)
        case "season":
            return of_season(*season_of(day))
        case "half":
            return of_half(day.year, (day.month + 5) // 6)
        case "year":
            return of_year(day.year)
        case "decade":
            return of_decade(day.year // 10 * 10)
        case "century":
            return of_century(day.year // 100 * 100)


def season_of(day: Day) -> tuple[int, int]:
    """Find the year and the season of a day; January and February belong to the last year's winter."""
    year, month = month_shifted(day.year, day.month, -2)
    return (year, (month + 2) // 3)


_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "weekend": 7, "week": 7}


def shifted(span: Span, unit: Unit, count: int) -> Day:
    """Find a day of the unit that lies `count` units from the span's first day."""
    if unit in _DAYS:
        return plus(span.first, _DAYS[unit] * count)
    year, month = month_shifted(span.first.year, span.first.month, _MONTHS[unit] * count)
    if not -9999 <= year <= 9999:  # noqa: PLR2004
        raise OutOfRange(f"no such year: {year}")
    return make(year, month, min(span.first.day, days_in(year, month)))


_THIRDS_OF_YEARS = {10: ((0, 3), (4, 6), (7, 9)), 100: ((0, 32), (33, 66), (67, 99))}
_PLACES: dict[Third, int] = {"start": 0, "mid": 1, "end": 2}


def third(span: Span, which: Third) -> Span:
    """Cut the early, middle or late third out of a span, by the rules of the house for its unit; marked `~`."""
    return marked(_third(span, _PLACES[which]), "~")


def _third(span: Span, place: int) -> Span:
    year, month = span.first.year, span.first.month
    if span.unit == "year":
        return of_months((year, place * 4 + 1), (year, place * 4 + 4), "part_of_year")
    if span.unit in ("decade", "century"):
        begin, end = _THIRDS_OF_YEARS[10 if span.unit == "decade" else 100][place]
        return of_years(year + begin, year + end, "part_of_decade" if span.unit == "decade" else "part_of_century")
    if span.unit == "month":
        begin, end = ((1, 10), (11, 20), (21, days_in(year, month)))[place]
        return of_days(make(year, month, begin), make(year, month, end), "part_of_month")
    return _third_by_length(span, place)


def _third_by_length(span: Span, place: int) -> Span:
    """Cut by days; what is left over goes to the middle. A day has no thirds of days: it stays whole."""
    first = number(span.first)
    length = number(span.last) - first + 1
    if length < 3:  # noqa: PLR2004
        return span
    cuts = [0, (length + 1) // 3, length - (length + 1) // 3, length]
    unit: Precision = "part_of_year" if length > 31 else "week" if length == 7 else "part_of_month"  # noqa: PLR2004
    return of_days(day_of(first + cuts[place]), day_of(first + cuts[place + 1] - 1), unit)


def marked(span: Span, mark: str) -> Span:
    """Put `~` (about) or `?` (possibly) on a span; both together are `%`. Its bounds stay."""
    starts, ends = _mark(span.starts, mark), _mark(span.ends, mark)
    return span._replace(starts=starts, ends=ends, whole=starts if span.starts == span.ends else None)


def _mark(value: str, mark: str) -> str:
    has = value[-1] if value[-1] in "~?%" else ""
    return value.removesuffix(has) + (mark if has in ("", mark) else "%")


def joined(first: Span, last: Span) -> Span:
    """Make the span from the beginning of one to the end of another; OutOfRange where it would run backwards."""
    if last.last < first.first:
        raise OutOfRange("the end lies before the beginning")
    unit = max(first.unit, last.unit, key=WIDTHS.index)
    return Span(first.first, last.last, unit, first.starts, last.ends)


WIDTHS: tuple[Precision, ...] = (
    "day", "part_of_month", "week", "month", "quarter", "season", "part_of_year", "half", "year", "part_of_decade",
    "decade", "part_of_century", "century",
)  # fmt: skip


def first_weekday(day: Day, value: int) -> Day:
    """Find the first such weekday on or after the day."""
    return plus(day, (value - weekday(day)) % 7)
