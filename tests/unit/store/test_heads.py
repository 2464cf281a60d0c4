from datetime import timedelta

import pytest

from dateline.errors import Retryable
from dateline.store import keys
from dateline.store.heads import Head, Held
from dateline.store.store import Store
from dateline.store.table import Table
from tests.unit.store.conftest import Clock

PLACE = keys.Place("drop/news/a.txt", "news", "a.txt")
KEY = keys.Key(keys.document_pk(PLACE.document_id), keys.HEAD)


def test_a_document_is_visible_from_its_first_receipt(store: Store) -> None:
    store.heads.take(PLACE, 60)

    held = store.heads.get(PLACE.document_id)
    assert held is not None
    assert held.head.state == "waiting"
    assert [held.head.key for held in store.listing.documents("news", None, 10).documents] == [PLACE.key]


def test_a_second_worker_is_sent_away_while_the_lease_lasts(store: Store) -> None:
    store.heads.take(PLACE, 60)

    with pytest.raises(Retryable, match="another worker") as error:
        store.heads.take(PLACE, 60)

    assert error.value.after is not None


def test_a_lease_that_ended_can_be_taken_over_with_a_higher_fence(store: Store, clock: Clock) -> None:
    first = store.heads.take(PLACE, 60)
    clock.wait(61)

    second = store.heads.take(PLACE, 60)

    assert second.fence == first.fence + 1


def test_a_worker_that_was_overtaken_changes_nothing(store: Store, clock: Clock) -> None:
    slow = store.heads.take(PLACE, 60)
    clock.wait(61)
    quick = store.heads.take(PLACE, 60)
    store.heads.write(quick, quick.head.model_copy(update={"state": "done", "current": quick.fence}))

    with pytest.raises(Retryable, match="taken this document over"):
        store.heads.write(slow, slow.head.model_copy(update={"state": "rejected"}))

    held = store.heads.get(PLACE.document_id)
    assert held is not None
    assert (held.head.state, held.head.current) == ("done", quick.fence)


def test_writing_a_head_gives_the_lease_back(store: Store) -> None:
    held = store.heads.take(PLACE, 60)
    store.heads.write(held, held.head)

    assert store.heads.take(PLACE, 60).fence == held.fence + 1


def test_a_deleted_document_is_listed_nowhere(store: Store) -> None:
    held = store.heads.take(PLACE, 60)
    store.heads.write(held, held.head.model_copy(update={"state": "deleted"}))

    assert store.listing.documents("news", None, 10).documents == []


def test_tidying_of_an_earlier_fence_leaves_a_later_one_untidy(store: Store) -> None:
    held = store.heads.take(PLACE, 60)
    earlier = store.heads.write(held, held.head)
    held = store.heads.take(PLACE, 60)
    held = store.heads.write(held, held.head)

    store.heads.tidied(earlier)
    now = store.heads.get(PLACE.document_id)
    assert now is not None
    assert now.untidy

    store.heads.tidied(held)
    now = store.heads.get(PLACE.document_id)
    assert now is not None
    assert not now.untidy


def test_a_tombstone_expires_once_nothing_of_its_document_is_left(store: Store, clock: Clock) -> None:
    held = told(store)
    store.heads.note_folded(held, is_open=False)
    gone = deleted(store)
    assert expiry(store) is None

    store.heads.tidied(gone)
    assert expiry(store) is None
    store.heads.note_folded(gone, is_open=False)

    assert expiry(store) == int((clock.now + timedelta(days=90)).timestamp())


def test_a_tombstone_that_is_unlinked_first_expires_when_it_is_tidied(store: Store) -> None:
    store.heads.note_folded(told(store), is_open=False)
    gone = deleted(store)

    store.heads.note_folded(gone, is_open=False)
    assert expiry(store) is None
    store.heads.tidied(gone)

    assert expiry(store) is not None


def test_a_tombstone_of_what_was_never_seen_expires(store: Store) -> None:
    deleted(store)

    assert expiry(store) is not None


def test_a_document_that_comes_again_while_its_tombstone_stands_goes_on_and_stays(store: Store) -> None:
    gone = deleted(store)

    again = told(store)

    assert again.fence == gone.fence + 1
    assert expiry(store) is None


def test_a_worker_of_a_former_life_changes_nothing_of_the_next(store: Store, clock: Clock) -> None:
    told(store)
    former = store.heads.take(PLACE, 60)
    clock.wait(61)
    deleted(store)
    table_of(store).delete_many([KEY])

    again = told(store)

    assert again.fence == 1
    with pytest.raises(Retryable, match="taken this document over"):
        store.heads.write(former, former.head)


def told(store: Store) -> Held:
    held = store.heads.take(PLACE, 60)
    return store.heads.write(held, held.head.model_copy(update={"state": "done", "current": held.fence}))


def deleted(store: Store) -> Held:
    held = store.heads.take(PLACE, 60)
    return store.heads.write(held, Head(key=PLACE.key, state="deleted", dropped=held.head.dropped))


def expiry(store: Store) -> int | None:
    item = table_of(store).get(KEY)
    assert item is not None
    return int(item["expires"]) if "expires" in item else None


def table_of(store: Store) -> Table:
    return store.heads._table
