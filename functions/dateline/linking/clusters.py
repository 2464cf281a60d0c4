from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.linking.model import Decision, Pair, Report
    from collections.abc import Mapping, Sequence


def clusters(reports: Sequence[Report], decisions: Mapping[Pair, Decision]) -> list[tuple[Report, ...]]:
    of = {r.id: r.id for r in reports}
    for p, d in sorted(decisions.items(), key=lambda x: (x[0].one, x[0].other)):
        if d.verdict == "same":
            a, b = of[p.one], of[p.other]
            for k in of:
                if of[k] == b:
                    of[k] = a
    out: dict[str, list[Report]] = {}
    for r in sorted(reports, key=lambda r: r.id):
        out.setdefault(of[r.id], []).append(r)
    return [tuple(x) for x in out.values()]
