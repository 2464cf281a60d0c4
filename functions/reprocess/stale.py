"""Which documents a plan is for: the index says where to look, and the heads decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING

from dateline.store.indexes.by_recipe import Reach, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dateline.store.heads import Head
    from dateline.store.plans import Scope
    from dateline.store.store import Store

_HEADS_AT_ONCE = 100  # one read of the table
_MANY = 500  # keys that a query of the index reads where all are wanted


@dataclass(frozen=True, slots=True)
class Looked:
    """A document that was looked at: its head if it is stale and wanted; after `position` the next one follows."""

    position: str
    head: Head | None


def stale(store: Store, recipe: str, scope: Scope, began: datetime, after: str | None = None) -> Iterator[list[Looked]]:
    """Yield the documents that might not have a recipe, in the order of the scope, some at a time.

    Those dropped since the plan `began` are the live lane's. So none is met twice, whatever is dropped meanwhile. A
    document whose head cannot be read is passed over: the daily sweep reports it.
    """
    sightings = _sightings(store, recipe, scope, began, after)
    while some := list(islice(sightings, _HEADS_AT_ONCE)):
        heads = store.heads.get_each(one.document_id for one in some).found
        found = [heads[one.document_id].head if one.document_id in heads else None for one in some]
        yield [
            Looked(one.position, head if head and _is_wanted(head, recipe, scope) else None)
            for one, head in zip(some, found, strict=True)
        ]


def _sightings(store: Store, recipe: str, scope: Scope, began: datetime, after: str | None) -> Iterator[Sighting]:
    if scope.documents:
        ids = sorted(set(scope.documents))
        return (Sighting(one, one) for one in ids if after is None or one > after)
    others = [known.recipe.name for known in store.recipes.all() if known.recipe.name != recipe]
    reach = Reach(scope.since, began, scope.newest_first)
    return store.recipe_index.walk(others, reach, after, max(scope.limit, _HEADS_AT_ONCE) if scope.limit else _MANY)


def _is_wanted(head: Head, recipe: str, scope: Scope) -> bool:
    """Return whether a head is stale and within a scope. Without a recipe nothing was ever said of the document."""
    collection = head.place.collection
    return (
        head.recipe not in {None, recipe}
        and head.state != "deleted"
        and collection not in scope.without
        and (not scope.collections or collection in scope.collections)
        and (scope.since is None or head.dropped.astimezone(UTC).date() >= scope.since)
    )
