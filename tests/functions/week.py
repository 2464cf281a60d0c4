"""The whole live lane of a deployment on a simulated clock: what is dropped, what SQS does, what the function makes."""

from __future__ import annotations

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from dateline.errors import Retryable
from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.store.heads import Held
from dateline.store.store import Store, store_over
from tests.functions.conftest import fresh
from tests.functions.lambda_and_sqs import Clock, EventSource, Handler, SimulatedSqs
from tests.functions.newsroom import FIRST, FakeModel, place
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

MONDAY = datetime(2026, 1, 5, tzinfo=UTC).timestamp()
HOUR, DAY = 3_600.0, 86_400.0
SWEEP_AT = 3.5 * HOUR
VISIBILITY, RUN_SECONDS = 1_800.0, 20.0
LINE = FIRST.splitlines(keepends=True)[0]


@dataclass
class Week:
    """The live lane of a deployment with the default settings, and what happens to it."""

    clock: Clock = field(default_factory=lambda: Clock(MONDAY))
    table: MemoryTable = field(default_factory=MemoryTable)
    troubles: list[tuple[float, float, Retryable]] = field(default_factory=list)
    models: list[FakeModel] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bucket = MemoryBucket(lambda: self.clock.moment)
        self.sqs = SimulatedSqs(self.clock)
        self.drops, self.links = self.sqs.queue("drops", VISIBILITY), self.sqs.queue("links", VISIBILITY)

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket, lambda: self.clock.moment)

    def deploy(self, monkeypatch: pytest.MonkeyPatch, store: Store | None = None) -> ModuleType:
        """Start the summarize function over the week's store and queues, with the week's model, and say nothing."""
        app = fresh("summarize.app")
        app.logger.setLevel(logging.CRITICAL)
        clients = Clients(store or self.store, Queue(self.sqs, "drops", "links"))  # type: ignore[arg-type]
        for of, name, value in (
            (app.metrics, "add_metric", lambda *_: None),
            (app.metrics.provider, "flush_metrics", lambda **_: None),
            (app, "clients", lambda: clients),
            (app, "provider_key", lambda *_, **__: "a key"),
            (app, "OpenAIModel", lambda name, *_: self.model(name)),
        ):
            monkeypatch.setattr(of, name, value)
        return app

    def begin(self, handler: Handler, **how: Any) -> None:
        """Start the pollers and the daily schedule."""
        for queue, at_once in ((self.drops, 10), (self.links, 2)):
            EventSource(queue, self.sqs, handler, at_once, RUN_SECONDS, **how)
        for day in range(10):
            self.clock.after(day * DAY + SWEEP_AT, lambda: self.drops.put('{"kind": "sweep"}'))

    def model(self, name: str) -> FakeModel:
        """Make a model, unless there is trouble now: what asking it would end in, this ends in, and sooner."""
        seconds = self.clock.now - MONDAY
        faults = [fault for begin, end, fault in self.troubles if begin <= seconds < end]
        if faults:
            raise faults[0]
        self.models.append(FakeModel(name=name))
        return self.models[-1]

    @property
    def calls(self) -> int:
        """How often a model was asked."""
        return sum(one.calls for one in self.models)

    def drop(self, key: str, after: float, text: str | None = None, *, notice: bool = True) -> None:
        """Drop a document some seconds after the week began; S3 tells of it a second later, or never."""

        def dropped() -> None:
            self.bucket.drop(key, text or f"{LINE}It was reported as number {key}.\n")
            if notice:
                self.notify(key)

        self.clock.after(MONDAY + after - self.clock.now, dropped)

    def notify(self, key: str) -> None:
        self.drops.put(json.dumps({"Records": [{"s3": {"object": {"key": key}}}]}), 1)

    def run(self, until: float) -> None:
        self.clock.run(MONDAY + until)

    def held(self, key: str) -> Held | None:
        return self.store.heads.get(place(key).document_id)

    def state(self, key: str) -> str:
        held = self.held(key)
        return held.head.state if held else "never seen"

    def messages(self, kind: str = "document") -> Counter[str]:
        """Count what was sent about each key: by S3, by the sweep and by putting off."""
        found: Counter[str] = Counter()
        for body in (*self.drops.sent, *self.links.sent):
            read = json.loads(body)
            if kind == "document" and "Records" in read:
                found[read["Records"][0]["s3"]["object"]["key"]] += 1
            elif read.get("kind") == kind:
                found[read.get("key", "")] += 1
        return found

    def swept(self) -> Counter[str]:
        """Count the messages that the sweep sent about each document: no try, and none of S3's."""
        read = [json.loads(body) for body in self.drops.sent]
        return Counter(one["key"] for one in read if one.get("kind") == "document" and one["attempt"] == 0)

    def forget(self, key: str) -> None:
        """Delete all versions of an object for good; S3 tells nobody."""
        del self.bucket._versions[key]
