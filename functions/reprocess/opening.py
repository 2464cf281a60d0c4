"""A plan is opened: for the recipe that is wanted now, unless nothing is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.store.plans import Plan, Turn
from reprocess.events import Refusal
from reprocess.stale import stale

if TYPE_CHECKING:
    from dateline.store.plans import Lane, Scope
    from dateline.target import Target
    from reprocess.tools import Tools

_ASKED_SECONDS = 30.0  # of the provider, whether it has batches


def open_plan(tools: Tools, turn: Turn, scope: Scope) -> Turn:
    """Open a plan for what is stale; where nothing is, none is open.

    Retryable: the provider does not say whether it has batches, or the turn is another run's by now.
    """
    began = tools.now()
    looked = stale(tools.store, tools.target.recipe.name, scope, began)
    if not any(one.head for some in looked for one in some):
        return Turn(turn.fence, None)
    plan = Plan(
        id=tools.store.plans.new_id(),
        recipe=tools.target.recipe,
        asking=tools.target.asking,
        scope=scope,
        lane=lane(tools),
        state="planning",
        began=began,
    )
    return tools.store.plans.open(turn, plan)


def strayed(target: Target) -> Refusal | None:
    """Refuse to reprocess under a pin that the code which runs cannot make."""
    if not target.strayed:
        return None
    return Refusal(
        refused="the pinned recipe was made by other code than what runs: deploy that code again, or unpin the recipe"
    )


def lane(tools: Tools) -> Lane:
    """Choose the way of documents that need a call. Retryable: the provider does not say whether it has batches."""
    if tools.settings.lane != "auto":
        return tools.settings.lane
    return "batch" if tools.batches().offered(tools.seconds(_ASKED_SECONDS)) else "queue"
