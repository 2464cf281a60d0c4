"""What a plan would do and cost, counted without writing or asking anything."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.extraction.prices import cost_of
from dateline.records import Usage
from reprocess.events import Counted, DryRun, Refusal
from reprocess.opening import lane, strayed
from reprocess.stale import stale
from reprocess.ways import asks_nothing

if TYPE_CHECKING:
    from decimal import Decimal

    from dateline.records import Run
    from dateline.store.heads import Head
    from dateline.store.plans import Lane, Scope
    from dateline.target import Target
    from reprocess.tools import Tools

# The function behind `dateline reprocess --dry-run` is waited for; some 500 documents are looked at in a second.
_MOST_SECONDS = 45.0


def dry_run(tools: Tools, scope: Scope) -> DryRun | Refusal:
    """Count what a plan would do. Retryable: the provider does not say whether it has batches."""
    if (refusal := strayed(tools.target)) is not None:
        return refusal
    until = time.monotonic() + min(_MOST_SECONDS, tools.seconds(_MOST_SECONDS))
    way, sums = lane(tools), _Sums(tools.target)
    most = min(scope.limit or tools.settings.plan_documents, tools.settings.plan_documents)
    more = False
    for some in stale(tools.store, tools.target.recipe.name, scope, tools.now()):
        heads = [one.head for one in some if one.head]
        more = sums.documents + len(heads) > most or time.monotonic() > until
        heads = heads[: most - sums.documents]
        runs = tools.store.runs.get_many((head.document_id, head.current) for head in heads if head.current is not None)
        for head in heads:
            sums.add(head, runs.get(head.document_id))
        if more:
            break
    return sums.told(way, more=more)


@dataclass
class _Sums:
    target: Target
    documents: int = 0
    asked: int = 0
    usage: Usage = field(default_factory=Usage)
    recipes: Counter[str] = field(default_factory=Counter)
    collections: Counter[str] = field(default_factory=Counter)

    def add(self, head: Head, run: Run | None) -> None:
        self.documents += 1
        self.recipes[head.recipe or ""] += 1
        self.collections[head.place.collection] += 1
        if not asks_nothing(head, self.target.recipe.ask):
            self.asked += 1
            self.usage += run.usage if run else Usage()

    def told(self, way: Lane, *, more: bool) -> DryRun:
        return DryRun(
            recipe=self.target.recipe,
            lane=way,
            documents=self.documents,
            more=more,
            by_recipe=_counted(self.recipes),
            by_collection=_counted(self.collections),
            free=self.documents - self.asked,
            asked=self.asked,
            tokens=self.usage.input + self.usage.output,
            usd=self._usd(way),
        )

    def _usd(self, way: Lane) -> Decimal | None:
        live, batch = (self.usage, None) if way == "queue" else (Usage(), self.usage)
        cost = cost_of(self.target.recipe.model, live, batch)
        return cost.usd if cost else None


def _counted(counter: Counter[str]) -> tuple[Counted, ...]:
    return tuple(Counted(name=name, documents=count) for name, count in counter.most_common())
