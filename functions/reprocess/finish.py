"""Collected files: when a file's rows were taken in, what has no outcome goes on to the queue, and nothing stays."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.store.plans import PlanFile
from reprocess.limits import ROWS_HOURS
from reprocess.submit import SECONDS, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.store.plans import Plan, PlannedDocument, Turn
    from reprocess.tools import Tools

_AT_ONCE = 100  # outcomes that are read together
_MOST_UPLOADS = 10  # of one name; more than one only after an upload in doubt


def finish(tools: Tools, turn: Turn, plan: Plan) -> Plan:
    """Finish the collected files whose ranges are all done, or are waited for no longer. Retryable: the provider's."""
    for file in tools.store.plans.files(plan):
        if file.state != "collected":
            continue
        is_done = tools.store.plans.ranges_done(plan.id, file.number) >= file.ranges
        is_late = file.since is not None and tools.now() - file.since > timedelta(hours=ROWS_HOURS)
        if is_late and not is_done and not file.resent:
            _send_again(tools, plan, file)
        elif is_late or is_done:
            plan = _finish(tools, turn, plan, file)
    return plan


def _send_again(tools: Tools, plan: Plan, file: PlanFile) -> None:
    """Have the rows sent once more, for they are paid for; a message that is lost twice must not hold a plan up."""
    tools.store.plans.keep_file(plan.id, file.model_copy(update={"state": "submitted", "resent": True}))


def _finish(tools: Tools, turn: Turn, plan: Plan, file: PlanFile) -> Plan:
    """Leave nothing with the provider, then write the rest as a file, then delete, then note it.

    In this order whatever it dies of makes a second file of the same documents at the worst: they are done once.
    """
    _delete_at_provider(tools, plan, file)
    if not (file.given_up or plan.state == "ending"):
        plan = _pass_on(tools, turn, plan, file)
    parcels = tools.store.parcels
    parcels.delete(parcels.key(plan.id, file.number, name) for name in ("requests", "output", "errors"))
    tools.store.plans.keep_file(plan.id, file.model_copy(update={"state": "through"}))
    return plan


def _delete_at_provider(tools: Tools, plan: Plan, file: PlanFile) -> None:
    if file.attempt == 0:
        return
    batches = tools.batches()
    batch = batches.get(file.batch, tools.seconds(SECONDS)) if file.batch else None
    files = [file.provider_file, *([batch.output_file_id, batch.error_file_id] if batch else [])]
    for one in files:
        if one is not None:
            batches.delete_file(one, tools.seconds(SECONDS))
    for _ in range(_MOST_UPLOADS):
        superseded = batches.find_file(name_of(plan, file), plan.began, tools.seconds(SECONDS))
        if superseded is None:
            return
        batches.delete_file(superseded, tools.seconds(SECONDS))


def _pass_on(tools: Tools, turn: Turn, plan: Plan, file: PlanFile) -> Plan:
    """Make a queue file of the documents that have no outcome: failed, missing or garbled rows, repairs, and such."""
    number = plan.files + 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents"
        with path.open("wb") as lines:
            documents = 0
            for one in _without_outcome(tools, plan, file):
                lines.write(one.model_dump_json(exclude_none=True).encode() + b"\n")
                documents += 1
        if documents == 0:
            return plan
        tools.store.parcels.put(tools.store.parcels.key(plan.id, number, "documents"), path)
    tokens = -(-file.tokens * documents // file.documents)
    rest = PlanFile(number=number, kind="queue", state="written", documents=documents, tokens=tokens)
    tools.store.plans.keep_file(plan.id, rest)
    plan = plan.model_copy(update={"files": number})
    tools.store.plans.keep(turn, plan)
    return plan


def _without_outcome(tools: Tools, plan: Plan, file: PlanFile) -> Iterator[PlannedDocument]:
    documents = tools.store.parcels.documents(plan.id, file.number)
    while some := list(islice(documents, _AT_ONCE)):
        known = tools.store.plans.outcomes(plan.id, [one.document_id for one in some])
        yield from (one for one in some if one.document_id not in known)
