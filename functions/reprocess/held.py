"""Files that are held: what their documents would cost in the live lane, and what a person wants done with them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dateline.provider.prices import cost_of
from dateline.records import Usage
from dateline.store.batch_files import read_row_id
from dateline.store.file_states import BatchFile, OnHold
from reprocess.dry_run import times
from reprocess.events import HeldAnswer, Refusal
from reprocess.finish import release, without_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.store.file_states import PlanFile
    from dateline.store.plans import Plan, PlannedDocument
    from reprocess.events import ResumeEvent
    from reprocess.tools import Tools

# What documents took last is looked up for so many; of more of them the same is taken each.
_SAMPLE = 2_000
_NOTHING = "no plan is held: `dateline reprocess report` tells how far the newest is"


def held_documents(files: Sequence[PlanFile]) -> int:
    """Count the documents of files that are held."""
    return sum(file.documents for file, _ in _files_held(files))


def held_note(files: Sequence[PlanFile]) -> str | None:
    """Say in a person's words why a plan is held, if it is."""
    held = list(_files_held(files))
    if not held:
        return None
    reasons = ", ".join(dict.fromkeys(stage.reason for _, stage in held))
    return (
        "held, and nothing more is submitted: next to nothing came back in batches of "
        f"{held_documents(files):,} documents ({reasons}), and to ask about them in the drop queue "
        "costs the full price. `dateline reprocess resume` tells how much, and goes on if you say so"
    )


def held(tools: Tools) -> HeldAnswer | Refusal:
    """Work out what it costs to ask about what is held in the live lane, by what those documents took last."""
    plan = next(iter(tools.store.plans.newest(1)), None)
    files = list(_files_held(tools.store.plans.files(plan))) if plan is not None else []
    if plan is None or not files:
        return Refusal(refused=_NOTHING)
    sample = list(islice((one for file, _ in files for one in _asked_about(tools, plan, file)), _SAMPLE))
    heads = tools.store.heads.get_each(one.document_id for one in sample).found
    runs = tools.store.runs.get_many(
        (name, one.head.current) for name, one in heads.items() if one.head.current is not None
    )
    asked = sum(file.rows for file, _ in files) if len(sample) == _SAMPLE else len(sample)
    usage = times(sum((run.usage for run in runs.values()), Usage()), asked / len(runs) if runs else 0.0)
    cost = cost_of(plan.recipe.model, usage) if runs else None
    return HeldAnswer(
        plan=plan.id,
        recipe=plan.recipe,
        files=tuple(file.number for file, _ in files),
        reasons=tuple(dict.fromkeys(stage.reason for _, stage in files)),
        documents=sum(file.documents for file, _ in files),
        asked=asked,
        tokens=usage.input + usage.output if runs else None,
        usd=cost.usd if cost else None,
    )


def resume(tools: Tools, plan: Plan | None, event: ResumeEvent) -> Refusal | None:
    """Let go of the files that an event names; what was held only since then nobody has agreed to."""
    files = [one for one in _files_held(tools.store.plans.files(plan)) if one[0].number in event.files] if plan else []
    if plan is None or plan.id != event.plan or not files:
        return Refusal(refused=_NOTHING)
    for file, stage in files:
        release(tools, plan, file, stage, given_up=event.leave)
    return None


def _files_held(files: Sequence[PlanFile]) -> Iterator[tuple[BatchFile, OnHold]]:
    for file in files:
        if isinstance(file, BatchFile) and isinstance(file.stage, OnHold):
            yield file, file.stage


def _asked_about(tools: Tools, plan: Plan, file: BatchFile) -> Iterator[PlannedDocument]:
    """Yield the documents whose own requests went unanswered; others take what these are answered."""
    for one in without_outcome(tools, plan, file):
        named = read_row_id(one.row or "")
        if named and named[0] == one.document_id:
            yield one
