"""What `Table` promises, of DynamoDB and of the table in memory that stands in for it in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from dateline.store import keys
from dateline.store.keys import Key
from dateline.store.table import Item, LostRace, Table
from tests.aws import TABLE, simulated_aws
from tests.memory_table import MemoryTable

_MANY = 120  # more than a batch takes, of reads or of writes


@pytest.fixture(params=["DynamoDB", "memory"])
def table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    if request.param == "memory":
        yield MemoryTable()
        return
    with simulated_aws(monkeypatch) as (dynamodb, _):
        yield Table(dynamodb, TABLE)


def item(sk: str, pk: str = "P", **more: str | int) -> Item:
    return {"pk": pk, "sk": sk, **more}


def names(items: Iterator[Item] | list[Item]) -> list[str | int]:
    return [one["sk"] for one in items]


def test_an_item_is_read_as_it_was_written_last(table: Table) -> None:
    table.put(item("a", title="Council met", size=1, gone=1))
    table.put(item("a", title="", size=-2))

    assert table.get(Key("P", "a")) == item("a", title="", size=-2)
    assert table.get(Key("P", "b")) is None
    assert table.get(Key("Q", "a")) is None


def test_what_was_read_and_what_was_written_can_be_changed_without_changing_the_table(table: Table) -> None:
    written = item("a", n=1)
    table.put(written)
    written["n"] = 2
    read = [table.get(Key("P", "a")), *table.get_many([Key("P", "a")]), *table.walk("P", "a", "z", 5)]
    for one in read:
        assert one is not None
        one["n"] = 3

    assert table.get(Key("P", "a")) == item("a", n=1)


def test_many_items_are_read_and_those_that_are_not_there_are_left_out(table: Table) -> None:
    table.put_many(item(f"{n:03}", n=n) for n in range(_MANY))
    asked = [Key("P", f"{n:03}") for n in range(_MANY + 5)]

    found = table.get_many([*asked, asked[0], Key("Q", "000")])

    assert sorted(names(found), key=str) == [f"{n:03}" for n in range(_MANY)]
    assert table.get_many([]) == []


def test_only_the_attributes_that_are_asked_for_are_read(table: Table) -> None:
    table.put(item("a", collection="news", size=1, body="{}"))

    wanted: list[Item] = [{"sk": "a", "collection": "news"}]
    assert table.get_many([Key("P", "a")], ("sk", "collection", "never")) == wanted
    assert list(table.walk("P", "a", "a", 5, only=("sk", "collection", "never"))) == wanted


def test_a_new_item_replaces_none(table: Table) -> None:
    table.put_new(item("a", n=1))

    with pytest.raises(LostRace) as lost:
        table.put_new(item("a", n=2))
    assert lost.value.there == item("a", n=1)
    assert table.get(Key("P", "a")) == item("a", n=1)


def test_an_item_replaces_one_whose_numbers_are_as_expected(table: Table) -> None:
    table.put(item("a", fence=1, lease=5))
    table.put_if(item("a", fence=2, lease=6), fence=1, lease=5)

    for expected in ({"fence": 1, "lease": 6}, {"fence": 2, "lease": 5}, {"never": 1}):
        with pytest.raises(LostRace):
            table.put_if(item("a", fence=3), **expected)
    with pytest.raises(LostRace):
        table.put_if(item("b"), fence=1)
    assert table.get(Key("P", "a")) == item("a", fence=2, lease=6)
    assert table.get(Key("P", "b")) is None


def test_an_item_under_a_fence_replaces_none_of_a_higher_one(table: Table) -> None:
    for fence in (2, 2, 3):
        table.put_under(item("a", n=fence), fence)

    with pytest.raises(LostRace):
        table.put_under(item("a", n=2), 2)
    assert table.get(Key("P", "a")) == item("a", n=3, fence=3)


def test_an_item_without_a_fence_is_not_replaced_under_one(table: Table) -> None:
    table.put(item("a", n=1))

    with pytest.raises(LostRace):
        table.put_under(item("a", n=2), 2)


def test_attributes_are_set_while_the_fence_stands(table: Table) -> None:
    table.put(item("a", fence=2, body="{}"))
    table.set_under(Key("P", "a"), {"untidy": 1, "linked": 3}, 2)
    table.set_under(Key("P", "a"), {"untidy": 0}, 2)

    for key, fence in ((Key("P", "a"), 1), (Key("P", "a"), 3), (Key("P", "b"), 2)):
        with pytest.raises(LostRace):
            table.set_under(key, {"untidy": 5}, fence)
    assert table.get(Key("P", "a")) == item("a", fence=2, body="{}", untidy=0, linked=3)
    assert table.get(Key("P", "b")) is None


def test_amounts_are_added_up_and_the_first_makes_the_item(table: Table) -> None:
    for amount in (5, 7, -2):
        table.add(Key("P", "a"), "tokens", amount)
    table.add(Key("P", "a"), "calls", 1)

    assert table.get(Key("P", "a")) == item("a", tokens=10, calls=1)


def test_amounts_are_added_while_the_sum_is_below_the_most(table: Table) -> None:
    table.put(item("a", day="2026-01-02"))
    for amount in (5, 7):
        table.add_below(Key("P", "a"), "tokens", amount, 6)

    with pytest.raises(LostRace):
        table.add_below(Key("P", "a"), "tokens", 1, 12)
    table.add_below(Key("P", "a"), "tokens", 1, 13)
    table.add_below(Key("P", "b"), "tokens", 100, 1)
    assert table.get(Key("P", "a")) == item("a", day="2026-01-02", tokens=13)
    assert table.get(Key("P", "b")) == item("b", tokens=100)


@pytest.mark.parametrize("is_behind", [False, True])
def test_a_number_moves_on_by_an_amount_and_from_a_floor_where_it_lies_below(table: Table, *, is_behind: bool) -> None:
    key = Key("P", "a")
    steps = [(5, 100), (5, 90), (0, 100), (5, 110), (5, 115), (5, 200)]

    moved = [table.advance(key, "next", amount, floor, is_behind=is_behind) for amount, floor in steps]

    assert [one["next"] for one in moved] == [105, 110, 110, 115, 120, 205]
    assert table.get(key) == moved[-1] == item("a", next=205, fence=0)


def test_a_number_that_moves_on_leaves_the_item_as_it_is(table: Table) -> None:
    table.put(item("a", next=5, fence=3, title="x"))

    for is_behind in (False, True):
        table.advance(Key("P", "a"), "next", 1, 10, is_behind=is_behind)

    assert table.get(Key("P", "a")) == item("a", next=12, fence=3, title="x")


def test_many_items_are_deleted_also_those_that_are_not_there(table: Table) -> None:
    table.put_many(item(f"{n:03}") for n in range(_MANY))

    table.delete_many(Key("P", f"{n:03}") for n in (*range(1, _MANY + 5), 1))
    table.delete_many([])

    assert names(table.walk("P", "0", "9", 50)) == ["000"]


def test_many_items_replace_what_is_there(table: Table) -> None:
    table.put_many([item("a", n=1, old=1), item("b", n=1)])
    table.put_many([item("a", n=2)])
    table.put_many([])

    assert list(table.walk("P", "a", "b", 50)) == [item("a", n=2), item("b", n=1)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 50])
def test_a_walk_gives_the_bounds_and_what_lies_between_in_order(table: Table, size: int) -> None:
    all_names = ["a", "b", "c#1", "c#2", "d", "é", "😀"]
    table.put_many(item(name) for name in reversed(all_names))
    table.put(item("b", pk="Q"))

    for low, high in (("a", "c#2"), ("b", "c#1"), ("0", "9"), ("c", "b"), ("c#1", "c#1"), ("é", "😀")):
        between = [name for name in all_names if low <= name <= high]
        assert names(table.walk("P", low, high, size)) == between
        assert names(table.walk("P", low, high, size, backwards=True)) == between[::-1]
        assert names(table.between("P", low, high, size)) == between[:size]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_walk_sees_what_becomes_of_its_later_pages_meanwhile(table: Table, *, backwards: bool) -> None:
    table.put_many(item(name) for name in "abcdefg")
    walk = table.walk("P", "a", "z", 2, backwards=backwards)
    first = [next(walk), next(walk)]

    table.delete_many([Key("P", name) for name in "abdfg"])
    table.put(item("dd"))

    later = ["c", "dd", "e"]
    assert [*names(first), *names(walk)] == (["g", "f", *later[::-1]] if backwards else ["a", "b", *later])


def heads(table: Table) -> None:
    """Write items of which some stand in one of the indexes, in both or in none."""
    table.put_many(
        [
            item("HEAD", "DOC#1", collection="news", dropped="2026-01-01", recipe_shard="r#1", fence=1, body="{}"),
            item("HEAD", "DOC#2", collection="news", dropped="2026-01-03", fence=1, body="{}"),
            item("HEAD", "DOC#3", collection="news", dropped="2026-01-02", recipe_shard="r#1", fence=1, body="{}"),
            item("HEAD", "DOC#4", collection="other", dropped="2026-01-02", recipe_shard="r#2", fence=1, body="{}"),
            item("HEAD", "DOC#5", collection="news", fence=1, body="{}"),
            item("TURN", "LINKING#news", fence=1),
        ]
    )


@pytest.mark.parametrize("size", [1, 2, 50])
def test_an_index_holds_the_keys_of_the_items_that_have_both_of_its_attributes(table: Table, size: int) -> None:
    heads(table)
    everything = (keys.LOWEST, keys.HIGHEST, size)

    forwards = list(table.walk_index(keys.BY_DROP, "news", *everything))

    assert [one["pk"] for one in forwards] == ["DOC#1", "DOC#3", "DOC#2"]
    assert forwards[0] == item("HEAD", "DOC#1", collection="news", dropped="2026-01-01")
    assert list(table.walk_index(keys.BY_DROP, "news", *everything, backwards=True)) == forwards[::-1]
    found = list(table.walk_index(keys.BY_RECIPE, "r#1", *everything))
    assert found[-1] == item("HEAD", "DOC#3", recipe_shard="r#1", dropped="2026-01-02")
    assert len(found) == 2
    assert list(table.walk_index(keys.BY_RECIPE, "never", *everything)) == []


def test_an_index_is_walked_and_counted_between_bounds(table: Table) -> None:
    heads(table)

    found = table.walk_index(keys.BY_DROP, "news", "2026-01-02", "2026-01-03", 50)

    assert [one["pk"] for one in found] == ["DOC#3", "DOC#2"]
    assert list(table.walk_index(keys.BY_DROP, "news", "2026-01-03", "2026-01-02", 50)) == []
    assert table.count(keys.BY_DROP, "news", "2026-01-02", "2026-01-03", 50) == 2
    assert [table.count(keys.BY_DROP, "news", keys.LOWEST, keys.HIGHEST, most) for most in (1, 2, 3, 9)] == [1, 2, 3, 3]
    assert table.count(keys.BY_RECIPE, "never", keys.LOWEST, keys.HIGHEST, 9) == 0


def test_an_index_follows_the_items(table: Table) -> None:
    heads(table)
    table.put(item("HEAD", "DOC#1", collection="news", dropped="2026-01-09", body="{}"))
    table.delete_many([Key("DOC#3", "HEAD")])

    assert [one["pk"] for one in table.walk_index(keys.BY_DROP, "news", keys.LOWEST, keys.HIGHEST, 9)] == [
        "DOC#2",
        "DOC#1",
    ]
    assert table.count(keys.BY_RECIPE, "r#1", keys.LOWEST, keys.HIGHEST, 9) == 0


REFUSED: dict[str, Callable[[Table], Any]] = {
    "a key twice in a batch": lambda table: table.put_many([item("a"), item("a")]),
    "an item of more than 400 KiB": lambda table: table.put(item("a", body="ä" * 210_000)),
    "such an item in a batch": lambda table: table.put_many([item("a", body="ä" * 210_000)]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_dynamodb_refuses_is_a_bug_and_writes_nothing(table: Table, what: str) -> None:
    with pytest.raises(ClientError):
        REFUSED[what](table)

    assert table.get(Key("P", "a")) is None


def test_a_writer_is_asked_before_each_item_and_another_is_not() -> None:
    asked: list[int] = []
    table = MemoryTable()
    watched = table.written_by(lambda: asked.append(len(table.contents())))

    table.put(item("a", fence=1))
    watched.put_many([item("b"), item("c")])
    watched.put_new(item("d"))
    watched.set_under(Key("P", "a"), {"n": 1}, 1)
    watched.delete_many([Key("P", "a"), Key("P", "b")])
    with pytest.raises(LostRace):
        watched.put_new(item("d"))

    assert asked == [1, 2, 3, 4, 4, 3, 2]
    assert watched.contents() == table.contents()
