"""Budgets: what reaches one waits visibly, and nothing is lost or paid for twice."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pytest

from dateline.answer import Completion
from dateline.ask.estimate import needed
from dateline.ask.parts import PART_CHARACTERS, parts
from dateline.ask.request import Request
from dateline.documents import Document, Sentence
from dateline.documents.limits import MAX_CHARACTERS
from dateline.documents.read import read
from dateline.errors import Rejected, Retryable
from dateline.lane.target import target
from dateline.records import Asking, Usage
from dateline.store import keys
from dateline.store.heads import Head, Rejection
from dateline.store.store import Store, store_over
from summarize.budget import Budget, Meter
from summarize.document import Result, bring_up_to_date
from summarize.tools import Tools
from tests.functions.newsroom import FakeModel
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

KEY = "drop/press/report.txt"
LONG = "".join(
    f"The council of Aldermoor met on {n % 28 + 1} May {1950 + n // 28} about item {n}.\n" for n in range(60)
)
PART = 1_000


@dataclass
class Desk:
    """A store and what a worker does with the one document in it."""

    store: Store
    model: FakeModel = field(default_factory=lambda: FakeModel(name="gpt-5-mini"))

    def work(self, budget: Budget) -> Result:
        place = keys.place(KEY)
        assert place is not None
        asking = Asking(model=self.model.name, language="en", part_characters=PART)
        tools = Tools(self.store, lambda: self.model, target(asking, self.store.recipes), budget)
        return bring_up_to_date(place, tools, time.monotonic() + 60)

    @property
    def head(self) -> Head:
        place = keys.place(KEY)
        assert place is not None
        held = self.store.heads.get(place.document_id)
        assert held is not None
        return held.head

    @property
    def waiting_for(self) -> str:
        return self.head.waiting_for or ""

    @property
    def rejection(self) -> Rejection:
        assert self.head.rejection is not None
        return self.head.rejection

    @property
    def notes(self) -> set[str]:
        run = self.store.runs.get(self.head.document_id, self.head.current or 0)
        assert run is not None
        return {note.code for note in run.notes}


@pytest.fixture
def desk() -> Desk:
    bucket = MemoryBucket()
    bucket.drop(KEY, LONG)
    return Desk(store_over(MemoryTable(), bucket))


def test_a_document_beyond_its_budget_is_rejected_and_told_what_to_do(desk: Desk) -> None:
    assert desk.work(Budget(document=1_000)).outcome == "rejected"

    assert desk.model.calls == 0
    assert desk.rejection.code == "over_budget"
    assert "raise the parameter DocumentTokens" in desk.rejection.reason


def test_the_longest_text_that_is_read_is_within_the_budget() -> None:
    length = 1_000
    text = "x" * (MAX_CHARACTERS)
    sentences = tuple(Sentence(at // length + 1, at, at + length) for at in range(0, MAX_CHARACTERS, length))
    longest = Document(text=text, sentences=sentences, encoding="utf-8")

    Budget().must_hold(needed(longest, PART_CHARACTERS))


def test_a_document_whose_repairs_take_all_its_tokens_is_published_with_a_note(desk: Desk) -> None:
    asked = needed(read(LONG.encode(), name=KEY), PART)
    desk.model.used = Usage(calls=1, input=asked // 2, output=1)

    assert desk.work(Budget(document=asked)).outcome == "done"

    assert "answer_refused" in desk.notes
    assert desk.model.calls < len(parts(read(LONG.encode(), name=KEY), PART))


def test_a_spent_day_lets_documents_wait_and_none_is_lost(desk: Desk) -> None:
    today = desk.store.spending.reserve(5_000, 5_000)

    with pytest.raises(Retryable) as waits:
        desk.work(Budget(day=5_000))

    assert "the day's budget of 5,000 tokens is spent; it goes on at" in desk.waiting_for
    assert 0 < (waits.value.after or 0) <= 86_400
    assert desk.model.calls == 0
    assert desk.work(Budget(day=1_000_000)).outcome == "done"
    assert desk.store.spending.of(today) == 5_000 + 15 * desk.model.calls


def test_what_a_failed_try_took_is_counted_and_kept(desk: Desk) -> None:
    def fail_later() -> None:
        if desk.model.calls == 3:
            desk.model.fault = Retryable("busy", 9)

    desk.model.before = fail_later
    with pytest.raises(Retryable):
        desk.work(Budget(day=1_000_000))
    taken = desk.store.spending.of(time.strftime("%Y-%m-%d", time.gmtime()))
    asked = desk.model.calls
    desk.model.fault, desk.model.before = None, lambda: None
    desk.work(Budget(day=1_000_000))

    place = keys.place(KEY)
    assert place is not None
    held = desk.store.heads.get(place.document_id)
    assert held is not None
    run = desk.store.runs.get(place.document_id, held.head.current or 0)
    assert run is not None
    answered = (desk.model.calls - asked) + taken // 15
    assert taken > 0
    assert run.usage.calls == answered
    assert run.cost is not None
    assert desk.store.blobs.unfinished(place.document_id) is None


def test_a_meter_asks_no_more_once_the_tokens_are_spent() -> None:
    class Model:
        name = "a-model"

        def complete(self, request: Request, deadline: float) -> Completion:
            return Completion(text="", finish="stop", usage=Usage(calls=1, input=80, output=40))

    meter = Meter(Model(), 100)
    meter.complete(Request((), {}), 0)

    with pytest.raises(Rejected, match="the parameter DocumentTokens"):
        meter.complete(Request((), {}), 0)

    assert meter.usage.calls == 1
