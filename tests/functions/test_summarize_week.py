"""A week of the whole live lane on a simulated clock: an outage, a wrong key, lost notices, kills, throttles."""

from __future__ import annotations

import json
import logging
import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, pairwise, takewhile
from random import Random
from types import ModuleType
from typing import Any

import pytest

from dateline.documents.model import Document
from dateline.errors import Retryable
from dateline.lane.intake import open_dropped
from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.provider.client import KEY_REFUSED, OPERATOR_SECONDS, UNREACHABLE
from dateline.store import keys
from dateline.store.bucket import StoredObject
from dateline.store.heads import Held
from dateline.store.store import Store, store_over
from summarize import document
from tests.functions.conftest import Context, fresh
from tests.functions.dying import Killed
from tests.functions.lambda_and_sqs import Clock, EventSource, Handler, SimulatedSqs
from tests.functions.newsroom import FIRST, FakeModel, place
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

MONDAY = datetime(2026, 1, 5, tzinfo=UTC).timestamp()
HOUR, DAY = 3_600.0, 86_400.0
SWEEP_AT = 3.5 * HOUR
OUTAGE = (1 * DAY + 9 * HOUR, 1 * DAY + 15 * HOUR)
WRONG_KEY = (3 * DAY + 8 * HOUR, 6 * DAY + 8 * HOUR)
LONGEST_DELAY = 900.0
VISIBILITY, RUN_SECONDS = 1_800.0, 20.0
LINE = FIRST.splitlines(keepends=True)[0]


@dataclass
class Week:
    """The live lane of a deployment with the default settings, and what happens to it."""

    clock: Clock = field(default_factory=lambda: Clock(MONDAY))
    table: MemoryTable = field(default_factory=MemoryTable)
    troubles: list[tuple[float, float, Retryable]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bucket = MemoryBucket(lambda: self.clock.moment)
        self.sqs = SimulatedSqs(self.clock)
        self.drops, self.links = self.sqs.queue("drops", VISIBILITY), self.sqs.queue("links", VISIBILITY)

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket, lambda: self.clock.moment)

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
        return FakeModel(name=name)

    def drop(self, key: str, after: float, *, notice: bool = True) -> None:
        """Drop a document some seconds after the week began; S3 tells of it a second later, or never."""

        def dropped() -> None:
            self.bucket.drop(key, f"{LINE}It was reported as number {key}.\n")
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


@pytest.fixture
def app(environment: pytest.MonkeyPatch) -> ModuleType:
    module = fresh("summarize.app")
    module.logger.setLevel(logging.CRITICAL)
    environment.setattr(module.metrics, "add_metric", lambda *_: None)
    environment.setattr(module.metrics.provider, "flush_metrics", lambda **_: None)
    return module


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
def week(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Week:
    week = Week()
    clients = Clients(week.store, Queue(week.sqs, "drops", "links"))  # type: ignore[arg-type]
    monkeypatch.setattr(app, "clients", lambda: clients)
    monkeypatch.setattr(app, "provider_key", lambda _secret: "a key")
    monkeypatch.setattr(app, "OpenAIModel", lambda name, *_: week.model(name))
    return week


def names(number: int) -> list[str]:
    """Name documents, four of a collection: linking many is another test's."""
    return [f"drop/c{one // 4}/{one}.txt" for one in range(number)]


def wrong_key(begin: float, end: float) -> tuple[float, float, Retryable]:
    return begin, end, Retryable(KEY_REFUSED, OPERATOR_SECONDS)


def most_tries(seconds: float) -> int:
    """Count the tries that waiting so long takes at most: after 2, 4, 8 … seconds, and then every 15 minutes."""
    growing = list(takewhile(lambda delay: delay < LONGEST_DELAY, (2.0 ** (one + 1) for one in count())))
    return 1 + len(growing) + math.ceil((seconds - sum(growing)) / LONGEST_DELAY)


def drop_times() -> list[float]:
    """Spread 200 documents: each half hour, and every twelve hours while the key is wrong, since all of these wait."""
    before = [one * HOUR / 2 for one in range(160)]
    meanwhile = [WRONG_KEY[0] + one * 12 * HOUR for one in range(6)]
    return [*before, *meanwhile, *(WRONG_KEY[1] + one * HOUR / 2 for one in range(34))]


@pytest.mark.usefixtures("read_once")
def test_a_week_with_an_outage_and_a_wrong_key_loses_no_document_and_multiplies_no_message(
    app: ModuleType, week: Week
) -> None:
    documents = names(200)
    unnoticed = set(documents[7::40])
    week.troubles = [(*OUTAGE, Retryable(UNREACHABLE)), wrong_key(*WRONG_KEY)]
    for key, after in zip(documents, drop_times(), strict=True):
        week.drop(key, after, notice=key not in unnoticed)
    week.begin(lambda event: app.handler(event, Context()))

    week.run(9 * DAY)

    assert week.drops.dead == week.links.dead == []
    assert {key: week.state(key) for key in documents} == dict.fromkeys(documents, "done")
    assert not week.drops.messages
    assert not week.links.messages
    assert week.swept() == dict.fromkeys(unnoticed, 1), "nobody else was sent a second message"
    most = most_tries(WRONG_KEY[1] - WRONG_KEY[0])
    sent = week.messages()
    assert max(sent.values()) <= most == 297, "a try every 15 minutes for three days, and nine quicker ones at first"
    assert sum(sent.values()) <= 6 * most + 12 * most_tries(OUTAGE[1] - OUTAGE[0]) + 200 * 2
    assert max(week.messages("link").values()) == 1


def test_a_document_whose_versions_are_all_gone_while_nobody_was_told_is_unreadable_within_nine_days(
    app: ModuleType, week: Week
) -> None:
    kept, gone = names(2)
    week.drop(kept, 0)
    week.drop(gone, 0)
    week.begin(lambda event: app.handler(event, Context()))
    week.run(DAY)
    assert week.state(gone) == "done"

    week.forget(gone)
    week.run(9 * DAY)

    assert (week.state(kept), week.state(gone)) == ("done", "deleted")
    assert week.swept() == {gone: 1}


def test_what_fails_comes_back_soon_and_is_a_dead_letter_only_after_two_thirds_of_an_hour(
    app: ModuleType, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def fail(*_: object) -> None:
        tries.append(week.clock.now - MONDAY)
        raise KeyError

    monkeypatch.setattr(app, "bring_up_to_date", fail)
    (key,) = names(1)
    week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()))

    week.run(2 * HOUR)

    assert [round(later - one) for one, later in pairwise(tries)] == [30, 120, 480, 1_800]
    assert len(week.drops.dead) == 1


def test_after_a_kill_a_message_comes_back_when_its_visibility_times_out(app: ModuleType, week: Week) -> None:
    (key,) = names(1)
    runs: list[float] = []

    def handler(event: dict[str, Any]) -> dict[str, Any]:
        runs.append(week.clock.now - MONDAY)
        if len(runs) == 1:
            raise Killed
        return app.handler(event, Context())  # type: ignore[no-any-return]

    week.drop(key, 0)
    week.begin(handler)

    week.run(HOUR)

    assert runs[1] - runs[0] == VISIBILITY
    assert week.state(key) == "done"
    assert week.drops.dead == []


def test_sends_that_sqs_refuses_and_receives_that_lambda_throttles_lose_nothing(app: ModuleType, week: Week) -> None:
    documents = names(12)
    week.troubles = [(0.0, HOUR, Retryable(UNREACHABLE))]
    chance = Random(1)
    week.sqs.refuse = lambda _body: chance.random() < 1 / 10
    for key in documents:
        week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()), throttled=lambda: chance.random() < 1 / 10)

    week.run(2 * DAY)

    assert week.drops.dead == week.links.dead == []
    assert {week.state(key) for key in documents} == {"done"}


def test_with_lambdas_detection_of_loops_whatever_waits_for_long_would_be_a_dead_letter(
    app: ModuleType, week: Week
) -> None:
    (key,) = names(1)
    week.troubles = [(0.0, DAY, Retryable(UNREACHABLE))]
    week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()), ends_loops=True)

    week.run(DAY)

    assert len(week.drops.dead) == 1, "so the template switches it off"
