"""Which documents were made by given recipes, in the order of their drops: the index by recipe, read in order.

An index lags behind the heads by moments, so what it says is a hint; the head decides.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING

from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from dateline.store.table import Item, Table

# Keys that one query reads: some 75 kB. Sixteen queries and more are open at a time.
_MOST_A_QUERY = 500
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Reach:
    """Which drops are looked at, in which order: from the first moment of a day on (UTC), and before a moment."""

    since: date | None
    before: datetime
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """A document in the index, and the position after which a walk goes on behind it."""

    document_id: str
    position: str


class RecipeIndex:
    """The index by recipe."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def walk(self, recipes: Sequence[str], reach: Reach, after: str | None, size: int) -> Iterator[Sighting]:
        """Yield the documents of recipes in the order of their drops, those beyond the position `after`.

        Each of a recipe's 16 partitions is asked once, and once more for every `size` of its documents, at most 500.
        """
        partitions = [partition for recipe in recipes for partition in keys.recipe_shards(recipe)]
        low, high = _bounds(reach, after)

        def begun(partition: str) -> Iterator[Item]:
            items = self._table.walk_index(
                keys.BY_RECIPE, partition, low, high, min(size, _MOST_A_QUERY), backwards=reach.newest_first
            )
            return chain(list(islice(items, 1)), items)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            streams = list(pool.map(begun, partitions))
        for item in merge(*streams, key=_position, reverse=reach.newest_first):
            if _position(item) != after:
                yield Sighting(keys.document_of(str(item["pk"])), _position(item))

    def count(self, recipe: str, at_most: int) -> int:
        """Count the documents of a recipe, and stop at `at_most`."""
        found = 0
        for partition in keys.recipe_shards(recipe):
            found += self._table.count(keys.BY_RECIPE, partition, keys.LOWEST, keys.HIGHEST, at_most - found)
            if found >= at_most:
                break
        return found


def _bounds(reach: Reach, after: str | None) -> tuple[str, str]:
    """Bound the positions, both included. A position is a moment and more, so a moment stands before all of its own."""
    low = reach.since.isoformat() if reach.since else keys.LOWEST
    high = keys.drop_order(reach.before)
    if after is not None and reach.newest_first:
        return low, min(high, after)
    return (low if after is None else max(low, after)), high


def _position(item: Item) -> str:
    return str(item["dropped"])
