"""A range of a batch's output taken in: what was paid for is used once, and no row costs another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from dateline.lane.intake import fetch, open_dropped
from dateline.lane.messages import DocumentMessage, Message, RowsMessage
from dateline.lane.queue import Queue
from dateline.store import keys
from dateline.store.batch_files import row_id
from dateline.store.plans import Outcome, Plan, Scope
from dateline.store.store import Store
from summarize.batch_rows import Taken, take_in
from summarize.budget import total
from summarize.document import bring_up_to_date
from summarize.plan_outcomes import note
from tests.functions.dying import Gate, Killed
from tests.functions.newsroom import FIRST, FIRST_TITLES, SECOND, Newsroom, answer_to, place
from tests.newer import rewrite_bucket, spoil

A, B, C = (f"drop/news/{name}.txt" for name in "abc")
BETTER = "a-better-model"
TOKENS = 30


class Outbox(Queue):
    """A queue that only notes what it was given."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, messages: Sequence[Message], delay: float = 0) -> None:
        self.sent.extend(messages)


@dataclass
class Batch:
    """Documents of an old recipe, the plan that is to bring them to a better model, and that model's batch."""

    newsroom: Newsroom
    outbox: Outbox = field(default_factory=Outbox)

    @property
    def store(self) -> Store:
        return self.newsroom.store

    @property
    def plan(self) -> str:
        return self.store.plans.newest(1)[0].id

    def drop(self, *keys: str, **metadata: str) -> None:
        """Have documents that the old model was asked about."""
        for key in keys:
            self.newsroom.drop(key, FIRST, title=key, **metadata)
            self.newsroom.work(key)

    def begin(self) -> None:
        """Open the plan."""
        plans, target = self.store.plans, self.newsroom.tools(self.store, BETTER).target
        plan = Plan(
            id=plans.new_id(),
            recipe=target.recipe,
            asking=target.asking,
            scope=Scope(),
            lane="batch",
            state="working",
            began=self.newsroom.now(),
        )
        turn = plans.take_turn(60)
        assert turn is not None
        plans.give_back(plans.open(turn, plan))

    def row(self, key: str, answer: dict[str, Any] | None = None) -> bytes:
        """Write what the provider says of a document."""
        dropped = fetch(place(key), self.store.blobs)
        assert dropped is not None
        content = open_dropped(place(key), dropped).content
        text = json.dumps(answer or answer_to(dropped.data.decode()))
        body = {
            "choices": [{"message": {"content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 20, "completion_tokens": 10},
        }
        line = {"custom_id": row_id(place(key).document_id, content), "response": {"status_code": 200, "body": body}}
        return json.dumps(line).encode() + b"\n"

    def output(self, *lines: bytes) -> RowsMessage:
        """Keep a batch's output, and return the message that tells of all of it."""
        data = b"".join(lines)
        key = self.store.batch_files.key(self.plan, 1, "output")
        self.newsroom.bucket.put(key, data)
        ask = self.newsroom.tools(self.store, BETTER).recipe.ask
        return RowsMessage(plan=self.plan, number=1, ask=ask, start=0, end=len(data))

    def take_in(
        self, message: RowsMessage, gate: Gate | None = None, *, model: str = BETTER, workers: int = 1
    ) -> Taken:
        store = self.newsroom.store_behind(gate or Gate(100_000))
        tools = self.newsroom.tools(store, model)
        with ThreadPoolExecutor(workers) as pool:
            taken = take_in(message, tools, self.outbox, pool, monotonic() + 60)
        for document_id in taken.results:
            store.runs.tidy(document_id)
        return taken

    def feed(self, key: str) -> None:
        """Do what a message of the plan about one document leads to."""
        self.newsroom.model.name = BETTER
        note(self.store, self.plan, place(key).document_id, self.newsroom.work(key, model=BETTER))

    def model_of(self, key: str) -> str:
        head = self.newsroom.held(key).head
        run = self.store.runs.get(head.document_id, head.current or 0)
        return run.recipe.model if run else ""

    @property
    def outcomes(self) -> dict[str, Outcome]:
        return dict(self.store.plans.all_outcomes(self.plan))

    @property
    def ranges_done(self) -> int:
        return self.store.plans.ranges_done(self.plan, 1)

    @property
    def completions(self) -> list[str]:
        return self.newsroom.bucket.keys("reprocess/answers/")


@pytest.fixture
def batch() -> Batch:
    return Batch(Newsroom())


def test_rows_bring_their_documents_up_to_date_without_a_call(batch: Batch) -> None:
    batch.drop(A, B)
    batch.begin()
    asked = batch.newsroom.model.calls

    batch.take_in(batch.output(batch.row(A), batch.row(B)), workers=2)

    assert batch.newsroom.model.calls == asked
    assert [batch.model_of(key) for key in (A, B)] == [BETTER, BETTER]
    done = Outcome(outcome="done", tokens=TOKENS)
    assert batch.outcomes == {place(A).document_id: done, place(B).document_id: done}
    assert (batch.ranges_done, batch.outbox.sent, batch.completions) == (1, [], [])
    run = batch.store.runs.get(place(A).document_id, batch.newsroom.held(A).head.current or 0)
    assert run is not None
    assert (run.usage.calls, run.usage.input) == (1, 20)


def test_the_plan_is_told_what_changed(batch: Batch) -> None:
    batch.drop(A)
    batch.begin()
    answer = answer_to(FIRST)
    answer["ev"] = answer["ev"][1:]

    batch.take_in(batch.output(batch.row(A, answer)))

    told = batch.outcomes[place(A).document_id]
    assert (told.outcome, told.added, told.gone) == ("done", 0, 1)


def test_a_document_that_needs_a_repair_waits_for_the_queue_and_only_the_repair_is_asked(batch: Batch) -> None:
    batch.drop(A)
    batch.begin()
    faulty = answer_to(FIRST)
    faulty["ev"][0]["s"] = [99]
    asked = batch.newsroom.model.calls

    batch.take_in(batch.output(batch.row(A, faulty)))

    assert batch.newsroom.titles(A) == FIRST_TITLES
    assert (batch.outcomes, batch.ranges_done, batch.outbox.sent) == ({}, 1, [])
    assert batch.newsroom.model.calls == asked

    batch.feed(A)
    assert batch.newsroom.model.calls == asked + 1
    assert batch.newsroom.timeline("news") == FIRST_TITLES
    assert batch.outcomes == {place(A).document_id: Outcome(outcome="done", tokens=TOKENS + 15)}
    assert batch.completions == []
    assert batch.store.blobs.unfinished(place(A).document_id) is None


def test_what_a_newer_version_kept_of_a_batch_is_not_paid_for_again(batch: Batch) -> None:
    batch.drop(A)
    batch.begin()
    asked, bought = batch.newsroom.model.calls, batch.output(batch.row(A))
    batch.store.heads.take(place(A), 60)
    batch.take_in(bought)
    batch.newsroom.later += timedelta(seconds=100)
    assert rewrite_bucket(batch.newsroom.bucket, "reprocess/answers/") == 1

    batch.feed(A)

    assert (batch.model_of(A), batch.newsroom.model.calls) == (BETTER, asked)


def test_a_document_that_another_worker_has_comes_again_alone(batch: Batch) -> None:
    batch.drop(A, B)
    batch.begin()
    message = batch.output(batch.row(A), batch.row(B))
    batch.store.heads.take(place(A), 60)

    batch.take_in(message)

    assert batch.outbox.sent == [DocumentMessage(key=A, plan=batch.plan, attempt=1)]
    assert list(batch.outcomes) == [place(B).document_id]
    assert batch.ranges_done == 1
    asked = batch.newsroom.model.calls
    batch.newsroom.later = timedelta(seconds=100)
    batch.feed(A)
    assert batch.newsroom.model.calls == asked
    assert batch.outcomes[place(A).document_id].tokens == TOKENS


def test_rows_that_cannot_be_used_cost_no_others(batch: Batch) -> None:
    batch.drop(A, B, C)
    batch.begin()
    good, failed = batch.row(A), json.loads(batch.row(B))
    failed["response"]["status_code"] = 500
    unknown = json.loads(good) | {"custom_id": row_id(place("drop/news/never.txt").document_id, "0" * 64)}
    lines = [
        b"garbled\n",
        b"\n",
        json.dumps(failed).encode() + b"\n",
        json.dumps(unknown).encode() + b"\n",
        json.dumps(json.loads(good) | {"custom_id": "a-b-c"}).encode() + b"\n",
        good,
        good,
        batch.row(C)[:-20],
    ]

    taken = batch.take_in(batch.output(*lines))

    assert list(taken.results) == [place(A).document_id]
    assert list(batch.outcomes) == [place(A).document_id]
    assert (taken.bugs, batch.ranges_done, batch.completions) == ({}, 1, [])


def test_the_rest_of_a_range_counts_no_tokens_again(batch: Batch) -> None:
    batch.drop(A)
    batch.begin()
    whole = batch.output(batch.row(A))

    taken = batch.take_in(whole)
    rest = batch.take_in(whole.model_copy(update={"first": whole.start}))

    assert (total(taken.usage), total(rest.usage)) == (TOKENS, 0)


def test_a_range_that_is_delivered_twice_leaves_nothing_of_its_rows(batch: Batch) -> None:
    batch.drop(A)
    batch.begin()
    message = batch.output(batch.row(A))
    batch.take_in(message)

    batch.take_in(message)

    assert batch.completions == []


def test_what_was_paid_for_is_kept_where_another_recipe_is_wanted_by_now(batch: Batch) -> None:
    batch.drop(A)
    batch.begin()

    batch.take_in(batch.output(batch.row(A)), model="a-model")

    assert batch.model_of(A) == "a-model"
    assert (batch.outcomes, batch.ranges_done, len(batch.completions)) == ({}, 1, 1)


def test_a_range_that_is_gone_was_worked_through(batch: Batch) -> None:
    batch.begin()

    batch.take_in(RowsMessage(plan=batch.plan, number=1, ask="ask", start=0, end=100))

    assert batch.ranges_done == 1


def test_the_rest_of_a_range_comes_as_a_message_and_the_range_counts_once(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch.drop(A, B, C)
    batch.begin()
    lines = [batch.row(key) for key in (A, B, C)]
    message = batch.output(*lines)
    clock = {"late": 0.0}

    def slow(*arguments: Any) -> Any:
        clock["late"] = 1_000.0
        return bring_up_to_date(*arguments)

    monkeypatch.setattr("summarize.batch_rows.bring_up_to_date", slow)
    monkeypatch.setattr("summarize.batch_rows.monotonic", lambda: monotonic() + clock["late"])
    batch.take_in(message)
    monkeypatch.undo()

    assert list(batch.outcomes) == [place(A).document_id]
    assert batch.ranges_done == 0
    (rest,) = batch.outbox.sent
    assert rest == message.model_copy(update={"start": len(lines[0]), "first": 0})
    assert isinstance(rest, RowsMessage)
    batch.take_in(rest)
    assert (len(batch.outcomes), batch.ranges_done) == (3, 1)
    batch.take_in(message)
    assert batch.ranges_done == 1


def test_a_bug_costs_its_own_document_only(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    batch.drop(A, B)
    batch.begin()

    def fails(where: Any, *rest: Any) -> Any:
        if where == place(A):
            raise KeyError("a mistake of ours")
        return bring_up_to_date(where, *rest)

    monkeypatch.setattr("summarize.batch_rows.bring_up_to_date", fails)

    taken = batch.take_in(batch.output(batch.row(A), batch.row(B)))

    assert [type(error) for error in taken.bugs.values()] == [KeyError]
    assert list(taken.bugs) == [place(A).document_id]
    assert list(batch.outcomes) == [place(B).document_id]
    assert batch.ranges_done == 1


def test_a_newer_live_run_a_change_and_a_deletion_stay(batch: Batch) -> None:
    batch.drop(A, B, C)
    batch.begin()
    message = batch.output(*(batch.row(key) for key in (A, B, C)))
    batch.feed(A)
    live = batch.newsroom.held(A).head.current
    batch.newsroom.drop(B, SECOND)
    batch.newsroom.delete(C)
    batch.newsroom.work(C)

    batch.take_in(message)

    assert batch.newsroom.held(A).head.current == live
    assert batch.newsroom.titles(B) == FIRST_TITLES, "the old run stays while the new content waits for its call"
    assert batch.newsroom.held(C).head.state == "deleted"
    assert {one: told.outcome for one, told in batch.outcomes.items()} == {
        place(A).document_id: "done",
        place(C).document_id: "deleted",
    }
    batch.feed(B)
    assert "Council adjourned" in batch.newsroom.titles(B)


def test_a_worker_killed_at_any_write_loses_nothing_and_the_next_delivery_doubles_nothing(batch: Batch) -> None:
    """Die at the first write, then at the second, and so on, until a worker comes through."""
    newsroom, writes, killed = batch.newsroom, 0, True
    batch.begin()
    while killed:
        collection = f"c{writes}"
        both = [f"drop/{collection}/{name}.txt" for name in "ab"]
        batch.drop(*both)
        asked = newsroom.model.calls
        message = batch.output(*(batch.row(key) for key in both))
        try:
            batch.take_in(message, Gate(writes))
            killed = False
        except Killed:
            assert newsroom.timeline(collection) == sorted(2 * FIRST_TITLES), f"at write {writes}"

        newsroom.later += timedelta(seconds=100)
        batch.take_in(message)
        ids = [place(key).document_id for key in both]
        assert newsroom.model.calls == asked
        assert [batch.model_of(key) for key in both] == [BETTER, BETTER]
        assert newsroom.timeline(collection) == sorted(2 * FIRST_TITLES)
        assert {one: batch.outcomes[one].outcome for one in ids} == dict.fromkeys(ids, "done"), f"at write {writes}"
        assert [newsroom.leftovers(key) for key in both] == [[], []]
        assert batch.completions == [], f"at write {writes}"
        writes += 1
    assert writes > 15


def test_a_head_that_cannot_be_read_costs_its_own_document_and_no_other_row(batch: Batch) -> None:
    batch.drop(A, B)
    batch.begin()
    message = batch.output(batch.row(A), batch.row(B))
    bad = place(A).document_id
    spoil(batch.newsroom.table, keys.Key(keys.document_pk(bad), keys.HEAD))

    taken = batch.take_in(message)

    assert list(taken.bugs) == [bad]
    assert batch.model_of(B) == BETTER
    assert batch.ranges_done == 1
