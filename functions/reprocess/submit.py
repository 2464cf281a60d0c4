"""Files of requests to the provider: each is uploaded and becomes one batch, whatever a run dies of in between."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.provider.batches import Gone
from dateline.store.file_states import BatchFile, Begun, Written
from reprocess.scratch import scratch

if TYPE_CHECKING:
    from dateline.store.plans import Plan
    from reprocess.tools import Tools

ACCOUNT = "reprocess"
# Of one operation at the provider: a small one, and one that moves a file of up to 200 MB.
SECONDS, FILE_SECONDS = 30.0, 300.0

# A request that nobody waits for any more may still make a batch; so long after it the provider's list must show it.
_IN_DOUBT = timedelta(minutes=2)


def submit(tools: Tools, plan: Plan) -> None:
    """Make a batch of each written file that the limits let through, in order; of none while a file is held.

    What has no batch when the deployment wants the live lane goes there.
    Retryable: the day's tokens are spent, or the provider did not do as it was asked; the rest goes on in a later run.
    """
    files = [file for file in tools.store.plans.files(plan) if isinstance(file, BatchFile)]
    leaves, wants_queue = plan.state == "ending", tools.settings.lane == "queue"
    if any(file.state == "held" for file in files) and not (leaves or wants_queue):
        return
    enqueued = sum(file.tokens for file in files if file.state == "submitted")
    for file in files:
        if not isinstance(file.stage, Written | Begun):
            continue
        if leaves:
            _withdraw(tools, plan, file, file.stage, "it was not submitted", given_up=True)
        elif wants_queue:
            _withdraw(tools, plan, file, file.stage, "the drop queue is wanted now", given_up=False)
        elif enqueued == 0 or enqueued + file.tokens <= tools.settings.enqueued_tokens:
            _submit(tools, plan, file, file.stage)
            enqueued += file.tokens
        else:
            return


def name_of(plan: Plan, file: BatchFile) -> str:
    """Name a file at the provider, so that it is found again."""
    return f"dateline-{plan.id}-{file.number:05}.jsonl"


def _submit(tools: Tools, plan: Plan, file: BatchFile, stage: Written | Begun) -> None:
    """Take the steps that are left. What a step did is noted before the next, and asked for where it is in doubt."""
    if not tools.store.batch_files.exists(tools.store.batch_files.key(plan.id, file.number, "requests")):
        _keep(tools, plan, file.at(stage.withdraw("its requests are gone", given_up=False)))
    elif isinstance(stage, Written):
        begun = _begin(tools, plan, file, stage)
        _create(tools, plan, file, begun, _upload(tools, plan, file))
    elif not _is_found(tools, plan, file, stage):
        uploaded = stage.provider_file or tools.batches().find_file(
            name_of(plan, file), plan.began, tools.seconds(SECONDS)
        )
        _create(tools, plan, file, stage, uploaded or _upload(tools, plan, file))


def _begin(tools: Tools, plan: Plan, file: BatchFile, stage: Written) -> Begun:
    """Reserve the file's tokens, and note that from now on the provider may have something of it."""
    if tools.settings.reprocess_day_tokens is not None:
        tools.store.spending.reserve_whole(file.tokens, tools.settings.reprocess_day_tokens, ACCOUNT)
    begun = stage.begin()
    _keep(tools, plan, file.at(begun))
    return begun


def _upload(tools: Tools, plan: Plan, file: BatchFile) -> str:
    with scratch() as folder:
        path = folder / name_of(plan, file)
        tools.store.batch_files.fetch(tools.store.batch_files.key(plan.id, file.number, "requests"), path)
        return tools.batches().upload(path, path.name, tools.seconds(FILE_SECONDS))


def _create(tools: Tools, plan: Plan, file: BatchFile, stage: Begun, uploaded: str) -> None:
    asked = stage.ask(uploaded, tools.now())
    _keep(tools, plan, file.at(asked))
    try:
        batch = tools.batches().create(uploaded, _metadata(plan, file, asked), tools.seconds(SECONDS))
    except Gone:
        _keep(tools, plan, file.at(asked.lose_upload()))
        raise
    _keep(tools, plan, file.at(asked.submit(batch.id, tools.now())))


def _is_found(tools: Tools, plan: Plan, file: BatchFile, stage: Begun) -> bool:
    """Look for the batch that an earlier run may have made, and note it."""
    asked = stage.upload.asked if stage.upload else None
    left = _IN_DOUBT - (tools.now() - asked) if asked else timedelta()
    if left > timedelta():
        raise Retryable("it is in doubt whether the provider made a batch; it is asked later", left.total_seconds())
    made = tools.batches().find(_metadata(plan, file, stage), plan.began, tools.seconds(SECONDS))
    if made is not None:
        _keep(tools, plan, file.at(stage.submit(made.id, tools.now())))
    return made is not None


def _withdraw(
    tools: Tools, plan: Plan, file: BatchFile, stage: Written | Begun, reason: str, *, given_up: bool
) -> None:
    """Leave a file unsubmitted, unless it turns out that its batch was made."""
    if isinstance(stage, Written) or not _is_found(tools, plan, file, stage):
        _keep(tools, plan, file.at(stage.withdraw(reason, given_up=given_up)))


def _keep(tools: Tools, plan: Plan, file: BatchFile) -> None:
    tools.store.plans.keep_file(plan.id, file)


def _metadata(plan: Plan, file: BatchFile, stage: Begun) -> dict[str, str]:
    """Return what a batch is found by. One that the provider's limits failed is followed by another attempt."""
    return {"dateline_plan": plan.id, "dateline_file": str(file.number), "dateline_attempt": str(stage.attempt)}
