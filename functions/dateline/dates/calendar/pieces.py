"""Pieces of a stretch of the calendar: May of 2023, its second half, its first Monday."""

from __future__ import annotations

from collections.abc import Callable

from dateline.dates.calendar import spans
from dateline.dates.calendar.days import Unresolved, day_of, make, monday, number, plus
from dateline.dates.calendar.spans import Span
from dateline.dates.grammar.tree import Named, Unit
from dateline.dates.model import Day


def count_of(node: Named) -> int:
    """Take the number of a piece that has one (all but holidays)."""
    if not isinstance(node.value, int):
        raise TypeError(f"{node.kind} takes a number")
    return node.value


def piece_of(node: Named, frame: Span) -> Span:  # noqa: C901, PLR0911 - one line a kind
    """Find a named piece inside its frame."""
    year = frame.first.year
    if isinstance(node.value, str):
        return spans.of_holiday(year, node.value)
    match node.kind:
        case "day":
            return spans.of_day(make(year, frame.first.month, node.value))
        case "month":
            return spans.of_month(year, node.value)
        case "season":
            return spans.of_season(year, node.value)
        case "quarter":
            return _quarter(frame, node.value)
        case "week":
            return spans.of_iso_week(year, node.value)
        case "weekday":
            return spans.of_day(plus(monday(frame.first), node.value - 1))
        case "weekend":
            return spans.of_weekend(frame.first)
        case "decade":
            return spans.of_decade(year // 100 * 100 + node.value)
        case "half":
            return _half(frame, node.value)
    raise Unresolved(f"a {node.kind} has no place inside another date")


def _quarter(frame: Span, quarter: int) -> Span:
    """Find a quarter, of a calendar year or of one that begins elsewhere."""
    year, month = frame.first.year, frame.first.month
    if (month, frame.first.day) == (1, 1):
        return spans.of_quarter(year, quarter)
    begin = spans.shifted(frame, "quarter", quarter - 1)
    return spans.of_days(begin, plus(spans.shifted(frame, "quarter", quarter), -1), "quarter")


def _half(frame: Span, half: int) -> Span:
    year = frame.first.year
    if frame.unit == "year" and (frame.first.month, frame.first.day) != (1, 1):
        start = spans.shifted(frame, "half", half - 1)
        return spans.of_days(start, plus(spans.shifted(frame, "half", half), -1), "half")
    if frame.unit == "year":
        return spans.of_half(year, half)
    if frame.unit in ("decade", "century"):
        middle = year + (5 if frame.unit == "decade" else 50)
        return spans.of_years(*((year, middle - 1) if half == 1 else (middle, frame.last.year)), "half")
    first, last = number(frame.first), number(frame.last)
    middle = first + (last - first + 1) // 2
    begin, end = (first, middle - 1) if half == 1 else (middle, last)
    return spans.of_days(day_of(begin), day_of(end), "part_of_month")


def cut(unit: Unit | Named, frame: Span) -> list[Span]:
    """Cut a span into its units; a week belongs to it whose Thursday lies in it."""
    if isinstance(unit, Named):
        day = spans.first_weekday(frame.first, count_of(unit) or 6)
        return _run(day, frame, 7, spans.of_day if unit.kind == "weekday" else spans.of_weekend)
    if unit == "week":
        return _run(spans.first_weekday(frame.first, 4), frame, 7, spans.of_week)
    if unit == "day":
        return _run(frame.first, frame, 1, spans.of_day)
    pieces: list[Span] = []
    span = spans.unit_around(frame.first, unit)
    while span.first <= frame.last and len(pieces) < 100:  # noqa: PLR2004
        pieces.append(span)
        span = spans.unit_around(spans.shifted(span, unit, 1), unit)
    return pieces


def _run(first: Day, frame: Span, days: int, make_span: Callable[[Day], Span]) -> list[Span]:
    count = (number(frame.last) - number(first)) // days + 1
    return [make_span(plus(first, days * place)) for place in range(min(count, 400))]
