"""The summarize function, called as the event source mapping calls it."""

from __future__ import annotations

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import ModuleType

import boto3
import pytest

from dateline.ask.parts import PART_CHARACTERS
from dateline.errors import OutOfTime, Retryable
from dateline.lane.messages import (
    DocumentMessage,
    EditMessage,
    LinkMessage,
    Message,
    NotifiedUpload,
    PackMessage,
    RebuildMessage,
    TidyMessage,
)
from dateline.lane.queue import Queue
from dateline.lane.target import Target, target
from dateline.recipe import recipe
from dateline.records import Asking, Usage
from dateline.store import keys
from dateline.store.overlap import Search
from dateline.store.recipes import KnownRecipe, Recipes
from summarize.batch_rows import Taken
from summarize.document import Result
from summarize.sweep import Swept
from tests.aws import BUCKET
from tests.functions.conftest import Cloud, Context, fresh, sample
from tests.functions.drop_events import batch, document
from tests.functions.newsroom import FIRST, SECOND, FakeModel
from tests.newer import rewrite_bucket, spoil

KEY = "drop/news/Kyjiw + München 100%.txt"
UPLOAD = NotifiedUpload(version="096fKKXTRTtl3on89fVO.nfljtsv6qko", at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


# A sweep for which all that has happened is long ago.
LATER = {"kind": "sweep", "asked": "2999-01-01T00:00:00Z"}


@pytest.fixture
def cloud(aws: Cloud) -> Cloud:
    return aws


@pytest.fixture
def counted(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[float]]:
    """Note the function's metrics by name."""
    values: dict[str, list[float]] = defaultdict(list)
    monkeypatch.setattr(app.metrics, "add_metric", lambda name, _, value: values[name].append(value))
    monkeypatch.setattr(app.metrics.provider, "flush_metrics", lambda **_: None)
    return values


@pytest.fixture
def app(cloud: Cloud) -> Iterator[ModuleType]:
    module = fresh("summarize.app")
    yield module
    module.clients.cache_clear()


def test_an_object_that_is_gone_leaves_a_tombstone(app: ModuleType, cloud: Cloud) -> None:
    assert app.handler(sample("summarize-created"), Context()) == {"batchItemFailures": []}

    place = keys.place(KEY)
    assert place is not None
    held = cloud.store.heads.get(place.document_id)
    assert held is not None
    assert held.head.state == "deleted"


def test_an_empty_file_is_rejected_and_the_message_is_done(app: ModuleType, cloud: Cloud) -> None:
    cloud.drop(KEY, "")

    assert app.handler(sample("summarize-created"), Context()) == {"batchItemFailures": []}

    assert [held.head.state for held in cloud.store.listing.documents("news", None, 10).documents] == ["rejected"]


def test_an_archived_file_is_rejected_and_the_message_is_done(app: ModuleType, cloud: Cloud) -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key=KEY, Body=b"Text.", StorageClass="DEEP_ARCHIVE")

    assert app.handler(sample("summarize-created"), Context()) == {"batchItemFailures": []}

    (held,) = cloud.store.listing.documents("news", None, 10).documents
    assert held.head.rejection is not None
    assert held.head.rejection.code == "withheld"


def test_a_provider_out_of_reach_puts_the_message_off(app: ModuleType, cloud: Cloud, sent: list[Message]) -> None:
    cloud.drop(KEY, "On 3 May 2024 the council of Aldermoor met.")

    assert app.handler(sample("summarize-put-off"), Context()) == {"batchItemFailures": []}

    assert sent == [DocumentMessage(key=KEY, attempt=4)]
    assert [held.head.state for held in cloud.store.listing.documents("news", None, 10).documents] == ["waiting"]


def test_a_missing_key_puts_the_document_off_and_says_what_to_do(
    app: ModuleType, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "settings", app.settings.model_copy(update={"model_secret": "no-such-secret"}))
    cloud.drop(KEY, "On 3 May 2024 the council of Aldermoor met.")

    app.handler(sample("summarize-created"), Context())

    waiting = cloud.store.listing.documents("news", None, 10).documents[0].head.waiting_for
    assert waiting is not None
    assert "key of the model's provider" in waiting


def test_a_message_that_nobody_sends_fails_alone(app: ModuleType, cloud: Cloud) -> None:
    answer = app.handler(batch(({"kind": "of a newer version"}, 1), ({"kind": "sweep"}, 1)), Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


def test_a_foreign_message_is_logged_without_its_text_and_never_comes_back(
    app: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    wrapped = {"Type": "Notification", "Message": "secret words"}

    assert app.handler(batch((wrapped, 1), ("secret words", 1)), Context()) == {"batchItemFailures": []}

    logged = [vars(record) for record in caplog.records if record.message == "foreign message"]
    assert [one["message_id"] for one in logged] == ["message-0", "message-1"]
    assert "secret words" not in str([vars(record) for record in caplog.records])


def test_a_message_that_failed_is_to_come_back_within_a_minute_also_where_sqs_does_not_listen(
    app: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refuse(_self: Queue, arn: str, failed: object) -> None:
        asked.append((arn.rpartition(":")[2], failed))
        raise Retryable("AWS answers ServiceUnavailable")

    monkeypatch.setattr(Queue, "retry_soon", refuse)

    answer = app.handler(batch(({"kind": "unknown"}, 3), ({"kind": "tidy", "document_id": "doc_a"}, 1)), Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert asked == [("dateline-DropQueue", [("MessageReceiptHandle", 3)])]


def test_a_bug_is_logged_without_any_text_of_the_document(
    app: ModuleType, cloud: Cloud, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> Result:
        raise KeyError("secret words of the document")

    monkeypatch.setattr(app, "bring_up_to_date", fail)

    answer = app.handler(sample("summarize-created"), Context())

    assert len(answer["batchItemFailures"]) == 1
    logged = str([vars(record) for record in caplog.records])
    assert "KeyError" in logged
    assert "secret words" not in logged


def test_fresh_messages_are_worked_on_together_and_redelivered_ones_alone(
    app: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(2, timeout=60)
    running: list[str] = []
    alone: dict[str, bool] = {}

    def work(place: keys.Place, *_: object) -> Result:
        running.append(place.path)
        if place.path.startswith("fresh"):
            together.wait()
        alone[place.path] = running == [place.path]
        running.remove(place.path)
        return Result("unchanged")

    monkeypatch.setattr(app, "bring_up_to_date", work)
    names = [("again-1", 2), ("fresh-1", 1), ("again-2", 3), ("fresh-2", 1)]

    app.handler(batch(*((document(f"drop/news/{name}"), count) for name, count in names)), Context())

    assert alone["again-1"]
    assert alone["again-2"]
    assert set(alone) == {name for name, _ in names}


def test_ten_documents_of_a_batch_are_asked_at_the_same_time_whatever_the_cores(
    app: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    together = threading.Barrier(10, timeout=10)

    def work(*_: object) -> Result:
        together.wait()
        return Result("unchanged")

    monkeypatch.setattr(app, "bring_up_to_date", work)

    answer = app.handler(batch(*((document(f"drop/news/{number}"), 1) for number in range(10))), Context())

    assert answer == {"batchItemFailures": []}, "none waited in vain for the others"


def test_no_time_left_puts_the_message_off(app: ModuleType, cloud: Cloud, sent: list[Message]) -> None:
    app.handler(sample("summarize-created"), Context(seconds=4))

    assert sent == [DocumentMessage(key=KEY, upload=UPLOAD, attempt=1)]


def test_old_runs_are_tidied_by_a_message_of_its_own(
    app: ModuleType, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "bring_up_to_date", lambda *_: Result("done", untidy=True))

    app.handler(sample("summarize-created"), Context())

    place = keys.place(KEY)
    assert place is not None
    assert sent == [TidyMessage(document_id=place.document_id)]


def test_tidying_an_unknown_document_is_no_error(app: ModuleType) -> None:
    assert app.handler(sample("summarize-tidy"), Context()) == {"batchItemFailures": []}


def test_a_folder_marker_is_no_document(app: ModuleType, cloud: Cloud) -> None:
    app.handler(batch((document("drop/news/"), 1)), Context())

    assert cloud.store.listing.collections(None, 10).collections == []


def test_the_sweep_finds_what_no_message_told_of(app: ModuleType, cloud: Cloud, sent: list[Message]) -> None:
    cloud.drop("drop/news/new.txt", "New.")
    cloud.drop("drop/news/known.txt", "")
    app.handler(batch((document("drop/news/known.txt"), 1)), Context())
    cloud.drop("drop/news/gone.txt", "")
    app.handler(batch((document("drop/news/gone.txt"), 1)), Context())
    cloud.bucket.delete(["drop/news/gone.txt"])

    app.handler(batch((LATER, 1)), Context())

    assert {one.key for one in sent if isinstance(one, DocumentMessage)} == {"drop/news/gone.txt", "drop/news/new.txt"}


def test_a_head_that_cannot_be_read_is_counted_and_the_sweep_goes_on(
    app: ModuleType,
    cloud: Cloud,
    sent: list[Message],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("bad", "new"):
        cloud.drop(f"drop/news/{name}.txt", "")
    app.handler(batch((document("drop/news/bad.txt"), 1)), Context())
    (held,) = cloud.store.listing.documents("news", None, 10).documents
    spoil(cloud.table, keys.Key(keys.document_pk(held.head.document_id), keys.HEAD))
    counted: list[str] = []
    monkeypatch.setattr(app.metrics, "add_metric", lambda name, *_: counted.append(name))
    monkeypatch.setattr(app.metrics.provider, "flush_metrics", lambda **_: None)

    assert app.handler(batch((LATER, 1)), Context()) == {"batchItemFailures": []}

    assert sent == [DocumentMessage(key="drop/news/new.txt")]
    assert counted.count("Unreadable") == 1
    logged = str([vars(record) for record in caplog.records])
    assert held.head.document_id in logged
    assert "secret words" not in logged


def test_what_is_paid_is_counted_at_once_and_against_the_day(
    app: ModuleType, cloud: Cloud, model: list[FakeModel], counted: dict[str, list[float]]
) -> None:
    cloud.drop(KEY, FIRST)

    app.handler(batch((document(KEY), 1)), Context())

    spent = cloud.store.spending.of(datetime.now(UTC).date().isoformat())
    assert counted["TokensLive"] == [15] == [spent]
    assert counted["DayTokensSpent"] == [100 * 15 / app.settings.day_tokens]
    # Nobody knows what this model asks.
    assert "UsdLive" not in counted


def test_a_document_that_is_put_off_counts_the_time_since_its_drop(
    app: ModuleType, cloud: Cloud, sent: list[Message], counted: dict[str, list[float]]
) -> None:
    cloud.drop(KEY, FIRST)
    cloud.drop("drop/news/old.txt", SECOND)

    app.handler(batch((document(KEY), 1), (document("drop/news/old.txt", plan="a-plan"), 1)), Context())

    assert len(sent) == 2
    # One that is only made anew is readable meanwhile.
    (waited,) = counted["OldestWaiting"]
    assert 0 <= waited < 60


def test_a_sweep_is_counted_when_it_has_come_to_its_end(
    app: ModuleType, sent: list[Message], counted: dict[str, list[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.handler(sample("summarize-sweep"), Context())
    assert counted["Swept"] == [1]

    monkeypatch.setattr(app, "sweep", lambda *_: Swept(pages=1))
    app.handler(sample("summarize-sweep"), Context())
    assert counted["Swept"] == [1]


def test_what_rows_have_cost_is_counted_apart(
    app: ModuleType, cloud: Cloud, counted: dict[str, list[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    priced = "gpt-6.1-terra"
    monkeypatch.setattr(app, "settings", app.settings.model_copy(update={"model": priced}))
    event = sample("summarize-rows")
    rows = json.loads(event["Records"][0]["body"]) | {"ask": recipe(priced, "en").ask}
    event["Records"][0]["body"] = json.dumps(rows)
    usage = Usage(calls=1, input=1_000_000, output=100_000)
    monkeypatch.setattr(app, "take_in", lambda *_: Taken(usage=usage))

    app.handler(event, Context())

    assert counted["TokensBatch"] == [1_100_000]
    assert counted["UsdBatch"] == [0.75]


def test_a_kept_answer_that_a_newer_version_wrote_is_not_paid_for_again(
    app: ModuleType, cloud: Cloud, model: list[FakeModel]
) -> None:
    cloud.drop(KEY, FIRST)
    app.handler(batch((document(KEY), 1)), Context())
    assert rewrite_bucket(cloud.bucket, "answers/") == 1
    copy = KEY.replace("news", "copies")
    cloud.drop(copy, FIRST)

    assert app.handler(batch((document(copy), 1)), Context()) == {"batchItemFailures": []}

    assert recipe_of(cloud, copy) == "a-model"
    assert [one.calls for one in model] == [1]


def test_a_throttled_table_puts_it_off(app: ModuleType, sent: list[Message], monkeypatch: pytest.MonkeyPatch) -> None:
    def throttled(*_: object) -> Result:
        raise Retryable("AWS answers ThrottlingException", after=30)

    monkeypatch.setattr(app, "bring_up_to_date", throttled)

    assert app.handler(sample("summarize-created"), Context()) == {"batchItemFailures": []}
    assert sent == [DocumentMessage(key=KEY, upload=UPLOAD, attempt=1)]


def test_a_document_whose_repair_is_still_to_come_comes_back(
    app: ModuleType, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Result("done", later=Retryable("the repair of its answer: busy", after=30))
    monkeypatch.setattr(app, "bring_up_to_date", lambda *_: told)

    assert app.handler(batch((document(KEY, plan="a-plan"), 1)), Context()) == {"batchItemFailures": []}
    assert sent == [DocumentMessage(key=KEY, plan="a-plan", attempt=1)]


def test_a_document_whose_time_was_up_comes_back_to_be_worked_on_alone(
    app: ModuleType, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    work_on_together = app._work_on_together

    def out_of_time(*_: object) -> Result:
        raise OutOfTime("more time")

    def note(records: list[dict[str, object]], *rest: object) -> object:
        together.append(len(records))
        return work_on_together(records, *rest)

    monkeypatch.setattr(app, "bring_up_to_date", out_of_time)
    monkeypatch.setattr(app, "_work_on_together", note)
    app.handler(batch((document(KEY), 1)), Context())
    (again,) = sent

    app.handler(batch((again.model_dump_json(), 1), (document("drop/news/b.txt"), 1)), Context())

    assert again == DocumentMessage(key=KEY, attempt=1, alone=True)
    assert together == [1, 1, 1]


@pytest.fixture
def model(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[FakeModel]:
    """Answer in the provider's place; every model that is made is noted."""
    made: list[FakeModel] = []

    def make(name: str, *_: object) -> FakeModel:
        made.append(FakeModel(name=name))
        return made[-1]

    monkeypatch.setattr(app, "OpenAIModel", make)
    return made


def recipe_of(cloud: Cloud, key: str) -> str:
    """Tell which model made what readers see."""
    place = keys.place(key)
    assert place is not None
    held = cloud.store.heads.get(place.document_id)
    assert held is not None
    run = cloud.store.runs.get(place.document_id, held.head.current or 0)
    return run.recipe.model if run else ""


def known(model: str, ask: str | None = None) -> KnownRecipe:
    asking = Asking(model=model, language="en", part_characters=PART_CHARACTERS)
    made = recipe(model, "en", PART_CHARACTERS)
    return KnownRecipe(
        recipe=made.model_copy(update={"ask": ask}) if ask else made, asking=asking, seen=datetime.now(UTC)
    )


def test_a_pin_changes_what_documents_are_asked_with_until_it_is_taken_away(
    app: ModuleType, cloud: Cloud, model: list[FakeModel]
) -> None:
    cloud.drop(KEY, FIRST)

    def work() -> str:
        app.handler(batch((document(KEY), 1)), Context())
        return recipe_of(cloud, KEY)

    assert work() == "a-model"
    cloud.store.recipes.pin(known("pinned"))
    assert work() == "pinned"
    cloud.store.recipes.unpin()
    assert work() == "a-model"
    asked = [(one.name, one.calls) for one in model]
    assert asked == [("a-model", 1), ("pinned", 1)], "what was paid for is used again"


def test_a_worker_makes_one_client_of_the_model_for_all_documents(
    app: ModuleType, cloud: Cloud, model: list[FakeModel]
) -> None:
    for key, text in ((KEY, FIRST), ("drop/news/second.txt", SECOND)):
        cloud.drop(key, text)
        app.handler(batch((document(key), 1)), Context())

    assert [one.calls for one in model] == [2]


def test_under_a_pin_of_other_code_new_documents_are_still_worked_on(
    app: ModuleType, cloud: Cloud, model: list[FakeModel]
) -> None:
    cloud.drop(KEY, FIRST)
    cloud.store.recipes.pin(known("pinned", ask="0123456789abcdef"))

    assert app.handler(batch((document(KEY), 1)), Context()) == {"batchItemFailures": []}

    assert recipe_of(cloud, KEY) == "pinned"


def test_the_target_is_looked_up_once_a_run_of_the_function(
    app: ModuleType, cloud: Cloud, model: list[FakeModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Asking] = []

    def look_up(own: Asking, recipes: Recipes) -> Target:
        asked.append(own)
        return target(own, recipes)

    monkeypatch.setattr(app, "target", look_up)
    names = [f"drop/news/{number}.txt" for number in range(5)]
    for name in names:
        cloud.drop(name, FIRST)

    app.handler(batch(*((document(name), 1) for name in names)), Context())
    assert len(asked) == 1
    app.handler(batch((document(names[0]), 1)), Context())
    assert len(asked) == 2


def test_a_table_that_cannot_tell_the_target_puts_documents_off(
    app: ModuleType, cloud: Cloud, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def throttled(*_: object) -> Target:
        raise Retryable("AWS answers ThrottlingException")

    monkeypatch.setattr(app, "target", throttled)

    assert app.handler(batch((document(KEY), 1)), Context()) == {"batchItemFailures": []}

    assert sent == [DocumentMessage(key=KEY, attempt=1)]


def test_a_document_that_a_plan_sent_is_told_to_the_plan(app: ModuleType, cloud: Cloud, model: list[FakeModel]) -> None:
    cloud.drop(KEY, FIRST)

    app.handler(batch((document(KEY, plan="a-plan"), 1)), Context())

    ((_, told),) = cloud.store.plans.all_outcomes("a-plan")
    assert (told.outcome, told.tokens) == ("done", 15)


def test_a_document_that_is_put_off_is_not_told_to_its_plan_but_comes_back_with_it(
    app: ModuleType, cloud: Cloud, sent: list[Message]
) -> None:
    cloud.drop(KEY, FIRST)

    app.handler(batch((document(KEY, plan="a-plan"), 1)), Context())

    assert sent == [DocumentMessage(key=KEY, plan="a-plan", attempt=1)]
    assert list(cloud.store.plans.all_outcomes("a-plan")) == []


def test_a_range_of_rows_is_worked_through(app: ModuleType, cloud: Cloud) -> None:
    event = sample("summarize-rows")
    message = json.loads(event["Records"][0]["body"])

    assert app.handler(event, Context()) == {"batchItemFailures": []}

    assert cloud.store.plans.ranges_done(message["plan"], message["number"]) == 1


def test_a_bug_in_a_row_is_logged_without_any_text_and_its_range_is_done(
    app: ModuleType,
    cloud: Cloud,
    sent: list[Message],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    results = {"doc_b": Result("done", untidy=True)}
    monkeypatch.setattr(app, "take_in", lambda *_: Taken(results, {"doc_a": KeyError("secret words of the document")}))

    assert app.handler(sample("summarize-rows"), Context()) == {"batchItemFailures": []}

    logged = str([vars(record) for record in caplog.records])
    assert "doc_a" in logged
    assert "KeyError" in logged
    assert "secret words" not in logged
    assert sent == [TidyMessage(document_id="doc_b")]


def test_the_sweep_has_runs_forgotten_that_were_replaced_long_ago(
    app: ModuleType, cloud: Cloud, model: list[FakeModel], sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = keys.place(KEY)
    assert place is not None
    for text in (FIRST, SECOND):
        cloud.drop(KEY, text)
        app.handler(batch((document(KEY), 1)), Context())
    app.handler(batch(({"kind": "link", "key": KEY}, 1)), Context())
    cloud.store.runs.tidy(place.document_id)
    app.handler(batch(({"kind": "pack", "collection": place.collection, "whole": True}, 1)), Context())
    sent.clear()

    app.handler(batch((LATER, 1)), Context())
    assert sent == []

    monkeypatch.setattr(app, "_forgotten", lambda: datetime.now(UTC) + timedelta(seconds=1))
    app.handler(batch((LATER, 1)), Context())
    assert sent == [TidyMessage(document_id=place.document_id)]

    app.handler(batch(({"kind": "tidy", "document_id": place.document_id}, 1)), Context())
    held = cloud.store.heads.get(place.document_id)
    assert held is not None
    assert [run.number for run in cloud.store.runs.shown(held.head)] == [held.head.current]


def test_what_is_searched_is_packed_when_much_has_gathered_and_made_anew_when_asked(
    app: ModuleType, cloud: Cloud, model: list[FakeModel], sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize.searching.LOOSE_AT_MOST", 1)
    place = keys.place(KEY)
    assert place is not None
    cloud.drop(KEY, FIRST)

    app.handler(batch((document(KEY), 1)), Context())
    packing = PackMessage(collection=place.collection)
    assert packing in sent
    app.handler(batch((packing.model_dump(), 1)), Context())
    (packed,) = cloud.store.segments.manifest(place.collection)
    app.handler(batch((RebuildMessage(collection=place.collection).model_dump(), 1)), Context())
    (rebuilt,) = cloud.store.segments.manifest(place.collection)

    assert (packed.number or 0) < (rebuilt.number or 0)


def test_what_a_document_tells_is_linked_by_a_message_of_its_own(
    app: ModuleType, cloud: Cloud, model: list[FakeModel], sent: list[Message]
) -> None:
    place = keys.place(KEY)
    assert place is not None
    cloud.drop(KEY, FIRST)

    app.handler(batch((document(KEY), 1)), Context())
    assert sent == [LinkMessage(key=KEY)]
    app.handler(batch((document(KEY), 1)), Context())
    assert LinkMessage(key=KEY) in sent[1:], "until it is linked, whoever comes by says so again"
    app.handler(batch(({"kind": "link", "key": KEY}, 1)), Context())

    rows = cloud.store.links.rows.page("news", Search(), None, 50).rows
    assert [row.title for row in rows] == ["Council met", "Council voted"]
    sent.clear()
    app.handler(batch((document(KEY), 1), ({"kind": "link", "key": KEY}, 1)), Context())
    assert not any(isinstance(one, LinkMessage) for one in sent)


def test_an_object_that_is_no_decision_is_logged_without_its_text(
    app: ModuleType, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    key = keys.edit_key("news", "wrong")
    cloud.drop(key, '{"kind": "a secret", "a secret": 1}')

    assert app.handler(batch((EditMessage(key=key).model_dump_json(), 1)), Context()) == {"batchItemFailures": []}

    (record,) = (one for one in caplog.records if one.message == "no decision")
    assert vars(record)["decision"] == "wrong"
    assert "literal_error" in vars(record)["faults"]
    assert "a secret" not in str([vars(one) for one in caplog.records])
