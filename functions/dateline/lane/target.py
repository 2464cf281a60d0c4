"""The target recipe of both lanes: the deployment's own, or the pinned one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.recipe import recipe

if TYPE_CHECKING:
    from dateline.records import Asking, Recipe
    from dateline.store.recipes import Recipes


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be asked, and the recipe that this makes with the code that runs. `strayed`: a pin names another.

    Code is put back by deploying it, not by a pin: under a pin whose ask this code cannot make, new documents are
    asked with the pinned model and this code's prompt, and nothing is reprocessed.
    """

    asking: Asking
    recipe: Recipe
    strayed: bool = False


def target(own: Asking, recipes: Recipes) -> Target:
    """Return the current target recipe."""
    pinned = recipes.pinned()
    asking = pinned.asking if pinned else own
    made = recipe(asking.model, asking.language, asking.part_characters)
    return Target(asking, made, strayed=pinned is not None and pinned.recipe.ask != made.ask)
