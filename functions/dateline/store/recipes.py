"""Which recipes documents were ever made by, and which one is pinned: what `by_recipe` is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dateline.records import Asking, Recipe, Record
from dateline.store import keys
from dateline.stored import read_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.store.table import Table

_MOST = 1_000  # a deployment meets some dozens in its life


class KnownRecipe(Record):
    """A recipe and what a deployment chose to make it; `seen` is when a document was first made by it."""

    recipe: Recipe
    asking: Asking
    seen: datetime


class Recipes:
    """The registry of recipes, and the pin."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._now = now
        self._registered: set[str] = set()

    def register(self, recipe: Recipe, asking: Asking) -> None:
        """Note a recipe before the first head names it: by the registry those heads are found when it is stale.

        A process notes each recipe once.
        """
        if recipe.name not in self._registered:
            known = KnownRecipe(recipe=recipe, asking=asking, seen=self._now())
            if self._get(recipe.name) is None:
                self._table.put(self._item(keys.recipe(recipe.name), known))
            self._registered.add(recipe.name)

    def all(self) -> list[KnownRecipe]:
        """List all recipes, the first seen first."""
        items = self._table.between(keys.RECIPES, keys.LOWEST, keys.HIGHEST, _MOST)
        known = [read_item(KnownRecipe, item) for item in items]
        return sorted(known, key=lambda one: one.seen)

    def pinned(self) -> KnownRecipe | None:
        """Return which recipe is pinned for both lanes, if one is."""
        item = self._table.get(keys.PIN)
        return read_item(KnownRecipe, item) if item else None

    def pin(self, known: KnownRecipe) -> None:
        """Have both lanes make this recipe until it is unpinned."""
        self._table.put(self._item(keys.PIN, known))

    def unpin(self) -> None:
        """Let both lanes make the deployment's own recipe again."""
        self._table.delete_many([keys.PIN])

    def _get(self, name: str) -> KnownRecipe | None:
        item = self._table.get(keys.recipe(name))
        return read_item(KnownRecipe, item) if item else None

    @staticmethod
    def _item(key: keys.Key, known: KnownRecipe) -> dict[str, str | int]:
        return {"pk": key.pk, "sk": key.sk, "body": known.model_dump_json()}
