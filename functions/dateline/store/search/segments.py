"""What is searched of collections: an object for each new run, packed into segments of some 4 MB by one worker.

The items of a collection's partition are the manifest: which objects there are. An object is there before its item,
and items of what was packed go only after that of the segment, so that whoever dies half-way leaves some runs in two
objects and none in no object. Readers take no lease: they walk the items in order (`keys.LOOSE_RUN`, `keys.SEGMENT`),
know a run that they meet twice, and drop those that are not current.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.search.segment import VERSION, Segment, batches, header_end, read_header, write_segment
from dateline.store import keys
from dateline.store.bucket import get_as_reader
from dateline.store.lease import Lease, Leased, Leases, read_lease
from dateline.store.table import LostRace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from dateline.search.segment import Piece
    from dateline.store.bucket import Bucket
    from dateline.store.table import Item, Table

_ALL = 1_000_000
# Small enough to be rewritten while a run of the function lasts, large enough that 10,000 documents are 20 reads.
_SEGMENT_BYTES = 4 << 20
# A segment below half of it is packed again with what is new: each run is rewritten some ten times at most.
_SMALL_BYTES = _SEGMENT_BYTES // 2
# A segment's header is read by this much of its beginning: 60 bytes and an id for each of some 500 runs.
_HEADER_BYTES = 1 << 17
_AT_ONCE = 8
_TURN_SECONDS = 120.0
# Nothing more is read or written in a turn that ends so soon, so that the next one does not do the same work.
_LAST_SECONDS = 15.0
_SEGMENTS_A_TURN = 10_000
_LONGEST_WAIT_SECONDS = 5.0
_READY = "ready"

Name = tuple[str, int]


@dataclass(frozen=True, slots=True)
class SearchedObject:
    """An object of a manifest: its S3 key, its bytes, how many runs it holds, and where its item stands."""

    object: str
    size: int
    runs: int
    item: keys.Key

    @property
    def number(self) -> int | None:
        """The number of a segment; None for a run by itself."""
        return keys.segment_number(self.item.sk) if self.item.sk.startswith(keys.SEGMENT) else None


@dataclass(frozen=True, slots=True)
class PackingTurn:
    """The right of one worker to pack a collection's segments."""

    collection: str
    lease: Lease
    _numbers: Iterator[int] = field(default_factory=count, repr=False, compare=False)

    @property
    def first_number(self) -> int:
        """The number of the first segment that is written in this turn, if any is."""
        return self.lease.fence * _SEGMENTS_A_TURN

    def next_number(self) -> int:
        """Return a number for one more segment, above all that were given in earlier turns."""
        return self.first_number + next(self._numbers)


class Segments:
    """What is searched of all collections."""

    def __init__(self, table: Table, bucket: Bucket, now: Callable[[], datetime]) -> None:
        self._table = table
        self._bucket = bucket
        self._leases = Leases(table, now)

    def put_loose(self, collection: str, piece: Piece) -> Item:
        """Write the object of a run, and return its item: with that in the table it is found once it is current."""
        document, run = piece.entry.document, piece.entry.run
        data = write_segment([piece])
        self._bucket.put(keys.loose_object(document, run), data)
        return {**_at(keys.loose_run(collection, document, run)), "size": len(data)}

    def withdraw(self, collection: str, document: str, runs: Iterable[int]) -> None:
        """Forget runs that nobody sees any more; what segments hold of them goes when these are packed whole."""
        gone = sorted(set(runs))
        self._table.put_many(_at(keys.dead_run(collection, document, run)) for run in gone)
        self._table.delete_many(keys.loose_run(collection, document, run) for run in gone)
        self._bucket.delete(keys.loose_object(document, run) for run in gone)

    def loose(self, collection: str, at_most: int) -> int:
        """Count the runs that are in no segment yet, and stop at `at_most`."""
        return len(self._items(collection, keys.LOOSE_RUN, keys.LOOSE_RUN, at_most))

    def is_unpacked(self, collection: str) -> bool:
        """Return whether packing all would change anything."""
        return bool(self._items(collection, keys.DEAD_RUN, keys.LOOSE_RUN, 1))

    def manifest(self, collection: str) -> list[SearchedObject]:
        """List the objects that hold what is searched of a collection: runs in no segment yet, then newest first."""
        items = self._items(collection, keys.LOOSE_RUN, keys.SEGMENT, _ALL)
        parts = [_part(collection, item) for item in items if _is_ready(item)]
        return sorted(parts, key=lambda part: (part.number is not None, -(part.number or 0)))

    def load(self, part: SearchedObject) -> Segment | None:
        """Read an object of a manifest as readers may; None where it was packed into another meanwhile."""
        found = get_as_reader(self._bucket, part.object)
        return Segment(found.data) if found is not None else None

    def take_turn(self, collection: str) -> PackingTurn:
        """Take the right to pack a collection's segments. Retryable: another worker has it."""
        key = keys.packing_turn(collection)
        item = self._table.get(key)
        try:
            lease = self._leases.take(read_lease(item) if item else None, _TURN_SECONDS, _at(key))
        except Leased as leased:
            after = min(leased.seconds, _LONGEST_WAIT_SECONDS)
            raise Retryable("another worker packs this collection's segments", after) from None
        except LostRace as error:
            raise Retryable("another worker was first to pack this collection's segments", 1.0) from error
        return PackingTurn(collection, lease)

    def give_back(self, turn: PackingTurn) -> None:
        """End a turn, unless it is another worker's by now. Where the table is busy it ends by itself, and later."""
        with suppress(LostRace, Retryable):
            self._leases.write(turn.lease.given_back, _at(keys.packing_turn(turn.collection)))

    def pack(self, turn: PackingTurn, deadline: float, *, whole: bool) -> bool:
        """Pack runs by themselves and small segments before `deadline` (`time.monotonic`); return whether all are.

        `whole`: segments that hold runs which nobody sees any more are packed without them, too. What is left
        half-done by a worker that was killed is removed. Packing once more what is packed changes nothing.
        """
        end = min(deadline, monotonic() + _TURN_SECONDS) - _LAST_SECONDS
        items = self._items(turn.collection, keys.DEAD_RUN, keys.SEGMENT, _ALL)
        self._remove([_part(turn.collection, item) for item in items if not _is_ready(item)])
        dead = [item for item in items if str(item["sk"]).startswith(keys.DEAD_RUN)] if whole else []
        gone = frozenset(keys.searched_run(str(item["sk"])) for item in dead)
        parts = [_part(turn.collection, item) for item in items if _is_ready(item) and "size" in item]
        sources = self._sources(parts, gone)
        packed: set[Name] = set()
        taken: list[SearchedObject] = []
        batch: list[Piece] = []
        for start in range(0, len(sources), _AT_ONCE):
            if monotonic() > end:
                self._replace(turn, taken, batch)
                return False
            some = sources[start:][:_AT_ONCE]
            taken += some
            batch += self._pieces(some, gone, packed)
            if sum(piece.size for piece in batch) >= _SEGMENT_BYTES:
                self._replace(turn, taken, batch)
                taken, batch = [], []
        self._replace(turn, taken, batch)
        self._table.delete_many(_key(item) for item in dead)
        return True

    def _sources(self, parts: Sequence[SearchedObject], gone: frozenset[Name]) -> list[SearchedObject]:
        """Choose what is packed: nothing where that would only copy a segment."""
        segments = [part for part in parts if part.number is not None]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            holding = list(pool.map(lambda part: self._holds(part, gone), segments)) if gone else []
        stale = [part for part, holds in zip(segments, holding, strict=False) if holds]
        small = [part for part in segments if part.size < _SMALL_BYTES and part not in stale]
        loose = [part for part in parts if part.number is None]
        changed = [*stale, *loose]
        return [*small, *changed] if changed or len(small) > 1 else []

    def _holds(self, part: SearchedObject, gone: frozenset[Name]) -> bool:
        """Return whether a segment holds one of these runs, by its header, or what other code has written."""
        begin = self._bucket.part(part.object, 0, _HEADER_BYTES) or b""
        end = header_end(begin)
        if end > len(begin):
            begin = self._bucket.part(part.object, 0, end) or b""
        header = read_header(begin[:end])
        return header.version != VERSION or any((one.document, one.run) in gone for one in header.entries)

    def _pieces(self, parts: Sequence[SearchedObject], gone: frozenset[Name], packed: set[Name]) -> list[Piece]:
        """Read what objects hold, but each run once, and none that is gone.

        Withheld: S3 does not hand one out. What replaces it would lack its runs.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            objects = list(pool.map(lambda part: self._bucket.get(part.object), parts))
        found = []
        for piece in (piece for one in objects if one is not None for piece in Segment(one.data).pieces()):
            name = (piece.entry.document, piece.entry.run)
            if name not in gone and name not in packed:
                packed.add(name)
                found.append(piece)
        return found

    def _replace(self, turn: PackingTurn, taken: Sequence[SearchedObject], pieces: Iterable[Piece]) -> None:
        """Write segments in the place of objects."""
        self.write_all(turn, pieces)
        self._remove(taken)

    def write_all(self, turn: PackingTurn, pieces: Iterable[Piece]) -> None:
        """Write as many segments as it takes. Retryable: another worker has the turn by now."""
        for batch in batches(pieces, _SEGMENT_BYTES):
            self._write(turn, batch)

    def _write(self, turn: PackingTurn, pieces: Sequence[Piece]) -> None:
        """Write one segment.

        Its item is there first, and says that it is not ready, so that the next turn finds what a killed worker left.
        """
        number = turn.next_number()
        name, data = keys.segment_object(turn.collection, number), write_segment(pieces)
        item: Item = {**_at(keys.segment(turn.collection, number)), "size": len(data), "runs": len(pieces)}
        self._table.put_new({**item, _READY: 0})
        self._bucket.put(name, data)
        try:
            self._table.put_if({**item, _READY: 1}, **{_READY: 0})
        except LostRace as error:
            self._bucket.delete([name])
            raise Retryable("another worker has taken over packing this collection") from error

    def drop_before(self, turn: PackingTurn, number: int) -> None:
        """Remove the segments that were numbered before this one: all that they held is in others."""
        parts = self.manifest(turn.collection)
        self._remove([part for part in parts if part.number is not None and part.number < number])

    def _remove(self, parts: Sequence[SearchedObject]) -> None:
        """Remove objects and their items.

        Segments count as not ready first, so that the next turn finds what is left of them by a worker that is killed.
        An object of one run that is left goes with its document, which knows its name.
        """
        segments = [part for part in parts if part.number is not None]
        self._table.put_many({**_at(part.item), "size": part.size, "runs": part.runs, _READY: 0} for part in segments)
        self._bucket.delete(part.object for part in segments)
        self._table.delete_many(part.item for part in parts)
        self._bucket.delete(part.object for part in parts if part.number is None)

    def _items(self, collection: str, first: str, last: str, limit: int) -> list[Item]:
        """Read items of a manifest, from those of one kind to those of another."""
        return self._table.between(keys.search_pk(collection), first, f"{last}{keys.HIGHEST}", limit)


def _part(collection: str, item: Item) -> SearchedObject:
    key = _key(item)
    if key.sk.startswith(keys.SEGMENT):
        name = keys.segment_object(collection, keys.segment_number(key.sk))
        return SearchedObject(name, int(item["size"]), int(item["runs"]), key)
    return SearchedObject(keys.loose_object(*keys.searched_run(key.sk)), int(item["size"]), 1, key)


def _is_ready(item: Item) -> bool:
    return item.get(_READY) != 0


def _key(item: Item) -> keys.Key:
    return keys.Key(str(item["pk"]), str(item["sk"]))


def _at(key: keys.Key) -> Item:
    return {"pk": key.pk, "sk": key.sk}
