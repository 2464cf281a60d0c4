from datetime import timedelta

import pytest

from dateline.store import keys, listing
from dateline.store.store import Store
from tests.unit.store.conftest import Clock


def drop(store: Store, clock: Clock, key: str) -> None:
    clock.wait(1)
    place = keys.place(key)
    assert place is not None
    store.listing.register(place.collection)
    held = store.heads.take(place, 60)
    store.heads.write(held, held.head)


def test_documents_come_newest_drop_first_page_by_page(store: Store, clock: Clock) -> None:
    for number in range(5):
        drop(store, clock, f"drop/news/{number}.txt")

    seen: list[str] = []
    before = None
    while True:
        page = store.listing.documents("news", before, 2)
        seen.extend(held.head.place.path for held in page.documents)
        before = page.next
        if before is None:
            break

    assert seen == ["4.txt", "3.txt", "2.txt", "1.txt", "0.txt"]


def test_a_document_that_is_dropped_again_moves_to_the_front(store: Store, clock: Clock) -> None:
    drop(store, clock, "drop/news/a.txt")
    drop(store, clock, "drop/news/b.txt")
    place = keys.place("drop/news/a.txt")
    assert place is not None

    held = store.heads.take(place, 60)
    store.heads.write(held, held.head.model_copy(update={"dropped": clock() + timedelta(seconds=5)}))

    assert [held.head.place.path for held in store.listing.documents("news", None, 10).documents] == ["a.txt", "b.txt"]


def test_collections_are_listed_while_they_have_a_document(store: Store, clock: Clock) -> None:
    drop(store, clock, "drop/b/a.txt")
    drop(store, clock, "drop/a b/a.txt")
    drop(store, clock, "drop/a/a.txt")
    store.listing.register("empty")

    first = store.listing.collections(None, 2)
    second = store.listing.collections(first.next, 5)

    names = [[one.name for one in page.collections] for page in (first, second)]
    assert (*names, second.next) == (["a", "a b"], ["b"], None)
    assert [one.documents for one in first.collections] == [1, 1]


def test_a_reader_may_be_shown_some_collections_only(store: Store, clock: Clock) -> None:
    for name in "abcd":
        drop(store, clock, f"drop/{name}/a.txt")
    only = {"d", "b", "c", "nothing here"}

    first = store.listing.collections(None, 2, only)
    second = store.listing.collections(first.next, 2, only)

    assert [one.name for page in (first, second) for one in page.collections] == ["b", "c", "d"]
    assert second.next is None


def test_only_a_collection_that_was_seen_is_registered(store: Store) -> None:
    store.listing.register("news")

    assert store.listing.is_registered("news")
    assert not store.listing.is_registered("new")
    assert not store.listing.is_registered("")
    assert not store.listing.is_registered("n" * 5_000)


def test_a_page_of_one_state_looks_at_so_many_documents_and_no_more(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "EXAMINED_AT_MOST", 3)
    monkeypatch.setattr(listing, "_PIECE", 2)
    for number in range(7):
        drop(store, clock, f"drop/news/{number}.txt")

    pages = [store.listing.documents("news", None, 5, "done")]
    while pages[-1].next is not None:
        pages.append(store.listing.documents("news", pages[-1].next, 5, "done"))

    assert [page.examined for page in pages] == [3, 3, 1]
    assert [page.documents for page in pages] == [[], [], []]
    assert len(store.listing.documents("news", None, 2, "waiting").documents) == 2
