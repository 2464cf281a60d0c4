"""What `--reprocess` shows: another model is deployed, and the samples are brought up to date with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx2

from infra.local import samples
from infra.local.failure import Trouble
from infra.local.waits import Waits
from infra.reprocess.command import plan_and_watch
from infra.reprocess.function import Refused, of_emulator
from infra.stack import NotFound
from infra.standin import DATED
from infra.standin import MODEL as STANDIN
from reprocess.events import PlanEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_sqs.literals import QueueAttributeNameType

    from infra.local.progress import Progress
    from infra.local.samples import Line, Sample
    from infra.local.stack import Stack

_SECONDS = 120.0
_POLL_SECONDS = 0.1
_UNDER_WAY: tuple[QueueAttributeNameType, ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
)
_DELAYED: QueueAttributeNameType = "ApproximateNumberOfMessagesDelayed"
# A document that is put off for the first time comes back in seconds. What is delayed for longer tidies up after
# replaced runs, and makes nothing.
_PUT_OFF_SECONDS = 15.0


def reprocess(stack: Stack, wanted: Sequence[Sample], progress: Progress) -> bool:
    """Deploy a model that the samples were not made with, reprocess, and return whether it now made every one."""
    model = DATED if any(line.model == STANDIN for line in _lines(stack, wanted, progress)) else STANDIN
    _empty_the_queue(stack)
    with progress.step(f"Deploying the model {model}"):
        stack.change(ModelName=model)
    try:
        plan_and_watch(of_emulator(stack.aws, ""), PlanEvent(), progress.console, _SECONDS)
    except (NotFound, Refused) as error:
        stack.must_run()
        raise Trouble(f"The samples cannot be reprocessed: {error}") from error
    made = sum(line.model == model for line in _lines(stack, wanted, progress))
    progress.say(f"{made} of {len(wanted)} samples are made with {model} now.")
    return made == len(wanted)


def _empty_the_queue(stack: Stack) -> None:
    """Wait for documents that are still to come, for a sample that is told of twice would be made by the new model."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < _SECONDS:
        stack.must_run()
        found = stack.aws.sqs.get_queue_attributes(
            QueueUrl=stack.deployed.queue_url, AttributeNames=[*_UNDER_WAY, _DELAYED]
        )
        names = [*_UNDER_WAY, _DELAYED] if waited < _PUT_OFF_SECONDS else _UNDER_WAY
        if not any(int(found["Attributes"][name]) for name in names):
            return
        time.sleep(_POLL_SECONDS)


def _lines(stack: Stack, wanted: Sequence[Sample], progress: Progress) -> list[Line]:
    with httpx2.Client(base_url=stack.deployed.api, timeout=30) as api:
        return samples.wait(api, wanted, Waits(progress.say))
