"""What the function is told, by its schedules and by hand, and what it answers: JSON both ways."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, RootModel

from dateline.records import Asking, Recipe, Record
from dateline.store.file_states import PlanFile
from dateline.store.plans import Plan, Scope, Tally


class PlanEvent(Scope):
    """Open a plan for the stale documents of a scope, or go on with the open one; `dry_run`: only say what it is."""

    kind: Literal["plan"] = "plan"
    dry_run: bool = False

    @property
    def scope(self) -> Scope:
        """The stale documents that it is for."""
        return Scope(**{name: getattr(self, name) for name in Scope.model_fields})


class CollectEvent(Record):
    """Do all that is due: go on planning, submit, collect, feed, close."""

    kind: Literal["collect"] = "collect"


class ReportEvent(Record):
    """Sum up a plan, the newest if none is named."""

    kind: Literal["report"] = "report"
    plan: str | None = None


class HeldEvent(Record):
    """Tell what of the open plan is held, and what it costs to go on with it."""

    kind: Literal["held"] = "held"


class ResumeEvent(Record):
    """Ask about what the held `files` of a plan lack at the full price, or `leave` it to the next plan."""

    kind: Literal["resume"] = "resume"
    plan: str
    files: tuple[int, ...]
    leave: bool = False


class RecipesEvent(Record):
    """List the recipes that documents were made by."""

    kind: Literal["recipes"] = "recipes"


class PinEvent(Record):
    """Have both lanes make a recipe until it is unpinned."""

    kind: Literal["pin"] = "pin"
    recipe: str


class UnpinEvent(Record):
    """Let both lanes make the deployment's own recipe again."""

    kind: Literal["unpin"] = "unpin"


Event = PlanEvent | CollectEvent | ReportEvent | HeldEvent | ResumeEvent | RecipesEvent | PinEvent | UnpinEvent


class AnyEvent(RootModel[Annotated[Event, Field(discriminator="kind")]]):
    """An event of any kind."""


class Refusal(Record):
    """Nothing was done, and why: what a person has to mend first."""

    refused: str


class Progress(Record):
    """How far the open plan has come, or the one that this run has ended; `note` says what is waited for.

    No `plan`: nothing is open. `busy`: another run of the function works on it, and this one did nothing.
    """

    plan: Plan | None = None
    files: tuple[PlanFile, ...] = ()
    busy: bool = False
    note: str | None = None


class Counted(Record):
    """Stale documents that have something in common: a recipe's name, or a collection's."""

    name: str
    documents: int


class DryRun(Record):
    """What a plan would do now.

    Of its `documents` some are answered already or only judged anew (`free`), the others need calls (`asked`), for
    about so many `tokens`, worked out from the documents' last runs; `usd` is None where no price is known. `lane` is
    the way of those calls; in batches they cost half. What thousands of documents need is estimated from
    some of them. `more`: there are others, beyond the plan's limit or not counted in the time that there was.
    """

    recipe: Recipe
    lane: Literal["batch", "queue"]
    documents: int
    more: bool
    by_recipe: tuple[Counted, ...]
    by_collection: tuple[Counted, ...]
    free: int
    asked: int
    tokens: int
    usd: Decimal | None


class HeldAnswer(Record):
    """The `files` of a plan that are held, and why.

    Of their `documents` some have to be `asked` about in the live lane, for about so many `tokens`, worked out from
    the documents' last runs; None where there are no such runs, or no price is known.
    """

    plan: str
    recipe: Recipe
    files: tuple[int, ...]
    reasons: tuple[str, ...]
    documents: int
    asked: int
    tokens: int | None
    usd: Decimal | None


class RecipeLine(Record):
    """A recipe that documents were made by, and how many have it now."""

    recipe: Recipe
    asking: Asking
    documents: int
    is_target: bool
    is_pinned: bool


class RecipesAnswer(Record):
    """All recipes, the first seen first; `target` is what both lanes make. `strayed`: the code cannot make the pin."""

    target: Recipe
    strayed: bool
    recipes: tuple[RecipeLine, ...]


class ChangedDocument(Record):
    """A document whose run changed, by numbers of events."""

    document_id: str
    added: int
    gone: int
    dates: int
    statuses: int


class ReportAnswer(Record):
    """A plan with its files, what its documents came to so far, and those that changed most, the first the most.

    The plan says how many documents it has, which are under way (`in_flight`), and what it waits for (`note`).
    """

    plan: Plan
    files: tuple[PlanFile, ...]
    tally: Tally
    most_changed: tuple[ChangedDocument, ...]
