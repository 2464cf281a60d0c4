"""Documents that both functions bring up to date over a store in memory, with a provider on a real socket."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, cast

import pytest

from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.lane.target import target
from dateline.provider.batches import Batch, OpenAIBatches
from dateline.provider.client import OpenAIModel
from dateline.records import Run, Usage
from dateline.store import keys
from dateline.store.file_states import BatchFile, PlanFile, Through
from dateline.store.plans import Lane, Outcome, Plan, Scope
from dateline.store.store import Store, store_over
from reprocess.limits import FileLimits
from reprocess.opening import open_plan
from reprocess.run import run
from reprocess.settings import Settings
from reprocess.tools import Tools
from tests.functions.conftest import Context, fresh
from tests.functions.drop_events import batch as event_of
from tests.functions.dying import Gate, Killed
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable
from tests.misbehaving_batches import Fate, Provider

OLD, NEW, NEWER = "extractive", "extractive-2", "extractive-3"
_A_TURN = 900  # seconds; the lease of a run that died
_MOST_RUNS = 12


@dataclass
class Post:
    """As much of SQS as a queue writes to: what was sent, delayed by nothing unless all of it is held up."""

    bodies: list[str] = field(default_factory=list)
    is_held_up: bool = False

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        self.bodies.extend(entry["MessageBody"] for entry in Entries)
        return {}

    def of_plans(self) -> list[dict[str, Any]]:
        """What is on its way to the live lane for a plan."""
        return [body for body in map(json.loads, self.bodies) if body.get("plan")]


class Dying:
    """A client of which each named operation is a step through a gate."""

    def __init__(self, client: Any, gate: Gate, *operations: str) -> None:
        self._client, self._gate, self._operations = client, gate, operations

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self._client, name)
        if name not in self._operations:
            return operation

        def step(*arguments: Any, **named: Any) -> Any:
            self._gate.step()
            return operation(*arguments, **named)

        return step


class Punctual(OpenAIBatches):
    """A client of a provider whose clock has not moved while a test's has."""

    def __init__(self, base_url: str, later: Callable[[], timedelta]) -> None:
        super().__init__(base_url, "a key")
        self._later = later

    def find_file(self, name: str, since: datetime, timeout: float) -> str | None:
        return super().find_file(name, since - self._later(), timeout)

    def find(self, metadata: Mapping[str, str], since: datetime, timeout: float) -> Batch | None:
        return super().find(metadata, since - self._later(), timeout)


@dataclass
class Paper:
    """What the functions work on, for a test to drive and to look at. `later` moves the clock of reprocessing."""

    provider: Provider
    environment: pytest.MonkeyPatch
    post: Post = field(default_factory=Post)
    later: timedelta = timedelta()
    dropped: list[str] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None
    settings: dict[str, Any] = field(default_factory=dict)
    file_limits: FileLimits = field(default_factory=FileLimits)

    def __post_init__(self) -> None:
        self.table, self.bucket = MemoryTable(), MemoryBucket()
        self.pool = ThreadPoolExecutor(4)
        self.batches = Punctual(self.provider.url, lambda: self.later)
        self.models_asked: dict[str, OpenAIModel] = {}
        self.environment.setenv("DATELINE_MODEL_URL", self.provider.url)
        self.summarize: ModuleType = fresh("summarize.app")
        clients = Clients(self.store, Queue(cast("Any", self.post), "queue", "links"))
        self.environment.setattr(self.summarize, "clients", lambda: clients)
        self.environment.setattr(self.summarize, "rows_pool", lambda: self.pool)
        self.environment.setattr(self.summarize, "provider_key", lambda *_, **__: "a key")
        self.deploy(OLD)

    def close(self) -> None:
        self.pool.shutdown()
        self.batches._client.close()
        for model in self.models_asked.values():
            model._client.close()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket, self.now)

    def deploy(self, model: str) -> None:
        """Deploy both functions with a model."""
        self.environment.setenv("DATELINE_MODEL", model)
        self.environment.setattr(self.summarize, "settings", self.summarize.Settings())
        asked = self.models_asked.setdefault(model, OpenAIModel(model, self.provider.url, "a key"))
        self.environment.setattr(self.summarize, "OpenAIModel", lambda *_: asked)

    def drop(self, name: str, text: str | None = None) -> str:
        """Drop a document, and have its notification on its way."""
        key = f"drop/news/{name}.txt"
        day = len(self.dropped) % 28 + 1
        text = text or f"On {day} May 2024 the council of Aldermoor met, and {name} spoke.\n"
        self.bucket.drop(key, text)
        self.dropped = list(dict.fromkeys([*self.dropped, key]))
        self.post.bodies.append(json.dumps({"kind": "document", "key": key}))
        return key

    def delete(self, key: str) -> None:
        self.bucket.delete([key])
        self.dropped.remove(key)
        self.post.bodies.append(json.dumps({"kind": "document", "key": key}))

    def drain(self) -> None:
        """Have the live lane work through what is in the queue now; what it puts off is there again afterwards."""
        bodies, self.post.bodies = self.post.bodies, []
        for start in range(0, len(bodies), 10):
            self.summarize.metrics.clear_metrics()
            answer = self.summarize.handler(event_of(*((body, 1) for body in bodies[start:][:10])), Context())
            assert answer == {"batchItemFailures": []}

    def tools(self, gate: Gate | None = None) -> Tools:
        """Make what a run of the function works with, which dies where the gate says."""
        gate = gate or Gate(10_000)
        settings = Settings(**self.settings)
        store = store_over(self.table.written_by(gate.step), self.bucket.written_by(gate.step), self.now)
        provider: Any = Dying(self.batches, gate, "upload", "create", "cancel", "delete_file")
        return Tools(
            store=store,
            queue=Queue(cast("Any", Dying(self.post, gate, "send_message_batch")), "queue", "links"),
            batches=lambda: provider,
            target=target(settings.asking, store.recipes),
            settings=settings,
            now=self.now,
            deadline=time.monotonic() + 600,
            file_limits=self.file_limits,
            wait=lambda _: self._wait(),
        )

    def _wait(self) -> None:
        self.meanwhile()
        if not self.post.is_held_up:
            self.drain()

    def forget_recipes(self) -> None:
        """Have only the recipes that documents have now, so that the next plan looks for no others."""
        for known in self.store.recipes.all():
            if self.store.recipe_index.count(known.recipe.name, 1) == 0:
                self.table.delete_many([keys.recipe(known.recipe.name)])

    def begin(self, lane: Lane = "batch", **scope: Any) -> None:
        """Open a plan for what is stale."""
        self.settings["lane"] = lane
        tools = self.tools()
        turn = tools.store.plans.take_turn(_A_TURN)
        assert turn is not None
        turn = open_plan(tools, turn, Scope(**scope))
        tools.store.plans.give_back(turn)
        assert turn.plan is not None

    def run(self, gate: Gate | None = None) -> Plan | None:
        """Do what the schedule leads to; None where another run has the turn."""
        tools = self.tools(gate)
        turn = tools.store.plans.take_turn(_A_TURN)
        if turn is None:
            return None
        turn = run(tools, turn)
        tools.store.plans.give_back(turn)
        return turn.plan

    def bring_through(self, *fates: Fate, gate: Gate | None = None) -> Plan:
        """Let the schedule fire every ten minutes, and batches end between, the oldest as the first fate says.

        A run that dies at the gate is followed by others that live.
        """
        several = list(fates)
        for _ in range(_MOST_RUNS):
            try:
                plan = self.run(gate)
            except Killed:
                gate = None
                plan = self.plan
                self.later += timedelta(seconds=_A_TURN)
            if plan is not None and plan.state == "done":
                return plan
            if not self.provider.service.batches.waiting.empty():
                self.provider.settle(*several)
                several = several[1:]
            self.later += timedelta(minutes=10)
        raise AssertionError(f"the plan is stuck: {self.plan.note}")

    @property
    def plan(self) -> Plan:
        return self.store.plans.newest(1)[0]

    @property
    def files(self) -> list[PlanFile]:
        return self.store.plans.files(self.plan)

    @property
    def reasons(self) -> list[str]:
        """How the batches ended whose files are through."""
        stages = [file.stage for file in self.files if isinstance(file, BatchFile)]
        return [stage.reason for stage in stages if isinstance(stage, Through)]

    @property
    def asked(self) -> tuple[int, int]:
        """How many requests the model answered in batches, and how many live."""
        return self.provider.service.batch, self.provider.service.live

    def outcomes(self) -> dict[str, Outcome]:
        return dict(self.store.plans.all_outcomes(self.plan.id))

    def models(self) -> Counter[str]:
        """Which models the documents that readers see were made by."""
        return Counter(self.model_of(key) for key in self.dropped)

    def model_of(self, key: str) -> str:
        return self._run_of(key).recipe.model

    def usage_of(self, key: str) -> Usage:
        """What a document's current run took."""
        return self._run_of(key).usage

    def _run_of(self, key: str) -> Run:
        document_id = place_of(key).document_id
        held = self.store.heads.get(document_id)
        assert held is not None
        assert held.head.current is not None
        run = self.store.runs.get(document_id, held.head.current)
        assert run is not None
        return run

    def left_behind(self) -> list[str]:
        """What lies where nothing should when a plan is done: at the provider, on its way, and in the bucket."""
        kept = [key for key in self.bucket.keys("reprocess/") if not key.endswith(".documents.jsonl")]
        return [*self.provider.files, *(body["key"] for body in self.post.of_plans()), *kept]


def place_of(key: str) -> keys.Place:
    place = keys.place(key)
    assert place is not None
    return place


@contextmanager
def paper_with(provider: Provider, environment: pytest.MonkeyPatch, documents: int) -> Iterator[Paper]:
    """Have a paper of so many documents by the old model, which a new one was just deployed over.

    The index by recipe has two shards here in place of sixteen, each of which a thread would begin to read.
    """
    environment.setattr(keys, "RECIPE_SHARDS", 2)
    paper = Paper(provider, environment)
    for number in range(documents):
        paper.drop(f"Speaker {number}")
    paper.drain()
    assert paper.models() == {OLD: documents}
    provider.service.live = 0
    paper.post.bodies.clear()
    paper.deploy(NEW)
    try:
        yield paper
    finally:
        paper.close()
