"""A stack of moto's: its table, bucket and queues, and a command line that finds it."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

from infra.operating.stack import Stack
from tests.aws import BUCKET, REGION, TABLE, simulated_aws


class Simulated(Stack):
    """A stack whose outputs and parameters a test says."""

    outputs: dict[str, str]
    given: dict[str, str]
    alarms: list[str]

    def output(self, name: str) -> str:
        return self.outputs[name]

    def parameters(self) -> dict[str, str]:
        return self.given

    def resources(self, kind: str) -> list[str]:
        return self.alarms


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    with simulated_aws(monkeypatch):
        sqs = boto3.client("sqs")
        stack = Simulated("mine", boto3.Session(region_name=REGION))
        outputs = {"TableName": TABLE, "BucketName": BUCKET}
        for output, name in (("DropQueueUrl", "drops"), ("LinkQueueUrl", "links"), ("DeadLetterQueueUrl", "dead")):
            outputs[output] = sqs.create_queue(QueueName=name)["QueueUrl"]
        object.__setattr__(stack, "outputs", outputs)
        object.__setattr__(stack, "given", {"DayTokens": ""})
        object.__setattr__(stack, "alarms", ["mine-DeadLetterAlarm"])
        for command in ("dead", "status", "smoke"):
            monkeypatch.setattr(f"infra.operating.{command}.stack_of", lambda _: stack)
        yield stack
