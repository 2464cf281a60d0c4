"""Planning stale documents in runs of the function, each in a process of its own, over real sockets.

Beside it stands what cannot be left out: reading the same documents and writing their requests, in memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import boto3

from dateline.ask.request import request
from dateline.documents.read import read as read_document
from dateline.provider.batch_lines import row
from dateline.records import Asking, Recipe
from dateline.store import keys
from dateline.store.batch_files import row_id
from dateline.store.heads import Head
from dateline.store.store import open_store
from dateline.store.table import Table
from infra.local.paths import ROOT
from tests.aws import BUCKET, TABLE
from tests.benchmarks.bucket import Bucket, document, serving
from tests.benchmarks.dynamo import running
from tests.factories import MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from dateline.store.table import Item

_OLD = Recipe(ask="old", judge="judge", model="an-old-model")
_MOST_RUNS = 12
# Documents that are read first, so that all tables of languages are made.
_WARMING = 20
# An account of some standing: its batches are bounded by the provider's other limits.
_ENQUEUED_TOKENS = 2_000_000_000


@dataclass(frozen=True)
class Planned:
    """What planning took: each run's seconds, the processor's of all, and the most memory of all, in bytes."""

    runs: list[float]
    processor: float
    most_bytes: int
    documents: int

    @property
    def seconds(self) -> float:
        return sum(self.runs)


def planned(monkeypatch: pytest.MonkeyPatch, folder: Path, count: int) -> Planned:
    """Plan so many stale documents, in as many runs of the function as it takes."""
    with running(monkeypatch) as dynamodb, serving(folder) as bucket:
        began = time.monotonic()
        _fill(dynamodb, count)
        print(f"\n{count:,} stale documents, their heads written in {time.monotonic() - began:.0f} s")
        _deploy(monkeypatch, bucket)
        found = _plan(count)
        rows = _rows(bucket)
        print(
            f"{len(found.runs)} runs, {found.seconds:.0f} s, {count / found.seconds:.0f} documents a second, "
            f"at most {found.most_bytes / 1e6:.0f} MB; {rows:,} requests in {len(_requests(bucket))} files"
        )
        assert rows == count
        return found


def _fill(dynamodb: DynamoDBClient, count: int) -> None:
    store = open_store(dynamodb, boto3.client("s3"), TABLE, BUCKET)
    store.recipes.register(_OLD, Asking(model=_OLD.model, language="en", part_characters=40_000))
    Table(dynamodb, TABLE).put_many(_heads(count))


def _heads(count: int) -> Iterator[Item]:
    for number in range(count):
        place = keys.place(f"drop/news/{number}.txt")
        assert place is not None
        dropped = MOMENT + timedelta(seconds=number)
        head = Head(key=place.key, state="done", dropped=dropped, current=1, content="content", recipe=_OLD.name)
        yield {
            "pk": keys.document_pk(place.document_id),
            "sk": keys.HEAD,
            "fence": 1,
            "lease": 0,
            "untidy": 0,
            "body": head.model_dump_json(exclude_defaults=True),
            "collection": place.collection,
            "dropped": f"{keys.drop_order(dropped)}#{place.document_id}",
            "recipe_shard": keys.recipe_shard(_OLD.name, place.document_id),
        }


def _deploy(monkeypatch: pytest.MonkeyPatch, bucket: Bucket) -> None:
    """Give the function's runs their surroundings. Nobody is where the model should be: nothing is submitted."""
    for name, value in {
        "AWS_ENDPOINT_URL_S3": bucket.url,
        "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
        "DATELINE_TABLE": TABLE,
        "DATELINE_BUCKET": BUCKET,
        "DATELINE_QUEUE_URL": f"{bucket.url}/queue",
        "DATELINE_LINK_QUEUE_URL": f"{bucket.url}/links",
        "DATELINE_MODEL": "a-model",
        "DATELINE_MODEL_URL": "http://127.0.0.1:9/v1",
        "DATELINE_MODEL_SECRET": "secret",
        "DATELINE_LANE": "batch",
        "DATELINE_ENQUEUED_TOKENS": str(_ENQUEUED_TOKENS),
        "POWERTOOLS_METRICS_NAMESPACE": "Dateline",
        "PYTHONPATH": f"{ROOT / 'functions'}:{ROOT}",
    }.items():
        monkeypatch.setenv(name, value)


def _plan(count: int) -> Planned:
    runs: list[float] = []
    processor, most_bytes, state = 0.0, 0, "planning"
    while state == "planning":
        assert len(runs) < _MOST_RUNS
        command = [sys.executable, "-m", "tests.benchmarks.planning_run", "collect" if runs else "plan"]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        said = json.loads(done.stdout.splitlines()[-1])
        print(f"  a run of {said['seconds']:.0f} s, {said['processor']:.0f} s of them its own; {said['state']}")
        runs.append(said["seconds"])
        processor += said["processor"]
        most_bytes, state = max(most_bytes, said["most_bytes"]), said["state"]
    return Planned(runs, processor, most_bytes, count)


def written_alone(count: int) -> float:
    """Read documents and write their requests, all in memory; return the processor's seconds for one of them."""
    numbers = range(_WARMING + count)
    texts = [document(number).encode() for number in numbers]
    for number in numbers:
        if number == _WARMING:
            began = time.process_time()
        read = read_document(texts[number], name=f"{number}.txt")
        row(row_id(f"{number}", read.content), "a-model", request(read, _OLD.ask, "en"), None)
    return (time.process_time() - began) / count


def _requests(bucket: Bucket) -> list[Path]:
    return bucket.kept("reprocess/*/*.requests.jsonl")


def _rows(bucket: Bucket) -> int:
    """Count the requests by their ids: each stands once."""
    ids: set[str] = set()
    lines = 0
    for path in _requests(bucket):
        with path.open("rb") as requests:
            for line in requests:
                lines += 1
                ids.add(str(json.loads(line)["custom_id"]))
    assert lines == len(ids)
    return lines
