import pytest

from dateline.errors import Retryable
from dateline.store import keys
from dateline.store.store import Store
from tests.unit.store.conftest import Clock

PLACE = keys.Place("drop/news/a.txt", "news", "a.txt")


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
    store.heads.write(held, held.head)
    held = store.heads.take(PLACE, 60)
    held = store.heads.write(held, held.head)

    store.heads.tidied(PLACE.document_id, held.fence - 1)
    now = store.heads.get(PLACE.document_id)
    assert now is not None
    assert now.untidy

    store.heads.tidied(PLACE.document_id, held.fence)
    now = store.heads.get(PLACE.document_id)
    assert now is not None
    assert not now.untidy
