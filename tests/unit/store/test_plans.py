from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.errors import Retryable
from dateline.store.file_states import QueueFile
from dateline.store.plans import Outcome
from tests.unit.store.plans import DOCUMENT, plan

if TYPE_CHECKING:
    from dateline.store.store import Store


def test_of_two_workers_at_once_one_has_the_turn(store: Store) -> None:
    first, second = store.plans.take_turn(60), store.plans.take_turn(60)

    assert first is not None
    assert first.plan is None
    assert second is None


def test_an_open_plan_is_found_by_the_next_turn_until_it_is_done(store: Store) -> None:
    turn = store.plans.take_turn(60)
    assert turn is not None
    store.plans.give_back(store.plans.open(turn, plan()))

    again = store.plans.take_turn(60)
    assert again is not None
    assert again.plan == plan()
    store.plans.give_back(store.plans.keep(again, plan().model_copy(update={"state": "done"})))

    last = store.plans.take_turn(60)
    assert last is not None
    assert last.plan is None
    assert [one.state for one in store.plans.newest(5)] == ["done"]


def test_a_turn_that_was_not_given_back_ends_with_its_lease_and_its_holder_can_write_no_more(store: Store) -> None:
    late = store.plans.take_turn(0)
    assert late is not None
    late = store.plans.open(late, plan())
    now = store.plans.take_turn(60)
    assert now is not None
    store.plans.keep(now, plan())

    with pytest.raises(Retryable):
        store.plans.keep(late, plan())
    store.plans.give_back(late)

    assert store.plans.take_turn(60) is None


def test_files_come_back_in_order_those_that_the_plan_counts(store: Store) -> None:
    for number in (2, 1, 10, 11):
        store.plans.keep_file(plan().id, QueueFile(number=number, documents=1))
    store.plans.note(plan().id, DOCUMENT, Outcome(outcome="done"))

    files = store.plans.files(plan().model_copy(update={"files": 10}))

    assert [file.number for file in files] == [1, 2, 10]


def test_what_became_of_a_document_stays_when_it_is_worked_on_once_more(store: Store) -> None:
    store.plans.note("p", DOCUMENT, Outcome(outcome="done", added=2))
    store.plans.note("p", DOCUMENT, Outcome(outcome="unchanged"))

    assert list(store.plans.all_outcomes("p")) == [(DOCUMENT, Outcome(outcome="done", added=2))]
    assert store.plans.outcomes("p", [DOCUMENT, "doc_b"]) == {DOCUMENT}


def test_ranges_are_counted_once_each_and_by_file(store: Store) -> None:
    for number, start in ((1, 0), (1, 5_000), (1, 5_000), (2, 0)):
        store.plans.range_done("p", number, start)

    assert store.plans.ranges_done("p", 1) == 2
