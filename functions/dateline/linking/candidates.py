from __future__ import annotations
from typing import TYPE_CHECKING
from dateline.linking.rules import compare

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.linking.model import Decision, Report
    from collections.abc import Sequence


def windows(reports: Sequence[Report]) -> list[tuple[Day | None, Day | None]]:
    return [(one.event.when.begins, one.event.when.latest) for one in reports]


def candidates(report: Report, others: Sequence[Report]) -> list[tuple[Report, Decision]]:
    found = [(o, compare(report, o)) for o in others]
    return [x for x in found if x[1].verdict == "same"][:8]


def to_ask(pairs: Sequence[tuple[Report, Report, Decision]]) -> list[tuple[Report, Report]]:
    return [(a, b) for a, b, _ in sorted(pairs, key=lambda x: (-x[2].score, x[0].id, x[1].id))][:12]
