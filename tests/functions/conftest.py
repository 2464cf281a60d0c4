"""What the functions work on, over a store in memory or over moto, and their handlers' sample events."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3
import pytest

from dateline.documents.model import Document
from dateline.lane.intake import open_dropped
from dateline.lane.messages import Message
from dateline.lane.queue import Queue
from dateline.store import keys
from dateline.store.bucket import Bucket, StoredObject
from dateline.store.store import Store, store_over
from dateline.store.table import Table
from summarize import document
from tests.aws import BUCKET, REGION, TABLE, simulated_aws
from tests.functions.newsroom import Newsroom
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

os.environ["POWERTOOLS_TRACE_DISABLED"] = "true"
os.environ["POWERTOOLS_METRICS_DISABLED"] = "true"

EVENTS = Path(__file__).parents[2] / "events"


def sample(name: str) -> dict[str, Any]:
    """Read a sample event."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


@dataclass(frozen=True)
class Context:
    """As much of Lambda's context as the functions use."""

    function_name: str = "function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:111122223333:function:function"
    aws_request_id: str = "request"
    seconds: float = 60

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


@dataclass(frozen=True)
class Cloud:
    """What the functions work on, for a test to look at."""

    table: Table
    bucket: Bucket

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket)

    def drop(self, key: str, text: str) -> None:
        self.bucket.put(key, text.encode())


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set the functions' environment variables."""
    for name, value in {
        "TABLE": TABLE,
        "BUCKET": BUCKET,
        "QUEUE_URL": "queue",
        "LINK_QUEUE_URL": "links",
        "MODEL": "a-model",
        "MODEL_URL": "http://127.0.0.1:9/v1",
        "MODEL_SECRET": "secret",
    }.items():
        monkeypatch.setenv(f"DATELINE_{name}", value)
    monkeypatch.setenv("AWS_REGION", REGION)
    return monkeypatch


@pytest.fixture
def cloud(environment: pytest.MonkeyPatch) -> Cloud:
    """Have functions that start now open a store in memory."""
    cloud = Cloud(MemoryTable(), MemoryBucket())
    environment.setattr("dateline.lane.runtime.make_store", lambda *_: cloud.store)
    return cloud


@pytest.fixture
def aws(environment: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """Have all that the functions use of AWS in moto: a module whose `cloud` is this goes through boto3's clients."""
    with simulated_aws(environment) as (dynamodb, s3):
        queue_url = boto3.client("sqs").create_queue(QueueName="drops")["QueueUrl"]
        secret = boto3.client("secretsmanager").create_secret(Name="key", SecretString="the key")["ARN"]
        environment.setenv("DATELINE_QUEUE_URL", queue_url)
        environment.setenv("DATELINE_LINK_QUEUE_URL", boto3.client("sqs").create_queue(QueueName="links")["QueueUrl"])
        environment.setenv("DATELINE_MODEL_SECRET", secret)
        yield Cloud(Table(dynamodb, TABLE), Bucket(s3, BUCKET))


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each upload once, and not at each of hundreds of tries: that is most of the processor time."""
    read: dict[tuple[str, str], Document] = {}

    def once(where: keys.Place, dropped: StoredObject, recogniser: object) -> Document:
        name = (where.key, dropped.version)
        if name not in read:
            read[name] = open_dropped(where, dropped)
        return read[name]

    monkeypatch.setattr(document, "open_dropped", once)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Note what is sent to the queues, which give delayed messages to nobody yet."""
    messages: list[Message] = []
    monkeypatch.setattr(Queue, "send", lambda _self, some, _delay=0: messages.extend(some))
    return messages


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def fresh(name: str) -> ModuleType:
    """Import a function's module as at a cold start: with no metrics of tests before, which all modules share."""
    module = importlib.reload(importlib.import_module(name))
    module.metrics.clear_metrics()
    return module
