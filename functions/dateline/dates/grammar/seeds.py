"""Single words and numbers that are a piece of the calendar by themselves."""

from __future__ import annotations

import re
from typing import get_args

from dateline.dates.grammar.tree import (
    Clock,
    Hang,
    Named,
    Node,
    Part,
    Refusal,
    Step,
    Third,
    Unit,
)

Payload = Node | int | str
UNITS: dict[str, Unit] = {unit: unit for unit in get_args(Unit)}
THIRDS: dict[str, Third] = {third: third for third in get_args(Third)}
_HANGS: dict[str, Hang] = {hang: hang for hang in get_args(Hang)}


def seed(symbol: str, value: int | str) -> Node | None:  # noqa: PLR0911 - one line a symbol
    """Turn a single word or number that is a piece of the calendar by itself into its node."""
    match symbol, value:
        case ("month" | "weekday" | "season" | "quarter" | "holiday" | "decade" as kind, _):
            return Named(kind, value)
        case "year4", int():
            return Named("year", value)
        case "hundreds", int():
            return Named("century", value)
        case "season_start" | "season_end", int():
            return Part("start" if symbol == "season_start" else "end", Named("season", value))
        case "unit", "weekend":
            return Named("weekend", 0)
        case "fixed", str():
            return _fixed(value)
        case "clock", _:
            return Clock()
        case "vague", str():
            return Refusal(value)
        case "iso" | "short" | "monthyear", str():
            return _digits(symbol, value)
    return None


def _fixed(value: str) -> Node:
    """Read what a table says of a word that is a step by itself: `deictic -1 day`, `either 0 year end`."""
    hang, offset, unit, *third = value.split()
    step = Step(UNITS[unit], int(offset), _HANGS[hang])
    return Part(THIRDS[third[0]], step) if third else step


def _digits(symbol: str, value: str) -> Node | None:
    numbers = [int(number) for number in re.findall(r"[0-9]+", value)][:3]
    if symbol == "iso":
        return _date(*numbers)
    if symbol == "monthyear":
        return Named("month", numbers[0], Named("year", numbers[1]))
    if symbol == "short":
        return day_of_month(numbers[0], Named("month", numbers[1]))
    return None


def numeric(text: str, day_first: bool | None) -> Node | Refusal | None:
    """Read 03/04/2024 by the order of its region; with an unknown one only where a number above 12 settles it."""
    first, second, third = (int(number) for number in re.findall(r"[0-9]+", text))
    if first > 31:  # noqa: PLR2004
        return _date(first, second, third)
    year = third if third > 99 else full_year(third)  # noqa: PLR2004
    if day_first is None:
        if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004
            return Refusal("day and month could be either way round; the region of the language would tell")
        day_first = second <= 12  # noqa: PLR2004
    return _date(year, second, first) if day_first else _date(year, first, second)


def full_year(digits: int) -> int:
    """Give a year of two digits its century: 50 and more are of the 20th."""
    return (1900 if digits >= 50 else 2000) + digits  # noqa: PLR2004


def _date(year: int, month: int, day: int) -> Node | None:
    return day_of_month(day, Named("month", month, Named("year", year)))


def day_of_month(day: int, month: Named) -> Node | None:
    """Make a day of a month, if such a month can have such a day."""
    number = month.value
    if not isinstance(number, int) or not 1 <= number <= 12:  # noqa: PLR2004
        return None
    longest = 29 if number == 2 else 30 if number in (4, 6, 9, 11) else 31  # noqa: PLR2004
    return Named("day", day, month) if 1 <= day <= longest else None
