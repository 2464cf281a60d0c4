"""From trees to the calendar: works out what a tree of `tree.py` means in a setting."""

from __future__ import annotations

from dateline.dates.calendar import spans
from dateline.dates.calendar.days import OutOfRange, Unresolved, make, month_shifted, number, plus, weekday
from dateline.dates.calendar.pieces import count_of, cut, piece_of
from dateline.dates.calendar.spans import Span, length
from dateline.dates.context.setting import Definition, Footing, Setting, Value
from dateline.dates.context.tense import Tense
from dateline.dates.context.underspecified import near_by, only, settled, this_one
from dateline.dates.grammar.roles import is_loose
from dateline.dates.grammar.tree import (
    Checked,
    Clock,
    End,
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
    Unit,
)
from dateline.dates.model import Anchor, Day

_ORDER: tuple[Footing, ...] = ("explicit", "relative", "context")


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


def _composed(  # noqa: PLR0911 - one line a kind of node
    node: Part | Nth | Qualified | Checked | Open | Range | End, setting: Setting
) -> Value:
    """Work out what is made of another tree or two."""
    match node:
        case Part():
            inner = evaluate(node.node, setting)
            return inner._replace(span=spans.third(inner.span, node.third))
        case Nth():
            return _nth(node, setting)
        case Qualified():
            inner = evaluate(node.node, setting)
            return inner._replace(span=spans.marked(inner.span, node.mark))
        case Checked():
            return _checked(node, setting)
        case Open():
            return _open(node, setting)
        case Range():
            return _range(node, setting)
        case End():
            return _ends(node.range, setting)[0 if node.which == "first" else 1]


def _from(hang: Hang, setting: Setting, unit: Unit | None = None) -> Value:
    """Find what a relative expression counts from."""
    if _counts_from_publication(hang, unit, setting):
        if setting.published is None:
            raise Unresolved("counts from the day of publication, which is unknown")
        return Value(spans.of_day(setting.published), "relative", Anchor("published"))
    if setting.reference is None:
        raise Unresolved("counts from a date that the text has not given")
    return Value(setting.reference.span, "context", setting.reference.anchor)


def _counts_from_publication(hang: Hang, unit: Unit | None, setting: Setting) -> bool:
    if hang == "deictic":
        return unit in (None, "day") or not _is_long_ago(setting)
    if hang == "anaphoric" or setting.published is None:
        return False
    if hang == "close":
        reference = setting.reference
        return reference is None or (reference.anchor.sentence or 0) < _CLOSE or _is_too_wide(reference.span, unit)
    return not _is_told_here(setting)


def _is_too_wide(span: Span, unit: Unit | None) -> bool:
    return unit is not None and length(span) > _LONGEST[unit]


def _is_long_ago(setting: Setting) -> bool:
    """Return whether a running story is years before its publication, whose years and months it does not speak of."""
    reference, published = setting.reference, setting.published
    if not setting.running or reference is None or published is None:
        return False
    return published.year - reference.span.last.year >= _LONG_AGO


def _is_told_here(setting: Setting) -> bool:
    """Return whether a story goes on from this very sentence or the one before it."""
    return setting.running or (
        setting.narrative and setting.reference is not None and (setting.reference.anchor.sentence or 0) >= -1
    )


def _counted_from(hang: Hang, unit: Unit, setting: Setting) -> Value:
    """Find what to count units from; it must not be wider than what is counted: no day follows a whole May."""
    base = _from(hang, setting, unit)
    if base.footing == "context" and unit == "day" and _is_far(setting):
        raise Unresolved("counts from a day that is not named near it")
    if base.footing == "context" and _is_too_wide(base.span, unit):
        raise Unresolved("the nearest date is too wide to count from")
    return base


def _is_far(setting: Setting) -> bool:
    """Return whether the neighbour is too far off for "the day before" in news; a story keeps its thread longer."""
    reference = setting.reference
    return reference is not None and not setting.narrative and (reference.anchor.sentence or 0) < _CLOSE


_TODAY = Step("day", 0)
_CLOSE = -2  # sentences
_SAME_DAY = -3  # sentences; where several things are listed with their times, a day further up is another's
_LONG_AGO = 3  # years
_LONGEST = {
    "day": 7, "weekend": 7, "week": 10, "month": 31, "quarter": 92, "season": 92, "half": 184, "year": 366,
    "decade": 3_653, "century": 36_525,
}  # fmt: skip


def _named(node: Named, setting: Setting) -> Value:
    own = _of_own_year(node, setting)
    if own is not None:
        return evaluate(own, setting)
    if is_loose(node):
        return settled(node, setting)
    if node.within is not None:
        frame = evaluate(node.within, setting)
        return frame._replace(span=piece_of(node, frame.span))
    first = count_of(node)
    if node.kind == "year":
        return Value(spans.of_year(first))
    return Value(spans.of_decade(first) if node.kind == "decade" else spans.of_century(first))


def _of_own_year(node: Named, setting: Setting) -> Node | None:
    """Put a quarter or half into the fiscal year that the document has defined, where that is not the calendar's."""
    rule = setting.own_year
    if node.kind not in ("quarter", "half") or rule is None or (rule.month, rule.day) == (1, 1):
        return None
    frame = node.within
    if isinstance(frame, Named) and frame.kind == "year" and isinstance(frame.value, int):
        return node._replace(within=OwnYear(frame.value))
    if isinstance(frame, Step) and frame.unit == "year":
        return node._replace(within=OwnYear(None, offset=frame.offset))
    return _begun(node, rule, setting) if frame is None else None


def _begun(node: Named, rule: Definition, setting: Setting) -> Node | None:
    """Choose the fiscal year of a bare quarter: the last one in which it has begun, or for plans the next."""
    if setting.published is None:
        return None
    for offset in (1, 0, -1) if setting.tense.direction != "future" else (0, 1):
        inner = node._replace(within=OwnYear(None, offset=offset))
        span = evaluate(inner, setting._replace(own_year=rule)).span
        is_ahead = span.last >= setting.published
        if (span.first <= setting.published) if setting.tense.direction != "future" else is_ahead:
            return inner
    return None


def _step(node: Step, setting: Setting) -> Value:
    if node == _TODAY and setting.narrative and setting.published is not None:
        raise Unresolved("beside a story of old times, today means nowadays")
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
        span = this_one(named, day)
        if named.kind == "weekend" and setting.tense.direction == "past" and span.first > day:
            span = spans.of_weekend(plus(span.first, -7))
        return base._replace(span=span)
    before = [span for span in near_by(named, day) if span.last < day]
    behind = [span for span in near_by(named, day) if span.first > base.span.last]
    if node.offset < 0:
        return base._replace(span=only(before[node.offset :][:1]))
    return base._replace(span=only(behind[node.offset - 1 :][:1]))


def _shift(node: Shift, setting: Setting) -> Value:
    if node.by > 0 and node.hang == "deictic" and setting.tense == Tense("past", sure=True):
        raise Unresolved("so long after what is told, which is not known here")
    base = evaluate(node.base, setting) if node.base is not None else _counted_from(node.hang, node.unit, setting)
    day = spans.shifted(base.span, node.unit, node.by)
    return base._replace(span=spans.of_day(day) if node.exact else spans.unit_around(day, node.unit))


def _nth(node: Nth, setting: Setting) -> Value:
    frame = evaluate(node.node, setting)
    pieces = cut(node.unit, frame.span)
    place = node.position - 1 if node.position > 0 else node.position
    if not -len(pieces) <= place < len(pieces):
        raise Unresolved("there are not so many of them")
    return frame._replace(span=pieces[place])


def _checked(node: Checked, setting: Setting) -> Value:
    """Take the year in which the weekday is right; a full date whose weekday is wrong stays as it is written."""
    value = evaluate(node.node, setting)
    if value.footing == "explicit" or not isinstance(node.node, Named) or weekday(value.span.first) == node.weekday:
        return value
    near = near_by(node.node, value.span.first)
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
    if setting.is_message and setting.reference is None and setting.published is not None:
        return Value(spans.of_day(setting.published), "relative", Anchor("published"))
    reference = setting.reference
    if reference is None or reference.span.first != reference.span.last:
        raise Unresolved("a time of day without its day")
    if not setting.running and (reference.anchor.sentence or 0) < _SAME_DAY:
        raise Unresolved("a time of day whose day is not named near it")
    return Value(reference.span, "context", reference.anchor)


def _open(node: Open, setting: Setting) -> Value:
    inner = evaluate(node.node, setting)
    span = inner.span
    if node.kind == "until" or (isinstance(node.node, Part) and (node.kind, node.node.third) == ("before", "end")):
        # Before the end of May is any time in May too.
        return inner._replace(span=span._replace(whole=f"../{span.ends}"), open="start")
    if node.kind == "since":
        edge = span._replace(whole=f"{span.starts}/..")
        return inner._replace(span=edge, open="end", extent="throughout")
    if node.kind == "after":
        edge = _edge(span, plus(span.last, 1), span.ends)
        return inner._replace(span=edge._replace(whole=f"{edge.starts}/.."), open="end")
    edge = _edge(span, plus(span.first, -1), span.starts)
    return inner._replace(span=edge._replace(whole=f"../{edge.ends}"), open="start")


def _edge(span: Span, day: Day, like: str) -> Span:
    """Make the day beyond a span's end, written as exactly as that end is: a year, a month or a day, with its mark."""
    bare = like.rstrip("~?%")
    mark = like.removeprefix(bare)
    text = str(day)[: -3 * (2 - bare.lstrip("-").count("-")) or None] + mark
    return Span(day, day, span.unit, text, text)


def _range(node: Range, setting: Setting) -> Value:
    """Join two ends."""
    first, last = _ends(node, setting)
    try:
        span = spans.joined(first.span, last.span)
    except OutOfRange as error:
        raise Unresolved(str(error)) from error
    weaker = max(first, last, key=lambda value: _ORDER.index(value.footing))
    return weaker._replace(span=span, extent="within" if node.within else "throughout")


def _ends(node: Range, setting: Setting) -> tuple[Value, Value]:
    """Find both ends; one that lacks its frame takes it from the other one: 3 to 5 May, March to June 2023."""
    first_node, last_node = node.first, node.last
    if _leans(first_node, last_node, setting):
        last = evaluate(last_node, setting)
        first = _before(first_node, last, setting)
    else:
        first = evaluate(first_node, setting)
        last = _behind(last_node, first, setting)
    return first, last


def _core(node: Node) -> Node:
    while isinstance(node, Part | Qualified | Nth | Checked):
        node = node.node
    return node


def _leans(first: Node, last: Node, setting: Setting) -> bool:
    """Return whether the first end is to be found from the last one.

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
    """Return whether a node, without its modifiers, lacks the larger piece that it lies in."""
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
