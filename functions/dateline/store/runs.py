"""Runs and their events: written before they are switched to, read through the head, tidied away later.

A run is written under its own number, so that no two writers touch the same items. The events under the document come
first and go last: whatever a writer that died has left on a timeline can be found from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.records import Event, Run
from dateline.store import keys
from dateline.store.overlap import Position
from dateline.stored import body_of, read_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.search.segment import Piece
    from dateline.store.blobs import Blobs, StoredText
    from dateline.store.heads import Head, Heads, Held
    from dateline.store.search.segments import Segments
    from dateline.store.table import Item, Table

_ALL = 1_000_000
_PIECE = 100


@dataclass(frozen=True, slots=True)
class EventsPage:
    """Events in order, and where the next page begins after, if there is more."""

    events: list[Event]
    next: Position | None


class Runs:
    """The runs of all documents."""

    def __init__(self, table: Table, heads: Heads, blobs: Blobs, segments: Segments) -> None:
        self._table = table
        self._heads = heads
        self._blobs = blobs
        self._segments = segments

    def write(
        self,
        collection: str,
        run: Run,
        events: Sequence[Event],
        text: StoredText | None = None,
        piece: Piece | None = None,
    ) -> None:
        """Write a run, its events, its text and what is searched of it; nobody sees them until the head is switched.

        The items under the document come first: by them all else is found again if the writer dies. Then the objects,
        and last, in one batch, rows by date and the item by which the searched object is found.
        """
        placed = [(event, keys.timeline_span(event.when)) for event in events]
        self._table.put_many(
            [
                {"pk": keys.document_pk(run.document_id), "sk": keys.run_sk(run.number), "body": body_of(run)},
                *(
                    _event_item(keys.event_key(run.document_id, run.number, event.id, span), run, event)
                    for event, span in placed
                ),
            ]
        )
        if text is not None:
            self._blobs.put_text(run.document_id, run.number, text)
        searched = [self._segments.put_loose(collection, piece)] if piece is not None else []
        rows = (
            _event_item(key, run, event)
            for event, span in placed
            if span is not None
            for key in keys.EVENTS.keys(collection, event.id, run.number, span)
        )
        self._table.put_many([*rows, *searched])

    def get(self, document_id: str, run: int) -> Run | None:
        """Read a run without its events; None if it has been tidied away."""
        item = self._table.get(keys.Key(keys.document_pk(document_id), keys.run_sk(run)))
        return read_item(Run, item) if item else None

    def whole(self, document_id: str, run: int) -> tuple[Run, list[Event]] | None:
        """Read a run with its events, as `events` has them, at once; None if it has been tidied away."""
        items = self._between_runs(document_id, run, run + 1)
        events = [read_item(Event, item) for item in items if _event_key(item)]
        return next(((one, events) for one in _runs(items)), None)

    def get_many(self, wanted: Iterable[tuple[str, int]]) -> dict[str, Run]:
        """Read runs, each named by document and number, without their events; by document."""
        found = self._table.get_many(keys.Key(keys.document_pk(one), keys.run_sk(run)) for one, run in wanted)
        runs = [read_item(Run, item) for item in found]
        return {run.document_id: run for run in runs}

    def shown(self, head: Head) -> list[Run]:
        """Read the runs that readers may see, newest first: the current one, and the one before it."""
        numbers = [one for one in (head.current, head.previous) if one is not None]
        runs = (self.get(head.document_id, one) for one in numbers)
        return [run for run in runs if run is not None]

    def event(self, event_id: str, head: Head) -> Event | None:
        """Find an event in its document's current run, by reading that run up to it; None if it is not there."""
        if head.current is None:
            return None
        begin = keys.run_events_sk(head.current)
        items = self._table.walk(keys.document_pk(head.document_id), begin, f"{begin}{keys.HIGHEST}", _PIECE)
        item = next((item for item in items if (key := _event_key(item)) and key.row == event_id), None)
        return read_item(Event, item) if item else None

    def events(self, document_id: str, run: int) -> list[Event]:
        """Read all events of a run by date, the undated ones last."""
        return self.page(document_id, run, None, _ALL).events

    def page(self, document_id: str, run: int, after: Position | None, limit: int) -> EventsPage:
        """Read up to `limit` events of a run, by date, the undated ones last."""
        begin = keys.run_events_sk(run)
        low = f"{begin}{after.sk}" if after else begin
        items = self._table.between(keys.document_pk(document_id), low, f"{begin}{keys.HIGHEST}", limit + 1)
        found = [(read_item(Event, item), key) for item in items[:limit] if (key := _event_key(item))]
        events = [event for event, _ in found]
        following = Position.of(found[-1][1]) if len(items) > limit else None
        return EventsPage(events, following)

    def tidy(self, document_id: str) -> None:
        """Delete what no reader can reach any more: all runs but the current one, the one before it, and those to come.

        A run whose number is below the fence can never become current. The run before the current one stays under its
        document, so that the two can be compared, but leaves the timeline. Answers to a content that the document no
        longer has go too; those to its present content stay, so that an earlier recipe can be put back for nothing.
        """
        held = self._heads.get(document_id)
        if held is None:
            return
        dead = [item for low, high in _dead_runs(held) for item in self._between_runs(document_id, low, high)]
        self._withdraw(held.head, [*dead, *self._previous(held.head)])
        self._delete(document_id, dead)
        self._heads.tidied(held)

    def _previous(self, head: Head) -> list[Item]:
        if head.previous is None:
            return []
        return self._between_runs(head.document_id, head.previous, head.previous + 1)

    def _between_runs(self, document_id: str, low: int, high: int) -> list[Item]:
        """Read all that stands under the runs from `low` to below `high`."""
        return self._table.between(
            keys.document_pk(document_id), keys.run_sk(low), f"{keys.run_sk(high - 1)}{keys.HIGHEST}", _ALL
        )

    def _withdraw(self, head: Head, items: Sequence[Item]) -> None:
        """Delete what runs have outside their document: events on the timeline, texts, searched words, answers."""
        collection, runs = head.place.collection, _runs(items)
        found = [key for item in items if (key := _event_key(item))]
        self._table.delete_many(
            place
            for key in found
            if key.span is not None
            for place in keys.EVENTS.keys(collection, key.row, key.version, key.span)
        )
        self._blobs.delete_answers((run.recipe.ask, run.content) for run in runs if run.content != head.content)
        numbers = {keys.read_run_key(str(item["sk"]))[0] for item in items}
        self._blobs.delete_texts(head.document_id, numbers)
        self._segments.withdraw(collection, head.document_id, numbers)

    def _delete(self, document_id: str, dead: Sequence[Item]) -> None:
        """Delete runs under their document, their events first: by a run's own item what is left is found again."""
        events = [item for item in dead if _event_key(item)]
        self._table.delete_many(keys.Key(str(item["pk"]), str(item["sk"])) for item in events)
        self._table.delete_many(keys.Key(keys.document_pk(document_id), keys.run_sk(run.number)) for run in _runs(dead))


def _event_key(item: Item) -> keys.RowKey | None:
    """Read the key of an event of a run; None for the run's own item."""
    return keys.read_run_key(str(item["sk"]))[1]


def _runs(items: Iterable[Item]) -> list[Run]:
    return [read_item(Run, item) for item in items if not _event_key(item)]


def _event_item(key: keys.Key, run: Run, event: Event) -> Item:
    return {
        "pk": key.pk,
        "sk": key.sk,
        "run": run.number,
        "document": run.document_id,
        "body": body_of(event),
    }


def _dead_runs(held: Held) -> list[tuple[int, int]]:
    """Find the numbers of the runs that nobody can reach, as ranges without their ends."""
    kept = sorted(one for one in (held.head.previous, held.head.current) if one is not None)
    begins = [1, *(one + 1 for one in kept)]
    return list(zip(begins, [*kept, held.fence], strict=True))
