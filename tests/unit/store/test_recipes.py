from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.records import Asking, Recipe

if TYPE_CHECKING:
    from dateline.store.store import Store

ASKING = Asking(model="m", language="en", part_characters=40_000)


def test_a_recipe_is_listed_once(store: Store) -> None:
    for ask in ("b", "a", "b"):
        store.recipes.register(Recipe(ask=ask, judge="j", model="m"), ASKING)

    assert sorted(one.recipe.ask for one in store.recipes.all()) == ["a", "b"]


def test_a_pin_holds_until_it_is_taken_out(store: Store) -> None:
    store.recipes.register(Recipe(ask="a", judge="j", model="m"), ASKING)
    known = store.recipes.all()[0]

    store.recipes.pin(known)
    assert store.recipes.pinned() == known

    store.recipes.unpin()
    assert store.recipes.pinned() is None
