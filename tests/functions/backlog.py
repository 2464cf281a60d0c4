"""A backlog of documents at a provider with limits: the whole live lane on a simulated clock, and what came of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.store.store import Store, store_over
from summarize.limiter import Bounds, Limiter
from tests.functions.busy_provider import Provider
from tests.functions.conftest import Context, fresh
from tests.functions.drop_events import document
from tests.functions.lambda_and_sqs import Clock, SimulatedSqs
from tests.functions.newsroom import FIRST, place
from tests.functions.simulated_threads import ThreadedSource, Threads
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

BEGAN = datetime(2026, 1, 5, tzinfo=UTC).timestamp()
_VISIBILITY, _RECEIVING = 1_800.0, 0.3  # seconds
_STEP, _LONGEST = 10.0, 7_200.0  # seconds


@dataclass
class Backlog:
    """Documents that were all dropped at once, and workers, each with what its own memory knows of the provider."""

    documents: int
    at_once: int
    bounds: Bounds = field(default_factory=Bounds)
    clock: Clock = field(default_factory=lambda: Clock(BEGAN))
    table: MemoryTable = field(default_factory=MemoryTable)

    def __post_init__(self) -> None:
        self.bucket = MemoryBucket(lambda: self.clock.moment)
        self.sqs = SimulatedSqs(self.clock)
        self.threads = Threads(self.clock)
        self.drops, self.links = self.sqs.queue("drops", _VISIBILITY), self.sqs.queue("links", _VISIBILITY)
        self._limiters: dict[int, Limiter] = {}
        # Four of a collection: linking many is another test's.
        self.keys = [f"drop/c{one // 4}/{one}.txt" for one in range(self.documents)]

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket, lambda: self.clock.moment)

    def limiter(self, _model: str) -> Limiter:
        assert self.threads.current is not None
        made = Limiter(self.store.schedule, "a model", self.bounds, self.threads.sleep)
        return self._limiters.setdefault(self.threads.current.environment, made)

    def run(self, app: ModuleType, provider: Provider) -> float:
        """Work until all is done; return the seconds until the last call."""
        for number, key in enumerate(self.keys):
            self.bucket.drop(key, f"{FIRST}It was reported as number {number}.\n")
            self.drops.put(json.dumps(document(key)))

        def handler(event: dict[str, Any]) -> dict[str, Any]:
            return app.handler(event, Context(seconds=300))  # type: ignore[no-any-return]

        for queue, at_once, environment in ((self.drops, self.at_once, 0), (self.links, 2, 1_000)):
            ThreadedSource(
                queue, self.sqs, handler, at_once, _RECEIVING, threads=self.threads, first_environment=environment
            ).poll()
        while (self.drops.messages or self.links.messages) and self.clock.now < BEGAN + _LONGEST:
            self.clock.run(self.clock.now + _STEP)
        return max(provider.answers) - BEGAN

    def states(self) -> set[str]:
        held = [self.store.heads.get(place(key).document_id) for key in self.keys]
        return {one.head.state if one else "never seen" for one in held}


@contextmanager
def live_lane(environment: pytest.MonkeyPatch, backlog: Backlog, provider: Provider) -> Iterator[ModuleType]:
    """Import the function over a backlog's store, queue and provider."""
    app = fresh("summarize.app")
    clients = Clients(backlog.store, Queue(backlog.sqs, "drops", "links"))  # type: ignore[arg-type]
    with environment.context() as changed:
        app.logger.setLevel(logging.CRITICAL)
        changed.setattr(app.metrics, "add_metric", lambda *_: None)
        changed.setattr(app.metrics.provider, "flush_metrics", lambda **_: None)
        changed.setattr(app, "clients", lambda: clients)
        changed.setattr(app, "limiter", backlog.limiter)
        changed.setattr(app, "provider_key", lambda *_, **__: "a key")
        changed.setattr(app, "provider", lambda name, _key: provider.model(name, backlog.limiter(name).hear))
        yield app
