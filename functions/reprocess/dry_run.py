"""What a plan would do and cost, counted without writing or asking anything."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.provider.prices import cost_of
from dateline.records import Usage
from reprocess.events import Counted, DryRun, Refusal
from reprocess.limits import READERS
from reprocess.opening import lane, refused
from reprocess.paid import Paid
from reprocess.routing import asks_nothing
from reprocess.stale import stale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.store.heads import Head
    from dateline.store.plans import Lane, Scope
    from reprocess.tools import Tools

# Somebody waits for the answer, and the client that asked for it gives up after a minute.
_MOST_SECONDS = 45.0
# What documents need is looked up for so many; of more of them the same shares are taken.
_SAMPLE = 2_000


def dry_run(tools: Tools, scope: Scope) -> DryRun | Refusal:
    """Count what a plan would do. Retryable: the provider does not say whether it has batches."""
    if (refusal := refused(tools, scope)) is not None:
        return refusal
    until = time.monotonic() + tools.seconds(_MOST_SECONDS)
    way, sums = lane(tools), _Sums(tools.target.recipe.ask)
    more, kept = False, Paid(tools.store, tools.target.recipe.ask)
    with ThreadPoolExecutor(READERS) as pool:
        for heads in _stale_heads(tools, scope):
            room = min(scope.limit or tools.settings.plan_documents, tools.settings.plan_documents) - sums.documents
            unasked = sums.count(heads[:room])
            if sums.sampled < _SAMPLE:
                paid = list(pool.map(lambda head: _is_paid_for(kept, head), unasked))
                sums.sample(tools, [head for head, is_paid in zip(unasked, paid, strict=True) if not is_paid], paid)
            more = len(heads) > room or time.monotonic() > until
            if more:
                break
    return sums.told(tools, way, more=more)


def _stale_heads(tools: Tools, scope: Scope) -> Iterator[list[Head]]:
    for some in stale(tools.store, tools.target.recipe.name, scope, tools.now()):
        heads = [one.head for one in some if one.head]
        if heads:
            yield heads


def _is_paid_for(kept: Paid, head: Head) -> bool:
    return head.content is not None and kept.holds(head.content)


@dataclass
class _Sums:
    """Counts of documents. Of `unasked` ones under the `ask`, `sampled` were looked at; `unpaid` took `usage` last."""

    ask: str
    documents: int = 0
    unasked: int = 0
    sampled: int = 0
    unpaid: int = 0
    usage: Usage = field(default_factory=Usage)
    recipes: Counter[str] = field(default_factory=Counter)
    collections: Counter[str] = field(default_factory=Counter)

    def count(self, heads: Sequence[Head]) -> list[Head]:
        """Count documents, and return those that were not asked about under this ask."""
        self.documents += len(heads)
        self.recipes.update(head.recipe or "" for head in heads)
        self.collections.update(head.place.collection for head in heads)
        unasked = [head for head in heads if not asks_nothing(head, self.ask)]
        self.unasked += len(unasked)
        return unasked

    def sample(self, tools: Tools, unpaid: Sequence[Head], looked_at: Sequence[bool]) -> None:
        """Add what documents took last that have to be paid for."""
        self.sampled += len(looked_at)
        self.unpaid += len(unpaid)
        runs = tools.store.runs.get_many(
            (head.document_id, head.current) for head in unpaid if head.current is not None
        )
        self.usage = sum((run.usage for run in runs.values()), self.usage)

    def told(self, tools: Tools, way: Lane, *, more: bool) -> DryRun:
        share = self.unasked / self.sampled if self.sampled else 0.0
        asked, usage = round(self.unpaid * share), times(self.usage, share)
        live, batch = (usage, None) if way == "queue" else (Usage(), usage)
        cost = cost_of(tools.target.recipe.model, live, batch)
        return DryRun(
            recipe=tools.target.recipe,
            lane=way,
            documents=self.documents,
            more=more,
            by_recipe=_counted(self.recipes),
            by_collection=_counted(self.collections),
            free=self.documents - asked,
            asked=asked,
            tokens=usage.input + usage.output,
            usd=cost.usd if cost else None,
        )


def times(usage: Usage, share: float) -> Usage:
    """Scale tokens."""
    return Usage(
        calls=round(usage.calls * share),
        input=round(usage.input * share),
        cached=round(usage.cached * share),
        output=round(usage.output * share),
        reasoning=round(usage.reasoning * share),
    )


def _counted(counter: Counter[str]) -> tuple[Counted, ...]:
    return tuple(Counted(name=name, documents=count) for name, count in counter.most_common())
