"""Which collections there are, and which documents a collection has, newest drop first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dateline.store import keys
from dateline.store.heads import UNDONE

if TYPE_CHECKING:
    from collections.abc import Collection

    from dateline.dates import Day
    from dateline.records import Event
    from dateline.store.heads import Heads, Held, State
    from dateline.store.overlap import Overlap
    from dateline.store.table import Table

_AT_ONCE = 16
# DynamoDB allows a sort key of so many bytes; no S3 key, and so no collection's name, is longer.
_LONGEST_NAME = 1_024
# Counting further would cost a reader more than the number is worth: 1,000 keys are one read of some 150 kB.
COUNTED_AT_MOST = 1_000
# No index knows what is done: a page of it looks at so many documents at most, ten reads of a hundred heads.
EXAMINED_AT_MOST = 1_000
_PIECE = 100


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """Documents, newest drop first, where the next page begins before, if there is more, and how many were examined."""

    documents: list[Held]
    next: str | None
    examined: int


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many documents a collection has, and how many of them wait or are rejected; each up to `COUNTED_AT_MOST`."""

    documents: int
    waiting: int
    rejected: int


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """A collection: how many documents it has, counted up to `COUNTED_AT_MOST`, and the days that it spans."""

    name: str
    documents: int
    first: Day | None
    last: Day | None


@dataclass(frozen=True, slots=True)
class CollectionsPage:
    """Collections in order of their names, and the name after which the next page begins, if there is more."""

    collections: list[CollectionLine]
    next: str | None


class Listing:
    """The registry of collections and the indexes of drops and states. An index lags behind the heads by moments."""

    def __init__(self, table: Table, heads: Heads, timeline: Overlap[Event, Held]) -> None:
        self._table = table
        self._heads = heads
        self._timeline = timeline
        self._registered: set[str] = set()

    def register(self, collection: str) -> None:
        """Note that a collection has been seen, once in a worker's life: nothing ever takes it back."""
        if collection not in self._registered:
            self._table.put({"pk": keys.COLLECTIONS, "sk": collection})
            self._registered.add(collection)

    def is_registered(self, collection: str) -> bool:
        """Return whether a collection is registered. What was once is for good, and is looked up no more."""
        if collection in self._registered:
            return True
        if not 0 < len(collection.encode(errors="replace")) <= _LONGEST_NAME:
            return False
        if self._table.get(keys.Key(keys.COLLECTIONS, collection)) is None:
            return False
        self._registered.add(collection)
        return True

    def collections(self, after: str | None, limit: int, only: Collection[str] | None = None) -> CollectionsPage:
        """List the collections that have a document now; with `only`, no others than these."""
        rest = self.names(after, limit + 1, only)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            lines = list(pool.map(self._line, rest[:limit]))
        return CollectionsPage([one for one in lines if one.documents], rest[limit - 1] if len(rest) > limit else None)

    def names(self, after: str | None, limit: int, only: Collection[str] | None = None) -> list[str]:
        """List the registered collections after a name, with documents or without; with `only`, no others than these.

        What nobody ever dropped anything into may be among `only`; it has no documents.
        """
        if only is not None:
            return sorted(name for name in only if name and (after is None or name > after))[:limit]
        items = self._table.between(keys.COLLECTIONS, after or keys.LOWEST, keys.HIGHEST, limit + 1)
        return [str(item["sk"]) for item in items if item["sk"] != after][:limit]

    def next_collection(self, after: str | None) -> str | None:
        """Return the first registered collection after a name, with documents or without."""
        return next(iter(self.names(after, 1)), None)

    def _line(self, name: str) -> CollectionLine:
        documents = self._documents(name)
        first, last = self._timeline.bounds(name) if documents else (None, None)
        return CollectionLine(name, documents, first, last)

    def counts(self, collection: str) -> StateCounts:
        """Count a collection's documents by the indexes."""
        waiting, rejected = (
            self._table.count(keys.BY_STATE, collection, *_reach(one), COUNTED_AT_MOST) for one in UNDONE
        )
        return StateCounts(self._documents(collection), waiting, rejected)

    def _documents(self, collection: str) -> int:
        return self._table.count(keys.BY_DROP, collection, keys.LOWEST, keys.HIGHEST, COUNTED_AT_MOST)

    def documents(self, collection: str, before: str | None, limit: int, state: State | None = None) -> DocumentsPage:
        """List a collection's documents with their present state; with `state`, only those that are in it now.

        A page of one state may be short, or empty, and still have a next one.
        """
        index, (low, high) = keys.BY_DROP, (keys.LOWEST, keys.HIGHEST)
        most, piece = (limit, limit) if state is None else (EXAMINED_AT_MOST, _PIECE)
        if state is not None and state in UNDONE:
            index, (low, high), piece = keys.BY_STATE, _reach(state), limit
        wanted: list[Held] = []
        examined = 0
        while True:
            size = min(piece, most - examined)
            found = self._newest(index, collection, (low, before or high), size + 1)
            heads = self._heads.get_many(document_id for document_id, _ in found[:size])
            for number, (document_id, dropped) in enumerate(found[:size], 1):
                before, examined = dropped, examined + 1
                if document_id in heads and _is_in(heads[document_id], state):
                    wanted.append(heads[document_id])
                if number == len(found) or len(wanted) == limit or examined == most:
                    return DocumentsPage(wanted, before if number < len(found) else None, examined)
            if not found:
                return DocumentsPage(wanted, None, examined)

    def oldest(self, collection: str, after: str | None, limit: int) -> tuple[list[str], str | None]:
        """List the ids of a collection's documents, oldest drop first, and the drop to go on after, if any."""
        items = self._table.walk_index(keys.BY_DROP, collection, after or keys.LOWEST, keys.HIGHEST, limit + 2)
        newer = islice((item for item in items if item["dropped"] != after), limit + 1)
        found = [(keys.document_of(str(item["pk"])), str(item["dropped"])) for item in newer]
        return [document_id for document_id, _ in found[:limit]], found[limit - 1][1] if len(found) > limit else None

    def _newest(self, index: keys.Index, collection: str, reach: tuple[str, str], limit: int) -> list[tuple[str, str]]:
        """List documents in an index, from the end of a reach on, with their places; the end is none of them."""
        items = self._table.walk_index(index, collection, *reach, limit + 1, backwards=True)
        older = (item for item in items if item[index.order] != reach[1])
        return [(keys.document_of(str(item["pk"])), str(item[index.order])) for item in islice(older, limit)]


def _reach(state: str) -> tuple[str, str]:
    """Bound what the index of states has of one."""
    return keys.state_order(state), f"{state}{keys.PAST}"


def _is_in(held: Held, state: State | None) -> bool:
    """Return whether a document is in a state; None is any that it can be in while it is there."""
    return held.head.state == state if state is not None else held.head.state != "deleted"
