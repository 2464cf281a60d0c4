"""What is due of the open plan, step by step, for as long as something moves."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.store.plans import Overtaken
from reprocess.collect import collect
from reprocess.finish import finish
from reprocess.held import held_note
from reprocess.live_queue import feed
from reprocess.plan_files import write
from reprocess.report import final_tally
from reprocess.submit import submit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.store.file_states import PlanFile
    from dateline.store.plans import Plan, Turn
    from reprocess.tools import Tools

    Step = Callable[[Tools, Turn, Plan], Plan]

# The live queue's function works meanwhile; where it shows nothing for so long, the next run of this one looks again.
_PAUSE, _PATIENCE = 2.0, 60.0
# A round takes a few seconds, with files of 200 MB to be copied some more; these are cut short by their own limits.
_LAST_SECONDS = 20.0
# Of files that are to be finished.
_TAKEN_IN = {"collected", "withdrawn"}
# Of files that are to be submitted.
_UNSUBMITTED = {"written", "begun"}


def run(tools: Tools, turn: Turn) -> Turn:
    """Do all that is due, round by round, while documents move and time is left.

    What a step waits for is told by the plan's note, and the step is not tried again in this run. Overtaken: the turn
    is another run's by now, which does what is left.
    """
    plan = turn.plan
    if plan is None:
        return turn
    plan = _heed_the_target(tools, turn, plan)
    waits: dict[Step, str] = {}
    shown, idle = _shown(tools, plan), 0.0
    while True:
        plan = _round(tools, turn, plan, waits)
        before, shown = shown, _shown(tools, plan)
        idle = 0.0 if shown != before else idle + _PAUSE
        has_time = time.monotonic() + _PAUSE + _LAST_SECONDS < tools.deadline
        if plan.state == "done" or not _moves(shown, waits) or idle > _PATIENCE or not has_time:
            return replace(turn, plan=plan)
        tools.wait(_PAUSE)


def _files_only(step: Callable[[Tools, Plan], None]) -> Step:
    """Make a step of one that changes a plan's files and not the plan."""

    def whole(tools: Tools, _: Turn, plan: Plan) -> Plan:
        step(tools, plan)
        return plan

    return whole


# Collected before submitted: a batch that has ended makes room for the next under the account's limit.
_STEPS: tuple[Step, ...] = (write, _files_only(collect), _files_only(submit), finish, feed)


def _heed_the_target(tools: Tools, turn: Turn, plan: Plan) -> Plan:
    """Turn a plan to its end when another recipe is wanted now: nothing more is paid for under the old one."""
    wanted = tools.target
    if plan.state == "ending" or (wanted.recipe == plan.recipe and not wanted.strayed):
        return plan
    plan = plan.model_copy(update={"state": "ending"})
    tools.store.plans.keep(turn, plan)
    return plan


def _round(tools: Tools, turn: Turn, plan: Plan, waits: dict[Step, str]) -> Plan:
    """Take each step once, and note what is waited for, or that all is done."""
    for step in _STEPS:
        if step in waits:
            continue
        try:
            plan = step(tools, turn, plan)
        except Overtaken:
            raise
        except Retryable as error:
            waits[step] = error.reason
            plan = tools.store.plans.get(plan.id) or plan  # what the step did before is noted there
    noted = _closed(tools, plan, waits)
    if noted != plan:
        tools.store.plans.keep(turn, noted)
    return noted


def _closed(tools: Tools, plan: Plan, waits: dict[Step, str]) -> Plan:
    files = tools.store.plans.files(plan)
    if plan.state != "planning" and not plan.in_flight and all(file.state == "through" for file in files):
        tally = final_tally(tools.store, plan)
        return plan.model_copy(update={"state": "done", "ended": tools.now(), "note": _end_of(plan), "tally": tally})
    notes = (held_note(files), "; ".join(waits.values()) or _waits_for(plan, files))
    return plan.model_copy(update={"note": "; ".join(note for note in notes if note) or None})


def _end_of(plan: Plan) -> str | None:
    return "it ended before its time, for another recipe is wanted now" if plan.state == "ending" else None


def _waits_for(plan: Plan, files: Sequence[PlanFile]) -> str | None:
    """Say in a person's words what an open plan is waiting for, where nothing is wrong."""
    submitted = sum(1 for file in files if file.state == "submitted")
    is_held = any(file.state == "held" for file in files)
    unsubmitted = 0 if is_held else sum(1 for file in files if file.kind == "batch" and file.state in _UNSUBMITTED)
    taken_in = sum(1 for file in files if file.state in _TAKEN_IN)
    parts = (
        _counted(submitted, "batch at the provider", "batches at the provider"),
        _counted(unsubmitted, "file to go there when there is room", "files to go there when there is room"),
        _counted(taken_in, "batch's rows to be taken in", "batches' rows to be taken in"),
        _counted(len(plan.in_flight), "document in the queue", "documents in the queue"),
    )
    waits = ", ".join(part for part in parts if part)
    return f"it waits for {waits}" if waits else None


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}" if number else ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What can be seen of a plan: where it is the same twice, nothing has moved."""

    plan: Plan
    files: tuple[PlanFile, ...]
    ranges_done: int


def _shown(tools: Tools, plan: Plan) -> _Shown:
    files = tuple(tools.store.plans.files(plan))
    ranges = sum(tools.store.plans.ranges_done(plan.id, file.number) for file in files if file.state == "collected")
    return _Shown(plan, files, ranges)


def _moves(shown: _Shown, waits: dict[Step, str]) -> bool:
    """Return whether another round may find something done."""
    fed = any(file.kind == "queue" and file.state == "written" for file in shown.files) or shown.plan.in_flight
    taken_in = any(file.state in _TAKEN_IN for file in shown.files)
    return (
        (write not in waits and shown.plan.state == "planning")
        or (feed not in waits and bool(fed))
        or (finish not in waits and taken_in)
    )
