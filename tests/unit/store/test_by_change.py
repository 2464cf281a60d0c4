from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from dateline.store import keys
from dateline.store.heads import Head, Held
from dateline.store.indexes import by_change
from dateline.store.store import Store, store_over
from tests.memory_bucket import MemoryBucket
from tests.memory_table import Counted, MemoryTable
from tests.unit.store.conftest import Clock

PLACE = keys.Place("drop/news/a.txt", "news", "a.txt")


def take(store: Store, key: str = PLACE.key) -> Held:
    place = keys.place(key)
    assert place is not None
    return store.heads.take(place, 60)


def change(store: Store, held: Held, **update: Any) -> Held:
    return store.heads.write(held, held.head.model_copy(update=update))


def told(store: Store, since: datetime) -> list[tuple[str, str]]:
    page = store.changes.page("news", since, None, 50)
    return [(one.held.head.place.path, one.held.head.state) for one in page.changed]


def test_a_documents_last_change_is_told_in_its_place(store: Store, clock: Clock) -> None:
    start = clock()
    first = take(store)
    clock.wait(1)
    change(store, take(store, "drop/news/b.txt"), state="rejected")
    clock.wait(1)
    change(store, first, state="done", current=1)

    assert told(store, start) == [("b.txt", "rejected"), ("a.txt", "done")]
    assert told(store, clock()) == [("a.txt", "done")]
    assert told(store, clock() + timedelta(microseconds=1)) == []


def test_taking_a_document_that_was_seen_changes_nothing(store: Store, clock: Clock) -> None:
    start = clock()
    change(store, take(store), state="done", current=1)
    clock.wait(61)
    before = store.changes.page("news", start, None, 50).changed[0].place

    take(store)

    assert [one.place for one in store.changes.page("news", start, None, 50).changed] == [before]


def test_linking_is_a_change_and_what_it_cost_is_none(store: Store, clock: Clock) -> None:
    held = change(store, take(store), state="done", current=1)
    clock.wait(1)
    store.heads.note_asked(held, 100)
    assert told(store, clock()) == []

    store.heads.note_folded(held, is_open=True)
    assert told(store, clock()) == [("a.txt", "done")]
    clock.wait(1)
    linked = store.heads.get(PLACE.document_id)
    assert linked is not None
    store.heads.note_linked(linked)
    assert told(store, clock()) == [("a.txt", "done")]


def test_a_deletion_is_told_and_leaves_the_lists(store: Store, clock: Clock) -> None:
    held = take(store)
    clock.wait(1)
    store.heads.write(held, Head(key=PLACE.key, state="deleted", dropped=held.head.dropped))

    page = store.changes.page("news", clock(), None, 50)

    assert (page.documents, page.gone) == ([], [PLACE.document_id])
    assert store.listing.documents("news", None, 9).documents == []
    assert store.listing.documents("news", None, 9, "waiting").documents == []


def test_a_deletion_is_told_as_long_as_an_answer_promises(store: Store, clock: Clock) -> None:
    held = take(store)
    gone = store.heads.write(held, Head(key=PLACE.key, state="deleted", dropped=held.head.dropped))
    deleted_at = clock()
    store.heads.tidied(gone)
    item = store.heads._table.get(keys.Key(keys.document_pk(PLACE.document_id), keys.HEAD))
    assert item is not None

    clock.now = datetime.fromtimestamp(int(item["expires"]), UTC)

    assert store.changes.told_from > deleted_at + by_change.CLOCKS_APART


def test_a_reading_begins_a_little_before_the_newest_change_and_not_before_today(store: Store, clock: Clock) -> None:
    clock.wait(3_600)
    take(store)
    newest = clock()
    clock.wait(3_600)
    assert store.changes.seen_to("news") == newest - by_change.OVERLAP
    assert store.changes.seen_to("nothing") == datetime(2026, 1, 1, tzinfo=UTC) - by_change.OVERLAP

    clock.wait(100 * 86_400)

    assert store.changes.seen_to("news") == datetime(2026, 4, 11, tzinfo=UTC) - by_change.OVERLAP
    assert store.changes.seen_to("news") >= store.changes.told_from


def test_what_waits_or_is_rejected_is_found_without_looking_at_what_is_done() -> None:
    table = MemoryTable()
    store = store_over(table, MemoryBucket())
    for number in range(300):
        change(store, take(store, f"drop/news/{number:03}.txt"), state="done" if number % 100 else "rejected")
    table.counted = Counted()

    page = store.listing.documents("news", None, 2, "rejected")

    assert [one.head.place.path for one in page.documents] == ["200.txt", "100.txt"]
    assert (page.examined, table.counted.calls) == (2, 2)
    last = store.listing.documents("news", page.next, 2, "rejected")
    assert ([one.head.place.path for one in last.documents], last.next) == (["000.txt"], None)
    counts = store.listing.counts("news")
    assert (counts.documents, counts.waiting, counts.rejected) == (300, 0, 3)


def test_a_document_costs_so_many_units_of_the_indexes_and_no_write_of_its_own() -> None:
    table = MemoryTable()
    store = store_over(table, MemoryBucket())

    held = take(store)
    received = table.counted.index_units
    held = store.heads.write(held, held.head.model_copy(update={"waiting_for": "an answer"}), release=False)
    held = change(store, held, state="done", current=1, recipe="ask.judge")
    store.heads.note_folded(held, is_open=False)

    # Its drop, state and change; then each change goes from one place to another, and the state goes.
    assert (received, table.counted.index_units) == (3, 3 + 2 + 2 + 1 + 1 + 2)
    assert table.counted.items_written == 4
