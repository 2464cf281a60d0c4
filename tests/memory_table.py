"""The one table in memory: what `Table` promises, without a server, and it counts what is read and written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dateline.store.keys import INDEXES
from dateline.store.table import Item, LostRace, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.store.keys import Index, Key

_READ_UNIT, _WRITE_UNIT = 4_096, 1_024
_BATCH_WRITE, _BATCH_GET = 25, 100
_LARGEST_ITEM = 400 << 10  # bytes


@dataclass
class Counted:
    """Calls, items and DynamoDB's units (4 KB of a consistent read, 1 KB of a write) since the last look.

    `index_units` are written beside these, to the indexes: one for each entry that comes, and one for each that goes.
    """

    calls: int = 0
    items_read: int = 0
    read_units: int = 0
    items_written: int = 0
    write_units: int = 0
    index_units: int = 0


class MemoryTable(Table):
    """A table that needs no client. `before_write` is called before each item is written or deleted."""

    def __init__(self, before_write: Callable[[], None] = lambda: None) -> None:
        self._partitions: dict[str, dict[str, Item]] = defaultdict(dict)
        self._order: dict[str, list[str]] = defaultdict(list)
        self._lock = RLock()
        self._before_write = before_write
        self.counted = Counted()

    def written_by(self, before_write: Callable[[], None]) -> MemoryTable:
        """Return the same table as another writer has it; something is called before each item that he writes."""
        other = copy(self)
        other._before_write = before_write
        return other

    def contents(self) -> dict[tuple[str, str], Item]:
        """Return all items by their keys."""
        with self._lock:
            return {(pk, sk): item for pk, items in self._partitions.items() for sk, item in items.items()}

    def get(self, key: Key) -> Item | None:
        with self._lock:
            item = self._there(key.pk, key.sk)
            self._read([item] if item else [], calls=1)
            return dict(item) if item else None

    def get_many(self, keys: Iterable[Key], only: Sequence[str] = ()) -> list[Item]:
        with self._lock:
            wanted = list(dict.fromkeys(keys))
            found = [item for key in wanted if (item := self._there(key.pk, key.sk))]
            self._read(found, calls=-(-len(wanted) // _BATCH_GET))
            return [_part(item, only) for item in found]

    def put(self, item: Item) -> None:
        self._put(item)

    def put_new(self, item: Item) -> None:
        self._put(item, lambda there: there is None)

    def put_if(self, item: Item, **expected: int) -> None:
        self._put(item, lambda there: there is not None and expected.items() <= there.items())

    def put_under(self, item: Item, fence: int) -> None:
        self._put({**item, "fence": fence}, lambda there: there is None or int(there.get("fence", fence + 1)) <= fence)

    def set_under(self, key: Key, values: Mapping[str, str | int], only_if_fence: int) -> None:
        def changed(there: Item) -> Item:
            if there.get("fence") != only_if_fence:
                raise LostRace
            return {**there, **values}

        self._update(key, changed)

    def add(self, key: Key, name: str, amount: int) -> None:
        self._update(key, lambda there: {**there, name: int(there.get(name, 0)) + amount})

    def add_below(self, key: Key, name: str, amount: int, most: int) -> None:
        def changed(there: Item) -> Item:
            if name in there and int(there[name]) >= most:
                raise LostRace
            return {**there, name: int(there.get(name, 0)) + amount}

        self._update(key, changed)

    def advance(self, key: Key, name: str, amount: int, floor: int, *, is_behind: bool) -> Item:
        moved: list[Item] = []

        def changed(there: Item) -> Item:
            moved.append({"fence": 0, **there, name: max(int(there.get(name, floor)), floor) + amount})
            return moved[-1]

        self._update(key, changed)
        return dict(moved[-1])

    def put_many(self, items: Iterable[Item]) -> None:
        several = list(items)
        for start in range(0, len(several), _BATCH_WRITE):
            batch = several[start:][:_BATCH_WRITE]
            if len({(item["pk"], item["sk"]) for item in batch}) < len(batch):
                raise _refused("Provided list of item keys contains duplicates")
            for number, item in enumerate(batch):
                self._put(item, calls=0 if number else 1)

    def delete_many(self, keys: Iterable[Key]) -> None:
        for number, key in enumerate(dict.fromkeys(keys)):
            self._before_write()
            with self._lock:
                gone = self._partitions[key.pk].pop(key.sk, None)
                if gone is not None:
                    self._count_entries(gone, {})
                    order = self._order[key.pk]
                    del order[bisect_left(order, key.sk)]
                self._count_write(calls=0 if number % _BATCH_WRITE else 1, units=1)

    def walk(
        self, pk: str, low: str, high: str, size: int, *, backwards: bool = False, only: Sequence[str] = ()
    ) -> Iterator[Item]:
        after = None
        while low <= high:
            with self._lock:
                keys = self._page(pk, low, high, size, after, backwards=backwards)
                page = [self._partitions[pk][sk] for sk in keys]
                self._read(page, calls=1)
            yield from (_part(item, only) for item in page)
            if len(page) < size:
                return
            after = keys[-1]

    def _page(self, pk: str, low: str, high: str, size: int, after: str | None, *, backwards: bool) -> list[str]:
        """Return the sort keys of one page from `low` to `high`, beyond `after`."""
        order = self._order[pk]
        begin, end = bisect_left(order, low), bisect_right(order, high)
        if backwards:
            end = end if after is None else bisect_left(order, after)
            return order[max(begin, end - size) : end][::-1]
        begin = begin if after is None else bisect_right(order, after)
        return order[begin : min(end, begin + size)]

    def walk_index(
        self, index: Index, partition: str, low: str, high: str, size: int, *, backwards: bool = False
    ) -> Iterator[Item]:
        found = self._keys_of(index, partition, low, high)
        if backwards:
            found.reverse()
        for start in range(0, len(found) + 1, size):
            page = found[start : start + size]
            self._read(page, calls=1)
            yield from page

    def count(self, index: Index, partition: str, low: str, high: str, at_most: int) -> int:
        found = self._keys_of(index, partition, low, high)[:at_most]
        self._read(found, calls=1)
        return len(found)

    def _keys_of(self, index: Index, partition: str, low: str, high: str) -> list[Item]:
        """Find the items that have both attributes of an index, and show their keys alone, as the indexes do."""
        shown = ("pk", "sk", index.partition, index.order)
        found = [
            _part(item, shown)
            for item in self.indexed()
            if item.get(index.partition) == partition and low <= str(item.get(index.order, "")) <= high
        ]
        return sorted((item for item in found if index.order in item), key=lambda item: str(item[index.order]))

    def indexed(self) -> Iterable[Item]:
        """Return the items as the indexes know them: here they follow at once."""
        return self.contents().values()

    def _there(self, pk: str, sk: str) -> Item | None:
        return self._partitions[pk].get(sk)

    def _update(self, key: Key, changed: Callable[[Item], Item]) -> None:
        self._before_write()
        with self._lock:
            self._keep(changed(self._there(key.pk, key.sk) or {"pk": key.pk, "sk": key.sk}))

    def _put(self, item: Item, condition: Callable[[Item | None], bool] = lambda _: True, calls: int = 1) -> None:
        self._before_write()
        with self._lock:
            there = self._there(str(item["pk"]), str(item["sk"]))
            if not condition(there):
                self.counted.calls += calls
                self.counted.write_units += _units(there or {})
                raise LostRace(there=dict(there) if there else None)
            self._keep(item, calls)

    def _keep(self, item: Item, calls: int = 1) -> None:
        size = _bytes(item)
        if size > _LARGEST_ITEM:
            raise _refused("Item size has exceeded the maximum allowed size")
        pk, sk = str(item["pk"]), str(item["sk"])
        if sk not in self._partitions[pk]:
            insort(self._order[pk], sk)
        self._count_entries(self._partitions[pk].get(sk, {}), item)
        self._partitions[pk][sk] = dict(item)
        self._count_write(calls, _units(item))

    def _count_write(self, calls: int, units: int) -> None:
        self.counted.calls += calls
        self.counted.items_written += 1
        self.counted.write_units += units

    def _count_entries(self, before: Item, after: Item) -> None:
        """Count what becomes of an item's entries in the indexes: they hold keys alone, of less than 1 KB."""
        for index in INDEXES:
            was, now = _entry(before, index), _entry(after, index)
            self.counted.index_units += 0 if was == now else (was is not None) + (now is not None)

    def _read(self, items: Sequence[Item], calls: int) -> None:
        with self._lock:
            self.counted.calls += calls
            self.counted.items_read += len(items)
            self.counted.read_units += max(calls, -(-sum(map(_bytes, items)) // _READ_UNIT))


def _entry(item: Item, index: Index) -> tuple[str | int, str | int] | None:
    """Return where an index has an item; None: nowhere."""
    has_both = index.partition in item and index.order in item
    return (item[index.partition], item[index.order]) if has_both else None


def _part(item: Item, only: Sequence[str]) -> Item:
    return {name: item[name] for name in only if name in item} if only else dict(item)


def _bytes(item: Item) -> int:
    return sum(len(name.encode()) + len(str(value).encode()) for name, value in item.items())


def _units(item: Item) -> int:
    """Count the units that writing an item takes, or trying to write over it under a condition that does not hold."""
    return max(1, -(-_bytes(item) // _WRITE_UNIT))


def _refused(message: str) -> ClientError:
    return ClientError({"Error": {"Code": "ValidationException", "Message": message}}, "PutItem")
