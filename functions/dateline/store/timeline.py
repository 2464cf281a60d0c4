"""A collection's timeline: the current events that overlap an interval, in order, with bounded reads.

Every event stands in its collection's partition by its start. What is under way when the interval begins is found by
length: a span of at most 31 days that reaches a day began less than 31 days before it, so one short query a class of
lengths finds it. All of those start before the interval, so they come first, and one order holds for the whole answer.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.records import Event
from dateline.store import keys
from dateline.store.runs import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dateline.store.heads import Head, Heads, Held
    from dateline.store.table import Item, Table

EXAMINED_AT_MOST = 1_000
# What is filtered is read in larger pieces: few of its items may be wanted, and each piece is a round trip.
_PIECE_OF_FILTERED = 250
_ATTEMPTS = 3
# How far the clocks of a writer and a reader may be apart.
_CLOCK_SKEW = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, both included; None is no bound."""

    start: Day | None = None
    end: Day | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked of a timeline: the days, which of their events (None: all), and in which order of their starts."""

    window: Window = field(default_factory=Window)
    wanted: Callable[[Event], bool] | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Events in order, where the next page begins after, if there is more, and how far was looked.

    `reached` is the last span that was examined, None where none was. `heads` are those of the events' documents.
    """

    events: list[Event]
    next: Position | None
    examined: int
    reached: keys.Span | None
    heads: Mapping[str, Head]


class Timeline:
    """The timelines of all collections."""

    def __init__(self, table: Table, heads: Heads, now: Callable[[], datetime]) -> None:
        self._table = table
        self._heads = heads
        self._now = now

    def bounds(self, collection: str) -> tuple[Day | None, Day | None]:
        """Tell the first day on which something begins, and the end of what begins last, each by reading one item.

        What a run that has just been replaced leaves behind counts until it is tidied away.
        """
        pk = keys.timeline_pk(collection)
        first = next(self._table.walk(pk, keys.FIRST_DAY, keys.HIGHEST, 1), None)
        if first is None:
            return None, None
        last = next(self._table.walk(pk, keys.FIRST_DAY, keys.HIGHEST, 1, backwards=True), first)
        ending = _span(last)
        return _span(first).start, ending.end or ending.start

    def page(
        self, collection: str, search: Search, after: Position | None, limit: int, examine: int = EXAMINED_AT_MOST
    ) -> TimelinePage:
        """Read up to `limit` events that overlap the window and are wanted, each document with exactly one run.

        The first sight of a document's head decides which run this answer shows. A run that became current only just
        before may have been written while its events were being read; then the page is read once more, with the runs
        that were decided on. At most `examine` items are looked at, so a page may be short and still have a next one.
        """
        seen: dict[str, Held] = {}
        for _ in range(_ATTEMPTS):
            known, began = set(seen), self._now()
            page = self._read(collection, search, after, limit=limit, examine=examine, seen=seen)
            if not any(_switched_since(seen[one], began - _CLOCK_SKEW) for one in seen.keys() - known):
                break
        return page

    def _read(
        self,
        collection: str,
        search: Search,
        after: Position | None,
        *,
        limit: int,
        examine: int,
        seen: dict[str, Held],
    ) -> TimelinePage:
        piece = limit + 1 if search.wanted is None else max(limit + 1, _PIECE_OF_FILTERED)
        items = self._stream(collection, search, after, piece)
        found: list[tuple[Item, Event]] = []
        last: Item | None = None
        examined = 0
        while len(found) <= limit and examined < examine:
            some = list(islice(items, min(piece, examine - examined)))
            if not some:
                return _page(found, None, examined, last, seen)
            examined, last = examined + len(some), some[-1]
            found.extend(self._current(_wanted(some, search), seen))
        if len(found) > limit:
            found = found[:limit]
            last = found[-1][0]
        return _page(found, _position(last) if last else None, examined, last, seen)

    def _current(self, found: list[tuple[Item, Event]], seen: dict[str, Held]) -> Iterator[tuple[Item, Event]]:
        """Yield what is of a run that this answer shows; heads that were not seen before are read."""
        seen.update(self._heads.get_many({event.document_id for _, event in found} - seen.keys()))
        return ((item, event) for item, event in found if _is_current(item, seen))

    def _stream(self, collection: str, search: Search, after: Position | None, size: int) -> Iterator[Item]:
        """Yield, in order, the items of whatever run that may overlap a window, reading `size` at a time."""
        window, pk = search.window, keys.timeline_pk(collection)
        low = keys.day_key(window.start) if window.start else keys.LOWEST
        high = f"{keys.day_key(window.end)}{keys.PAST}" if window.end else keys.HIGHEST
        starting = self._walk(pk, (low, high), search, after, size)
        if window.start is None:
            return starting
        if search.backwards:
            return chain(starting, self._under_way(collection, window.start, search, after, size))
        if after is not None and after.sk > low:
            return starting
        return chain(self._under_way(collection, window.start, search, after, size), starting)

    def _under_way(
        self, collection: str, day: Day, search: Search, after: Position | None, size: int
    ) -> Iterator[Item]:
        """Yield what began before a day and may reach it. Nothing is read before the first is asked for."""
        ranges = [(one.pk(collection), _reach(one, day)) for one in keys.SPAN_CLASSES]
        with ThreadPoolExecutor(len(ranges)) as pool:
            streams = list(pool.map(lambda one: _started(self._walk(one[0], one[1], search, after, size)), ranges))
        yield from merge(*streams, key=lambda item: str(item["sk"]), reverse=search.backwards)

    def _walk(
        self, pk: str, reach: tuple[str, str], search: Search, after: Position | None, size: int
    ) -> Iterator[Item]:
        """Yield what lies between two sort keys and beyond a position, in the order that is asked for."""
        low, high = reach
        if after is not None and search.backwards:
            high = min(high, after.sk_before)
        elif after is not None:
            low = max(low, after.sk)
        return self._table.walk(pk, low, high, size, backwards=search.backwards)


def _started(stream: Iterator[Item]) -> Iterator[Item]:
    """Have the first page of a stream read now."""
    first = list(islice(stream, 1))
    return chain(first, stream)


def _page(
    found: list[tuple[Item, Event]], after: Position | None, examined: int, last: Item | None, seen: dict[str, Held]
) -> TimelinePage:
    events = [event for _, event in found]
    heads = {event.document_id: seen[event.document_id].head for event in events}
    return TimelinePage(events, after, examined, _span(last) if last else None, heads)


def _wanted(items: list[Item], search: Search) -> list[tuple[Item, Event]]:
    """Read the events of those items that overlap the window, and keep the wanted ones."""
    reached = keys.day_key(search.window.start) if search.window.start else ""
    overlapping = [item for item in items if _end(item) >= reached]
    events = [(item, Event.model_validate_json(str(item["body"]))) for item in overlapping]
    return events if search.wanted is None else [one for one in events if search.wanted(one[1])]


def _reach(one: keys.SpanClass, day: Day) -> tuple[str, str]:
    """Bound the sort keys of those spans of a class that began before a day and can reach it."""
    if one is keys.OPEN_START:
        return f"{keys.span_key(None, day)}", keys.span_key(None, None)
    low = keys.day_key(Day.from_ordinal(day.ordinal() - one.days + 1)) if one.days else keys.FIRST_DAY
    return low, keys.day_key(day)


def _position(item: Item) -> Position:
    start, end, event, _ = str(item["sk"]).split("#")
    return Position(f"{start}#{end}", event)


def _span(item: Item) -> keys.Span:
    start, end, _, _ = str(item["sk"]).split("#")
    return keys.read_span(start, end)


def _end(item: Item) -> str:
    return str(item["sk"]).split("#")[1]


def _is_current(item: Item, seen: dict[str, Held]) -> bool:
    held = seen.get(str(item["document"]))
    return held is not None and held.head.current == item["run"]


def _switched_since(held: Held, moment: datetime) -> bool:
    return held.head.switched_at is not None and held.head.switched_at >= moment
