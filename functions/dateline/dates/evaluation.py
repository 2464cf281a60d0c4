"""From trees to the calendar: works out what a tree of `tree.py` means, given what it may hang on (`Setting`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from dateline.dates import spans
from dateline.dates.actions import is_loose
from dateline.dates.days import OutOfRange, day_of, make, monday, month_shifted, number, plus, weekday
from dateline.dates.model import Anchor, Day, Extent
from dateline.dates.own_years import Definition
from dateline.dates.spans import Span
from dateline.dates.tense import Tense
from dateline.dates.tree import (
    Checked,
    Clock,
    Hang,
    Marked,
    Named,
    Near,
    Node,
    Nth,
    Open,
    OwnYear,
    Part,
    Range,
    Refusal,
    Shift,
    Step,
    Unit,
)  # fmt: skip

Footing = Literal["explicit", "relative", "context"]
_ORDER: tuple[Footing, ...] = ("explicit", "relative", "context")


class Unresolved(Exception):
    """A tree cannot be worked out here; the message is the abstention's reason."""


class Reference(NamedTuple):
    """A date that the text has already given: what it means and where it stands."""

    span: Span
    anchor: Anchor


class Setting(NamedTuple):
    """What an expression may hang on.

    `reference` is the nearest dated neighbour before it, `narrative` says that it and not the day of publication is
    what bare months and weekdays hang on, `ahead` is the rest of an enumeration that it begins (3, 4 and 5 May)
    or else the year that its sentence names only later,
    `tense` is that of the sentence, `own_year` the document's definition of its fiscal or school year.
    """

    published: Day | None
    reference: Reference | None = None
    narrative: bool = False
    ahead: Reference | None = None
    tense: Tense = Tense()
    own_year: Definition | None = None


class Value(NamedTuple):
    """What a tree comes to. The bounds are the span's, but for an open end, which is None."""

    span: Span
    footing: Footing = "explicit"
    anchor: Anchor | None = None
    extent: Extent = "within"
    open: Literal["start", "end"] | None = None


def evaluate(node: Node, setting: Setting) -> Value:  # noqa: PLR0911 - one line a kind of node
    """Work a tree out; Unresolved with the reason where it has nothing to hang on, OutOfRange for no such day."""
    match node:
        case Named():
            return _named(node, setting)
        case Step():
            return _step(node, setting)
        case Near():
            return _near(node, setting)
        case Shift():
            return _shift(node, setting)
        case OwnYear():
            return _own_year(node, setting)
        case Clock():
            return _clock(setting)
        case Refusal():
            raise Unresolved(node.reason)
    return _composed(node, setting)


def _composed(node: Part | Nth | Marked | Checked | Open | Range, setting: Setting) -> Value:
    """Work out what is made of another tree or two."""
    match node:
        case Part():
            inner = evaluate(node.node, setting)
            return inner._replace(span=spans.third(inner.span, node.third))
        case Nth():
            return _nth(node, setting)
        case Marked():
            inner = evaluate(node.node, setting)
            return inner._replace(span=spans.marked(inner.span, node.mark))
        case Checked():
            return _checked(node, setting)
        case Open():
            return _open(node, setting)
        case Range():
            return _range(node, setting)


def _from(hang: Hang, setting: Setting) -> Value:
    """Find what a relative expression counts from."""
    published, reference = setting.published, setting.reference
    if hang == "deictic" or (hang == "either" and published and not _is_told_here(setting)):
        if published is None:
            raise Unresolved("counts from the day of publication, which is unknown")
        return Value(spans.of_day(published), "relative", Anchor("published"))
    if reference is None:
        raise Unresolved("counts from a date that the text has not given")
    return Value(reference.span, "context", reference.anchor)


def _is_told_here(setting: Setting) -> bool:
    """Tell whether a story goes on from this very sentence or the one before it."""
    return setting.narrative and setting.reference is not None and (setting.reference.anchor.sentence or 0) >= -1


def _counted_from(hang: Hang, unit: Unit, setting: Setting) -> Value:
    """Find what to count units from; it must not be wider than what is counted: no day follows a whole May."""
    base = _from(hang, setting)
    if base.footing == "context" and unit == "day" and _is_far(setting):
        raise Unresolved("counts from a day that is not named near it")
    if base.footing == "context" and _length(base.span) > _LONGEST[unit]:
        raise Unresolved(f"the nearest date ({base.anchor.words if base.anchor else ''}) is too wide to count from")
    return base


def _is_far(setting: Setting) -> bool:
    """Tell whether the neighbour is too far off for "the day before" in news; a story keeps its thread longer."""
    reference = setting.reference
    return reference is not None and not setting.narrative and (reference.anchor.sentence or 0) < _CLOSE


_CLOSE = -2  # sentences
_LONGEST = {
    "day": 7, "weekend": 7, "week": 10, "month": 31, "quarter": 92, "season": 92, "half": 184, "year": 366,
    "decade": 3_653, "century": 36_525,
}  # fmt: skip


def _length(span: Span) -> int:
    return number(span.last) - number(span.first) + 1


def _named(node: Named, setting: Setting) -> Value:
    if is_loose(node):
        return _settled(node, setting)
    if node.within is not None:
        frame = evaluate(node.within, setting)
        return frame._replace(span=_piece(node, frame.span))
    first = _count(node)
    if node.kind == "year":
        return Value(spans.of_year(first))
    return Value(spans.of_decade(first) if node.kind == "decade" else spans.of_century(first))


def _count(node: Named) -> int:
    if not isinstance(node.value, int):
        raise TypeError(f"{node.kind} takes a number")
    return node.value


def _piece(node: Named, frame: Span) -> Span:  # noqa: C901, PLR0911 - one line a kind
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


def _cycle(node: Named) -> Literal["year", "month", "week", "century"]:
    """Tell after what time a loose piece comes again."""
    if node.kind == "decade":
        return "century"
    if node.kind in ("weekday", "weekend"):
        return "week"
    return "month" if node.kind == "day" and node.within is None else "year"


def _occurrence(node: Named, near: Day, step: int) -> Span | None:
    """Find the piece in the cycle that holds the day `near`, or `step` cycles on; None where it has no such day."""
    try:
        match _cycle(node):
            case "century":
                return _piece(node, spans.of_century((near.year // 100 + step) * 100))
            case "week":
                return _piece(node, spans.of_week(plus(near, 7 * step)))
            case "month":
                return _piece(node, spans.of_month(*month_shifted(near.year, near.month, step)))
            case "year":
                return _of_year(node, near.year + step)
    except OutOfRange:
        return None


def _of_year(node: Named, year: int) -> Span:
    frame = spans.of_year(year)
    return _piece(node, _of_year(node.within, year) if isinstance(node.within, Named) else frame)


def _near_by(node: Named, day: Day) -> list[Span]:
    """List the occurrences around a day, in order; enough of them that a leap day is among them."""
    reach = range(-8, 9) if node.kind == "day" and node.value == 29 else range(-2, 3)  # noqa: PLR2004
    return [span for step in reach if (span := _occurrence(node, day, step)) is not None]


def _last_until(node: Named, day: Day) -> Span:
    """Find the last occurrence that has begun by the day."""
    return _one([span for span in _near_by(node, day) if span.first <= day][-1:])


def _first_from(node: Named, day: Day) -> Span:
    """Find the first occurrence that has not ended before the day."""
    return _one([span for span in _near_by(node, day) if span.last >= day][:1])


def _nearest(node: Named, day: Day) -> Span:
    """Find the occurrence that holds the day or lies nearest to it."""
    here = number(day)

    def distance(span: Span) -> int:
        return max(number(span.first) - here, here - number(span.last), 0)

    return _one(sorted(_near_by(node, day), key=distance)[:1])


def _one(found: list[Span]) -> Span:
    if not found:
        raise Unresolved("there is no such day near the date that it hangs on")
    return found[0]


def _settled(node: Named, setting: Setting) -> Value:
    """Give a loose piece the frame that the words leave out: from the neighbour, or from the day of publication."""
    if setting.ahead is not None and _length(setting.ahead.span) <= _CYCLES[_cycle(node)]:
        return Value(_last_until(node, setting.ahead.span.last), "context", setting.ahead.anchor)
    reference = setting.reference
    if reference is not None and _hangs_on_neighbour(node, reference, setting):
        return Value(_next_to(node, reference.span), "context", reference.anchor)
    if setting.published is None:
        raise Unresolved("the year stands neither in the words nor near them, and the day of publication is unknown")
    return Value(_news(node, setting.published, setting.tense), "relative", Anchor("published"))


def _hangs_on_neighbour(node: Named, reference: Reference, setting: Setting) -> bool:
    """Tell whether a loose piece belongs to the story that its neighbour tells, and not to the day of publication.

    A bare day (the 3rd) belongs to the month of a close neighbour in news too.
    """
    cycle = _cycle(node)
    if _length(reference.span) > _CYCLES[cycle]:
        return False
    if setting.published is None or (setting.narrative and setting.tense.direction != "future"):
        return True
    return cycle == "month" and (reference.anchor.sentence or 0) >= -1


_CYCLES = {"week": 7, "month": 31, "year": 366, "century": 36_600}  # days
_TOO_FAR = 245  # days; a date that far from the day of publication would have been written with its year


def _news(node: Named, published: Day, tense: Tense) -> Span:
    """Choose the occurrence by the tense; if that is guessed, not one most of a year away when another one is near."""
    if node.kind == "decade":
        return _last_until(node, published)
    if tense.direction is None:
        return _nearest(node, published)
    chosen = _first_from(node, published) if tense.direction == "future" else _last_until(node, published)
    if tense.sure:
        return chosen
    away = max(number(chosen.first) - number(published), number(published) - number(chosen.last))
    return _nearest(node, published) if _cycle(node) == "year" and away > _TOO_FAR else chosen


_ACROSS = 6  # months; a story goes on into the next year rather than back over more than half of this one


def _next_to(node: Named, span: Span) -> Span:
    """Place a loose piece by a dated neighbour: in its frame if that is wide enough, else after it."""
    cycle = _cycle(node)
    if cycle == "century":
        return _one([found for found in [_occurrence(node, span.first, 0)] if found])
    if cycle != "year" or span.unit == "year":
        return _first_from(node, span.first)
    same = _occurrence(node, span.first, 0)
    after = _first_from(node, span.first)
    months = (after.first.year - span.first.year) * 12 + after.first.month - span.first.month
    return after if same is None or months <= _ACROSS else same


def _step(node: Step, setting: Setting) -> Value:
    base = _counted_from(node.hang, node.unit, setting)
    day = base.span.last if node.offset > 0 and node.unit == "day" else base.span.first
    here = spans.unit_around(day, node.unit)
    return base._replace(span=spans.unit_around(spans.shifted(here, node.unit, node.offset), node.unit))


def _near(node: Near, setting: Setting) -> Value:
    """Last May is the one of last year, or of this year if it is over; next May the one to come; this May ours."""
    if node.offset == 0 and node.hang == "anaphoric" and setting.reference is None:
        return evaluate(node.node, setting)
    base = _from(node.hang, setting)
    named = node.node
    if not isinstance(named, Named):
        raise Unresolved("no piece of the calendar that comes again")
    day = base.span.first
    if node.offset == 0:
        return base._replace(span=_this(named, day))
    before = [span for span in _near_by(named, day) if span.last < day]
    behind = [span for span in _near_by(named, day) if span.first > base.span.last]
    if node.offset < 0:
        return base._replace(span=_one(before[node.offset :][:1]))
    return base._replace(span=_one(behind[node.offset - 1 :][:1]))


def _this(node: Named, day: Day) -> Span:
    """Find this Friday in our week, this May in our year, and of this winter the nearest one."""
    if node.kind == "season" and node.value == 4:  # noqa: PLR2004
        return _nearest(node, day)
    return _one([span for span in [_occurrence(node, day, 0)] if span])


def _shift(node: Shift, setting: Setting) -> Value:
    base = evaluate(node.base, setting) if node.base is not None else _counted_from(node.hang, node.unit, setting)
    day = spans.shifted(base.span, node.unit, node.by)
    return base._replace(span=spans.of_day(day) if node.exact else spans.unit_around(day, node.unit))


def _nth(node: Nth, setting: Setting) -> Value:
    frame = evaluate(node.node, setting)
    pieces = _pieces(node.unit, frame.span)
    place = node.position - 1 if node.position > 0 else node.position
    if not -len(pieces) <= place < len(pieces):
        raise Unresolved("there are not so many of them")
    return frame._replace(span=pieces[place])


def _pieces(unit: Unit | Named, frame: Span) -> list[Span]:
    """Cut a span into its units; a week belongs to it whose Thursday lies in it."""
    if isinstance(unit, Named):
        day = spans.first_weekday(frame.first, _count(unit) or 6)
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


def _checked(node: Checked, setting: Setting) -> Value:
    """Take the year in which the weekday is right; a full date whose weekday is wrong stays as it is written."""
    value = evaluate(node.node, setting)
    if value.footing == "explicit" or not isinstance(node.node, Named) or weekday(value.span.first) == node.weekday:
        return value
    near = _near_by(node.node, value.span.first)
    fitting = [span for span in near if weekday(span.first) == node.weekday]
    here = number(value.span.first)
    return value._replace(span=min(fitting, key=lambda span: abs(number(span.first) - here), default=value.span))


def _own_year(node: OwnYear, setting: Setting) -> Value:
    """Find a fiscal or school year by the document's definition."""
    rule = setting.own_year
    if rule is None:
        raise Unresolved("a fiscal, school or sports year that the text does not define")
    if node.year is None:
        base = _from("deictic", setting)
        first, anchor, footing = _own_start(rule, base.span.first) + node.offset, base.anchor, base.footing
    else:
        first, anchor, footing = _own_first(node, node.year, rule), None, "explicit"
    begin = make(first, rule.month, rule.day)
    end = plus(make(first + 1, rule.month, rule.day), -1)
    if rule.day > 1:
        return Value(spans.of_days(begin, end, "year"), footing, anchor)
    last = month_shifted(first, rule.month, 11)
    return Value(spans.of_months((first, rule.month), last, "year"), footing, anchor)


def _own_first(node: OwnYear, year: int, rule: Definition) -> int:
    """Tell in which calendar year it begins."""
    if node.two or (rule.month, rule.day) == (1, 1):
        return year
    if rule.by_end is None:
        raise Unresolved("a fiscal year of which the text does not say after which year it is named")
    return year - 1


def _own_start(rule: Definition, day: Day) -> int:
    return day.year if (day.month, day.day) >= (rule.month, rule.day) else day.year - 1


def _clock(setting: Setting) -> Value:
    if setting.reference is None or setting.reference.span.first != setting.reference.span.last:
        raise Unresolved("a time of day without its day")
    return Value(setting.reference.span, "context", setting.reference.anchor)


def _open(node: Open, setting: Setting) -> Value:
    inner = evaluate(node.node, setting)
    span = inner.span
    if node.kind == "since":
        edge = span._replace(whole=f"{span.starts}/..")
        return inner._replace(span=edge, open="end", extent="throughout")
    if node.kind == "after":
        edge = _edge(span, plus(span.last, 1), span.ends)
        return inner._replace(span=edge._replace(whole=f"{edge.starts}/.."), open="end")
    if node.kind == "before":
        edge = _edge(span, plus(span.first, -1), span.starts)
        return inner._replace(span=edge._replace(whole=f"../{edge.ends}"), open="start")
    return inner._replace(span=span._replace(whole=f"../{span.ends}"), open="start")


def _edge(span: Span, day: Day, like: str) -> Span:
    """Make the day beyond a span's end, written as exactly as that end is: a year, a month or a day, with its mark."""
    bare = like.rstrip("~?%")
    mark = like.removeprefix(bare)
    text = str(day)[: -3 * (2 - bare.lstrip("-").count("-")) or None] + mark
    return Span(day, day, span.unit, text, text)


def _range(node: Range, setting: Setting) -> Value:
    """Join two ends; one that lacks its frame takes it from the other one: 3 to 5 May, March to June 2023."""
    first_node, last_node = node.first, node.last
    if _leans(first_node, last_node, setting):
        last = evaluate(last_node, setting)
        first = _before(first_node, last, setting)
    else:
        first = evaluate(first_node, setting)
        last = _behind(last_node, first, setting)
    try:
        span = spans.joined(first.span, last.span)
    except OutOfRange as error:
        raise Unresolved(str(error)) from error
    weaker = max(first, last, key=lambda value: _ORDER.index(value.footing))
    return weaker._replace(span=span, extent="within" if node.within else "throughout")


def _core(node: Node) -> Node:
    while isinstance(node, Part | Marked | Nth | Checked):
        node = node.node
    return node


def _leans(first: Node, last: Node, setting: Setting) -> bool:
    """Tell whether the first end is to be found from the last one.

    It is where it lacks what the last one has (a year, or the month of a bare day), and where it all is over: what
    lasted from May to September ended in the last September.
    """
    if not hangs_free(first):
        return False
    if setting.tense.direction == "past" and setting.published is not None and not setting.narrative:
        return True
    return not hangs_free(last) or (_is_bare_day(_core(first)) and not _is_bare_day(_core(last)))


def _is_bare_day(node: Node) -> bool:
    return isinstance(node, Named) and node.kind == "day" and node.within is None


def hangs_free(node: Node) -> bool:
    """Tell whether a node, without its modifiers, lacks the larger piece that it lies in."""
    return is_loose(_core(node))


def _before(node: Node, last: Value, setting: Setting) -> Value:
    anchor = last.anchor
    near = setting._replace(published=last.span.first, tense=Tense("past", sure=True), reference=None, narrative=False)
    return evaluate(node, near)._replace(footing=last.footing, anchor=anchor)


def _behind(node: Node, first: Value, setting: Setting) -> Value:
    if not hangs_free(node):
        return evaluate(node, setting)
    near = setting._replace(
        published=first.span.first, tense=Tense("future", sure=True), reference=None, narrative=False
    )
    return evaluate(node, near)._replace(footing=first.footing, anchor=first.anchor)
