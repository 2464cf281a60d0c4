"""One document brought up to date: the whole story over moto, with a model that says what it is told to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from dateline.answer import Completion
from dateline.ask.parts import PART_CHARACTERS
from dateline.ask.request import Request
from dateline.errors import Rejected, Retryable
from dateline.lane.target import target
from dateline.records import Asking, Usage
from dateline.store import keys
from dateline.store.heads import Held
from dateline.store.store import Store, open_store
from dateline.store.timeline import Search
from summarize.document import Result, bring_up_to_date
from summarize.tools import Tools
from tests.functions.dying import DyingDynamoDB, DyingS3, Gate, Killed
from tests.unit.aws import BUCKET, TABLE, simulated_aws

FIRST = "On 3 May 2024 the council of Aldermoor met.\nOn 5 May 2024 the council of Aldermoor voted.\n"
SECOND = "On 3 May 2024 the council of Aldermoor met.\nOn 7 May 2024 the council of Aldermoor adjourned.\n"
FIRST_TITLES = ["Council met", "Council voted"]
SECOND_TITLES = ["Council met", "Council adjourned"]


def answer_to(text: str) -> dict[str, Any]:
    """Say what a good model says of these texts."""
    events = [
        {"t": title, "s": [number], "d": words, "e": edtf, "c": "done", "p": None, "b": []}
        for number, title, words, edtf in (
            (1, "Council met", "3 May 2024", "2024-05-03"),
            (2, "Council voted", "5 May 2024", "2024-05-05"),
            (2, "Council adjourned", "7 May 2024", "2024-05-07"),
        )
        if words in text and title.removeprefix("Council ") in text
    ]
    head = {"t": "A council meets", "s": [1]}
    return {"lang": "en", "out": "en", "head": head, "sum": [head], "who": [], "names": [], "ev": events}


@dataclass
class FakeModel:
    """A model that reads the request's sentences; `fault` is raised, or `says` said, in place of an answer."""

    name: str = "a-model"
    calls: int = 0
    fault: Exception | None = None
    before: Callable[[], None] = lambda: None
    says: str | None = None
    used: Usage = field(default_factory=lambda: Usage(calls=1, input=10, output=5))

    def complete(self, request: Request, deadline: float) -> Completion:
        self.calls += 1
        self.before()
        if self.fault is not None:
            raise self.fault
        text = self.says or json.dumps(answer_to(request.messages[1].content))
        return Completion(text=text, finish="stop", usage=self.used)


@dataclass
class Newsroom:
    """A bucket, a table, a model and a clock."""

    dynamodb: Any
    s3: Any
    model: FakeModel = field(default_factory=FakeModel)
    later: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    @property
    def store(self) -> Store:
        return open_store(self.dynamodb, self.s3, TABLE, BUCKET, self.now)

    def drop(self, key: str, text: str | bytes, **metadata: str) -> None:
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=text, Metadata=metadata)

    def delete(self, key: str) -> None:
        self.s3.delete_object(Bucket=BUCKET, Key=key)

    def work(
        self, key: str, gate: Gate | None = None, model: str = "a-model", part_characters: int = PART_CHARACTERS
    ) -> Result:
        """Do what a notification about a key leads to, in a worker that may die."""
        gate = gate or Gate(10_000)
        dynamodb: Any = DyingDynamoDB(self.dynamodb, gate)
        s3: Any = DyingS3(self.s3, gate)
        store = open_store(dynamodb, s3, TABLE, BUCKET, self.now)
        result = bring_up_to_date(place(key), self.tools(store, model, part_characters), time.monotonic() + 60)
        if result.untidy:
            store.runs.tidy(place(key).document_id)
        return result

    def tools(self, store: Store, model: str = "a-model", part_characters: int = PART_CHARACTERS) -> Tools:
        asking = Asking(model=model, language="en", part_characters=part_characters)
        return Tools(store, lambda: self.model, target(asking, store.recipes))

    def held(self, key: str) -> Held:
        held = self.store.heads.get(place(key).document_id)
        assert held is not None
        return held

    def titles(self, key: str) -> list[str]:
        """Read a document's events as its readers do."""
        current = self.held(key).head.current
        return [] if current is None else [one.title for one in self.store.runs.events(place(key).document_id, current)]

    def timeline(self, collection: str) -> list[str]:
        return [one.title for one in self.store.timeline.page(collection, Search(), None, 50).events]

    def leftovers(self, key: str) -> list[str]:
        """Find what stands in the table or the bucket of any run but the current one and, as kept, the one before."""
        document_id, head = place(key).document_id, self.held(key).head
        items = self.dynamodb.scan(
            TableName=TABLE,
            ConsistentRead=True,
            FilterExpression="pk = :pk OR (attribute_exists(#run) AND #document = :document)",
            ExpressionAttributeNames={"#run": "run", "#document": "document"},
            ExpressionAttributeValues={":pk": {"S": keys.document_pk(document_id)}, ":document": {"S": document_id}},
        )["Items"]
        runs = [one["sk"]["S"] for one in items if one["sk"]["S"] != keys.HEAD]
        texts = self.s3.list_objects_v2(Bucket=BUCKET, Prefix=f"texts/{document_id}/").get("Contents", [])
        current, kept = f"{head.current or 0:010}", keys.run_sk(head.previous or 0)
        found = (*runs, *(text["Key"] for text in texts))
        return [one for one in found if current not in one and not one.startswith(kept)]


def place(key: str) -> keys.Place:
    found = keys.place(key)
    assert found is not None
    return found


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    with simulated_aws(monkeypatch):
        yield Newsroom(boto3.client("dynamodb"), boto3.client("s3"))


def test_a_dropped_document_becomes_a_summary_and_a_timeline(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)

    assert newsroom.work("drop/news/a.txt") == Result("done", tokens=15)

    assert newsroom.timeline("news") == newsroom.titles("drop/news/a.txt") == FIRST_TITLES
    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert run.summary is not None
    assert (run.summary.headline.text, run.usage.calls) == ("A council meets", 1)


def test_every_quote_stands_in_the_stored_text_at_its_offsets(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", "\ufeff" + FIRST.replace("\n", "\r\n"))
    newsroom.work("drop/news/a.txt")

    document_id = place("drop/news/a.txt").document_id
    text = newsroom.store.blobs.text(document_id, 1)
    assert text is not None
    evidence = [one for event in newsroom.store.runs.events(document_id, 1) for one in event.evidence]
    assert [text.text[one.start : one.end] for one in evidence] == [one.quote for one in evidence]


def test_changed_content_replaces_the_run_and_events_keep_their_ids(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    document_id = place("drop/news/a.txt").document_id
    before = {one.title: one.id for one in newsroom.store.runs.events(document_id, 1)}
    newsroom.drop("drop/news/a.txt", SECOND)

    newsroom.work("drop/news/a.txt")

    after = {one.title: one.id for one in newsroom.store.runs.events(document_id, 2)}
    assert newsroom.timeline("news") == SECOND_TITLES
    assert after["Council met"] == before["Council met"]
    assert after["Council adjourned"] not in before.values()
    assert newsroom.leftovers("drop/news/a.txt") == []


def test_repeated_notifications_change_nothing_and_cost_nothing(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "unchanged"

    assert newsroom.model.calls == 1
    assert newsroom.held("drop/news/a.txt").head.current == 1


def test_a_late_notification_of_a_deletion_does_not_delete_what_was_dropped_since(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.delete("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")

    newsroom.work("drop/news/a.txt")

    assert newsroom.timeline("news") == FIRST_TITLES


def test_a_deleted_document_is_gone_and_nothing_of_it_is_left(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.delete("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "deleted"

    assert newsroom.timeline("news") == []
    assert newsroom.held("drop/news/a.txt").head.state == "deleted"
    assert newsroom.leftovers("drop/news/a.txt") == []
    assert "Contents" not in newsroom.s3.list_objects_v2(Bucket=BUCKET, Prefix="answers/")


def test_a_document_that_was_deleted_before_it_was_read_leaves_a_tombstone_only(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.delete("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt").outcome == "deleted"
    assert newsroom.store.listing.documents("news", None, 10).heads == []


def test_ids_are_not_given_again_after_a_deletion(newsroom: Newsroom) -> None:
    key, document_id = "drop/news/a.txt", place("drop/news/a.txt").document_id
    newsroom.drop(key, FIRST)
    newsroom.work(key)
    before = {one.id for one in newsroom.store.runs.events(document_id, 1)}
    newsroom.delete(key)
    newsroom.work(key)
    newsroom.drop(key, FIRST)

    newsroom.work(key)

    current = newsroom.held(key).head.current
    assert current is not None
    assert before.isdisjoint(one.id for one in newsroom.store.runs.events(document_id, current))


def test_the_same_content_elsewhere_is_not_paid_for_again(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.drop("drop/other/b.txt", FIRST)

    newsroom.work("drop/news/a.txt")
    newsroom.work("drop/other/b.txt")

    assert newsroom.model.calls == 1
    assert newsroom.timeline("other") == FIRST_TITLES


def test_another_model_is_another_recipe(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")

    assert newsroom.work("drop/news/a.txt", model="a-better-model").outcome == "done"

    assert newsroom.model.calls == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \n\t\n", "empty"), (bytes(range(32)) * 20, "binary"), (b"x" * 10_000_001, "too_large")],
)
def test_a_file_that_is_no_document_is_rejected_with_the_reason(newsroom: Newsroom, data: bytes, code: str) -> None:
    newsroom.drop("drop/news/a.txt", data)

    assert newsroom.work("drop/news/a.txt").outcome == "rejected"

    head = newsroom.held("drop/news/a.txt").head
    assert head.rejection is not None
    assert head.rejection.code == code
    assert len(head.rejection.reason) > 20


def test_a_publication_date_is_taken_from_the_metadata_and_a_bad_one_is_rejected(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST, published="2024-05-08")
    newsroom.drop("drop/news/b.txt", FIRST, published="8.5.2024")

    newsroom.work("drop/news/a.txt")
    newsroom.work("drop/news/b.txt")

    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert run.published is not None
    assert (str(run.published.day), run.published.source) == ("2024-05-08", "metadata")
    rejection = newsroom.held("drop/news/b.txt").head.rejection
    assert rejection is not None
    assert "YYYY-MM-DD" in rejection.reason


def test_title_source_and_address_are_taken_from_the_metadata_as_mail_writes_them(newsroom: Newsroom) -> None:
    newsroom.drop(
        "drop/news/a.txt",
        FIRST,
        title="=?utf-8?q?Rat_lehnt_Br=C3=BCcke_ab?=",
        source="=?broken?b?!?=",
        url="https://moorpost.example/a",
    )

    newsroom.work("drop/news/a.txt")

    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert (run.title, run.url) == ("Rat lehnt Brücke ab", "https://moorpost.example/a")
    assert run.source


def test_a_reader_learns_what_of_a_document_could_not_be_read(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", f"\ufffd\n{FIRST}")

    newsroom.work("drop/news/a.txt")

    run = newsroom.store.runs.get(place("drop/news/a.txt").document_id, 1)
    assert run is not None
    assert "replaced_characters" in {note.code for note in run.notes}


def test_a_rejected_revision_takes_back_what_an_earlier_one_said(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", b"")

    newsroom.work("drop/news/a.txt")

    assert newsroom.timeline("news") == []
    assert newsroom.leftovers("drop/news/a.txt") == []


def test_a_busy_provider_leaves_the_document_waiting_beside_what_was_there_before(
    newsroom: Newsroom,
) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.work("drop/news/a.txt")
    newsroom.drop("drop/news/a.txt", SECOND)
    newsroom.model.fault = Retryable("the provider is busy", after=7)

    with pytest.raises(Retryable):
        newsroom.work("drop/news/a.txt")

    head = newsroom.held("drop/news/a.txt").head
    assert (head.state, head.waiting_for) == ("waiting", "the provider is busy")
    assert newsroom.timeline("news") == FIRST_TITLES

    newsroom.model.fault = None
    assert newsroom.work("drop/news/a.txt").outcome == "done"
    assert newsroom.timeline("news") == SECOND_TITLES


def test_a_provider_that_refuses_is_a_reason_to_reject(newsroom: Newsroom) -> None:
    newsroom.drop("drop/news/a.txt", FIRST)
    newsroom.model.fault = Rejected("refused", "The provider refuses this document.")

    assert newsroom.work("drop/news/a.txt").outcome == "rejected"


def test_a_worker_that_was_overtaken_while_it_waited_for_the_model_publishes_nothing(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)

    def meanwhile() -> None:
        newsroom.model.before = lambda: None
        newsroom.later = timedelta(seconds=100)
        newsroom.drop(key, SECOND)
        newsroom.work(key)

    newsroom.model.before = meanwhile
    with pytest.raises(Retryable, match="taken this document over"):
        newsroom.work(key)

    assert newsroom.timeline("news") == SECOND_TITLES
    assert newsroom.work(key).outcome == "unchanged"
    assert newsroom.leftovers(key) == []


def test_a_writer_killed_at_any_write_mixes_no_runs_and_the_next_delivery_repairs_it(
    newsroom: Newsroom,
) -> None:
    """Die at the first write, then at the second, and so on, until a worker comes through."""
    writes, killed = 0, True
    while killed:
        collection = f"c{writes}"
        key = f"drop/{collection}/a.txt"
        newsroom.drop(key, FIRST)
        newsroom.work(key)
        newsroom.drop(key, SECOND)
        seen: list[list[str]] = []
        gate = Gate(writes, look=lambda: seen.append(newsroom.timeline(collection)))  # noqa: B023
        try:
            newsroom.work(key, gate)
            killed = False
        except Killed:
            seen.append(newsroom.timeline(collection))
        assert all(one in (FIRST_TITLES, SECOND_TITLES) for one in seen), f"at write {writes}: {seen}"

        newsroom.later += timedelta(seconds=100)
        newsroom.work(key)
        assert newsroom.timeline(collection) == newsroom.titles(key) == SECOND_TITLES
        newsroom.store.runs.tidy(place(key).document_id)
        assert newsroom.leftovers(key) == []
        writes += 1
    assert writes > 10
