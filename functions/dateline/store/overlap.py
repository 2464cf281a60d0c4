"""Rows of a collection by date: those that overlap an interval and are current, in order, with bounded reads.

Every row stands in its collection's partition by its start. What is under way when the interval begins is found by
length: a span of at most 31 days that reaches a day began less than 31 days before it, so one short query a class of
lengths finds it. All of those start before the interval, so they come first, and one order holds for the whole answer.

A row has a version, and its owner says which version readers see: an event's owner is its document's head, an
occurrence's its own head. A row's key names both.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from dateline.dates import Day
from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from dateline.store.table import Item, Table

EXAMINED_AT_MOST = 1_000
# What is filtered is read in larger pieces: few of its items may be wanted, and each piece is a round trip.
_PIECE_OF_FILTERED = 250
_PART_OF_UNDER_WAY, _SMALLEST_PART = 0.4, 10
_DAYS_OF_A_YEAR = 366
_READ = ("sk", "body")
_ATTEMPTS = 3
# How far the clocks of a writer and a reader may be apart.
_CLOCK_SKEW = timedelta(seconds=2)


class Owner(Protocol):
    """What says which version of its rows readers see, and since when."""

    @property
    def shown(self) -> int | None:
        """The version that readers see; None: none."""

    @property
    def switched_at(self) -> datetime | None:
        """When readers were switched to it."""


R = TypeVar("R")
H = TypeVar("H", bound=Owner)


@dataclass(frozen=True, slots=True)
class Position:
    """A place among rows in order: after this row of this span."""

    span: str
    row: str

    @classmethod
    def of(cls, key: keys.RowKey) -> Position:
        """Return the place of a row by its key."""
        return cls(key.span_key, key.row)

    @property
    def sk(self) -> str:
        """The sort key below which everything up to this row lies, of whatever version."""
        return f"{self.span}#{self.row}{keys.PAST}"

    @property
    def sk_before(self) -> str:
        """The sort key above which everything from this row on lies, of whatever version."""
        return f"{self.span}#{self.row}"


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, both included; None is no bound."""

    start: Day | None = None
    end: Day | None = None


@dataclass(frozen=True, slots=True)
class Search(Generic[R]):
    """What is asked for: the days, which of their rows (None: all), and in which order of their starts.

    `owned` chooses among wanted rows by what only their owner, which is read for them, can say.
    What is under way when they begin is looked for in these classes of length, by a query each.
    """

    window: Window = field(default_factory=Window)
    wanted: Callable[[R], bool] | None = None
    backwards: bool = False
    under_way: Collection[keys.SpanClass] = keys.SPAN_CLASSES
    owned: Callable[[R, Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[R, H]):
    """Rows in order, where the next page begins after, if there is more, and how far was looked.

    `reached` is the last span that was examined, None where none was. `owners` are those of the rows.
    """

    rows: list[R]
    next: Position | None
    examined: int
    reached: keys.TimelineSpan | None
    owners: Mapping[str, H]


@dataclass(frozen=True, slots=True)
class Kind(Generic[R, H]):
    """A kind of rows: where they stand, how one is read, and whose it is by its name.

    `owners` reads owners by their ids; those that are not there are left out.
    """

    shelf: keys.Shelf
    read: Callable[[Item], R]
    owner: Callable[[str], str]
    owners: Callable[[set[str]], Mapping[str, H]]


class Overlap(Generic[R, H]):
    """The rows of one kind, of all collections."""

    def __init__(self, table: Table, kind: Kind[R, H], now: Callable[[], datetime]) -> None:
        self._table = table
        self._kind = kind
        self._now = now
        self._pool = ThreadPoolExecutor(len(keys.SPAN_CLASSES))

    def bounds(self, collection: str) -> tuple[Day | None, Day | None]:
        """Return the first day on which something begins, and the end of what begins last, each by reading one item.

        What a run that has just been replaced leaves behind counts until it is tidied away.
        """
        pk = self._kind.shelf.pk(collection)
        first = next(self._table.walk(pk, keys.FIRST_DAY, keys.HIGHEST, 1), None)
        if first is None:
            return None, None
        last = next(self._table.walk(pk, keys.FIRST_DAY, keys.HIGHEST, 1, backwards=True), first)
        beginning, ending = (keys.read_row_key(str(one["sk"])).span for one in (first, last))
        return beginning.start if beginning else None, (ending.end or ending.start) if ending else None

    def page(
        self, collection: str, search: Search[R], after: Position | None, limit: int, examine: int = EXAMINED_AT_MOST
    ) -> Page[R, H]:
        """Read up to `limit` rows that overlap the window and are wanted, of each owner exactly one version.

        The first sight of an owner decides which version this answer shows. One that became current only just before
        may have been written while its rows were being read; then the page is read once more, with the versions that
        were decided on. At most `examine` items are looked at, so a page may be short and still have a next one.
        """
        seen: dict[str, H] = {}
        for _ in range(_ATTEMPTS):
            known, began = set(seen), self._now()
            page = self._read(collection, search, after, limit=limit, examine=examine, seen=seen)
            if not any(_switched_since(seen[one], began - _CLOCK_SKEW) for one in seen.keys() - known):
                break
        return page

    def glance(self, collection: str, search: Search[R], limit: int, seen: dict[str, H]) -> Page[R, H]:
        """Read up to `limit` rows, among as many, once: a switch meanwhile may hide an owner's rows.

        For work that whoever switches does again. Owners that were `seen` are not read again; the others are, into it.
        """
        return self._read(collection, search, None, limit=limit, examine=limit, seen=seen)

    def _read(
        self,
        collection: str,
        search: Search[R],
        after: Position | None,
        *,
        limit: int,
        examine: int,
        seen: dict[str, H],
    ) -> Page[R, H]:
        found: list[tuple[keys.RowKey, R]] = []
        last: keys.RowKey | None = None
        examined = 0
        for opened in self._streams(collection, search, after):
            items = opened(max(limit + 1 - len(found), _PIECE_OF_FILTERED if search.wanted or search.owned else 0))
            while drawn := list(self._draw(items, search, limit + 1 - len(found), examine - examined)):
                examined, last = examined + len(drawn), drawn[-1][0]
                found.extend(self._current(drawn, search, seen))
                if len(found) > limit:
                    return self._page(found[:limit], found[limit - 1][0], examined, seen)
                if examined == examine:
                    return self._page(found, last, examined, seen)
        return self._page(found, last, examined, seen, ended=True)

    def _current(
        self, drawn: list[tuple[keys.RowKey, R | None]], search: Search[R], seen: dict[str, H]
    ) -> Iterator[tuple[keys.RowKey, R]]:
        """Yield what is of a version that this answer shows; owners that were not seen before are read."""
        found = [(key, row) for key, row in drawn if row is not None]
        unseen = {self._owner(key) for key, _ in found} - seen.keys()
        seen.update(self._kind.owners(unseen) if unseen else {})
        shown = ((key, row) for key, row in found if self._is_current(key, seen))
        owned = search.owned
        return ((key, row) for key, row in shown if owned is None or owned(row, seen[self._owner(key)]))

    def _owner(self, key: keys.RowKey) -> str:
        return self._kind.owner(key.row)

    def _is_current(self, key: keys.RowKey, seen: dict[str, H]) -> bool:
        owner = seen.get(self._owner(key))
        return owner is not None and owner.shown == key.version

    def _page(
        self,
        found: list[tuple[keys.RowKey, R]],
        last: keys.RowKey | None,
        examined: int,
        seen: dict[str, H],
        *,
        ended: bool = False,
    ) -> Page[R, H]:
        """Make a page that reaches to the `last` row that was examined."""
        owners = {owner: seen[owner] for owner in (self._owner(key) for key, _ in found)}
        following = Position.of(last) if last and not ended else None
        return Page([row for _, row in found], following, examined, last.span if last else None, owners)

    def _draw(
        self, items: Iterator[Item], search: Search[R], enough: int, at_most: int
    ) -> Iterator[tuple[keys.RowKey, R | None]]:
        """Draw items, each with its row if that is wanted, until there are enough wanted ones, or so many items."""
        begin = keys.day_key(search.window.start) if search.window.start else keys.LOWEST
        for item in islice(items, at_most):
            key = keys.read_row_key(str(item["sk"]))
            row = self._wanted(item, search) if key.end >= begin else None
            yield key, row
            enough -= row is not None
            if enough == 0:
                return

    def _wanted(self, item: Item, search: Search[R]) -> R | None:
        """Read the row of an item, if it is wanted."""
        row = self._kind.read(item)
        return row if search.wanted is None or search.wanted(row) else None

    def _streams(
        self, collection: str, search: Search[R], after: Position | None
    ) -> Iterator[Callable[[int], Iterator[Item]]]:
        """Yield, in order, ways to read the items of whatever run that may overlap a window, so many at a time."""
        window, pk = search.window, self._kind.shelf.pk(collection)
        low = keys.day_key(window.start) if window.start else keys.LOWEST
        high = f"{keys.day_key(window.end)}{keys.PAST}" if window.end else keys.HIGHEST
        reaches_in = bool(search.under_way) and window.start is not None
        if window.start is not None and reaches_in and not search.backwards and (after is None or after.sk <= low):
            yield partial(self._under_way, collection, window.start, search, after)
        yield partial(self._walk, pk, (low, high), search, after)
        if window.start is not None and reaches_in and search.backwards:
            yield partial(self._under_way, collection, window.start, search, after)

    def _under_way(
        self, collection: str, day: Day, search: Search[R], after: Position | None, size: int
    ) -> Iterator[Item]:
        """Yield what began before a day and may reach it, reading a part of `size` of a class at a time.

        Classes that come last are read when the others have been drawn up to there: a page may be full before.
        """
        part = max(int(size * _PART_OF_UNDER_WAY), _SMALLEST_PART)
        walk = partial(self._walk, search=search, after=after, size=part)
        ranges = {one: (self._kind.shelf.span_pk(one, collection), _reach(one, day)) for one in search.under_way}
        last = _last_classes(day, search, after)
        reached = min((ranges[one][1][0] for one in last), default=keys.HIGHEST)
        in_order = partial(merge, key=_order, reverse=search.backwards)
        items: Iterator[Item] = in_order(*self._begin(walk, [ranges[one] for one in ranges if one not in last]))
        for item in items:
            if _order(item) >= reached:
                items = chain([item], items)
                break
            yield item
        yield from in_order(items, *self._begin(walk, [ranges[one] for one in last]))

    def _begin(
        self, walk: Callable[[str, tuple[str, str]], Iterator[Item]], ranges: list[tuple[str, tuple[str, str]]]
    ) -> list[Iterator[Item]]:
        """Begin to read several ranges at once."""
        return list(self._pool.map(lambda one: _started(walk(*one)), ranges))

    def _walk(
        self, pk: str, reach: tuple[str, str], search: Search[R], after: Position | None, size: int
    ) -> Iterator[Item]:
        """Yield what lies between two sort keys and beyond a position, in the order that is asked for."""
        low, high = reach
        if after is not None and search.backwards:
            high = min(high, after.sk_before)
        elif after is not None:
            low = max(low, after.sk)
        return self._table.walk(pk, low, high, size, backwards=search.backwards, only=_READ)


def _order(item: Item) -> str:
    return str(item["sk"])


def _started(stream: Iterator[Item]) -> Iterator[Item]:
    """Have the first page of a stream read now."""
    first = list(islice(stream, 1))
    return chain(first, stream)


def _last_classes(day: Day, search: Search[R], after: Position | None) -> set[keys.SpanClass]:
    """Return the classes that come last: what lasts up to a year began within the year before.

    None do in the other order, beyond where they begin, and where much is looked at and all is read at once.
    """
    last = {one for one in search.under_way if one.days is not None and one.days <= _DAYS_OF_A_YEAR}
    is_there = after is not None and any(after.sk >= _reach(one, day)[0] for one in last)
    return set() if search.backwards or search.wanted or search.owned or is_there else last


def _reach(one: keys.SpanClass, day: Day) -> tuple[str, str]:
    """Bound the sort keys of those spans of a class that began before a day and can reach it."""
    if one is keys.OPEN_START:
        return f"{keys.span_key(None, day)}", keys.span_key(None, None)
    low = keys.day_key(Day.from_ordinal(day.ordinal() - one.days + 1)) if one.days else keys.FIRST_DAY
    return low, keys.day_key(day)


def _switched_since(owner: Owner, moment: datetime) -> bool:
    return owner.switched_at is not None and owner.switched_at >= moment
