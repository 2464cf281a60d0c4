"""The outcome that a plan records of a document that was processed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.store.plans import Outcome

if TYPE_CHECKING:
    from decimal import Decimal

    from dateline.records import Change
    from dateline.store.plans import DocumentOutcome
    from dateline.store.store import Store
    from summarize.document import Result


def note(store: Store, plan_id: str, document_id: str, result: Result) -> None:
    """Record a document's outcome for a plan.

    A worker that was killed before it could record has left its work done; what the next one finds is recorded in
    its place, unless the plan has an outcome already.
    """
    if result.outcome == "unchanged":
        store.plans.note(plan_id, document_id, _found(store, plan_id, document_id), first=True)
    else:
        store.plans.note(plan_id, document_id, _outcome(result.outcome, result.change, result.tokens, result.usd))


def _found(store: Store, plan_id: str, document_id: str) -> Outcome:
    """Return whether a settled document reached its state since the plan began."""
    plan, held = store.plans.get(plan_id), store.heads.get(document_id)
    if plan is None or held is None:
        return Outcome(outcome="unchanged")
    head = held.head
    if head.rejection is not None:
        return Outcome(outcome="rejected" if head.current is None else "kept")
    run = store.runs.get(document_id, head.current) if head.current is not None else None
    if run is None or run.recipe != plan.recipe or run.made_at < plan.began:
        return Outcome(outcome="unchanged")
    return _outcome("done", run.change)


def _outcome(outcome: DocumentOutcome, change: Change | None, tokens: int = 0, usd: Decimal | None = None) -> Outcome:
    if change is None:
        return Outcome(outcome=outcome, tokens=tokens, usd=usd)
    return Outcome(
        outcome=outcome,
        added=len(change.added),
        gone=len(change.gone),
        dates=len(change.date_changed),
        statuses=len(change.status_changed),
        tokens=tokens,
        usd=usd,
    )
