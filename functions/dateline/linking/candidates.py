"""Where other reports of a document's events may stand, and which of them are worth a decision; all of it bounded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.linking.features import features
from dateline.linking.rules import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.linking.features import Features
    from dateline.linking.model import Decision, Report

_AROUND = 3  # days: two reports of a day are rarely farther apart
_REPORTED_AFTER = 7  # days: what is told without a date stands at its report's day, which may be so much later
_WIDE = 366  # days; of what may lie in a longer time only the first days are looked at
_MOST_WINDOWS, _MOST_YEARS = 48, 16  # of a document; windows for a misprinted year are as many at most
_MOST_CANDIDATES, _MOST_ASKED = 8, 12
_FEBRUARY, _LEAP_DAY = 2, 29


@dataclass(frozen=True, slots=True, order=True)
class Vicinity:
    """Days in which other documents' events are read; both are included."""

    earliest: Day
    latest: Day


def windows(reports: Iterable[Report]) -> list[Vicinity]:
    """Return the days in which what other documents tell of the same must be read, in order, none twice.

    Where a document's dates are too many, the nearest windows are made one.
    """
    spans: set[tuple[int, int]] = set()
    years: set[tuple[int, int]] = set()
    for one in map(features, reports):
        if one.span is None:
            continue
        last = one.span.last if one.span.days <= _WIDE else one.span.first
        around = _AROUND if last - one.span.first <= _AROUND or last == one.span.first else 0
        spans.add((one.span.first - around, last + (_REPORTED_AFTER if around else 0)))
        if one.year_day is not None:
            years.update((day, day) for day in _days_of_other_years(Day.from_ordinal(one.span.last)))
    found = _merged(spans)
    while len(found) > _MOST_WINDOWS:
        gaps = [after[0] - before[1] for before, after in pairwise(found)]
        at = gaps.index(min(gaps))
        found[at : at + 2] = [(found[at][0], found[at + 1][1])]
    return [Vicinity(*map(Day.from_ordinal, span)) for span in _merged([*found, *sorted(years)[-_MOST_YEARS:]])]


def candidates(report: Features, others: Iterable[Features]) -> list[tuple[Features, Decision]]:
    """Return the reports of other documents that may tell the same: what is the same first, then the likeliest."""
    decided = [(other, compare(report, other)) for other in others if other.report.document != report.report.document]
    kept = [(other, decision) for other, decision in decided if decision.verdict != "different"]
    kept.sort(key=lambda one: (one[1].verdict != "same", -one[1].score, one[0].order))
    return kept[:_MOST_CANDIDATES]


def to_ask(pairs: Iterable[tuple[Features, Features, Decision]]) -> list[tuple[Features, Features]]:
    """Return the pairs of one call to a model: the likeliest, with as many candidates, the second ones, as it takes."""
    ranked = sorted(pairs, key=lambda one: (-one[2].score, one[0].order, one[1].order))
    chosen: dict[str, None] = {}
    for _, other, _ in ranked:
        if len(chosen) < _MOST_ASKED:
            chosen[other.report.id] = None
    return [(one, other) for one, other, _ in ranked if other.report.id in chosen]


def _days_of_other_years(day: Day) -> list[int]:
    """Return the same day of the years before and after."""
    if (day.month, day.day) == (_FEBRUARY, _LEAP_DAY):
        return []
    return [Day(day.year + years, day.month, day.day).ordinal() for years in (-1, 1)]


def _merged(spans: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """Put spans that touch together, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(tuple(span) for span in spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found
