"""The command line of `dateline reprocess`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from infra.local.isolation import isolate
from infra.local.paths import DEFAULT_STATE, State
from infra.reprocess import show
from infra.reprocess.function import Refused, of_stack, of_state
from infra.stack import NotFound
from reprocess.events import (
    CollectEvent,
    DryRun,
    HeldAnswer,
    HeldEvent,
    PinEvent,
    PlanEvent,
    Progress,
    RecipesAnswer,
    RecipesEvent,
    ReportAnswer,
    ReportEvent,
    ResumeEvent,
    UnpinEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.reprocess.function import Function

_DONE, _REFUSED, _USAGE = 0, 1, 2
# A batch takes a provider minutes or hours, and nobody watches that; the stand-in's are over in seconds.
WATCH_SECONDS = 30.0
_LOOK_SECONDS = 0.5


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Do what the command line asks for. Status 0: done, or it goes on by itself; 1: refused; 2: no such stack."""
    if options.action and _plan(options) != PlanEvent():
        return fail(f"what is to be reprocessed is said to a plan, not to `{options.action}`", _USAGE)
    console = Console(highlight=False)
    try:
        return _act(_function(options), options, console)
    except NotFound as error:
        return fail(str(error), _USAGE)
    except Refused as error:
        return fail(str(error), _REFUSED)


def _function(options: argparse.Namespace) -> Function:
    if options.stack:
        return of_stack(options.stack, options.region, options.profile)
    isolate()
    state: Path = options.state or DEFAULT_STATE
    return of_state(State(state.resolve()), f" --state {state}" if options.state else "")


def _act(function: Function, options: argparse.Namespace, console: Console) -> int:
    match options.action:
        case "report":
            show.show_report(console, function.ask(ReportEvent(plan=options.plan), ReportAnswer))
        case "resume":
            _resume(function, options, console)
        case "recipes":
            show.show_recipes(console, function.ask(RecipesEvent(), RecipesAnswer))
        case "pin":
            show.show_recipes(console, function.ask(PinEvent(recipe=options.recipe), RecipesAnswer))
        case "unpin":
            show.show_recipes(console, function.ask(UnpinEvent(), RecipesAnswer))
        case "collect":
            show.show_progress(console, function.ask(CollectEvent(), Progress))
        case _ if options.dry_run:
            show.show_dry_run(console, function.ask(_plan(options), DryRun))
        case _:
            plan_and_watch(function, _plan(options), console, WATCH_SECONDS)
    return _DONE


def _resume(function: Function, options: argparse.Namespace, console: Console) -> None:
    """Say what is held and what it costs, and go on with that and no more if the command line says how."""
    held = function.ask(HeldEvent(), HeldAnswer)
    show.show_held(console, held, decided=options.pay or options.leave)
    if options.pay or options.leave:
        event = ResumeEvent(plan=held.plan, files=held.files, leave=options.leave)
        progress = function.ask(event, Progress)
        if progress.busy:
            raise Refused("another run of the function is at work on the plan, and nothing was decided: say it again")
        show.show_progress(console, progress)


def _plan(options: argparse.Namespace) -> PlanEvent:
    return PlanEvent(
        collections=tuple(options.collection),
        without=tuple(options.without),
        documents=tuple(options.document),
        since=options.since,
        limit=options.limit,
        newest_first=options.newest_first,
        dry_run=options.dry_run,
    )


def plan_and_watch(function: Function, event: PlanEvent, console: Console, seconds: float) -> ReportAnswer | None:
    """Make a plan and go on with it for so long; show its report, or how to watch it. None: nothing was stale."""
    until = time.monotonic() + seconds
    with console.status("Reprocessing"):
        progress = function.ask(event, Progress)
        while progress.busy and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
            progress = function.ask(event, Progress)
        if progress.plan is None:
            show.show_progress(console, progress)
            return None
        plan = progress.plan.id
        if progress.plan.scope != event.scope:
            show.show_progress(console, progress)
        while _goes_on(progress, plan) and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
            progress = function.ask(CollectEvent(), Progress)
        report = function.ask(ReportEvent(plan=plan), ReportAnswer)
    show.show_report(console, report)
    if report.plan.state != "done" and not any(file.state == "held" for file in report.files):
        watch = f"dateline reprocess report {plan}{function.place}"
        console.print(f"The schedule goes on with it. To watch: {watch}", markup=False, soft_wrap=True)
    return report


def _goes_on(progress: Progress, plan: str) -> bool:
    return progress.busy or (progress.plan is not None and progress.plan.id == plan and progress.plan.state != "done")
