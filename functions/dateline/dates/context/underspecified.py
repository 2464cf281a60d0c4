"""Pieces of the calendar that lack their frame (May, Tuesday, the 3rd): which of their occurrences is meant."""

from __future__ import annotations

from dateline.dates.calendar import spans
from dateline.dates.calendar.days import OutOfRange, Unresolved, month_shifted, number, plus
from dateline.dates.calendar.pieces import piece_of
from dateline.dates.calendar.spans import Span, length
from dateline.dates.context.setting import Reference, Setting, Value
from dateline.dates.context.tense import Tense
from dateline.dates.grammar.roles import cycle_of
from dateline.dates.grammar.tree import Named
from dateline.dates.model import Anchor, Day

_CYCLES = {"week": 7, "month": 31, "year": 366, "century": 36_600}  # days
_TOO_FAR = 245  # days; a date that far from the day of publication would have been written with its year
_CLOSE = -1  # sentences
_YEAR = 366  # days
_ACROSS = 4  # months; a story goes on into the next year rather than back over more than half of this one


def settled(node: Named, setting: Setting) -> Value:
    """Give a loose piece the frame that the words leave out: from the neighbour, or from the day of publication."""
    if setting.ahead is not None and length(setting.ahead.span) <= _CYCLES[cycle_of(node)]:
        return Value(_last_until(node, setting.ahead.span.last), "context", setting.ahead.anchor)
    reference = setting.reference
    if reference is not None and _hangs_on_neighbour(node, reference, setting):
        span = _in_chapter(node, setting) or _next_to(node, reference.span, setting.published)
        return Value(span, "context", reference.anchor)
    if setting.published is None:
        raise Unresolved("the year stands neither in the words nor near them, and the day of publication is unknown")
    return Value(_news(node, setting.published, setting.tense), "relative", Anchor("published"))


def _hangs_on_neighbour(node: Named, reference: Reference, setting: Setting) -> bool:
    """Return whether a loose piece belongs to the story that its neighbour tells, and not to the day of publication.

    A bare day (the 3rd) belongs to the month of a close neighbour in news too.
    """
    cycle = cycle_of(node)
    if length(reference.span) > _CYCLES[cycle]:
        return False
    certain = setting.tense.sure and not setting.tense.put_off
    ahead = setting.tense.direction == "future" and (certain or not setting.running)
    if setting.published is None or (setting.narrative and not ahead):
        return True
    return cycle == "month" and (reference.anchor.sentence or 0) >= -1


def _news(node: Named, published: Day, tense: Tense) -> Span:
    """Choose the occurrence by the tense; if that is guessed, not one most of a year away when another one is near."""
    if node.kind == "decade":
        return _last_until(node, published)
    if tense.direction is None:
        here = occurrence(node, published, 0) if cycle_of(node) == "month" else None
        return here or _nearest(node, published)
    chosen = _first_from(node, published) if tense.direction == "future" else _last_until(node, published)
    if tense.sure:
        return chosen
    away = max(number(chosen.first) - number(published), number(published) - number(chosen.last))
    return _nearest(node, published) if cycle_of(node) == "year" and away > _TOO_FAR else chosen


def _next_to(node: Named, span: Span, published: Day | None) -> Span:
    """Place a loose piece by a dated neighbour: in its frame if that is wide enough, else after it."""
    cycle = cycle_of(node)
    if cycle == "century":
        return only([found for found in [occurrence(node, span.first, 0)] if found])
    if cycle != "year" or span.unit == "year":
        return _first_from(node, span.first)
    same = occurrence(node, span.first, 0)
    after = _first_from(node, span.first)
    months = (after.first.year - span.last.year) * 12 + after.first.month - span.last.month
    if same is None or months <= _ACROSS:
        return after
    is_latest = published is not None and after.first <= published and number(published) - number(after.first) <= _YEAR
    return after if is_latest else same


def _in_chapter(node: Named, setting: Setting) -> Span | None:
    """Find the one occurrence in the years that the heading names."""
    chapter = setting.chapter
    if chapter is None or cycle_of(node) != "year" or _has_left(chapter, setting.stated):
        return None
    inside = [span for span in near_by(node, chapter.first) if chapter.first <= span.first <= chapter.last]
    return inside[0] if len(inside) == 1 else None


def _has_left(chapter: Span, stated: Reference | None) -> bool:
    """Return whether a date close by names a year that is not the heading's."""
    if stated is None or (stated.anchor.sentence or 0) < _CLOSE:
        return False
    return stated.span.last < chapter.first or stated.span.first > chapter.last


def this_one(node: Named, day: Day) -> Span:
    """Find this Friday in our week, this May in our year, and of this winter the nearest one."""
    if node.kind == "season" and node.value == 4:  # noqa: PLR2004
        return _nearest(node, day)
    return only([span for span in [occurrence(node, day, 0)] if span])


def near_by(node: Named, day: Day) -> list[Span]:
    """List the occurrences around a day, in order; enough of them that a leap day is among them."""
    reach = range(-8, 9) if node.kind == "day" and node.value == 29 else range(-2, 3)  # noqa: PLR2004
    return [span for step in reach if (span := occurrence(node, day, step)) is not None]


def occurrence(node: Named, near: Day, step: int) -> Span | None:
    """Find the piece in the cycle that holds the day `near`, or `step` cycles on; None where it has no such day."""
    try:
        match cycle_of(node):
            case "century":
                return piece_of(node, spans.of_century((near.year // 100 + step) * 100))
            case "week":
                return piece_of(node, spans.of_week(plus(near, 7 * step)))
            case "month":
                return piece_of(node, spans.of_month(*month_shifted(near.year, near.month, step)))
            case "year":
                return _of_year(node, near.year + step)
    except OutOfRange:
        return None


def _of_year(node: Named, year: int) -> Span:
    frame = spans.of_year(year)
    return piece_of(node, _of_year(node.within, year) if isinstance(node.within, Named) else frame)


def _last_until(node: Named, day: Day) -> Span:
    """Find the last occurrence that has begun by the day."""
    return only([span for span in near_by(node, day) if span.first <= day][-1:])


def _first_from(node: Named, day: Day) -> Span:
    """Find the first occurrence that has not ended before the day."""
    return only([span for span in near_by(node, day) if span.last >= day][:1])


def _nearest(node: Named, day: Day) -> Span:
    """Find the occurrence that holds the day or lies nearest to it."""
    here = number(day)

    def distance(span: Span) -> int:
        return max(number(span.first) - here, here - number(span.last), 0)

    return only(sorted(near_by(node, day), key=distance)[:1])


def only(found: list[Span]) -> Span:
    """Take the one that was found; Unresolved where there is none, as of 29 February near 2100."""
    if not found:
        raise Unresolved("there is no such day near the date that it hangs on")
    return found[0]
