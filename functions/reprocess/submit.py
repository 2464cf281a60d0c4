"""Files of requests to the provider: each is uploaded and becomes one batch, whatever a run dies of in between."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.provider.batches import Gone

if TYPE_CHECKING:
    from dateline.store.plans import Plan, PlanFile
    from reprocess.tools import Tools

ACCOUNT = "reprocess"
# Of one operation at the provider: a small one, and one that moves a file of up to 200 MB.
SECONDS, FILE_SECONDS = 30.0, 300.0

# A request that nobody waits for any more may still make a batch; so long after it the provider's list must show it.
_IN_DOUBT = timedelta(minutes=2)


def submit(tools: Tools, plan: Plan) -> None:
    """Make a batch of each written file that the limits let through, in order.

    Retryable: the day's tokens are spent, or the provider did not do as it was asked; the rest goes on in a later run.
    """
    files = [file for file in tools.store.plans.files(plan) if file.kind == "batch"]
    enqueued = sum(file.tokens for file in files if file.state == "submitted")
    for file in files:
        if file.state != "written":
            continue
        if plan.state == "ending":
            _withdraw(tools, plan, file)
        elif enqueued == 0 or enqueued + file.tokens <= tools.settings.enqueued_tokens:
            _submit(tools, plan, file)
            enqueued += file.tokens
        else:
            return


def name_of(plan: Plan, file: PlanFile) -> str:
    """Name a file at the provider, so that it is found again."""
    return f"dateline-{plan.id}-{file.number:05}.jsonl"


def _submit(tools: Tools, plan: Plan, file: PlanFile) -> None:
    """Take the steps that are left. What a step did is noted before the next, and asked for where it is in doubt."""
    if not tools.store.parcels.exists(tools.store.parcels.key(plan.id, file.number, "requests")):
        _end(tools, plan, file, "its requests are gone", given_up=False)
    elif file.attempt == 0:
        begun = _begin(tools, plan, file)
        _create(tools, plan, begun, _upload(tools, plan, begun))
    elif not _is_found(tools, plan, file):
        uploaded = file.provider_file or tools.batches().find_file(
            name_of(plan, file), plan.began, tools.seconds(SECONDS)
        )
        _create(tools, plan, file, uploaded or _upload(tools, plan, file))


def _begin(tools: Tools, plan: Plan, file: PlanFile) -> PlanFile:
    """Reserve the file's tokens, and note that from now on the provider may have something of it."""
    if tools.settings.reprocess_day_tokens is not None:
        tools.store.spending.reserve_whole(file.tokens, tools.settings.reprocess_day_tokens, ACCOUNT)
    begun = file.model_copy(update={"attempt": 1})
    tools.store.plans.keep_file(plan.id, begun)
    return begun


def _upload(tools: Tools, plan: Plan, file: PlanFile) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name_of(plan, file)
        tools.store.parcels.fetch(tools.store.parcels.key(plan.id, file.number, "requests"), path)
        return tools.batches().upload(path, path.name, tools.seconds(FILE_SECONDS))


def _create(tools: Tools, plan: Plan, file: PlanFile, uploaded: str) -> None:
    file = file.model_copy(update={"provider_file": uploaded, "since": tools.now()})
    tools.store.plans.keep_file(plan.id, file)
    try:
        batch = tools.batches().create(uploaded, _metadata(plan, file), tools.seconds(SECONDS))
    except Gone:
        tools.store.plans.keep_file(plan.id, file.model_copy(update={"provider_file": None}))
        raise
    _submitted(tools, plan, file, batch.id)


def _is_found(tools: Tools, plan: Plan, file: PlanFile) -> bool:
    """Look for the batch that an earlier run may have made, and note it."""
    left = _IN_DOUBT - (tools.now() - file.since) if file.provider_file and file.since else timedelta()
    if left > timedelta():
        raise Retryable("it is in doubt whether the provider made a batch; it is asked later", left.total_seconds())
    made = tools.batches().find(_metadata(plan, file), plan.began, tools.seconds(SECONDS))
    if made is not None:
        _submitted(tools, plan, file, made.id)
    return made is not None


def _submitted(tools: Tools, plan: Plan, file: PlanFile, batch: str) -> None:
    update = {"state": "submitted", "batch": batch, "since": tools.now(), "reason": None}
    tools.store.plans.keep_file(plan.id, file.model_copy(update=update))


def _withdraw(tools: Tools, plan: Plan, file: PlanFile) -> None:
    """Leave a file of a plan that ends unsubmitted, unless it turns out that its batch was made."""
    if file.attempt == 0 or not _is_found(tools, plan, file):
        _end(tools, plan, file, "it was not submitted", given_up=True)


def _end(tools: Tools, plan: Plan, file: PlanFile, reason: str, *, given_up: bool) -> None:
    update = {"state": "collected", "since": tools.now(), "given_up": given_up, "reason": reason}
    tools.store.plans.keep_file(plan.id, file.model_copy(update=update))


def _metadata(plan: Plan, file: PlanFile) -> dict[str, str]:
    """Return what a batch is found by. One that the provider's limits failed is followed by another attempt."""
    return {"dateline_plan": plan.id, "dateline_file": str(file.number), "dateline_attempt": str(file.attempt)}
