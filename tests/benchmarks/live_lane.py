"""The live lane of a local stack under a model of a test's own: documents go in, and what became of them is read."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dateline.store import keys
from dateline.store.store import open_store
from dateline.store.table import Table
from infra.local.cloud.aws import STACK
from infra.standin import MODEL
from infra.standin.server import serving
from tests.benchmarks.model import SlowModel
from tests.local.running import Running, running, until

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.store.heads import Held
    from dateline.store.store import Store

_LOOK_SECONDS = 2.0
_DROPS_AT_ONCE = 8
_NO_LIMIT = 10**15
_WORKER = "summarize.app.handler"


@dataclass(frozen=True)
class LiveLane:
    """A stack that serves, and the model that it asks."""

    stack: Running
    model: SlowModel

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The outputs of the stack's template."""
        (found,) = self.stack.aws.cloudformation.describe_stacks(StackName=STACK)["Stacks"]
        return {one["OutputKey"]: one["OutputValue"] for one in found["Outputs"]}

    @cached_property
    def store(self) -> Store:
        """The stack's store, read past its functions."""
        aws = self.stack.aws
        return open_store(aws.dynamodb, aws.s3, self.outputs["TableName"], self.stack.bucket)

    def shorten(self, seconds: int, visibility: int) -> None:
        """Give the function that works on documents less time, and let a killed one's messages come back sooner."""
        functions = self.stack.aws.functions
        for one in functions.list_functions()["Functions"]:
            if one.get("Handler") == _WORKER:
                functions.update_function_configuration(FunctionName=one["FunctionName"], Timeout=seconds)
        for name in ("DropQueueUrl", "LinkQueueUrl"):
            self.stack.aws.sqs.set_queue_attributes(
                QueueUrl=self.outputs[name], Attributes={"VisibilityTimeout": str(visibility)}
            )

    def drop(self, collection: str, texts: Iterable[tuple[str, str]]) -> None:
        """Drop documents, each by its path and text, several at a time."""
        with ThreadPoolExecutor(_DROPS_AT_ONCE) as pool:
            list(pool.map(lambda one: self.stack.drop(f"{collection}/{one[0]}", one[1].encode()), texts))

    def settle(self, documents: Sequence[str], seconds: float) -> dict[str, Held]:
        """Wait until no document waits any more, for its answer or to be linked, and return their heads."""

        def settled() -> dict[str, Held]:
            heads = self.store.heads.get_many(documents)
            waiting = [one for one in documents if one not in heads or not _is_settled(heads[one])]
            return {} if waiting else heads

        return until(settled, seconds, _LOOK_SECONDS)

    def dead_letters(self) -> int:
        """Count the messages that were given up."""
        sqs = self.stack.aws.sqs
        working = {self.outputs["DropQueueUrl"], self.outputs["LinkQueueUrl"]}
        others = [url for url in sqs.list_queues()["QueueUrls"] if url not in working]
        counts = [
            sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
            for url in others
        ]
        return sum(int(one["ApproximateNumberOfMessages"]) for one in counts)

    def forget_answers(self) -> None:
        """Delete all answers, so that the same texts are asked about again."""
        s3, bucket = self.stack.s3, self.stack.bucket
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="answers/"):
            for one in page.get("Contents", []):
                s3.delete_object(Bucket=bucket, Key=one["Key"])

    def workers(self) -> list[int]:
        """Find the processes that work on documents now."""
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True
        ).stdout
        mine = set(self.stack.processes())
        found = (line.split(None, 1) for line in listed.splitlines())
        return [int(pid) for pid, command in found if _WORKER in command and int(pid) in mine]

    def left_over(self, collection: str, heads: dict[str, Held]) -> list[str]:
        """Tidy, and name what stands in the table of runs that no reader can reach."""
        table = Table(self.stack.aws.dynamodb, self.outputs["TableName"])
        left: list[str] = []
        for document_id, held in heads.items():
            self.store.runs.tidy(document_id)
            kept = {held.head.current, held.head.previous}
            items = table.walk(
                keys.document_pk(document_id), keys.run_sk(0), f"{keys.run_sk(10**9)}{keys.HIGHEST}", 500
            )
            left += [f"{document_id} {one['sk']}" for one in items if keys.read_run_key(str(one["sk"]))[0] not in kept]
        rows = table.walk(keys.EVENTS.pk(collection), keys.LOWEST, keys.HIGHEST, 500)
        return left + [str(one["sk"]) for one in rows if one["run"] != heads[str(one["document"])].head.current]


def ids_of(collection: str, paths: Iterable[str]) -> list[str]:
    """Return the ids of documents of a collection."""
    places = (keys.place(f"{keys.PREFIX}{collection}/{path}") for path in paths)
    return [place.document_id for place in places if place is not None]


def _is_settled(held: Held) -> bool:
    return held.head.state != "waiting" and held.is_linked


@contextmanager
def live_lane(folder: Path, model: SlowModel, **parameters: Any) -> Iterator[LiveLane]:
    """Run a stack whose functions ask a model of the test's own, with some parameters of the template."""
    given = {"DayTokens": _NO_LIMIT, **parameters}
    options = [f"--parameter={name}={value}" for name, value in given.items()]
    with serving(model) as url:
        environment = {"OPENAI_API_KEY": "a key", "OPENAI_BASE_URL": url, "DATELINE_MODEL": MODEL}
        with running(folder, *options, environment=environment) as stack:
            yield LiveLane(stack, model)
