"""Which collections there are, and which documents a collection has, newest drop first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.store import keys

if TYPE_CHECKING:
    from dateline.store.heads import Head, Heads
    from dateline.store.table import Table

_INDEX = "by_drop"
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """Documents, newest drop first, and where the next page begins before, if there is more."""

    heads: list[Head]
    next: str | None


@dataclass(frozen=True, slots=True)
class CollectionsPage:
    """Names of collections in order, and the last of them if there is more."""

    names: list[str]
    next: str | None


class Listing:
    """The registry of collections and the index of drops. An index lags behind the heads by moments."""

    def __init__(self, table: Table, heads: Heads) -> None:
        self._table = table
        self._heads = heads

    def register(self, collection: str) -> None:
        """Note that a collection has been seen."""
        self._table.put({"pk": keys.COLLECTIONS, "sk": collection})

    def is_registered(self, collection: str) -> bool:
        """Tell whether a collection has ever been seen."""
        return self._table.get(keys.Key(keys.COLLECTIONS, collection)) is not None

    def collections(self, after: str | None, limit: int) -> CollectionsPage:
        """List the collections that have a document now."""
        items = self._table.between(keys.COLLECTIONS, after or keys.LOWEST, keys.HIGHEST, limit + 2)
        rest = [str(item["sk"]) for item in items if item["sk"] != after]
        names = rest[:limit]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            filled = list(pool.map(lambda name: bool(self._newest(name, None, 1)), names))
        return CollectionsPage(
            [name for name, one in zip(names, filled, strict=True) if one], names[-1] if len(rest) > limit else None
        )

    def documents(self, collection: str, before: str | None, limit: int) -> DocumentsPage:
        """List a collection's documents with their present state."""
        found = self._newest(collection, before, limit + 1)
        heads = self._heads.get_many(document_id for document_id, _ in found[:limit])
        there = [heads[one].head for one, _ in found[:limit] if one in heads and heads[one].head.state != "deleted"]
        return DocumentsPage(there, found[limit - 1][1] if len(found) > limit else None)

    def _newest(self, collection: str, before: str | None, limit: int) -> list[tuple[str, str]]:
        items = self._table.newest(_INDEX, "collection", collection, before, limit)
        return [(str(item["pk"]).removeprefix("DOC#"), str(item["dropped"])) for item in items]
