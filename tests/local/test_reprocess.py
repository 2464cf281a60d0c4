"""A new model, and then new checks, reach two hundred documents of the running stack while somebody reads them."""

from __future__ import annotations

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

from infra.local.deploy import code_folders, deploy
from infra.local.packages import build
from infra.local.places import ROOT
from infra.local.ports import HOST, last_used
from infra.reprocess.function import Function, of_emulator
from infra.standin import MODEL
from reprocess.events import CollectEvent, PlanEvent, Progress, ReportAnswer, ReportEvent
from tests.local.articles import article
from tests.local.running import Running, running, until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_COLLECTION, _DOCUMENTS = "plants", 200
_NEXT = f"{MODEL}-2"
_ANSWERS = 20
_PAUSE_SECONDS = 0.1


@dataclass
class Reader:
    """Reads everything that shows the documents, over and over, and notes whatever is wrong with an answer.

    `events` is how many events each document has, under every recipe of these tests.
    """

    api: httpx2.Client
    events: Mapping[str, int]
    answers: int = 0
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
        shown = {line["id"]: line["events"] for line in lines if line["headline"] and line["rejection"] is None}
        if shown != self.events:
            self.wrong.append(f"the list shows {len(shown)} documents as they are")

    def _document(self, document_id: str) -> None:
        events = self._get(f"/documents/{document_id}/timeline").get("events", [])
        if len(events) != self.events[document_id]:
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
    events: Mapping[str, int]

    def lines(self) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = self.stack.get("/documents", collection=_COLLECTION, limit="200")["documents"]
        return lines

    def calls(self) -> dict[str, int]:
        calls: dict[str, int] = self.standin.get("/standin/calls").raise_for_status().json()
        return calls

    def judges(self) -> set[str]:
        return {self.stack.get(f"/documents/{one}")["run"]["recipe"]["judge"] for one in self.events}

    def newest_report(self) -> ReportAnswer:
        return self.function.ask(ReportEvent(), ReportAnswer)

    def seen_since(self, before: Mapping[str, int], reader: Reader) -> Reprocessed:
        calls = {lane: number - before[lane] for lane, number in self.calls().items()}
        return Reprocessed(self.lines(), self.newest_report(), calls, reader)

    def deploy(self, sources: Path) -> None:
        """Deploy the next model and a schedule, from these sources.

        Nobody reads meanwhile: the emulator drops what a function is asked while it is deployed. AWS does not.
        """
        named = {"ModelName": _NEXT, "ModelUrl": str(self.standin.base_url).rstrip("/")}
        deploy(self.stack.aws, build(code_folders(), sources), {**named, "ReprocessPlan": "cron(* * * * ? *)"})

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
    reader: Reader


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Drop all documents into a stack of its own, with the roles of the template in force, and wait for them."""
    with running(tmp_path_factory.mktemp("library"), "--enforce-roles") as stack:
        with ThreadPoolExecutor(4) as pool:
            texts = [(f"{_COLLECTION}/{number}.txt", article(number).encode()) for number in range(_DOCUMENTS)]
            list(pool.map(lambda one: stack.drop(*one), texts))
        ports = last_used(stack.state.ports)
        assert ports is not None

        def done() -> list[dict[str, Any]]:
            lines: list[dict[str, Any]] = stack.get("/documents", collection=_COLLECTION, limit="200")["documents"]
            return lines if [line["state"] for line in lines] == ["done"] * _DOCUMENTS else []

        events = {line["id"]: line["events"] for line in until(done, 180)}
        with httpx2.Client(base_url=f"http://{HOST}:{ports.standin}/v1", timeout=30) as standin:
            yield Library(stack, of_emulator(stack.aws, ""), standin, events)


@pytest.fixture(scope="module")
def with_new_model(library: Library) -> Reprocessed:
    """Deploy another model and a schedule, and do nothing but read until every document is made with it."""
    before = library.calls()
    library.deploy(ROOT)
    with library.read_meanwhile() as reader:
        until(lambda: {line["model"] for line in library.lines()} == {_NEXT}, 240)
        until(lambda: library.newest_report().plan.state == "done", 120)
    return library.seen_since(before, reader)


@pytest.fixture(scope="module")
def with_new_judge(
    library: Library, with_new_model: Reprocessed, tmp_path_factory: pytest.TempPathFactory
) -> Reprocessed:
    """Deploy other tables of dates (a comment's worth), plan by hand, and read until they judged every document."""
    sources = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "functions", sources / "functions", ignore=shutil.ignore_patterns("__pycache__"))
    with (sources / "functions" / "dateline" / "dates" / "tables" / "common.toml").open("a") as table:
        table.write("# Another judge.\n")
    (old,) = library.judges()
    before = library.calls()
    library.deploy(sources)
    with library.read_meanwhile() as reader:
        library.function.ask(PlanEvent(), Progress)
        until(lambda: (report := library.newest_report()).plan.recipe.judge != old and report.plan.state == "done", 240)
    assert library.judges() == {library.newest_report().plan.recipe.judge}
    return library.seen_since(before, reader)


def test_a_schedule_brings_every_document_to_the_new_model(with_new_model: Reprocessed) -> None:
    assert [line["model"] for line in with_new_model.lines] == [_NEXT] * _DOCUMENTS


def test_nobody_who_read_meanwhile_missed_a_document_or_saw_two_runs_of_it(with_new_model: Reprocessed) -> None:
    assert with_new_model.reader.answers > _ANSWERS
    assert with_new_model.reader.wrong == []


def test_the_model_answered_once_for_each_document_and_at_half_the_price(with_new_model: Reprocessed) -> None:
    assert with_new_model.calls == {"batch": _DOCUMENTS, "live": 0}


def test_the_report_counts_every_document_once(with_new_model: Reprocessed) -> None:
    report = with_new_model.report

    assert report.plan.recipe.model == _NEXT
    assert report.plan.lane == "batch"
    assert report.plan.documents == _DOCUMENTS
    assert report.tally.outcomes == {"done": _DOCUMENTS}
    assert report.tally.tokens > _DOCUMENTS
    # The same rules under another name say the same.
    assert (report.tally.changed, report.most_changed) == (0, ())


def test_a_new_judge_reaches_every_document_without_a_call(with_new_judge: Reprocessed) -> None:
    assert with_new_judge.calls == {"batch": 0, "live": 0}
    assert with_new_judge.report.plan.documents == _DOCUMENTS
    assert with_new_judge.report.tally.outcomes == {"done": _DOCUMENTS}
    assert with_new_judge.report.tally.tokens == 0


def test_nobody_who_read_meanwhile_noticed_the_new_judge(with_new_judge: Reprocessed) -> None:
    assert with_new_judge.reader.answers > _ANSWERS
    assert with_new_judge.reader.wrong == []


def test_nothing_is_left_open(library: Library, with_new_judge: Reprocessed) -> None:
    assert library.function.ask(CollectEvent(), Progress).plan is None
    left = library.standin.get("/files").raise_for_status().json()["data"]
    assert left == []
