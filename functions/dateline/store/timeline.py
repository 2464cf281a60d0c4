"""A collection's timeline: the current events that overlap an interval, in order, with bounded reads.

Every event stands in its collection's partition by its start. What is under way when the interval begins is found by
length: a span of at most 31 days that reaches a day began less than 31 days before it, so one short query a class of
lengths finds it. All of those start before the interval, so they come first, and one order holds for the whole answer.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.records import Event
from dateline.store import keys
from dateline.store.runs import Position, given_starts
from dateline.stored import read_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dateline.store.heads import Head, Heads, Held
    from dateline.store.table import Item, Table

EXAMINED_AT_MOST = 1_000
# What is filtered is read in larger pieces: few of its items may be wanted, and each piece is a round trip.
_PIECE_OF_FILTERED = 250
_PARTS_OF_UNDER_WAY, _SMALLEST_PART = 4, 10
_READ = ("sk", "run", "document", "body")
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

    `reached` is the last span that was examined, None where none was. `heads` are those of the events' documents;
    `starts` are as in `EventsPage`.
    """

    events: list[Event]
    next: Position | None
    examined: int
    reached: keys.Span | None
    heads: Mapping[str, Head]
    starts: Mapping[str, Day]


class Timeline:
    """The timelines of all collections."""

    def __init__(self, table: Table, heads: Heads, now: Callable[[], datetime]) -> None:
        self._table = table
        self._heads = heads
        self._now = now
        self._pool = ThreadPoolExecutor(len(keys.SPAN_CLASSES))

    def bounds(self, collection: str) -> tuple[Day | None, Day | None]:
        """Return the first day on which something begins, and the end of what begins last, each by reading one item.

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
        found: list[tuple[Item, Event]] = []
        last: Item | None = None
        examined = 0
        for opened in self._streams(collection, search, after):
            items = opened(max(limit + 1 - len(found), _PIECE_OF_FILTERED if search.wanted else 0))
            while drawn := list(_draw(items, search, limit + 1 - len(found), examine - examined)):
                examined, last = examined + len(drawn), drawn[-1][0]
                found.extend(self._current(drawn, seen))
                if len(found) > limit:
                    return _page(found[:limit], found[limit - 1][0], examined, seen)
                if examined == examine:
                    return _page(found, last, examined, seen)
        return _page(found, last, examined, seen, ended=True)

    def _current(self, drawn: list[tuple[Item, Event | None]], seen: dict[str, Held]) -> Iterator[tuple[Item, Event]]:
        """Yield what is of a run that this answer shows; heads that were not seen before are read."""
        found = [(item, event) for item, event in drawn if event is not None]
        seen.update(self._heads.get_many({event.document_id for _, event in found} - seen.keys()))
        return ((item, event) for item, event in found if _is_current(item, seen))

    def _streams(
        self, collection: str, search: Search, after: Position | None
    ) -> Iterator[Callable[[int], Iterator[Item]]]:
        """Yield, in order, ways to read the items of whatever run that may overlap a window, so many at a time."""
        window, pk = search.window, keys.timeline_pk(collection)
        low = keys.day_key(window.start) if window.start else keys.LOWEST
        high = f"{keys.day_key(window.end)}{keys.PAST}" if window.end else keys.HIGHEST
        if window.start is not None and not search.backwards and (after is None or after.sk <= low):
            yield partial(self._under_way, collection, window.start, search, after)
        yield partial(self._walk, pk, (low, high), search, after)
        if window.start is not None and search.backwards:
            yield partial(self._under_way, collection, window.start, search, after)

    def _under_way(
        self, collection: str, day: Day, search: Search, after: Position | None, size: int
    ) -> Iterator[Item]:
        """Yield what began before a day and may reach it.

        Of each class a part of `size` is read at first: most of what is under way is of a few classes.
        """
        part = max(size // _PARTS_OF_UNDER_WAY, _SMALLEST_PART)
        ranges = [(one.pk(collection), _reach(one, day)) for one in keys.SPAN_CLASSES]
        streams = list(self._pool.map(lambda one: _started(self._walk(one[0], one[1], search, after, part)), ranges))
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
        return self._table.walk(pk, low, high, size, backwards=search.backwards, only=_READ)


def _started(stream: Iterator[Item]) -> Iterator[Item]:
    """Have the first page of a stream read now."""
    first = list(islice(stream, 1))
    return chain(first, stream)


def _page(
    found: list[tuple[Item, Event]], last: Item | None, examined: int, seen: dict[str, Held], *, ended: bool = False
) -> TimelinePage:
    """Make a page that reaches to the `last` item."""
    events = [event for _, event in found]
    heads = {event.document_id: seen[event.document_id].head for event in events}
    following = _position(last) if last and not ended else None
    starts = given_starts((event, _span(item)) for item, event in found if event.when.earliest is None)
    return TimelinePage(events, following, examined, _span(last) if last else None, heads, starts)


def _draw(items: Iterator[Item], search: Search, enough: int, at_most: int) -> Iterator[tuple[Item, Event | None]]:
    """Draw items, each with its event if that is wanted, until there are enough wanted ones, or so many items."""
    for item in islice(items, at_most):
        event = _wanted(item, search)
        yield item, event
        enough -= event is not None
        if enough == 0:
            return


def _wanted(item: Item, search: Search) -> Event | None:
    """Read the event of an item, if it overlaps the window and is wanted."""
    if search.window.start is not None and _end(item) < keys.day_key(search.window.start):
        return None
    event = read_item(Event, item)
    return event if search.wanted is None or search.wanted(event) else None


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
