"""Plans: what brings stale documents up to date, how far each has come, and what became of every document.

One plan is open at a time. Whoever works on it holds the turn, a lease that outlives a run of the function; each
write of the plan names the turn's fence, so that of two workers that were started at once one does nothing.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from dateline.errors import Retryable
from dateline.records import Asking, Recipe, Record
from dateline.store import keys
from dateline.store.file_states import AnyPlanFile
from dateline.store.lease import Lease, Leased, Leases, read_lease
from dateline.store.table import LostRace
from dateline.stored import read_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dateline.store.file_states import PlanFile
    from dateline.store.table import Item, Table

Lane = Literal["batch", "queue"]
PlanState = Literal["planning", "working", "ending", "done"]
DocumentOutcome = Literal["done", "unchanged", "kept", "rejected", "deleted", "left"]

_PIECE = 500


class Scope(Record):
    """Which stale documents a plan is for. Nothing said: all of them, those dropped first first.

    `collections` are the only ones, `without` are left out, `documents` are ids, `since` is the first day of drops
    (UTC), `limit` is the most documents.
    """

    collections: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: date | None = None
    limit: int | None = None
    newest_first: bool = False


class InFlight(Record):
    """A document that was sent to the live queue and has no outcome yet."""

    document_id: str
    since: datetime


class Tally(Record):
    """What a plan's documents came to: outcomes and `changed` count documents, the four after it events.

    `usd` is what the tokens cost, None where no price is known.
    """

    outcomes: dict[DocumentOutcome, int]
    changed: int
    added: int
    gone: int
    dates: int
    statuses: int
    tokens: int
    usd: Decimal | None = None


class Plan(Record):
    """Bringing the documents of a scope to a recipe.

    `planning`: documents are still being looked for, from the index position `after` on. `working`: all are in a file.
    `ending`: another recipe is wanted now; what was paid for is still collected. `note` tells a person what it waits
    for, or why it ended. `files` were written so far, numbered from 1; `documents` are in them.
    """

    id: str
    recipe: Recipe
    asking: Asking
    scope: Scope
    lane: Lane
    state: PlanState
    began: datetime
    ended: datetime | None = None
    after: str | None = None
    files: int = 0
    documents: int = 0
    in_flight: tuple[InFlight, ...] = ()
    note: str | None = None
    tally: Tally | None = None


class PlannedDocument(Record):
    """A line of a file's list. `row` is the custom id of the request that answers it, if one does."""

    document_id: str
    key: str
    row: str | None = None


class Outcome(Record):
    """What became of a document: `left` is for the next plan. The numbers are events; `tokens` were paid for it.

    `usd` is their cost, None where no price is known.
    """

    outcome: DocumentOutcome
    added: int = 0
    gone: int = 0
    dates: int = 0
    statuses: int = 0
    tokens: int = 0
    usd: Decimal | None = None


class Overtaken(Retryable):
    """The turn is another worker's by now: nothing more may be written."""

    def __init__(self) -> None:
        super().__init__("another run of the function has taken over")


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to work on the open plan, if there is one: until the lease ends, and while the fence is its own."""

    lease: Lease
    plan: Plan | None


class Plans:
    """All plans. What a plan left in the table expires `keep_days` after it was written."""

    def __init__(self, table: Table, now: Callable[[], datetime], keep_days: int = 90) -> None:
        self._table = table
        self._leases = Leases(table, now)
        self._now = now
        self._keep_days = keep_days

    def take_turn(self, seconds: float) -> Turn | None:
        """Take the turn for so long; None where another worker has it."""
        item = self._table.get(keys.TURN)
        open_plan = str(item["open"]) if item else ""
        try:
            lease = self._leases.take(read_lease(item) if item else None, seconds, _turn(open_plan))
        except (Leased, LostRace):
            return None
        return Turn(lease, self.get(open_plan) if open_plan else None)

    def give_back(self, turn: Turn) -> None:
        """End the turn; the open plan stays open unless it is done. Nothing happens where it is another's by now."""
        open_plan = turn.plan.id if turn.plan is not None and turn.plan.state != "done" else ""
        with suppress(LostRace):
            self._leases.write(turn.lease.given_back, _turn(open_plan))

    def open(self, turn: Turn, plan: Plan) -> Turn:
        """Make a plan the open one. Overtaken: the turn is another's now."""
        self.keep(turn, plan)
        try:
            self._leases.write(turn.lease, _turn(plan.id))
        except LostRace as error:
            raise Overtaken from error
        return replace(turn, plan=plan)

    def keep(self, turn: Turn, plan: Plan) -> Turn:
        """Write how far a plan has come. Overtaken: the turn is another's now."""
        key = keys.plan(plan.id)
        item: Item = {"pk": key.pk, "sk": key.sk, "body": plan.model_dump_json(), **self._expires()}
        try:
            self._table.put_under(item, turn.lease.fence)
        except LostRace as error:
            raise Overtaken from error
        return replace(turn, plan=plan)

    def get(self, plan_id: str) -> Plan | None:
        """Read a plan."""
        item = self._table.get(keys.plan(plan_id))
        return read_item(Plan, item) if item else None

    def newest(self, limit: int) -> list[Plan]:
        """List plans, the one that began last first."""
        items = self._table.walk(keys.PLANS, keys.LOWEST, keys.HIGHEST, limit, backwards=True)
        return [read_item(Plan, item) for item, _ in zip(items, range(limit), strict=False)]

    def new_id(self) -> str:
        """Name a plan: by the moment, so that names sort in time, and by chance."""
        return f"{self._now().astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"

    def keep_file(self, plan_id: str, file: PlanFile) -> None:
        """Write how far a file has come."""
        key = keys.plan_file(plan_id, file.number)
        self._table.put({"pk": key.pk, "sk": key.sk, "body": file.model_dump_json(), **self._expires()})

    def files(self, plan: Plan) -> list[PlanFile]:
        """Read all files that a plan counts, in order. One that it does not count yet is going to be written anew."""
        begin, end = keys.plan_file(plan.id, 0), keys.plan_file(plan.id, plan.files)
        items = self._table.walk(begin.pk, begin.sk, end.sk, _PIECE)
        return [read_item(AnyPlanFile, item).root for item in items]

    def note(self, plan_id: str, document_id: str, outcome: Outcome, *, first: bool = False) -> None:
        """Write what became of a document. The first word that something was done stays, whatever comes after.

        A document may be worked on twice; the second time there is nothing left to do, and nothing to tell: what says
        so, and what is only told for want of a `first` word, is written where there is none.
        """
        key = keys.plan_outcome(plan_id, document_id)
        item: Item = {"pk": key.pk, "sk": key.sk, "body": outcome.model_dump_json(), **self._expires()}
        if not first and outcome.outcome not in {"unchanged", "left"}:
            self._table.put(item)
            return
        try:
            self._table.put_new(item)
        except LostRace:
            return

    def outcomes(self, plan_id: str, document_ids: Iterable[str]) -> set[str]:
        """Return which of these documents have an outcome."""
        found = self._table.get_many(keys.plan_outcome(plan_id, one) for one in document_ids)
        return {keys.outcome_document(str(item["sk"])) for item in found}

    def all_outcomes(self, plan_id: str) -> Iterator[tuple[str, Outcome]]:
        """Yield each document with its outcome."""
        begin = keys.plan_outcome(plan_id, "")
        for item in self._table.walk(begin.pk, begin.sk, f"{begin.sk}{keys.HIGHEST}", _PIECE):
            yield keys.outcome_document(str(item["sk"])), read_item(Outcome, item)

    def range_done(self, plan_id: str, number: int, start: int) -> None:
        """Note that the rows of a file's output from this byte on were worked through."""
        key = keys.plan_range(plan_id, number, start)
        self._table.put({"pk": key.pk, "sk": key.sk, **self._expires()})

    def ranges_done(self, plan_id: str, number: int) -> int:
        """Count the ranges of a file's output that were worked through."""
        begin = keys.plan_ranges(plan_id, number)
        return sum(1 for _ in self._table.walk(begin.pk, begin.sk, f"{begin.sk}{keys.HIGHEST}", _PIECE))

    def _expires(self) -> Item:
        return {"expires": int((self._now() + timedelta(days=self._keep_days)).timestamp())}


def _turn(open_plan: str) -> Item:
    return {"pk": keys.TURN.pk, "sk": keys.TURN.sk, "open": open_plan}
