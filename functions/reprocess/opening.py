"""Opening a plan for the current target recipe, where documents are stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.store.plans import Plan, Turn
from reprocess.events import Refusal
from reprocess.stale import stale

if TYPE_CHECKING:
    from dateline.store.plans import Lane, Scope
    from reprocess.tools import Tools

_ASKED_SECONDS = 30.0  # of the provider, whether it has batches


def open_plan(tools: Tools, turn: Turn, scope: Scope) -> Turn:
    """Open a plan for stale documents; none is opened where nothing is stale.

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


def refused(tools: Tools, scope: Scope) -> Refusal | None:
    """Refuse to plan under a pin that the code which runs cannot make, and for what there is not."""
    if tools.target.strayed:
        return Refusal(
            refused="the pinned recipe was made by other code than what runs: "
            "deploy that code again, or unpin the recipe"
        )
    for name in scope.collections:
        if not tools.store.listing.is_registered(name):
            return Refusal(
                refused=f"there is no collection {name!r}, for nothing was ever dropped there: "
                "GET /collections lists those that there are"
            )
    there = tools.store.heads.get_many(scope.documents)
    for document_id in scope.documents:
        if document_id not in there:
            return Refusal(
                refused=f"there is no document {document_id!r}: "
                "GET /documents?collection=NAME lists those of a collection with their ids"
            )
    return None


def lane(tools: Tools) -> Lane:
    """Choose the way of documents that need a call. Retryable: the provider does not say whether it has batches."""
    if tools.settings.lane != "auto":
        return tools.settings.lane
    return "batch" if tools.batches().offered(tools.seconds(_ASKED_SECONDS)) else "queue"
