"""What the patterns of the tables mean: each action takes what a pattern captured and builds a piece of a tree.

An action answers None where the words fit the pattern but make no sense (the 31st of June, the 14th month).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard

from dateline.dates.grammar.roles import is_loose, placed
from dateline.dates.grammar.seeds import THIRDS, UNITS, Payload, day_of_month, full_year
from dateline.dates.grammar.tree import (
    Checked,
    Clock,
    Hang,
    Named,
    Near,
    Node,
    Nth,
    Open,
    OwnYear,
    Part,
    Qualified,
    Range,
    Refusal,
    Shift,
    Step,
)

Action = Callable[[tuple[Payload, ...]], Node | int | None]


def _inside(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (int(day), frame) if 1 <= day <= 31 and not isinstance(frame, int | str):  # noqa: PLR2004
            return placed(Named("day", day), frame)
        case (node, int(year)) if year >= 1000 and not isinstance(node, int | str):  # noqa: PLR2004
            return placed(node, Named("year", year))
        case (Named(kind="decade", value=int(first)) as node, Named(kind="century", value=int(hundred))) if (
            hundred <= first < hundred + 100
        ):
            return node
        case (Named() | Checked() | Part() as node, frame) if not isinstance(frame, int | str):
            return placed(node, frame)
    return None


def _inside_unit(captured: tuple[Payload, ...]) -> Node | None:
    """Put the 3rd of the month into the month that is told of."""
    match captured:
        case (Named() | Checked() | Part() | int() as node, str(unit)) if unit in UNITS:
            return _inside((node, Step(UNITS[unit], 0, "either")))
        case (str(unit), node) if unit in UNITS:
            return _inside_unit((node, unit))
    return None


def _inside_after(captured: tuple[Payload, ...]) -> Node | None:
    return _inside((captured[1], captured[0]))


def _same(captured: tuple[Payload, ...]) -> Node | None:
    return None if isinstance(captured[0], int | str) else captured[0]


def _day_action(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (int(day), Named() as month) | (Named() as month, int(day)):
            return day_of_month(day, month)
        case (int(day), Named(kind="month") as month, int(year)) if 0 <= year < 100:  # noqa: PLR2004
            return day_of_month(day, month._replace(within=Named("year", full_year(year))))
        case (int(day), Named(kind="month") as month, Named(kind="year") as year):
            return day_of_month(day, month._replace(within=year))
    return None


def _spelled(captured: tuple[Payload, ...]) -> int | None:
    """Add up a year in words: two thousand twenty-two, mil novecientos setenta y cuatro."""
    year = sum(item for item in captured if isinstance(item, int))
    return year if 1000 <= year <= 2199 else None  # noqa: PLR2004


def _bare_day(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (int(day),) if 1 <= day <= 31:  # noqa: PLR2004
            return Named("day", day)
    return None


def _year(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (int(year),) if 1 <= year <= 9999:  # noqa: PLR2004
            return Named("year", year)
        case (Named(kind="year") as node,):
            return node
    return None


def _bce(captured: tuple[Payload, ...]) -> Node | None:
    """Count backwards: 44 BC is the year -43; the 5th century BC begins with -499; 500-400 BC is both."""
    match captured:
        case (int(year),) if 1 <= year <= 9999:  # noqa: PLR2004
            return Named("year", 1 - year)
        case (int(first), int(last)) if first > last:
            return Range(Named("year", 1 - first), Named("year", 1 - last))
        case (node,) if not isinstance(node, int | str):
            return _mirrored(node)
    return None


def _mirrored(node: Node) -> Node | None:  # noqa: PLR0911 - one line a kind
    match node:
        case Named(kind="year", value=int(year)):
            return Named("year", 1 - year)
        case Named(kind="century", value=int(first)):
            return Named("century", -99 - first)
        case Named(kind="decade", value=int(first)) if first >= 100:  # noqa: PLR2004
            return Named("decade", -8 - first)
        case Named(within=inner) if inner is not None:
            within = _mirrored(inner)
            return None if within is None else node._replace(within=within)
        case Part(node=inner) | Nth(node=inner) | Qualified(node=inner):
            changed = _mirrored(inner)
            return None if changed is None else node._replace(node=changed)
        case Range(first=first_node, last=last_node):
            first_changed, last_changed = _mirrored(first_node), _mirrored(last_node)
            if first_changed is not None and last_changed is not None:
                return node._replace(first=first_changed, last=last_changed)
    return None


def _spoken_year(captured: tuple[Payload, ...]) -> Node | None:
    """Read nineteen eighty-four."""
    match captured:
        case (int(hundreds), int(rest)) if 13 <= hundreds <= 20 and 10 <= rest < 100:  # noqa: PLR2004
            return Named("year", hundreds * 100 + rest)
    return None


def _short_year(captured: tuple[Payload, ...]) -> Node | None:
    """Read an apostrophe and two digits: '98."""
    match captured:
        case (int(year),) if 0 <= year < 100:  # noqa: PLR2004
            return Named("year", (1900 if year >= 40 else 2000) + year)  # noqa: PLR2004
    return None


def _century(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (int(number),) if 1 <= number <= 30:  # noqa: PLR2004
            return Named("century", (number - 1) * 100)
    return None


def _decade(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (int(first),) if first % 10 == 0:
            return Named("decade", first)
        case (Named(kind="year", value=int(first)),) if first % 10 == 0:
            return Named("decade", first)
    return None


def _winter(captured: tuple[Payload, ...]) -> Node | None:
    """Winter 2023/24, which belongs to its December; no other season has two years."""
    match captured:
        case (Named(kind="year") as year, Named(kind="year") as last, Named(kind="season") as node):
            return _winter((node, year, last))
        case (Named(kind="season", value=4, within=None) as node, Named(value=int(first)) as year, last):
            second = last.value if isinstance(last, Named) else last
            return node._replace(within=year) if second in (first + 1, (first + 1) % 100) else None
    return None


def _named(kind: str, most: int) -> Action:
    def build(captured: tuple[Payload, ...]) -> Node | None:
        match captured, kind:
            case (int(number),), "quarter" | "half" | "week" as known if 1 <= number <= most:
                return Named(known, number)
        return None

    return build


def _step(hang: Hang) -> Action:
    """Build this, last or next unit, in either order."""

    def build(captured: tuple[Payload, ...]) -> Node | None:
        match captured:
            case (int(offset), str(unit)) | (str(unit), int(offset)) if unit in UNITS:
                return Step(UNITS[unit], offset, hang) if unit != "weekend" else None
            case (str(unit),) if unit in UNITS:
                return Step(UNITS[unit], 0, hang)
        return None

    return build


def _own_year(captured: tuple[Payload, ...]) -> Node | None:
    """Build fiscal 2024, the school year 2023/24, this fiscal year."""
    match captured:
        case (Named(value=int(year)),):
            return OwnYear(year)
        case (Named(value=int(year)), Named(value=int(last)) | int(last)) if last in (year + 1, (year + 1) % 100):
            return OwnYear(year, two=True)
        case (int(offset),):
            return OwnYear(None, offset=offset)
    return None


def _own_quarter(captured: tuple[Payload, ...]) -> Node | None:
    """Build the second fiscal quarter: of the fiscal year that we are in."""
    match captured:
        case (Named(kind="quarter" | "half") as node,):
            return placed(node, OwnYear(None))
        case (int(position),) if 1 <= position <= 4:  # noqa: PLR2004
            return placed(Named("quarter", position), OwnYear(None))
    return None


def _part_of_day(hang: Hang) -> Action:
    """Build the next morning, that night, this evening: the day that a part of it lies in."""

    def build(captured: tuple[Payload, ...]) -> Node | None:
        match captured:
            case (int(offset),):
                return Step("day", offset, hang)
        return None

    return build


def _near(hang: Hang) -> Action:
    """Build this, last or next piece of its name, in either order."""

    def build(captured: tuple[Payload, ...]) -> Node | None:
        match captured:
            case (int(offset), Named() as node) | (Named() as node, int(offset)) if is_loose(node):
                return Near(node, offset, hang)
        return None

    return build


def _shift(sign: int, hang: Hang, exact: bool = False) -> Action:
    """So many units back (-1) or on (+1), from a base where one is captured."""

    def build(captured: tuple[Payload, ...]) -> Node | None:
        base = [item for item in captured if not isinstance(item, int | str)]
        count = next((item for item in captured if isinstance(item, int)), 1)
        unit = next((item for item in captured if isinstance(item, str)), "")
        if unit not in UNITS or count > 9999:  # noqa: PLR2004
            return None
        return Shift(sign * count, UNITS[unit], hang, base[0] if base else None, exact)

    return build


def _within(captured: tuple[Payload, ...]) -> Node | None:
    """Build the days from today to so many units on: within 90 days."""
    end = _shift(1, "deictic", exact=True)(captured)
    return Range(Step("day", 0), end, within=True) if isinstance(end, Shift) else None


_IN_A_YEAR = {"week": 52, "month": 12, "quarter": 4, "half": 2}


def _year_back(captured: tuple[Payload, ...]) -> Node | None:
    """Build the same month of the year before: counted from the one that the text has named."""
    match captured:
        case (str(unit),) if unit in UNITS and unit in _IN_A_YEAR:
            return Shift(-_IN_A_YEAR[unit], UNITS[unit], "close")
    return None


def _years_ago_in(captured: tuple[Payload, ...]) -> Node | None:
    """Build two years ago this month, three years ago in May."""
    match captured:
        case (int(count), "year", int(offset), str(unit)) if unit in UNITS and unit in _IN_A_YEAR:
            return Shift(offset - count * _IN_A_YEAR[unit], UNITS[unit])
        case (int(count), "year", Named() as node):
            return placed(node, Shift(-count, "year"))
    return None


def _week_of(captured: tuple[Payload, ...]) -> Node | None:
    """Build the week of 6 May: the whole week that the day lies in."""
    match captured:
        case (node,) if not isinstance(node, int | str):
            return Shift(0, "week", base=node)
    return None


def _beside(offset: int) -> Action:
    """Build the day before, the year after: a unit counted from the neighbour."""

    def build(captured: tuple[Payload, ...]) -> Node | None:
        match captured:
            case (str(unit),) if unit in UNITS:
                return Step(UNITS[unit], offset, "anaphoric")
        return None

    return build


def _about_ago(captured: tuple[Payload, ...]) -> Node | None:
    """Read "vor rund zwei Jahren", where the reserve stands inside."""
    match captured:
        case ("about", int(count), str(unit)) if unit in UNITS:
            return Qualified("~", Shift(-count, UNITS[unit]))
    return None


def _part(captured: tuple[Payload, ...]) -> Node | None:
    """Build early 2023; a part of a day (late on Friday) is that day."""
    match captured:
        case (str(which), node) | (node, str(which)) if which in THIRDS and not isinstance(node, int | str):
            if isinstance(node, Clock | Open | Part | Range | Refusal):
                return None
            return node if _is_day(node) else Part(THIRDS[which], node)
    return None


def _is_day(node: Payload) -> TypeGuard[Node]:
    return isinstance(node, Checked) or (isinstance(node, Named) and node.kind in ("day", "weekday"))


def _part_unit(captured: tuple[Payload, ...]) -> Node | None:
    """Build the beginning of the year, the end of the month: of the one that we are in."""
    match captured:
        case (str(unit), str(which)) if which in THIRDS and unit in UNITS:
            return Part(THIRDS[which], Step(UNITS[unit], 0, "either"))
        case (str(which), str(unit)) if which in THIRDS and unit in UNITS:
            return Part(THIRDS[which], Step(UNITS[unit], 0, "either"))
    return None


def _parts(captured: tuple[Payload, ...]) -> Node | None:
    """Early to mid 1990s: from one third to another of the same thing."""
    match captured:
        case (str(first), str(last), node) if {first, last} <= THIRDS.keys() and not isinstance(node, int | str):
            return Range(Part(THIRDS[first], node), Part(THIRDS[last], node), within=True)
    return None


def _nth(captured: tuple[Payload, ...]) -> Node | None:
    if captured and not isinstance(captured[0], int | str):
        captured = (*captured[1:], captured[0])
    match captured:
        case (int(position), "half" | "quarter" as kind, node) if not isinstance(node, int | str) and position > 0:
            return placed(Named(kind, position), node) if position <= (2 if kind == "half" else 4) else None
        case (int(position), str(unit), node) if unit in UNITS and not isinstance(node, int | str):
            return None if unit == "weekend" else Nth(position, UNITS[unit], node)
        case (int(position), Named(kind="weekday" | "weekend") as day, node) if not isinstance(node, int | str):
            return Nth(position, day, node)
    return None


def _mark(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case ("about", node) | (node, "about") if not isinstance(node, int | str):
            return node if isinstance(node, Clock) else Qualified("~", node)
        case ("doubt", node) | (node, "doubt") if not isinstance(node, int | str):
            return Qualified("?", node)
    return None


def _weekday_date(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case (Named(kind="weekday", within=None, value=int(weekday)), Named(kind="day") as node) | (
            Named(kind="day") as node, Named(kind="weekday", within=None, value=int(weekday))
        ):  # fmt: skip
            return Checked(weekday, node)
        case (Named(kind="weekday", within=None, value=int(weekday)), int(day)) if 1 <= day <= 31:  # noqa: PLR2004
            return Checked(weekday, Named("day", day))
    return None


def _open(captured: tuple[Payload, ...]) -> Node | None:
    match captured:
        case ("since" | "after" | "before" | "until" as kind, node) | (
            node, "since" | "after" | "before" | "until" as kind
        ) if not isinstance(node, int | str):  # fmt: skip
            return None if isinstance(node, Open | Range | Clock) else Open(kind, node)
    return None


def _range(within: bool) -> Action:
    def build(captured: tuple[Payload, ...]) -> Node | None:
        match captured:
            case (int(day), last_node) if not isinstance(last_node, int | str) and 1 <= day <= 31:  # noqa: PLR2004
                return _range_of(Named("day", day), last_node, within)
            case (Named(kind="month") as month, int(first_number), int(last_number)):
                return _days_of(month, first_number, last_number, within)
            case (Named(kind="month") as month, int(first_number), int(last_number), Named(kind="year") as year):
                return _days_of(month._replace(within=year), first_number, last_number, within)
            case (Named(kind="year", value=int(first)), int(short)):
                return _year_span(first, short, within)
            case (first_node, last_node) if not isinstance(first_node, int | str) and not isinstance(
                last_node, int | str
            ):
                return _range_of(first_node, last_node, within)
        return None

    return build


def _days_of(month: Named, first: int, last: int, within: bool) -> Node | None:
    """Build May 3 to 5."""
    first_day, last_day = day_of_month(first, month), day_of_month(last, month)
    return Range(first_day, last_day, within) if first_day and last_day else None


def _range_of(first: Node, last: Node, within: bool) -> Node | None:
    for node in (first, last):
        if isinstance(node, Open | Range | Refusal | Clock):
            return None
    if (
        isinstance(last, Named)
        and last.kind == "weekend"
        and not (isinstance(first, Named) and first.kind == "weekday")
    ):
        return None
    return Range(first, last, within)


def _year_span(first: int, short: int, within: bool) -> Node | None:
    """2009-10, 1914-18: the second year without its century."""
    last = first // 100 * 100 + short
    return Range(Named("year", first), Named("year", last), within) if 10 <= short < 100 and last > first else None  # noqa: PLR2004


def _clock(captured: tuple[Payload, ...]) -> Node | None:
    """Read a time of day: with its day it is that day, alone it waits for one."""
    days = [item for item in captured if not isinstance(item, int | str | Clock)]
    return days[0] if days else Clock()


def _refuse(reason: str, hard: bool = False) -> Action:
    """Refuse whatever fits the pattern."""
    refusal = Refusal(reason, hard)

    def build(_: tuple[Payload, ...]) -> Node | None:
        return refusal

    return build


def _night_to(captured: tuple[Payload, ...]) -> Node | None:
    """In the night to Sunday: Saturday and Sunday."""
    match captured:
        case (node,) if _is_day(node):
            return Range(Shift(-1, "day", base=node), node, within=True)
    return None


def _sum(captured: tuple[Payload, ...]) -> int | None:
    """Add up a count in words: twenty and one."""
    numbers = [item for item in captured if isinstance(item, int)]
    if len(numbers) == 2 and not (numbers[0] % 10 == 0 and 0 < numbers[1] < 10):  # noqa: PLR2004
        return None
    return sum(numbers)


ACTIONS: dict[str, Action] = {
    "same": _same,
    "inside": _inside,
    "inside_after": _inside_after,
    "inside_unit": _inside_unit,
    "day": _day_action,
    "bare_day": _bare_day,
    "year": _year,
    "bce": _bce,
    "spoken_year": _spoken_year,
    "short_year": _short_year,
    "century": _century,
    "decade": _decade,
    "quarter": _named("quarter", 4),
    "winter": _winter,
    "half": _named("half", 2),
    "week": _named("week", 53),
    "step": _step("deictic"),
    "step_near": _step("anaphoric"),
    "step_here": _step("either"),
    "step_close": _step("close"),
    "day_near": _part_of_day("anaphoric"),
    "day_here": _part_of_day("either"),
    "own_year": _own_year,
    "own_quarter": _own_quarter,
    "near": _near("deictic"),
    "near_that": _near("anaphoric"),
    "ago": _shift(-1, "deictic"),
    "hence": _shift(1, "deictic"),
    "within": _within,
    "ago_here": _shift(-1, "either"),
    "hence_here": _shift(1, "either"),
    "earlier": _shift(-1, "anaphoric"),
    "later": _shift(1, "anaphoric"),
    "week_of": _week_of,
    "year_back": _year_back,
    "years_ago_in": _years_ago_in,
    "ago_to_the_day": _shift(-1, "deictic", exact=True),
    "hence_to_the_day": _shift(1, "deictic", exact=True),
    "about_ago": _about_ago,
    "before_that": _beside(-1),
    "after_that": _beside(1),
    "before": _shift(-1, "anaphoric"),
    "after": _shift(1, "anaphoric"),
    "modifier": _part,
    "edge": _part_unit,
    "modifiers": _parts,
    "nth": _nth,
    "mark": _mark,
    "weekday": _weekday_date,
    "open": _open,
    "range": _range(within=False),
    "between": _range(within=True),
    "clock": _clock,
    "duration": _refuse("a length of time, not a date"),
    "vague": _refuse("no certain time"),
    "no_date": _refuse("no certain time", hard=True),
    "repetition": _refuse("a repetition, not a date"),
    "recurring": _refuse("a repetition, not a date", hard=True),
    "night_to": _night_to,
    "n": _sum,
    "spelled": _spelled,
}
