"""Runs and their events: written before they are switched to, read through the head, tidied away later.

A run is written under its own number, so that no two writers touch the same items. The events under the document come
first and go last: whatever a writer that died has left on a timeline can be found from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.records import Event, Run
from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.store.blobs import Blobs
    from dateline.store.heads import Heads, Held
    from dateline.store.table import Item, Table

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a run's events or on a timeline: after this event of this span."""

    span: str
    event: str

    @property
    def sk(self) -> str:
        """The sort key below which everything up to this event lies, of whatever run."""
        return f"{self.span}#{self.event}{keys.PAST}"


@dataclass(frozen=True, slots=True)
class EventsPage:
    """Events in order, and where the next page begins after, if there is more."""

    events: list[Event]
    next: Position | None


class Runs:
    """The runs of all documents."""

    def __init__(self, table: Table, heads: Heads, blobs: Blobs) -> None:
        self._table = table
        self._heads = heads
        self._blobs = blobs

    def write(self, collection: str, run: Run, events: Sequence[Event]) -> None:
        """Write a run and its events; nobody sees them until the head is switched."""
        published = Day.of(run.published.day) if run.published else None
        placed = [(event, keys.timeline_span(event, published)) for event in events]
        self._table.put_many(
            [
                {"pk": keys.document_pk(run.document_id), "sk": keys.run_sk(run.number), "body": run.model_dump_json()},
                *(
                    _event_item(keys.event_key(run.document_id, run.number, event.id, span), run, event)
                    for event, span in placed
                ),
            ]
        )
        self._table.put_many(
            _event_item(key, run, event)
            for event, span in placed
            if span is not None
            for key in keys.timeline_keys(collection, run.number, event.id, span)
        )

    def get(self, document_id: str, run: int) -> Run | None:
        """Read a run without its events; None if it has been tidied away."""
        item = self._table.get(keys.Key(keys.document_pk(document_id), keys.run_sk(run)))
        return Run.model_validate_json(str(item["body"])) if item else None

    def get_many(self, wanted: Iterable[tuple[str, int]]) -> dict[str, Run]:
        """Read runs, each named by document and number, without their events; by document."""
        found = self._table.get_many(keys.Key(keys.document_pk(one), keys.run_sk(run)) for one, run in wanted)
        runs = [Run.model_validate_json(str(item["body"])) for item in found]
        return {run.document_id: run for run in runs}

    def events(self, document_id: str, run: int) -> list[Event]:
        """Read all events of a run by date, the undated ones last."""
        return self.page(document_id, run, None, _ALL).events

    def page(self, document_id: str, run: int, after: Position | None, limit: int) -> EventsPage:
        """Read up to `limit` events of a run, by date, the undated ones last."""
        begin = keys.run_events_sk(run)
        low = f"{begin}{after.sk}" if after else begin
        items = self._table.between(keys.document_pk(document_id), low, f"{begin}{keys.HIGHEST}", limit + 1)
        events = [Event.model_validate_json(str(item["body"])) for item in items[:limit]]
        if len(items) <= limit:
            return EventsPage(events, None)
        *_, start, end, event = str(items[limit - 1]["sk"]).split("#")
        return EventsPage(events, Position(f"{start}#{end}", event))

    def tidy(self, document_id: str) -> None:
        """Delete what no reader can reach any more: every run but the current one and one that is being written.

        A run whose number is below the fence can never become current. Answers to a content that the document no
        longer has go too; those to its present content stay, so that an earlier recipe can be put back for nothing.
        """
        held = self._heads.get(document_id)
        if held is None:
            return
        dead = [item for low, high in _dead_runs(held) for item in self._between_runs(document_id, low, high)]
        self._delete(held.head.place.collection, document_id, held.head.content, dead)
        self._heads.tidied(document_id, held.fence)

    def _between_runs(self, document_id: str, low: int, high: int) -> list[Item]:
        """Read all that stands under the runs from `low` to below `high`."""
        return self._table.between(
            keys.document_pk(document_id), keys.run_sk(low), f"{keys.run_sk(high - 1)}{keys.HIGHEST}", _ALL
        )

    def _delete(self, collection: str, document_id: str, content: str | None, dead: Sequence[Item]) -> None:
        runs = [Run.model_validate_json(str(item["body"])) for item in dead if "#EVENT#" not in str(item["sk"])]
        events = [item for item in dead if "#EVENT#" in str(item["sk"])]
        self._table.delete_many(key for item in events for key in _timeline_keys_of(collection, item))
        self._table.delete_many(keys.Key(str(item["pk"]), str(item["sk"])) for item in events)
        self._blobs.delete_answers((run.recipe.ask, run.content) for run in runs if run.content != content)
        self._blobs.delete_texts(document_id, {_run_number(item) for item in dead})
        self._table.delete_many(keys.Key(keys.document_pk(document_id), keys.run_sk(run.number)) for run in runs)


def _event_item(key: keys.Key, run: Run, event: Event) -> Item:
    return {
        "pk": key.pk,
        "sk": key.sk,
        "run": run.number,
        "document": run.document_id,
        "body": event.model_dump_json(),
    }


def _dead_runs(held: Held) -> list[tuple[int, int]]:
    """Find the numbers of the runs that nobody can reach, as ranges without their ends."""
    if held.head.current is None:
        return [(1, held.fence)]
    return [(1, held.head.current), (held.head.current + 1, held.fence)]


def _run_number(item: Item) -> int:
    return int(str(item["sk"]).split("#")[1])


def _timeline_keys_of(collection: str, item: Item) -> Iterator[keys.Key]:
    """Work out from an event under its document where it stands on the timeline."""
    _, run, _, start, end, event = str(item["sk"]).split("#")
    if (start, end) == (keys.UNDATED, keys.UNDATED):
        return
    yield from keys.timeline_keys(collection, int(run), event, keys.read_span(start, end))
