"""How often AWS is called for a short document, from its notification until it is linked, by a worker that is warm."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from dateline.store import keys
from infra.standin import MODEL
from infra.standin.server import serving
from tests.aws import BUCKET, REGION, TABLE, noted_calls, simulated_aws
from tests.benchmarks.row import Row, script
from tests.functions.conftest import Context, fresh
from tests.functions.drop_events import batch, notification
from tests.local.articles import article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_s3.client import S3Client

CALLS = Row("AWS calls a document until it is readable", "14", "≤ 11")
LINKING = Row("AWS calls that linking it takes afterwards", "–")
_MOST = 11
# Readers see a document when its head is written for the last time.
_SWITCH = "PutItem of a head"


def rows() -> Iterator[Row]:
    """Drop one document to warm the worker, and count for another."""
    with pytest.MonkeyPatch.context() as patch, simulated_aws(patch) as (_, s3), serving() as url:
        queues = {name: boto3.client("sqs").create_queue(QueueName=name)["QueueUrl"] for name in ("drops", "links")}
        secret = boto3.client("secretsmanager").create_secret(Name="key", SecretString="a key")["ARN"]
        for name, value in {
            "AWS_REGION": REGION,
            "DATELINE_TABLE": TABLE,
            "DATELINE_BUCKET": BUCKET,
            "DATELINE_QUEUE_URL": queues["drops"],
            "DATELINE_LINK_QUEUE_URL": queues["links"],
            "DATELINE_MODEL": MODEL,
            "DATELINE_MODEL_URL": url,
            "DATELINE_MODEL_SECRET": secret,
            "POWERTOOLS_LOG_LEVEL": "ERROR",
            "POWERTOOLS_TRACE_DISABLED": "true",
            "POWERTOOLS_METRICS_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        app = fresh("summarize.app")
        for number in (1, 4):
            calls = [_called(app, event) for event in _events(s3, queues["links"], number)]
    read, linked = calls
    *_, readable = (place for place, call in enumerate(read, 1) if call == _SWITCH)
    yield CALLS.measured(
        str(readable), reached=readable <= _MOST, note=f"{len(read)} in all: {_listed(read)}; a worker that is warm"
    )
    yield LINKING.measured(str(len(linked)), note=_listed(linked))


def _events(s3: S3Client, links: str, number: int) -> Iterator[dict[str, Any]]:
    """Drop an article and give what the function gets of it: the notification, and then the link message."""
    key = f"drop/news/{number}.txt"
    version = s3.put_object(Bucket=BUCKET, Key=key, Body=article(number).encode())["VersionId"]
    yield batch((notification(key, version), 1))
    sqs = boto3.client("sqs")
    (message,) = sqs.receive_message(QueueUrl=links)["Messages"]
    sqs.delete_message(QueueUrl=links, ReceiptHandle=message["ReceiptHandle"])
    yield batch((message["Body"], 1))


def _called(app: Any, event: dict[str, Any]) -> list[str]:
    """Have an event worked on, and return the calls in their order."""
    with noted_calls() as calls:
        assert app.handler(event, Context()) == {"batchItemFailures": []}
    return [_SWITCH if asked.get("Item", {}).get("sk", {}).get("S") == keys.HEAD else name for name, asked in calls]


def _listed(calls: list[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(calls).most_common())


if __name__ == "__main__":
    script(rows)
