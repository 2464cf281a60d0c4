"""A collection whose documents tell what a test says, over a table in memory: published, deleted, linked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from dateline.ask.parts import PART_CHARACTERS
from dateline.errors import Retryable
from dateline.lane.target import target
from dateline.linking.model import Occurrence
from dateline.provider.client import Model
from dateline.records import Asking, Finding
from dateline.store import keys
from dateline.store.heads import Held
from dateline.store.overlap import Search
from dateline.store.store import Store, store_over
from summarize.editing import Followed, follow
from summarize.identity import identify
from summarize.linking import Linked, link
from summarize.tools import Tools
from tests.factories import event, run
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

COLLECTION = "news"
STANDIN = "extractive"
_SECONDS = 60.0


def edit_key(name: str) -> str:
    return keys.edit_key(COLLECTION, name)


def seconds_apart() -> Callable[[], datetime]:
    """Make a clock that goes on by a second whenever it is read."""
    seconds = count(1)
    return lambda: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=next(seconds))


def no_model() -> Model:
    raise AssertionError("nobody should be asked")


@dataclass
class Press:
    """A collection, its table, and the clock of its leases."""

    table: MemoryTable = field(default_factory=MemoryTable)
    bucket: MemoryBucket = field(default_factory=lambda: MemoryBucket(seconds_apart()))
    later: timedelta = timedelta()

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket, lambda: datetime.now(UTC) + self.later)

    def place(self, name: str) -> keys.Place:
        return keys.Place(f"drop/{COLLECTION}/{name}", COLLECTION, name)

    def held(self, name: str) -> Held:
        held = self.store.heads.get(self.place(name).document_id)
        assert held is not None
        return held

    def publish(self, name: str, findings: Iterable[Finding], **document: Any) -> list[str]:
        """Write a run of a document and switch its readers to it; return the ids of its events."""
        store, place, told = self.store, self.place(name), list(findings)
        held = store.heads.take(place, _SECONDS)
        old = store.runs.events(place.document_id, held.shown) if held.shown is not None else []
        ids, named = identify(told, old, place.document_id, held.head.events_named)
        events = [event(one, given, place.document_id) for one, given in zip(told, ids, strict=True)]
        made = run(place.document_id, held.fence).model_copy(update=document)
        store.runs.write(COLLECTION, made, events)
        update = {"state": "done", "current": held.fence, "events_named": named, "switched_at": datetime.now(UTC)}
        store.heads.write(held, held.head.model_copy(update=update))
        return ids

    def delete(self, name: str) -> None:
        """Leave a document's tombstone."""
        held = self.store.heads.take(self.place(name), _SECONDS)
        self.store.heads.write(held, held.head.model_copy(update={"state": "deleted", "current": None}))

    def link(self, name: str, model: Callable[[], Model] = no_model, *, called: str = STANDIN) -> Linked:
        """Link a document, as its message asks; `called` is the model's name."""
        return link(self.place(name), self.tools(model, called=called), time.monotonic() + _SECONDS)

    def tools(self, model: Callable[[], Model] = no_model, *, called: str = STANDIN) -> Tools:
        """Make what one run of the function works with."""
        store = self.store
        asking = Asking(model=called, language="en", part_characters=PART_CHARACTERS)
        return Tools(store, model, target(asking, store.recipes))

    def link_all(self, names: Iterable[str]) -> None:
        """Link documents, whoever's turn it is first."""
        for name in names:
            try:
                self.link(name)
            except Retryable:
                self.link(name)

    def decide(self, name: str, decision: dict[str, Any] | bytes, by: str | None = "an editor") -> Followed:
        """Put an editor's decision into the bucket and follow it, as its notification asks."""
        data = decision if isinstance(decision, bytes) else json.dumps(decision).encode()
        self.bucket.put(edit_key(name), data)
        return self.follow(name, by)

    def undo(self, name: str) -> Followed:
        """Delete a decision from the bucket and follow that."""
        self.bucket.delete([edit_key(name)])
        return self.follow(name, None)

    def follow(self, name: str, by: str | None) -> Followed:
        """Follow a decision as it lies in the bucket now."""
        place = keys.edit_place(edit_key(name))
        assert place is not None
        return self.follow_at(place, by)

    def follow_at(self, place: keys.EditPlace, by: str | None = None) -> Followed:
        """Follow a decision of any collection."""
        return follow(place, by, self.store, time.monotonic() + _SECONDS)

    def references(self, *occurrences: Occurrence) -> list[dict[str, Any]]:
        """Name the reports of occurrences as a decision does."""
        told = [one.report for row in occurrences for one in self.store.links.reports(row.id)]
        return [
            {"document": one.document, "event": one.id, "sentences": [it.sentence for it in one.event.evidence]}
            for one in sorted(told, key=lambda one: one.path)
        ]

    def rows(self) -> list[Occurrence]:
        """Read the collection's occurrences as its readers do."""
        search: Search[Occurrence] = Search()
        page = self.store.links.rows.page(COLLECTION, search, None, 1_000, 10_000)
        assert page.next is None
        return page.rows

    def joined(self) -> set[frozenset[tuple[str, str]]]:
        """Read which reports are one occurrence: each by its document's path and its title."""
        found = set()
        for row in self.rows():
            told = self.store.links.reports(row.id)
            assert len(told) == row.reports
            found.add(frozenset((one.report.path, one.report.event.title) for one in told))
        return found
