"""The report of a plan: documents by outcome, the largest changes, the cost."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dateline.store.plans import Tally
from reprocess.events import ChangedDocument, Refusal, ReportAnswer

if TYPE_CHECKING:
    from dateline.store.plans import DocumentOutcome, Outcome, Plan
    from dateline.store.store import Store

_MOST_CHANGED = 20
_NO_PLAN = (
    "nothing was ever planned: `dateline reprocess --dry-run` tells what one would do, `dateline reprocess` makes one"
)
_NO_SUCH_PLAN = "there is no plan {!r}, or no longer: `dateline reprocess report` sums up the newest"


def report(store: Store, plan_id: str | None) -> ReportAnswer | Refusal:
    """Sum up a plan, the newest if none is named."""
    plan = store.plans.get(plan_id) if plan_id else next(iter(store.plans.newest(1)), None)
    if plan is None:
        return Refusal(refused=_NO_SUCH_PLAN.format(plan_id) if plan_id else _NO_PLAN)
    sums = _sums(store, plan)
    return ReportAnswer(
        plan=plan,
        files=tuple(store.plans.files(plan)),
        tally=plan.tally or sums.tally(),
        most_changed=tuple(heapq.nlargest(_MOST_CHANGED, sums.changed, key=_events)),
    )


def final_tally(store: Store, plan: Plan) -> Tally:
    """Sum up a plan that ends: documents without an outcome are left to the next one."""
    sums = _sums(store, plan)
    missing = plan.documents - sums.outcomes.total()
    if missing > 0:
        sums.outcomes["left"] += missing
    return sums.tally()


@dataclass(slots=True)
class _Sums:
    outcomes: Counter[DocumentOutcome] = field(default_factory=Counter)
    changed: list[ChangedDocument] = field(default_factory=list)
    tokens: int = 0
    usd: Decimal | None = None

    def add(self, document_id: str, outcome: Outcome) -> None:
        self.outcomes[outcome.outcome] += 1
        self.tokens += outcome.tokens
        if outcome.usd is not None:
            self.usd = (self.usd or Decimal(0)) + outcome.usd
        if outcome.added or outcome.gone or outcome.dates or outcome.statuses:
            self.changed.append(
                ChangedDocument(
                    document_id=document_id,
                    added=outcome.added,
                    gone=outcome.gone,
                    dates=outcome.dates,
                    statuses=outcome.statuses,
                )
            )

    def tally(self) -> Tally:
        return Tally(
            outcomes=dict(self.outcomes),
            changed=len(self.changed),
            added=sum(one.added for one in self.changed),
            gone=sum(one.gone for one in self.changed),
            dates=sum(one.dates for one in self.changed),
            statuses=sum(one.statuses for one in self.changed),
            tokens=self.tokens,
            usd=self.usd,
        )


def _sums(store: Store, plan: Plan) -> _Sums:
    sums = _Sums()
    for document_id, outcome in store.plans.all_outcomes(plan.id):
        sums.add(document_id, outcome)
    return sums


def _events(one: ChangedDocument) -> int:
    return one.added + one.gone + one.dates + one.statuses
