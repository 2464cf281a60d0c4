"""Arithmetic on days of the proleptic Gregorian calendar, before year 1 as well as after it."""

from __future__ import annotations

from dateline.dates.model import Day, days_in

_MONTHS = 12
FIRST_YEAR, LAST_YEAR = -9999, 9999  # what EDTF can write with four digits


class OutOfRange(ValueError):
    """A day outside the years that EDTF writes with four digits."""


class Unresolved(Exception):
    """A tree cannot be worked out here; the message is the abstention's reason."""


def number(day: Day) -> int:
    """Count the days up to `day`; neighbours differ by 1, and Mondays are those divisible by 7 with rest 1."""
    return day.ordinal()


def day_of(count: int) -> Day:
    """Turn a count of `number` back into its day; OutOfRange beyond four-digit years."""
    day = Day.from_ordinal(count)
    return make(day.year, day.month, day.day)


def make(year: int, month: int, day: int) -> Day:
    """Make a day; OutOfRange where there is none, as for 30 February or the year 20000."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= _MONTHS or not 1 <= day <= days_in(year, month):
        raise OutOfRange(f"no such day: {year}-{month}-{day}")
    return Day(year, month, day)


def plus(day: Day, days: int) -> Day:
    """Move by so many days."""
    return day_of(number(day) + days)


def weekday(day: Day) -> int:
    """Tell the day of the week: 1 is Monday, 7 is Sunday."""
    return (number(day) - 1) % 7 + 1


def monday(day: Day) -> Day:
    """Find the Monday of the day's ISO week."""
    return plus(day, 1 - weekday(day))


def month_shifted(year: int, month: int, months: int) -> tuple[int, int]:
    """Move a month by so many months."""
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


def easter(year: int) -> Day:
    """Find Easter Sunday by the anonymous Gregorian algorithm (Meeus/Jones/Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return make(year, month, day + 1)


def pascha(year: int) -> Day:
    """Find Easter Sunday of the Orthodox churches: the Julian one (Meeus), as a day of the Gregorian calendar."""
    moon = (19 * (year % 19) + 15) % 30
    month, day = divmod(moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114, 31)
    return plus(make(year, month, day + 1), year // 100 - year // 400 - 2)
