"""The one table in memory: what `Table` promises, without a server, and it counts what is read and written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.store.table import Item, LostRace, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dateline.store.keys import Index, Key

_READ_UNIT, _WRITE_UNIT = 4_096, 1_024


@dataclass
class Counted:
    """Calls, items and DynamoDB's units (4 KB of a consistent read, 1 KB of a write) since the last look."""

    calls: int = 0
    items_read: int = 0
    read_units: int = 0
    items_written: int = 0
    write_units: int = 0


class MemoryTable(Table):
    """A table that needs no client. `before_write` is called before each item is written or deleted."""

    def __init__(self, before_write: Callable[[], None] = lambda: None) -> None:
        self._partitions: dict[str, dict[str, Item]] = defaultdict(dict)
        self._order: dict[str, list[str]] = defaultdict(list)
        self._before_write = before_write
        self.counted = Counted()

    def contents(self) -> dict[tuple[str, str], Item]:
        """Return all items by their keys."""
        return {(pk, sk): item for pk, items in self._partitions.items() for sk, item in items.items()}

    def get(self, key: Key) -> Item | None:
        item = self._partitions[key.pk].get(key.sk)
        self._read([item] if item else [], calls=1)
        return dict(item) if item else None

    def get_many(self, keys: Iterable[Key], only: Sequence[str] = ()) -> list[Item]:
        wanted = list(dict.fromkeys(keys))
        found = [dict(item) for key in wanted if (item := self._partitions[key.pk].get(key.sk))]
        self._read(found, calls=-(-len(wanted) // 100))
        return found

    def put(self, item: Item) -> None:
        self._put(item)

    def put_new(self, item: Item) -> None:
        if self._there(item) is not None:
            raise LostRace
        self._put(item)

    def put_if(self, item: Item, **expected: int) -> None:
        there = self._there(item)
        if there is None or any(there.get(name) != value for name, value in expected.items()):
            raise LostRace
        self._put(item)

    def put_under(self, item: Item, fence: int) -> None:
        there = self._there(item)
        if there is not None and int(there["fence"]) > fence:
            raise LostRace
        self._put({**item, "fence": fence})

    def set_number(self, key: Key, name: str, value: int, only_if_fence: int) -> None:
        there = self._partitions[key.pk].get(key.sk)
        if there is None or there.get("fence") != only_if_fence:
            raise LostRace
        self._put({**there, name: value})

    def put_many(self, items: Iterable[Item]) -> None:
        several = list(items)
        for item in several:
            self._put(item, calls=0)
        self.counted.calls += -(-len(several) // 25)

    def delete_many(self, keys: Iterable[Key]) -> None:
        several = list(dict.fromkeys(keys))
        for key in several:
            self._before_write()
            if self._partitions[key.pk].pop(key.sk, None) is not None:
                order = self._order[key.pk]
                del order[bisect_left(order, key.sk)]
            self.counted.items_written += 1
            self.counted.write_units += 1
        self.counted.calls += -(-len(several) // 25)

    def between(self, pk: str, low: str, high: str, limit: int) -> list[Item]:
        return self._between(pk, low, high, limit)

    def walk(
        self, pk: str, low: str, high: str, size: int, *, backwards: bool = False, only: Sequence[str] = ()
    ) -> Iterator[Item]:
        order = self._order[pk]
        begin, end = bisect_left(order, low), bisect_right(order, high)
        keys = order[begin:end][::-1] if backwards else order[begin:end]
        for start in range(0, max(len(keys), 1), size):
            page = [dict(self._partitions[pk][sk]) for sk in keys[start : start + size]]
            self._read(page, calls=1)
            yield from page

    def walk_index(
        self, index: Index, partition: str, low: str, high: str, size: int, *, backwards: bool = False
    ) -> Iterator[Item]:
        raise NotImplementedError

    def _between(self, pk: str, low: str, high: str, limit: int) -> list[Item]:
        order = self._order[pk]
        begin, end = bisect_left(order, low), bisect_right(order, high)
        found = [dict(self._partitions[pk][sk]) for sk in order[begin : min(end, begin + limit)]]
        self._read(found, calls=1)
        return found

    def _there(self, item: Item) -> Item | None:
        return self._partitions[str(item["pk"])].get(str(item["sk"]))

    def _put(self, item: Any, calls: int = 1) -> None:
        self._before_write()
        pk, sk = str(item["pk"]), str(item["sk"])
        if sk not in self._partitions[pk]:
            insort(self._order[pk], sk)
        self._partitions[pk][sk] = dict(item)
        self.counted.calls += calls
        self.counted.items_written += 1
        self.counted.write_units += -(-_bytes(item) // _WRITE_UNIT)

    def _read(self, items: Sequence[Item], calls: int) -> None:
        self.counted.calls += calls
        self.counted.items_read += len(items)
        self.counted.read_units += max(calls, -(-sum(map(_bytes, items)) // _READ_UNIT))


def _bytes(item: Item) -> int:
    return sum(len(name) + len(str(value)) for name, value in item.items())
