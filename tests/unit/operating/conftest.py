"""A stack of moto's: its table, bucket and queues, and a command line that finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import boto3
import pytest

from infra.stack import Stack
from tests.aws import BUCKET, REGION, TABLE, simulated_aws


@dataclass(frozen=True)
class Simulated(Stack):
    """A stack whose outputs, parameters and alarms a test says."""

    outputs: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    alarms: tuple[str, ...] = ("mine-DeadLetterAlarm",)

    def output(self, name: str) -> str:
        return self.outputs[name]

    def parameters(self) -> dict[str, str]:
        return self.given

    def resources(self, kind: str) -> list[str]:
        return list(self.alarms)


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    with simulated_aws(monkeypatch):
        sqs = boto3.client("sqs")
        outputs = {"TableName": TABLE, "BucketName": BUCKET}
        for output, name in (("DropQueueUrl", "drops"), ("LinkQueueUrl", "links"), ("DeadLetterQueueUrl", "dead")):
            outputs[output] = sqs.create_queue(QueueName=name)["QueueUrl"]
        stack = Simulated("mine", boto3.Session(region_name=REGION), outputs=outputs, given={"DayTokens": "10000000"})
        for command in ("dead", "status", "smoke", "adopt", "search"):
            monkeypatch.setattr(f"infra.operating.{command}.stack_of", lambda _: stack)
        yield stack
