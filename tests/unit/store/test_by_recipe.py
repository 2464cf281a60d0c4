from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.store import keys
from dateline.store.indexes.by_recipe import Reach
from dateline.store.store import Store, store_over
from tests.memory_bucket import MemoryBucket
from tests.memory_table import Counted, MemoryTable
from tests.unit.store.conftest import Clock

Filled = tuple[Store, Clock, list[str], MemoryTable]

_COUNT = 60
_RECIPES = ["ask.one", "ask.two", "other.two"]


@pytest.fixture
def store(clock: Clock) -> Store:
    return store_over(MemoryTable(), MemoryBucket(), clock)


def made_by(store: Store, clock: Clock, name: str, recipe: str) -> str:
    place = keys.place(f"drop/news/{name}.txt")
    assert place is not None
    clock.wait(60)
    held = store.heads.take(place, 60)
    done = {"state": "done", "current": 1, "recipe": recipe, "dropped": clock()}
    store.heads.write(held, held.head.model_copy(update=done))
    return place.document_id


def walked(store: Store, reach: Reach, after: str | None = None, size: int = 500) -> list[str]:
    return [one.document_id for one in store.recipe_index.walk(_RECIPES[:2], reach, after, size)]


def test_documents_of_several_recipes_come_in_the_order_of_their_drops(store: Store, clock: Clock) -> None:
    made = [made_by(store, clock, str(number), _RECIPES[number % 3]) for number in range(12)]
    clock.wait(1)
    stale = [one for number, one in enumerate(made) if number % 3 != 2]

    assert walked(store, Reach(None, clock())) == stale
    assert walked(store, Reach(None, clock(), newest_first=True)) == stale[::-1]


def test_only_drops_since_a_day_and_before_a_moment_are_looked_at(store: Store, clock: Clock) -> None:
    made_by(store, clock, "too old", _RECIPES[0])
    clock.wait(24 * 3600)
    wanted = made_by(store, clock, "wanted", _RECIPES[0])
    clock.wait(1)
    moment = clock()
    made_by(store, clock, "too new", _RECIPES[0])

    reach = Reach(clock().date(), moment)

    assert walked(store, reach) == [wanted]
    assert walked(store, Reach(reach.since, moment, newest_first=True)) == [wanted]


def test_a_document_that_was_brought_up_to_date_is_there_no_more(store: Store, clock: Clock) -> None:
    made_by(store, clock, "a", _RECIPES[0])
    left = made_by(store, clock, "b", _RECIPES[0])
    made_by(store, clock, "a", _RECIPES[2])
    clock.wait(1)

    assert walked(store, Reach(None, clock())) == [left]
    assert [store.recipe_index.count(one, 10) for one in _RECIPES] == [1, 0, 1]


def test_counting_stops_where_it_is_told_to(store: Store, clock: Clock) -> None:
    for number in range(5):
        made_by(store, clock, str(number), _RECIPES[0])

    assert store.recipe_index.count(_RECIPES[0], 3) == 3


@pytest.fixture(scope="module")
def filled() -> Filled:
    """Many documents, the ids of the stale ones, and the table that they stand in."""
    clock, table = Clock(), MemoryTable()
    store = store_over(table, MemoryBucket(), clock)
    made = [made_by(store, clock, str(number), _RECIPES[number % 2]) for number in range(_COUNT)]
    for number in range(_COUNT):
        made_by(store, clock, f"fresh {number}", _RECIPES[2])
    clock.wait(1)
    return store, clock, made, table


@given(newest_first=st.booleans(), stops=st.integers(1, _COUNT - 1), size=st.integers(1, 50))
@settings(max_examples=15, deadline=None)
def test_a_walk_goes_on_where_it_was_left(filled: Filled, newest_first: bool, stops: int, size: int) -> None:
    store, clock, made, _ = filled
    reach = Reach(None, clock(), newest_first)
    first = [
        one for one, _ in zip(store.recipe_index.walk(_RECIPES[:2], reach, None, size), range(stops), strict=False)
    ]

    rest = walked(store, reach, first[-1].position, size)

    assert [*(one.document_id for one in first), *rest] == (made[::-1] if newest_first else made)


@pytest.mark.parametrize("size", [5, 500])
def test_a_walk_costs_queries_in_proportion_to_what_is_stale(filled: Filled, size: int) -> None:
    store, clock, made, table = filled
    table.counted = Counted()

    walked(store, Reach(None, clock()), size=size)

    assert table.counted.calls <= 2 * keys.RECIPE_SHARDS + len(made) // size
    assert table.counted.items_read == len(made)


def test_what_lies_behind_is_not_read_again(filled: Filled) -> None:
    store, clock, _, table = filled
    reach = Reach(None, clock() + timedelta(seconds=1))
    last = list(store.recipe_index.walk(_RECIPES[:2], reach, None, 500))[-1]
    table.counted = Counted()

    assert walked(store, reach, last.position, size=1) == []
    assert table.counted.calls <= 2 * keys.RECIPE_SHARDS + 1
