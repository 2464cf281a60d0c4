"""What work on a document needs, and what it is told to reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarize.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents.limits import Limits
    from dateline.lane.target import Target
    from dateline.provider.client import Model
    from dateline.records import Asking, Recipe
    from dateline.store.store import Store


@dataclass(frozen=True, slots=True)
class Tools:
    """The store, a model (made when one is asked), what every document is to be asked and made by, and the limits.

    `alone`: a worker that died here died of this document; others worked on beside it else.
    """

    store: Store
    model: Callable[[], Model]
    target: Target
    limits: Limits
    budget: Budget = field(default_factory=Budget)
    alone: bool = True

    @property
    def recipe(self) -> Recipe:
        """The recipe that documents are brought to."""
        return self.target.recipe

    @property
    def asking(self) -> Asking:
        """What the model is asked with."""
        return self.target.asking
