"""Collected files: when a file's rows were taken in, what has no outcome goes on to the queue, and nothing stays.

What was held is let go where the plan ends, or where the live lane is what the deployment wants.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dateline.store.file_states import BatchFile, Collected, OnHold, QueueFile, Withdrawn
from reprocess.collect import send_rows
from reprocess.limits import ROWS_HOURS
from reprocess.scratch import scratch
from reprocess.submit import SECONDS, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.store.plans import Plan, PlannedDocument, Turn
    from reprocess.tools import Tools

_AT_ONCE = 100  # outcomes that are read together
_MOST_UPLOADS = 10  # of one name; more than one only after an upload in doubt


def finish(tools: Tools, turn: Turn, plan: Plan) -> Plan:
    """Finish the files whose rows were all taken in, or are waited for no longer, and those that made no batch.

    Retryable: the provider's.
    """
    for file in tools.store.plans.files(plan):
        if not isinstance(file, BatchFile):
            continue
        if isinstance(file.stage, OnHold) and (plan.state == "ending" or tools.settings.lane == "queue"):
            release(tools, plan, file, file.stage, given_up=plan.state == "ending")
        elif isinstance(file.stage, Withdrawn):
            plan = _finish(tools, turn, plan, file, file.stage)
        elif isinstance(file.stage, Collected):
            plan = _take_stock(tools, turn, plan, file, file.stage)
    return plan


def release(tools: Tools, plan: Plan, file: BatchFile, stage: OnHold, *, given_up: bool) -> None:
    """Let a held file go on: what it lacks is asked about in the live lane, or `given_up` and left to the next plan."""
    tools.store.plans.keep_file(plan.id, file.at(stage.release(tools.now(), given_up=given_up)))


def _take_stock(tools: Tools, turn: Turn, plan: Plan, file: BatchFile, stage: Collected) -> Plan:
    """Finish a collected file once it is due.

    Rows that are late are sent once more, for they are paid for; a message that is lost twice must not hold a plan up.
    """
    is_done = tools.store.plans.ranges_done(plan.id, file.number) >= stage.ranges
    is_late = tools.now() - stage.since > timedelta(hours=ROWS_HOURS)
    if is_done or (is_late and stage.resent):
        return _finish(tools, turn, plan, file, stage)
    if is_late:
        sent = send_rows(tools, plan, file)
        tools.store.plans.keep_file(plan.id, file.at(stage.resend(sent, tools.now())))
    return plan


def _finish(tools: Tools, turn: Turn, plan: Plan, file: BatchFile, stage: Collected | Withdrawn) -> Plan:
    """Leave nothing with the provider, then write the rest as a file, then delete, then note it.

    In this order whatever it dies of makes a second file of the same documents at the worst: they are done once.
    """
    if isinstance(stage, Collected) or stage.begun:
        _delete_at_provider(tools, plan, file, stage)
    if not (stage.given_up or plan.state == "ending"):
        plan = _pass_on(tools, turn, plan, file)
    files = tools.store.batch_files
    files.delete(files.key(plan.id, file.number, name) for name in ("requests", "output", "errors"))
    tools.store.plans.keep_file(plan.id, file.at(stage.end()))
    return plan


def _delete_at_provider(tools: Tools, plan: Plan, file: BatchFile, stage: Collected | Withdrawn) -> None:
    batches = tools.batches()
    batch = batches.get(stage.batch, tools.seconds(SECONDS)) if isinstance(stage, Collected) else None
    files = [stage.provider_file, *([batch.output_file_id, batch.error_file_id] if batch else [])]
    for one in files:
        if one is not None:
            batches.delete_file(one, tools.seconds(SECONDS))
    for _ in range(_MOST_UPLOADS):
        superseded = batches.find_file(name_of(plan, file), plan.began, tools.seconds(SECONDS))
        if superseded is None:
            return
        batches.delete_file(superseded, tools.seconds(SECONDS))


def _pass_on(tools: Tools, turn: Turn, plan: Plan, file: BatchFile) -> Plan:
    """Make a queue file of the documents that have no outcome: failed, missing or garbled rows, repairs, and such."""
    number = plan.files + 1
    with scratch() as folder:
        path = folder / "documents"
        with path.open("wb") as lines:
            documents = 0
            for one in without_outcome(tools, plan, file):
                lines.write(one.model_dump_json(exclude_none=True).encode() + b"\n")
                documents += 1
        if documents == 0:
            return plan
        tools.store.batch_files.put(tools.store.batch_files.key(plan.id, number, "documents"), path)
    tokens = -(-file.tokens * documents // file.documents)
    tools.store.plans.keep_file(plan.id, QueueFile(number=number, documents=documents, tokens=tokens))
    plan = plan.model_copy(update={"files": number})
    tools.store.plans.keep(turn, plan)
    return plan


def without_outcome(tools: Tools, plan: Plan, file: BatchFile) -> Iterator[PlannedDocument]:
    """Yield the documents of a file of which nothing is known yet."""
    documents = tools.store.batch_files.documents(plan.id, file.number)
    while some := list(islice(documents, _AT_ONCE)):
        known = tools.store.plans.outcomes(plan.id, [one.document_id for one in some])
        yield from (one for one in some if one.document_id not in known)
