"""The recipes that documents were made by, and the one that both lanes are held to until it is unpinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lane.target import target
from dateline.recipe import recipe
from reprocess.events import RecipeLine, RecipesAnswer, Refusal

if TYPE_CHECKING:
    from dateline.records import Asking
    from dateline.store.store import Store

# Counting reads the index: a million keys are some 20,000 read units.
_COUNTED_AT_MOST = 1_000_000


def recipes(store: Store, own: Asking) -> RecipesAnswer:
    """List all recipes. Their counts follow the heads by moments."""
    wanted, pinned = target(own, store.recipes), store.recipes.pinned()
    lines = [
        RecipeLine(
            recipe=known.recipe,
            asking=known.asking,
            documents=store.recipe_index.count(known.recipe.name, _COUNTED_AT_MOST),
            is_target=known.recipe.name == wanted.recipe.name,
            is_pinned=pinned is not None and known.recipe == pinned.recipe,
        )
        for known in store.recipes.all()
    ]
    return RecipesAnswer(target=wanted.recipe, strayed=wanted.strayed, recipes=tuple(lines))


def pin(name: str, store: Store, own: Asking) -> RecipesAnswer | Refusal:
    """Have both lanes make a recipe that documents were made by.

    Only what this code can make is pinned: code is put back by deploying it.
    """
    known = next((one for one in store.recipes.all() if one.recipe.name == name), None)
    if known is None:
        return Refusal(
            refused=f"no document was ever made by a recipe {name!r}: list the recipes, and name one of them"
        )
    asking = known.asking
    made = recipe(asking.model, asking.language, asking.part_characters)
    if made.ask != known.recipe.ask:
        return Refusal(
            refused="the code that runs cannot make this recipe, for its instructions or schema have changed since: "
            "deploy the code that made it instead; the answers of then are kept, and cost nothing again"
        )
    store.recipes.pin(known)
    return recipes(store, own)


def unpin(store: Store, own: Asking) -> RecipesAnswer:
    """Let both lanes make the deployment's own recipe again."""
    store.recipes.unpin()
    return recipes(store, own)
