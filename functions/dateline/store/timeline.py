"""A collection's timeline: the current events that overlap an interval, in order, with bounded reads.

Every event stands in its collection's partition by its start. What is under way when the interval begins is found by
length: a span of at most 31 days that reaches a day began less than 31 days before it, so one short query a class of
lengths finds it. All of those start before the interval, so they come first, and one order holds for the whole answer.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.records import Event
from dateline.store import keys
from dateline.store.runs import EventsPage, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dateline.store.heads import Heads, Held
    from dateline.store.table import Item, Table

_EXAMINED_AT_MOST = 1_000
_ATTEMPTS = 3
# How far the clocks of a writer and a reader may be apart.
_CLOCK_SKEW = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, both included; None is no bound."""

    start: Day | None = None
    end: Day | None = None


class Timeline:
    """The timelines of all collections."""

    def __init__(self, table: Table, heads: Heads, now: Callable[[], datetime]) -> None:
        self._table = table
        self._heads = heads
        self._now = now

    def page(self, collection: str, window: Window, after: Position | None, limit: int) -> EventsPage:
        """Read up to `limit` events that overlap the window, each document with exactly one run.

        The first sight of a document's head decides which run this answer shows. A run that became current only just
        before may have been written while its events were being read; then the page is read once more, with the runs
        that were decided on. At most 1,000 items are examined, so a page may be short and still have a next one.
        """
        seen: dict[str, Held] = {}
        for _ in range(_ATTEMPTS):
            known, began = set(seen), self._now()
            page = self._read(collection, window, after, limit, seen)
            if not any(_switched_since(seen[one], began - _CLOCK_SKEW) for one in seen.keys() - known):
                break
        return page

    def _read(
        self, collection: str, window: Window, after: Position | None, limit: int, seen: dict[str, Held]
    ) -> EventsPage:
        items = self._overlapping(collection, window, after, limit + 1)
        found: list[tuple[Position, Event]] = []
        position, examined = after, 0
        while len(found) <= limit and examined < _EXAMINED_AT_MOST:
            some = list(islice(items, limit + 1 - len(found)))
            if not some:
                return EventsPage([event for _, event in found], None)
            examined += len(some)
            position = _position(some[-1])
            new = {str(item["document"]) for item in some} - seen.keys()
            seen.update(self._heads.get_many(new))
            found.extend(
                (_position(item), Event.model_validate_json(str(item["body"])))
                for item in some
                if _is_current(item, seen)
            )
        if len(found) > limit:
            found = found[:limit]
            position = found[-1][0]
        return EventsPage([event for _, event in found], position)

    def _overlapping(self, collection: str, window: Window, after: Position | None, size: int) -> Iterator[Item]:
        """Yield the items that overlap a window, of whatever run, in order, reading `size` at a time."""
        pk = keys.timeline_pk(collection)
        high = f"{keys.day_key(window.end)}{keys.PAST}" if window.end else keys.HIGHEST
        if window.start is None:
            return self._stream(pk, _later(keys.LOWEST, after), high, size)
        starting = self._stream(pk, _later(keys.day_key(window.start), after), high, size)
        if after is not None and after.sk > keys.day_key(window.start):
            return starting
        return chain(self._under_way(collection, window.start, after, size), starting)

    def _under_way(self, collection: str, day: Day, after: Position | None, size: int) -> Iterator[Item]:
        """Yield what began before a day and reaches it."""
        ranges = [(one.pk(collection), *_reach(one, day)) for one in keys.SPAN_CLASSES]
        with ThreadPoolExecutor(len(ranges)) as pool:
            streams = list(
                pool.map(lambda one: self._started(self._stream(one[0], _later(one[1], after), one[2], size)), ranges)
            )
        wanted = keys.day_key(day)
        return (item for item in merge(*streams, key=lambda item: str(item["sk"])) if _end(item) >= wanted)

    def _stream(self, pk: str, low: str, high: str, size: int) -> Iterator[Item]:
        while items := self._table.between(pk, low, high, size):
            yield from items
            if len(items) < size:
                return
            low = f"{items[-1]['sk']}{keys.LOWEST}"

    @staticmethod
    def _started(stream: Iterator[Item]) -> Iterator[Item]:
        """Have the first page of a stream read now."""
        first = list(islice(stream, 1))
        return chain(first, stream)


def _reach(one: keys.SpanClass, day: Day) -> tuple[str, str]:
    """Bound the sort keys of those spans of a class that began before a day and can reach it."""
    if one is keys.OPEN_START:
        return f"{keys.span_key(None, day)}", keys.span_key(None, None)
    low = keys.day_key(Day.from_ordinal(day.ordinal() - one.days + 1)) if one.days else "0"
    return low, keys.day_key(day)


def _later(low: str, after: Position | None) -> str:
    return low if after is None else max(low, after.sk)


def _position(item: Item) -> Position:
    start, end, event, _ = str(item["sk"]).split("#")
    return Position(f"{start}#{end}", event)


def _end(item: Item) -> str:
    return str(item["sk"]).split("#")[1]


def _is_current(item: Item, seen: dict[str, Held]) -> bool:
    held = seen.get(str(item["document"]))
    return held is not None and held.head.current == item["run"]


def _switched_since(held: Held, moment: datetime) -> bool:
    return held.head.switched_at is not None and held.head.switched_at >= moment
