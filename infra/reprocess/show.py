"""How plans, dry runs and recipes look on a terminal. Names of collections come from outside and are made harmless."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from infra.present import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from rich.console import Console

    from dateline.records import Recipe
    from dateline.store.file_states import FileState, PlanFile
    from dateline.store.plans import DocumentOutcome, Scope, Tally
    from reprocess.events import ChangedDocument, Counted, DryRun, HeldAnswer, Progress, RecipesAnswer, ReportAnswer

_LANES = {"batch": "the provider's Batch API, at half the price", "queue": "the drop queue"}
_STATES = {
    "planning": "looks for stale documents",
    "working": "is under way",
    "ending": "ends early: another recipe is wanted now",
    "done": "is done",
}
_OUTCOMES: dict[DocumentOutcome, str] = {
    "done": "brought up to date",
    "unchanged": "were up to date already",
    "kept": "keep their old run: the new recipe had nothing to show",
    "rejected": "rejected",
    "deleted": "deleted meanwhile",
    "left": "left for the next plan",
}
_FILES: dict[FileState, str] = {
    "written": "to be submitted",
    "begun": "to be submitted",
    "submitted": "at the provider",
    "held": "held",
    "collected": "being taken in",
    "withdrawn": "being taken in",
    "through": "through",
}


def show_dry_run(console: Console, dry: DryRun) -> None:
    """Show what a plan would do and cost. Nothing was written or spent for it."""
    more = " or more" if dry.more else ""
    _line(console, f"{_documents(dry.documents)}{more} would be brought to {_recipe(dry.recipe)}.")
    if dry.documents:
        _counts(console, "Made by recipe", dry.by_recipe)
        _counts(console, "In collection", dry.by_collection)
        _line(console, f"{dry.free:,} need no call: they are judged anew, or were answered before.")
        _line(console, f"{dry.asked:,} are asked about, through {_LANES[dry.lane]}:")
        _line(console, f"about {dry.tokens:,} tokens, {_usd(dry.usd)}.")
    _line(console, "Nothing was written or spent.", "dim")


def show_progress(console: Console, progress: Progress) -> None:
    """Show in a line how far a plan has come."""
    if progress.plan is None:
        nothing = "Nothing is open: all that was asked about is up to date."
        _line(console, "The function is at work on the open plan." if progress.busy else progress.note or nothing)
        return
    files = _files(progress.files)
    _line(console, f"Plan {progress.plan.id} {_STATES[progress.plan.state]}{f'; files: {files}' if files else ''}.")
    if progress.note:
        _line(console, _sentence(progress.note))


def show_report(console: Console, report: ReportAnswer) -> None:
    """Show what a plan has done so far: outcomes, cost, what changed, and where most did."""
    plan = report.plan
    ended = f", ended {plan.ended:%Y-%m-%d %H:%M} UTC" if plan.ended else ""
    _line(console, f"Plan {plan.id} {_STATES[plan.state]}: began {plan.began:%Y-%m-%d %H:%M} UTC{ended}.", "bold")
    _line(console, f"To {_recipe(plan.recipe)}, through {_LANES[plan.lane]}; {_scope(plan.scope)}.")
    if plan.note:
        _line(console, _sentence(plan.note))
    files = _files(report.files)
    _line(console, f"{_documents(plan.documents)}{f' in files: {files}' if files else ''}.")
    for outcome, meaning in _OUTCOMES.items():
        if number := report.tally.outcomes.get(outcome):
            _line(console, f"  {number:,} {meaning}")
    _changes(console, report.tally)
    _most_changed(console, report.most_changed)


def show_held(console: Console, held: HeldAnswer, *, decided: bool) -> None:
    """Show what is held and what it costs, and, where nothing is decided yet, how to go on."""
    _line(console, f"Plan {held.plan} is held, and so are {_documents(held.documents)} of it.", "bold")
    _line(console, f"The provider's batches came back with next to nothing: {harmless(', '.join(held.reasons))}.")
    tokens = "an unknown number of" if held.tokens is None else f"about {held.tokens:,}"
    _line(
        console,
        f"{held.asked:,} are to be asked about. Through {_LANES['queue']}, at the full price, {_recipe(held.recipe)} "
        f"takes {tokens} tokens, {_usd(held.usd)}.",
    )
    if not decided:
        _line(console, "Nothing was spent. `resume --pay` goes on so; `resume --leave` leaves them to the next plan.")


def show_recipes(console: Console, answer: RecipesAnswer) -> None:
    """Show the recipes that documents were made by."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("Recipe", no_wrap=True)  # to be copied
    table.add_column("Model", overflow="fold")
    table.add_column("Language")
    table.add_column("Documents", justify="right")
    table.add_column("")
    for line in answer.recipes:
        roles = ["wanted now"] * line.is_target + ["pinned"] * line.is_pinned
        columns = (line.recipe.name, line.recipe.model, line.asking.language, f"{line.documents:,}", ", ".join(roles))
        table.add_row(*(Text(harmless(column)) for column in columns))
    console.print(table)
    if answer.target.name not in {line.recipe.name for line in answer.recipes}:
        _line(console, f"Wanted now, and no document was made by it yet: {_recipe(answer.target)}.")
    if answer.strayed:
        _line(
            console,
            "The pinned recipe cannot be made by the code that is deployed, so nothing is reprocessed. "
            "Deploy the code that made it, or unpin.",
            "red",
        )


def _changes(console: Console, tally: Tally) -> None:
    _line(console, f"{tally.tokens:,} tokens were paid for, {_usd(tally.usd)}.")
    _line(
        console,
        f"{_documents(tally.changed)} changed: {tally.added:,} events added, {tally.gone:,} gone, "
        f"{tally.dates:,} dated otherwise, {tally.statuses:,} with another status.",
    )


def _most_changed(console: Console, changed: Sequence[ChangedDocument]) -> None:
    if not changed:
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for name in ("Changed most", "added", "gone", "dates", "statuses"):
        table.add_column(name, justify="left" if name == "Changed most" else "right")
    for one in changed:
        numbers = (one.added, one.gone, one.dates, one.statuses)
        table.add_row(Text(one.document_id), *(f"{number:,}" for number in numbers))
    console.print(table)
    _line(console, "GET /documents/ID/difference shows a document's old and new events side by side.", "dim")


def _counts(console: Console, heading: str, counted: Iterable[Counted]) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column(heading, overflow="fold")
    table.add_column("documents", justify="right")
    for one in counted:
        table.add_row(Text(harmless(one.name)), f"{one.documents:,}")
    console.print(table)


def _files(files: Sequence[PlanFile]) -> str:
    counts = Counter(_FILES[file.state] for file in files)
    return ", ".join(f"{counts[meaning]} {meaning}" for meaning in dict.fromkeys(_FILES.values()) if counts[meaning])


def _scope(scope: Scope) -> str:
    parts = [
        f"collections {', '.join(map(harmless, scope.collections))}" if scope.collections else "",
        f"without {', '.join(map(harmless, scope.without))}" if scope.without else "",
        f"{len(scope.documents):,} named documents" if scope.documents else "",
        f"dropped since {scope.since}" if scope.since else "",
        f"at most {scope.limit:,}" if scope.limit else "",
    ]
    order = "the newest drops first" if scope.newest_first else "the oldest drops first"
    return ", ".join(part for part in [*parts, order] if part)


def _recipe(recipe: Recipe) -> str:
    return f"{harmless(recipe.model)} ({recipe.name})"


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"


def _sentence(note: str) -> str:
    return f"{harmless(note[:1].upper() + note[1:])}."


def _usd(usd: Decimal | None) -> str:
    return "at no known price" if usd is None else f"about {usd:,.2f} USD"


def _line(console: Console, line: str, style: str = "") -> None:
    console.print(Text(line, style=style), soft_wrap=True)
