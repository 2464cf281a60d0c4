"""A new model, and then new checks, reach all documents of the running stack while somebody reads them."""

from __future__ import annotations

import json
import shutil
import threading
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from dateline.store import keys
from infra.local.cloud.deploy import code_folders, deploy
from infra.local.cloud.packages import build
from infra.local.paths import ROOT
from infra.local.ports import HOST, last_used
from infra.reprocess.function import Function, of_emulator
from infra.standin import DATED, MODEL
from reprocess.events import CollectEvent, Progress, RecipesAnswer, RecipesEvent, ReportAnswer, ReportEvent
from tests.local.articles import article
from tests.local.running import Running, running, until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

_COLLECTION, _DOCUMENTS = "plants", 66
_DATED = 2
_UNDATED_EVENT = "The council rejected an appeal against it.\n"
# Answers that were read at the least before a reprocess counts as watched, however fast it was.
_ANSWERS = 30
# The functions and the emulator have two cores or so; who reads and looks more often has them wait.
_PAUSE_SECONDS, _LOOK_SECONDS = 0.5, 1.0
# A minute of the schedules.
_MINUTE_SECONDS = 5
# No run of the function takes so long here.
_LONGEST_RUN_SECONDS = 20


@dataclass
class Reader:
    """Reads everything that shows the documents, over and over, and notes whatever is wrong with an answer.

    `events` is how many events each document has, by the model that made them; `models` made what it read last.
    """

    api: httpx2.Client
    events: Mapping[str, Mapping[str, int]]
    answers: int = 0
    models: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def read_on(self, stop: threading.Event) -> None:
        for document_id in cycle(self.events):
            if stop.wait(_PAUSE_SECONDS):
                return
            self._list()
            self._document(document_id)
            self._timeline()

    def _list(self) -> None:
        lines = self._get("/documents", collection=_COLLECTION, limit="200").get("documents", [])
        shown = [line for line in lines if line["headline"] and line["rejection"] is None]
        self.models = {line["model"] for line in shown}
        right = {line["id"] for line in shown if line["events"] == self.events[line["id"]][line["model"]]}
        if right != set(self.events):
            self.wrong.append(f"the list shows {len(right)} documents as they are")

    def _document(self, document_id: str) -> None:
        events = self._get(f"/documents/{document_id}/timeline").get("events", [])
        if len(events) not in {self.events[document_id][event["model"]] for event in events}:
            self.wrong.append(f"{document_id} has {len(events)} events")
        self._must_be_of_one_run(events)

    def _timeline(self) -> None:
        seen: set[str] = set()
        page: dict[str, Any] = {"cursor": ""}
        while (cursor := page.get("cursor")) is not None:
            page = self._get(
                f"/collections/{_COLLECTION}/timeline", limit="200", **({"cursor": cursor} if cursor else {})
            )
            self._must_be_of_one_run(page.get("events", []))
            seen.update(event["document_id"] for event in page.get("events", []))
        if seen != set(self.events):
            self.wrong.append(f"the timeline shows {len(seen)} documents")

    def _must_be_of_one_run(self, events: Iterable[dict[str, Any]]) -> None:
        """Events keep their ids from run to run: two runs in one answer show an id twice, or two models."""
        ids, models = defaultdict(list), defaultdict(set)
        for event in events:
            ids[event["document_id"]].append(event["id"])
            models[event["document_id"]].add(event["model"])
        for document_id, its in ids.items():
            if len(set(its)) < len(its) or len(models[document_id]) > 1:
                self.wrong.append(f"{document_id} is shown with two runs")

    def _get(self, route: str, **query: str) -> dict[str, Any]:
        answer = self.api.get(route, params=query)
        self.answers += 1
        if not answer.is_success:
            self.wrong.append(f"{route} answers {answer.status_code}")
            return {}
        body: dict[str, Any] = answer.json()
        return body


@dataclass(frozen=True)
class Library:
    """A stack with its documents, and what it takes to see what becomes of them."""

    stack: Running
    function: Function
    standin: httpx2.Client
    events: Mapping[str, Mapping[str, int]]

    def lines(self) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = self.stack.get("/documents", collection=_COLLECTION, limit="200")["documents"]
        return lines

    def calls(self) -> dict[str, int]:
        calls: dict[str, int] = self.standin.get("/standin/calls").raise_for_status().json()
        return calls

    def recipes(self) -> dict[str, int]:
        """Count the documents that each recipe made."""
        answer = self.function.ask(RecipesEvent(), RecipesAnswer)
        return {line.recipe.name: line.documents for line in answer.recipes if line.documents}

    def newest_report(self) -> ReportAnswer:
        return self.function.ask(ReportEvent(), ReportAnswer)

    def seen_since(self, before: Mapping[str, int], reader: Reader) -> Reprocessed:
        calls = {lane: number - before[lane] for lane, number in self.calls().items()}
        return Reprocessed(self.lines(), self.newest_report(), calls, self.recipes(), reader)

    def deploy(self, sources: Path) -> None:
        """Deploy the next model from these sources, and then have a schedule look for what is stale.

        The schedule comes last, as the functions change one after the other. Nobody reads meanwhile: the emulator drops
        what a function is asked while it is deployed. AWS does not.
        """
        packages = build(code_folders(), sources)
        named = {"ModelName": DATED, "ModelUrl": str(self.standin.base_url).rstrip("/")}
        for schedule in ("", "rate(1 minute)"):
            deployed = deploy(self.stack.aws, packages, {**named, "ReprocessPlan": schedule})
            self._free_turn(deployed.table)

    def _free_turn(self, table: str) -> None:
        """End the turn of a run that died with its function: the emulator kills what it replaces, AWS lets it end."""
        dynamodb, key = self.stack.aws.dynamodb, {"pk": {"S": keys.TURN.pk}, "sk": {"S": keys.TURN.sk}}
        free: AttributeValueTypeDef = {"N": "0"}
        held = dynamodb.get_item(TableName=table, Key=key).get("Item", {})

        def has_ended() -> bool:
            turn = dynamodb.get_item(TableName=table, Key=key).get("Item", {})
            return turn.get("lease", free) == free or turn["fence"] != held.get("fence")

        try:
            until(has_ended, _LONGEST_RUN_SECONDS, _LOOK_SECONDS)
        except TimeoutError:
            dynamodb.update_item(
                TableName=table,
                Key=key,
                UpdateExpression="SET lease = :free",
                ConditionExpression="fence = :held",
                ExpressionAttributeValues={":free": free, ":held": held["fence"]},
            )

    @contextmanager
    def read_meanwhile(self) -> Iterator[Reader]:
        stop = threading.Event()
        with httpx2.Client(base_url=self.stack.api.base_url, timeout=30) as api, ThreadPoolExecutor(1) as pool:
            reader = Reader(api, self.events)
            reading: Future[None] = pool.submit(reader.read_on, stop)
            try:
                yield reader
            finally:
                stop.set()
            reading.result()


@dataclass(frozen=True)
class Reprocessed:
    """What was seen of a reprocess."""

    lines: list[dict[str, Any]]
    report: ReportAnswer
    calls: dict[str, int]
    recipes: dict[str, int]
    reader: Reader


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Drop all documents into a stack of its own, with the roles of the template in force, and wait for them."""
    folder = tmp_path_factory.mktemp("library")
    with running(folder, "--enforce-roles", "--minute", str(_MINUTE_SECONDS)) as stack:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda number: stack.drop(f"{_COLLECTION}/{number}.txt", _text(number)), range(_DOCUMENTS)))
        ports = last_used(stack.state.ports)
        assert ports is not None

        def done() -> list[dict[str, Any]]:
            answer = stack.api.get("/documents", params={"collection": _COLLECTION, "limit": "200"})
            # There is no such collection until the first document is taken from the queue.
            lines: list[dict[str, Any]] = answer.json()["documents"] if answer.is_success else []
            return lines if [line["state"] for line in lines] == ["done"] * _DOCUMENTS else []

        numbers = {line["id"]: int(line["path"].removesuffix(".txt")) for line in until(done, 180, _LOOK_SECONDS)}
        events = {one: {MODEL: _DATED + _undated(number), DATED: _DATED} for one, number in numbers.items()}
        with httpx2.Client(base_url=f"http://{HOST}:{ports.standin}/v1", timeout=30) as standin:
            yield Library(stack, of_emulator(stack.aws, ""), standin, events)


def _text(number: int) -> bytes:
    return (article(number) + _UNDATED_EVENT * _undated(number)).encode()


def _undated(number: int) -> int:
    """Tell how many undated events a document has: the English third of them one."""
    return 1 if number % 3 == 1 else 0


@pytest.fixture(scope="module")
def with_new_model(library: Library) -> Reprocessed:
    """Deploy another model and a schedule, and do nothing but read until every document is made with it."""
    before = library.calls()
    library.deploy(ROOT)
    with library.read_meanwhile() as reader:
        until(lambda: reader.models == {DATED}, 240)
        until(lambda: library.newest_report().plan.state == "done", 120, _LOOK_SECONDS)
        until(lambda: reader.answers > _ANSWERS, 120)
    return library.seen_since(before, reader)


@pytest.fixture(scope="module")
def with_new_judge(
    library: Library, with_new_model: Reprocessed, tmp_path_factory: pytest.TempPathFactory
) -> Reprocessed:
    """Deploy another judge, and do nothing but read until it judged every document."""
    sources = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "functions", sources / "functions", ignore=shutil.ignore_patterns("__pycache__"))
    hashes = sources / "functions" / "dateline" / "recipe.json"
    hashes.write_text(json.dumps({**json.loads(hashes.read_text()), "judge": "another judge"}))
    old = with_new_model.report.plan
    before = library.calls()
    library.deploy(sources)

    def is_done() -> bool:
        plan = library.newest_report().plan
        return plan.id != old.id and plan.state == "done"

    with library.read_meanwhile() as reader:
        until(is_done, 240, _LOOK_SECONDS)
        until(lambda: reader.answers > _ANSWERS, 120)
    return library.seen_since(before, reader)


def test_a_schedule_brings_every_document_to_the_new_model(with_new_model: Reprocessed) -> None:
    assert [line["model"] for line in with_new_model.lines] == [DATED] * _DOCUMENTS
    assert with_new_model.recipes == {with_new_model.report.plan.recipe.name: _DOCUMENTS}


def test_nobody_who_read_meanwhile_missed_a_document_or_saw_two_runs_of_it(with_new_model: Reprocessed) -> None:
    assert with_new_model.reader.wrong == []


def test_the_model_answered_once_for_each_document_and_at_half_the_price(with_new_model: Reprocessed) -> None:
    assert (with_new_model.calls["batch"], with_new_model.calls["live"]) == (_DOCUMENTS, 0)


def test_the_report_counts_every_document_once(with_new_model: Reprocessed) -> None:
    report = with_new_model.report

    assert report.plan.recipe.model == DATED
    assert report.plan.lane == "batch"
    assert report.plan.documents == _DOCUMENTS
    assert report.tally.outcomes == {"done": _DOCUMENTS}
    assert report.tally.tokens > _DOCUMENTS


def test_the_report_tells_which_events_are_gone(library: Library, with_new_model: Reprocessed) -> None:
    tally, most_changed = with_new_model.report.tally, with_new_model.report.most_changed
    changed = {one for one, events in library.events.items() if events[MODEL] != events[DATED]}

    assert tally.changed == tally.gone == len(changed)
    assert (tally.added, tally.dates, tally.statuses) == (0, 0, 0)
    assert {one.document_id for one in most_changed} < changed
    assert {one.gone for one in most_changed} == {1}


def test_a_new_judge_reaches_every_document_without_a_call(
    with_new_model: Reprocessed, with_new_judge: Reprocessed
) -> None:
    old, report = with_new_model.report, with_new_judge.report

    assert report.plan.recipe.ask == old.plan.recipe.ask
    assert with_new_judge.recipes == {report.plan.recipe.name: _DOCUMENTS} != with_new_model.recipes
    assert (with_new_judge.calls["batch"], with_new_judge.calls["live"]) == (0, 0)
    assert report.plan.documents == _DOCUMENTS
    assert report.tally.outcomes == {"done": _DOCUMENTS}
    assert (report.tally.tokens, report.tally.changed, report.most_changed) == (0, 0, ())


def test_nobody_who_read_meanwhile_noticed_the_new_judge(with_new_judge: Reprocessed) -> None:
    assert with_new_judge.reader.wrong == []


def test_nothing_is_left_open(library: Library, with_new_judge: Reprocessed) -> None:
    assert library.function.ask(CollectEvent(), Progress).plan is None
    left = library.standin.get("/files").raise_for_status().json()["data"]
    assert left == []
