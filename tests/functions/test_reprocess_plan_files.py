"""Stale documents are sorted by the way they go, and written into files; nothing is lost or doubled on the way."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from dateline.errors import Retryable
from dateline.lane.intake import open_dropped
from dateline.lane.queue import Queue
from dateline.lane.target import target
from dateline.provider.batches import Batches
from dateline.records import Asking, Recipe
from dateline.store import keys
from dateline.store.blobs import Blobs
from dateline.store.bucket import StoredObject
from dateline.store.file_states import BatchFile, PlanFile
from dateline.store.plans import Plan, Scope, Turn
from dateline.store.store import Store, store_over
from reprocess.limits import FileLimits
from reprocess.plan_files import write
from reprocess.settings import Settings
from reprocess.tools import Tools
from tests.functions.dying import Gate, Killed
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

OLD = Recipe(ask="old", judge="judge", model="an-old-model")
ASKING = Asking(model="an-old-model", language="en", part_characters=40_000)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_DOCUMENTS = 7


def _no_batches() -> Batches:
    raise AssertionError("planning asks the provider nothing")


@dataclass
class Desk:
    """Where plans are made, for a test to drive and to look at."""

    table: MemoryTable = field(default_factory=MemoryTable)
    bucket: MemoryBucket = field(default_factory=MemoryBucket)
    settings: dict[str, Any] = field(default_factory=dict)
    file_limits: FileLimits = field(default_factory=FileLimits)
    count: int = 0

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket)

    def stale(self, text: str | None = None, collection: str = "news", **update: object) -> str:
        """Have a document that another recipe made, dropped a day after the one before."""
        self.count += 1
        key = f"drop/{collection}/{self.count:03}.txt"
        if text != "":
            said = text or f"On 3 May 2024 the council met for the {self.count}. time. It spoke of roads.\n"
            self.bucket.drop(key, said)
        place = keys.place(key)
        assert place is not None
        self.store.recipes.register(OLD, ASKING)
        held = self.store.heads.take(place, 60)
        done = {
            "state": "done",
            "current": 1,
            "recipe": OLD.name,
            "content": "content",
            "dropped": FIRST + timedelta(days=self.count),
        }
        self.store.heads.write(held, held.head.model_copy(update=done | update))
        return place.document_id

    def tools(self, gate: Gate | None = None, seconds: float = 600) -> Tools:
        store = self.store
        if gate is not None:
            store = store_over(self.table.written_by(gate.step), self.bucket.written_by(gate.step))
        settings, no_client = Settings(**self.settings), cast("Any", None)
        return Tools(
            store=store,
            queue=Queue(no_client, settings.queue_url, settings.link_queue_url),
            batches=_no_batches,
            target=target(settings.asking, store.recipes),
            settings=settings,
            now=lambda: datetime.now(UTC),
            deadline=time.monotonic() + seconds,
            file_limits=self.file_limits,
        )

    def begin(self, scope: Scope | None = None, lane: str = "batch") -> Turn:
        tools = self.tools()
        plan = Plan(
            id=tools.store.plans.new_id(),
            recipe=tools.target.recipe,
            asking=tools.target.asking,
            scope=scope or Scope(),
            lane="queue" if lane == "queue" else "batch",
            state="planning",
            began=tools.now(),
        )
        turn = tools.store.plans.take_turn(900)
        assert turn is not None
        return tools.store.plans.open(turn, plan)

    def write(self, turn: Turn, gate: Gate | None = None, seconds: float = 600) -> Plan:
        """Do the plan step from where the plan stands."""
        store = self.store
        assert turn.plan is not None
        plan = store.plans.get(turn.plan.id)
        assert plan is not None
        return write(self.tools(gate, seconds), turn, plan)

    def files(self, plan: Plan) -> list[PlanFile]:
        return self.store.plans.files(plan)

    def listed(self, plan: Plan, kind: str | None = None) -> list[str]:
        """The documents of a plan's files, in order."""
        return [
            one.document_id
            for file in self.files(plan)
            if kind in {None, file.kind}
            for one in self.store.batch_files.documents(plan.id, file.number)
        ]

    def asked(self, plan: Plan) -> list[str]:
        """The ids of the requests in a plan's files, in order."""
        kept = self.store.batch_files
        lines = [line for file in self.files(plan) for line in kept.lines(kept.key(plan.id, file.number, "requests"))]
        return [json.loads(line)["custom_id"] for line in lines]


@pytest.fixture
def desk(environment: pytest.MonkeyPatch) -> Desk:
    return Desk()


def test_documents_are_asked_about_in_a_batch_oldest_drop_first(desk: Desk) -> None:
    made = [desk.stale() for _ in range(3)]

    plan = desk.write(desk.begin())

    assert (plan.state, plan.documents, plan.files) == ("working", 3, 1)
    assert desk.listed(plan) == made
    assert [one.split(".")[0] for one in desk.asked(plan)] == made
    (file,) = desk.files(plan)
    assert isinstance(file, BatchFile)
    assert (file.state, file.documents, file.rows) == ("written", 3, 3)
    assert file.tokens > 3 * 2_000


def test_the_newest_come_first_where_that_is_asked_for(desk: Desk) -> None:
    made = [desk.stale() for _ in range(3)]

    plan = desk.write(desk.begin(Scope(newest_first=True)))

    assert desk.listed(plan) == made[::-1]


def _several_parts(desk: Desk) -> str:
    return desk.stale("The council spoke of roads. " * 2_000)


def _judged_anew(desk: Desk) -> str:
    judged = desk.tools().target.recipe.model_copy(update={"judge": "another"})
    desk.store.recipes.register(judged, ASKING)
    return desk.stale(recipe=judged.name)


def _answered(desk: Desk) -> str:
    document_id = desk.stale("The council met. It spoke of roads.\n")
    desk.store.blobs.keep_answer(desk.tools().target.recipe.ask, _content(desk, document_id), "{}")
    return document_id


def _answered_in_a_batch(desk: Desk) -> str:
    document_id = desk.stale("The council met. It spoke of roads.\n")
    desk.store.batch_files.keep_completion(desk.tools().target.recipe.ask, _content(desk, document_id), "{}")
    return document_id


def _content(desk: Desk, document_id: str) -> str:
    held = desk.store.heads.get(document_id)
    assert held is not None
    dropped = desk.store.blobs.dropped(held.head.key, 1_000_000)
    assert dropped is not None
    return open_dropped(held.head.place, dropped).content


@pytest.mark.parametrize(
    "made",
    [
        _several_parts,
        _judged_anew,
        _answered,
        _answered_in_a_batch,
        lambda desk: desk.stale(""),
        lambda desk: desk.stale("\0\1\2\3"),
        lambda desk: desk.stale(state="waiting"),
    ],
    ids=["several parts", "same ask", "answered", "answered in a batch", "gone", "unreadable", "waiting"],
)
def test_what_needs_no_row_or_more_than_one_goes_to_the_queue(desk: Desk, made: Callable[[Desk], str]) -> None:
    queued, asked = made(desk), desk.stale()

    plan = desk.write(desk.begin())

    assert desk.listed(plan, "queue") == [queued]
    assert desk.listed(plan, "batch") == [asked]
    assert [one.split(".")[0] for one in desk.asked(plan)] == [asked]


def test_where_there_are_no_batches_all_goes_to_the_queue_unread(desk: Desk) -> None:
    made = [desk.stale(), desk.stale("")]

    plan = desk.write(desk.begin(lane="queue"))

    assert desk.listed(plan, "queue") == made
    assert [file.tokens for file in desk.files(plan)] == [0]


def test_a_days_tokens_are_estimated_where_there_are_no_batches(desk: Desk) -> None:
    desk.settings = {"reprocess_day_tokens": 1_000_000}
    desk.stale()

    plan = desk.write(desk.begin(lane="queue"))

    assert [file.tokens > 2_000 for file in desk.files(plan)] == [True]


def test_the_same_content_is_asked_about_once(desk: Desk) -> None:
    desk.file_limits = FileLimits(rows=2)
    first, other = desk.stale("The council met.\n"), desk.stale()
    again = [desk.stale("The council met.\n") for _ in range(2)]
    last = desk.stale()

    plan = desk.write(desk.begin())

    assert desk.listed(plan, "batch") == [first, other, *again, last]
    assert [one.split(".")[0] for one in desk.asked(plan)] == [first, other, last]


def test_a_plan_keeps_to_its_scope(desk: Desk) -> None:
    desk.stale()
    wanted = [desk.stale(collection=name) for name in ("letters", "letters")]
    desk.stale(collection="reports")
    scope = Scope(collections=("letters", "reports"), without=("reports",), since=date(2026, 1, 3))

    assert desk.listed(desk.write(desk.begin(scope))) == wanted


def test_named_documents_are_looked_up_and_not_searched_for(desk: Desk) -> None:
    made = [desk.stale() for _ in range(4)]
    fresh = desk.stale(recipe=desk.tools().target.recipe.name)
    scope = Scope(documents=(made[2], "doc_nobody_knows", made[0], fresh, made[2]))

    assert sorted(desk.listed(desk.write(desk.begin(scope)))) == sorted([made[0], made[2]])


@pytest.mark.parametrize("setting", [True, False])
def test_a_plan_has_at_most_so_many_documents(desk: Desk, setting: bool) -> None:
    made = [desk.stale() for _ in range(4)]
    desk.settings = {"plan_documents": 2} if setting else {}

    plan = desk.write(desk.begin(Scope(limit=None if setting else 2)))

    assert (desk.listed(plan), plan.state) == (made[:2], "working")


def test_what_is_dropped_while_a_plan_is_made_is_left_to_the_live_lane(desk: Desk) -> None:
    made = desk.stale()
    turn = desk.begin()
    desk.stale(dropped=datetime.now(UTC) + timedelta(seconds=1))

    assert desk.listed(desk.write(turn)) == [made]


@pytest.mark.parametrize(
    ("limits", "tokens"),
    [(FileLimits(rows=3), 2_000_000), (FileLimits(rows=3, documents=1), 2_000_000), (FileLimits(), 8_000)],
    ids=["rows", "documents", "tokens"],
)
def test_a_file_that_is_full_is_followed_by_another(desk: Desk, limits: FileLimits, tokens: int) -> None:
    desk.file_limits, desk.settings = limits, {"enqueued_tokens": tokens}
    made = [desk.stale() for _ in range(_DOCUMENTS)]
    queued = [desk.stale("") for _ in range(2)]

    plan = desk.write(desk.begin())

    batches = [file for file in desk.files(plan) if isinstance(file, BatchFile)]
    assert [file.rows for file in batches] == [3, 3, 1]
    assert desk.listed(plan, "batch") == made
    assert desk.listed(plan, "queue") == queued
    assert [file.number for file in desk.files(plan)] == list(range(1, plan.files + 1))


def test_a_run_whose_time_is_up_keeps_what_it_read_and_the_next_goes_on(desk: Desk) -> None:
    made = [desk.stale() for _ in range(3)]
    turn = desk.begin()

    states = [desk.write(turn, seconds=-1).state for _ in range(3)]
    plan = desk.write(turn)

    assert (states, plan.state) == (["planning"] * 3, "working")
    assert desk.listed(plan) == made


def test_a_plan_that_is_made_is_not_made_again(desk: Desk) -> None:
    desk.stale()
    turn = desk.begin()
    plan = desk.write(turn)
    desk.stale()

    assert desk.write(turn) == plan


def test_a_busy_bucket_loses_nothing_of_what_was_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [desk.stale() for _ in range(3)]
    turn = desk.begin()
    original = Blobs.dropped

    def dropped(blobs: Blobs, key: str, max_bytes: int) -> StoredObject | None:
        if keys.Place(key, "", "").document_id == made[2]:
            raise Retryable("the bucket is busy")
        return original(blobs, key, max_bytes)

    with monkeypatch.context() as patch:
        patch.setattr(Blobs, "dropped", dropped)
        with pytest.raises(Retryable, match="busy"):
            desk.write(turn)

    plan = desk.write(turn)

    assert desk.listed(plan) == made
    assert plan.files == 2


def test_whatever_write_it_dies_at_nothing_is_lost_and_nothing_doubled(desk: Desk) -> None:
    desk.file_limits = FileLimits(rows=3)
    made = [desk.stale() for _ in range(_DOCUMENTS)]
    queued = desk.stale("")

    for writes in range(100):
        gate = Gate(writes)
        turn = desk.begin()
        try:
            desk.write(turn, gate)
        except Killed:
            pass
        else:
            break
        plan = desk.write(turn)
        assert plan.documents == len(made) + 1
        assert desk.listed(plan, "batch") == made
        assert desk.listed(plan, "queue") == [queued]
        assert [one.split(".")[0] for one in desk.asked(plan)] == made
        desk.store.plans.give_back(replace(turn, plan=None))

    assert writes >= 3 * 4
