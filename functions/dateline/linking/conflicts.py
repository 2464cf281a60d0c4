"""Where the reports of one thing part: dates, numbers, denials, places, courses. Worked out, never asked of a model."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from dateline.linking.features import features
from dateline.linking.model import Conflict, Told
from dateline.linking.quantities import comparable
from dateline.linking.venues import apart, venue
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from dateline.linking.features import Features
    from dateline.linking.model import ConflictKind, Report
    from dateline.linking.quantities import Quantity
    from dateline.records import When

_MOST_VALUES, _MOST_EVENTS = 6, 8  # of a conflict; its row in the table is bounded
_ROUNDED = 10  # per cent by which a rounded number may be off
_SAYS_NO = frozenset({"denies", "doubts"})
_SAYS_SO = frozenset({"asserts", "confirms"})


def conflicts(reports: Iterable[Report]) -> tuple[Conflict, ...]:
    """Return where reports of different documents part; what a source took back itself is told by nobody.

    A plan that came true, on another day too, is the story's progress and no conflict.
    """
    known = sorted((features(report) for report in reports), key=lambda one: one.order)
    standing = [one for one in known if one.report.event.status != "withdrawn" and not _is_corrected(one, known)]
    return (*_dates(standing), *_numbers(standing), *_denials(standing), *_places(standing), *_courses(standing))


def _is_corrected(one: Features, reports: Sequence[Features]) -> bool:
    """Return whether the same medium has taken back what a report says."""
    return any(
        one.medium in other.takes_back and one.span == other.span and one.report.document != other.report.document
        for other in reports
    )


def _dates(reports: Sequence[Features]) -> Iterable[Conflict]:
    """Compare the dates of what is done; where nothing is, of what is planned."""
    told = [one for one in reports if one.report.event.status != "denied" and one.report.event.when.words is not None]
    done = [one for one in told if one.report.event.course == "done"]
    dated = [one for one in done or told if one.span is not None and (done or one.report.event.course == "planned")]
    apart_ = [
        pair
        for pair in combinations(dated, 2)
        if _of_two(*pair) and _exclude_each_other(pair[0].report.event.when, pair[1].report.event.when)
    ]
    values: dict[str, list[str]] = defaultdict(list)
    for one in dict.fromkeys(one for pair in apart_ for one in pair):
        values[one.report.event.when.edtf or ""].append(one.report.id)
    if values:
        yield _made("date", None, values)


def _exclude_each_other(one: When, other: When) -> bool:
    """Return whether one date ends before the other begins; an open end excludes nothing."""
    return any(
        first.latest is not None and second.earliest is not None and first.latest < second.earliest
        for first, second in ((one, other), (other, one))
    )


def _numbers(reports: Sequence[Features]) -> Iterable[Conflict]:
    """Compare what is counted, each quantity for itself."""
    counted = [(quantity, one) for one in reports for quantity in one.title.quantities]
    found: dict[str, list[tuple[Quantity, Features]]] = defaultdict(list)
    for first, second in combinations(counted, 2):
        if _of_two(first[1], second[1]) and comparable(first[0], second[0]) and _rival(first[0], second[0]):
            subject = min(first[0].subject, second[0].subject)
            found[subject] += [first, second]
    for subject, pairs in sorted(found.items()):
        values: dict[str, list[str]] = defaultdict(list)
        for quantity, one in pairs:
            values[_written(quantity.values)].append(one.report.id)
        yield _made("number", subject, values)


def _rival(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers cannot both be right: not where one is a bound or a round number for the other."""
    if one.values & other.values:
        return False
    least, most = sorted((one, other), key=lambda quantity: min(quantity.values))
    if least.from_:
        return False
    if one.about or other.about:
        return 100 * (min(most.values) - min(least.values)) > _ROUNDED * min(most.values)
    return True


def _written(values: frozenset[Fraction]) -> str:
    value = max(values)
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _denials(reports: Sequence[Features]) -> Iterable[Conflict]:
    """Compare who asserts and who denies, in different documents."""
    denied = [one for one in reports if _hears(one, _SAYS_NO)]
    asserted = [one for one in reports if one.report.event.status == "stated" or _hears(one, _SAYS_SO)]
    if any(_of_two(one, other) for one in denied for other in asserted):
        yield _made("denial", None, {"asserted": _ids(asserted), "denied": _ids(denied)})


def _hears(one: Features, stances: frozenset[str]) -> bool:
    return any(said.stance in stances for said in one.report.event.said_by)


def _places(reports: Sequence[Features]) -> Iterable[Conflict]:
    """Compare where it took place, as far as words tell: a church is no hotel, a yard in one town none in another."""
    placed = [(found, one) for one in reports if (found := venue(one.report.event)) is not None]
    values: dict[str, list[str]] = defaultdict(list)
    for (first, one), (second, other) in combinations(placed, 2):
        if _of_two(one, other) and apart(first, second):
            values[first.words].append(one.report.id)
            values[second.words].append(other.report.id)
    if values:
        yield _made("place", None, values)


def _courses(reports: Sequence[Features]) -> Iterable[Conflict]:
    """Compare what one document calls off, and another one plans or tells as done.

    Titles tell it where all are in one language: a permit that is cancelled here may be one in another's words too.
    """
    of_course: dict[str, list[Features]] = defaultdict(list)
    comparable_titles = len({primary(one.report.event.title_language) for one in reports}) == 1
    for one in reports:
        cancels = comparable_titles and any(act.name == "cancel" for head in one.title.heads for act in head)
        of_course["called_off" if cancels else one.report.event.course].append(one)
    off = of_course.pop("called_off", [])
    if any(_of_two(one, other) for one in off for others in of_course.values() for other in others):
        yield _made(
            "course", None, {"called_off": _ids(off), **{course: _ids(ones) for course, ones in of_course.items()}}
        )


def _of_two(one: Features, other: Features) -> bool:
    return one.report.document != other.report.document


def _ids(reports: Iterable[Features]) -> list[str]:
    return [one.report.id for one in reports]


def _made(kind: ConflictKind, subject: str | None, values: Mapping[str, Iterable[str]]) -> Conflict:
    """Write a conflict down, its values in order and bounded."""
    told = [
        Told(value=value, events=tuple(sorted(events))[:_MOST_EVENTS], reports=len(events))
        for value, events in ((value, set(events)) for value, events in values.items())
    ]
    return Conflict(kind=kind, subject=subject, told=tuple(sorted(told, key=lambda one: one.value))[:_MOST_VALUES])
