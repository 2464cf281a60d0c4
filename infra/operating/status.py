"""The command `dateline status`: how one document is, or the whole deployment, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console

from dateline.store import keys
from infra.operating.lines import show
from infra.stack import REFUSED, failing, stack_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from dateline.records import Run
    from dateline.store.heads import Held
    from dateline.store.store import Store
    from infra.stack import Stack

# Fifty batches of a hundred heads: some seconds, and a fraction of a cent.
_COUNTED_AT_MOST = 5_000
_PAGE = 100
_REASONS_SHOWN = 5
_QUEUES = {"DropQueueUrl": "drop queue", "LinkQueueUrl": "link queue", "DeadLetterQueueUrl": "dead letters"}


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Say how a document or the deployment is. Status 0: said; 1: there is no such document; 2: no such stack."""

    def act() -> int:
        stack, console = stack_of(options), Console(highlight=False)
        if options.document is None:
            for line in _of_deployment(stack):
                show(console, line)
            return 0
        store = stack.store()
        document_id = _document_id(options.document)
        held = store.heads.get(document_id) if document_id else None
        if held is None:
            return fail(f"{options.document} is no key or id of a document that was ever seen", REFUSED)
        for line in _of_document(store, held):
            show(console, line)
        return 0

    return failing(act, fail)


def _document_id(named: str) -> str | None:
    """Read what names a document: its id, or its key, with or without `drop/`."""
    if named.startswith("doc_"):
        return named
    place = keys.place(named if named.startswith(keys.PREFIX) else f"{keys.PREFIX}{named}")
    return place.document_id if place else None


def _of_document(store: Store, held: Held) -> Iterator[str]:
    head = held.head
    yield f"{head.key} ({head.document_id})"
    if head.state == "waiting":
        yield f"  waiting for {head.waiting_for or 'its turn'}"
    else:
        yield f"  {head.state}"
    if head.rejection:
        what = "rejected" if head.state == "rejected" else "what a newer recipe made was rejected"
        yield f"  {what} ({head.rejection.code}): {head.rejection.reason}"
    if head.repair_pending:
        yield "  a repair of the model's answer is still to come"
    if head.current is not None:
        yield f"  {_linked(held)}"
    if head.state != "deleted":
        for run in store.runs.shown(head):
            yield f"  {_run(run, current=run.number == head.current)}"
    changed = max(head.dropped, head.switched_at or head.dropped)
    yield f"  dropped {_moment(head.dropped)}, last changed {_moment(changed)}"


def _linked(held: Held) -> str:
    if held.is_linked:
        return "linked to its collection"
    return "linked by rules, a model is still asked" if held.is_folded else "waiting to be linked to its collection"


def _run(run: Run, *, current: bool) -> str:
    usage = run.usage
    cost = f", {run.cost.usd:.4f} USD" if run.cost else ""
    return (
        f"run {run.number}{' (shown)' if current else ' (before)'}: {run.events:,} events, by {run.recipe.model} at "
        f"{_moment(run.made_at)}, {usage.calls} calls, {usage.input + usage.output:,} tokens{cost}"
    )


@dataclass(slots=True)
class _Counts:
    """Documents by what state they are in; `whole` is False where there are more than were counted."""

    states: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    unlinked: int = 0
    whole: bool = True

    def add(self, held: Held) -> None:
        head = held.head
        self.states[head.state] += 1
        self.unlinked += head.current is not None and not held.is_linked
        if head.state == "waiting":
            self.waiting[head.waiting_for or "their turn"] += 1
        elif head.state == "rejected":
            self.rejected[head.rejection.code if head.rejection else "unknown"] += 1


def _of_deployment(stack: Stack) -> Iterator[str]:
    store = stack.store()
    yield from _documents(_counted(store))
    for output, name in _QUEUES.items():
        yield f"{name}: {_backlog(stack, stack.output(output))}"
    yield _spent(store, int(stack.parameters()["DayTokens"]))
    yield from _plan(store)
    ringing = stack.ringing()
    none = "there are none in a local stack" if stack.local else "none rings"
    yield f"alarms: {f'{len(ringing):,} ring' if ringing else none}"
    yield from (f"  {name}: {meaning}" for name, meaning in ringing)


def _counted(store: Store) -> _Counts:
    counts = _Counts()
    for held in _newest_of_each(store):
        if sum(counts.states.values()) == _COUNTED_AT_MOST:
            counts.whole = False
            break
        counts.add(held)
    return counts


def _newest_of_each(store: Store) -> Iterator[Held]:
    """Go through all collections by name, and the documents of each, the newest drop first."""
    after = None
    while True:
        collections = store.listing.collections(after, _PAGE)
        for line in collections.collections:
            before = None
            while True:
                page = store.listing.documents(line.name, before, _PAGE)
                yield from page.documents
                if page.next is None:
                    break
                before = page.next
        if collections.next is None:
            return
        after = collections.next


def _documents(counts: _Counts) -> Iterator[str]:
    more = "" if counts.whole else f" of the first {_COUNTED_AT_MOST:,} that were counted"
    states = ", ".join(f"{counts.states[state]:,} {state}" for state in ("waiting", "rejected", "done"))
    yield f"documents: {states}{more}; {counts.unlinked:,} wait to be linked"
    for reason, number in counts.waiting.most_common(_REASONS_SHOWN):
        yield f"  {number:,} waiting for {reason}"
    for code, number in counts.rejected.most_common():
        yield f"  {number:,} rejected: {code}"


def _backlog(stack: Stack, url: str) -> str:
    said = stack.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    counts = {
        "waiting": said.get("ApproximateNumberOfMessages", "0"),
        "at work": said.get("ApproximateNumberOfMessagesNotVisible", "0"),
        "put off": said.get("ApproximateNumberOfMessagesDelayed", "0"),
    }
    numbers = [f"{int(number):,} {meaning}" for meaning, number in counts.items() if int(number)]
    return f"about {', '.join(numbers)}" if numbers else "empty"


def _spent(store: Store, limit: int) -> str:
    spent = store.spending.of(datetime.now(UTC).date().isoformat())
    return f"tokens today (UTC): {spent:,} spent or reserved of {limit:,}"


def _plan(store: Store) -> Iterator[str]:
    newest = store.plans.newest(1)
    if not newest:
        yield "reprocessing: no plan yet"
    for plan in newest:
        ended = f", ended {_moment(plan.ended)}" if plan.ended else ""
        yield (
            f"reprocessing: plan {plan.id} is {plan.state}, {plan.documents:,} documents to {plan.recipe.model}, "
            f"began {_moment(plan.began)}{ended}{f' ({plan.note})' if plan.note else ''}"
        )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
