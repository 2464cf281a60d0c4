"""The sweep over many pages, with little time, and past heads that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import boto3
import pytest

from dateline.errors import Retryable
from dateline.lane.messages import SweepMessage
from dateline.lane.queue import Queue
from dateline.store import keys
from dateline.store.blobs import Blobs
from dateline.store.bucket import Bucket
from dateline.store.store import Store, store_over
from dateline.store.table import Table
from summarize import sweep as sweeping
from summarize.sweep import Swept, sweep
from tests.aws import BUCKET, TABLE, simulated_aws
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import publish
from tests.functions.sent import Sent
from tests.newer import rewrite_table

NAMES = [f"drop/news/{number}.txt" for number in range(7)]
AN_HOUR = 3_600.0


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """Seven documents that no message told of, in pages of three."""
    monkeypatch.setattr(sweeping, "_KEYS_A_PAGE", 3)
    with simulated_aws(monkeypatch) as (dynamodb, s3):
        cloud = Cloud(Table(dynamodb, TABLE), Bucket(s3, BUCKET))
        for name in NAMES:
            cloud.drop(name, "Text.")
        yield cloud


def run(store: Store, queue: Queue, message: SweepMessage | None = None, seconds: float = AN_HOUR) -> Swept:
    return sweep(message or long_after(), store, queue, datetime.now(UTC), monotonic() + seconds)


def long_after() -> SweepMessage:
    """Ask when all that has happened was so long ago that no message about it can be left; not on a Sunday."""
    asked = datetime.now(UTC) + timedelta(days=2)
    return SweepMessage(asked=asked if asked.weekday() != 6 else asked + timedelta(days=1))


def on_a_sunday() -> SweepMessage:
    asked = datetime.now(UTC) + timedelta(days=2)
    return SweepMessage(asked=asked + timedelta(days=6 - asked.weekday()))


def test_one_run_sweeps_all_pages_and_sends_no_message_to_itself(cloud: Cloud) -> None:
    queue = Sent()

    swept = run(cloud.store, queue)

    assert swept.pages == 5, "three of drops, one of editors' decisions, one of collections"
    assert queue.documents == NAMES
    assert queue.rest == []


def test_a_run_that_is_short_of_time_does_one_page_and_hands_the_others_over(cloud: Cloud) -> None:
    queue = Sent()

    assert run(cloud.store, queue, seconds=0).pages == 1

    assert queue.documents == NAMES[:3]
    (rest,) = queue.rest
    assert run(cloud.store, queue, rest).pages == 4
    assert queue.documents == NAMES, "each page was swept once"


def test_a_page_that_is_turned_away_comes_back_alone(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    queue, listing = Sent(), Blobs.listing
    asked: list[str | None] = []

    def throttled(self: Blobs, prefix: str, after: str | None, limit: int) -> object:
        asked.append(after)
        if len(asked) == 2:
            raise Retryable("AWS answers SlowDown")
        return listing(self, prefix, after, limit)

    monkeypatch.setattr(Blobs, "listing", throttled)

    assert run(cloud.store, queue).pages == 1
    (rest,) = queue.rest
    run(cloud.store, queue, rest)
    assert queue.documents == NAMES, "each page was swept once"


def test_a_first_page_that_is_turned_away_puts_the_sweep_off(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Sent()

    def throttled(*_: object) -> object:
        raise Retryable("AWS answers SlowDown")

    monkeypatch.setattr(Blobs, "listing", throttled)

    with pytest.raises(Retryable):
        run(cloud.store, queue)
    assert queue.messages == []


@pytest.mark.parametrize("wrong", [{"body": {"S": "{}"}}, {"body": {"N": "1"}}, {"fence": {"S": "one"}}])
def test_a_document_whose_head_cannot_be_read_is_passed_over_and_reported(
    cloud: Cloud, wrong: dict[str, dict[str, str]]
) -> None:
    document_id = publish(cloud, NAMES[1], finding("Council met"))
    dynamodb, key = boto3.client("dynamodb"), {"pk": {"S": keys.document_pk(document_id)}, "sk": {"S": keys.HEAD}}
    item = dynamodb.get_item(TableName=TABLE, Key=key)["Item"]
    dynamodb.put_item(TableName=TABLE, Item={**item, **wrong})
    queue = Sent()

    swept = run(cloud.store, queue)

    assert list(swept.unreadable) == [document_id]
    assert queue.documents == [NAMES[0], *NAMES[2:]]


def test_heads_that_a_newer_version_wrote_are_compared_as_ever(cloud: Cloud) -> None:
    document_id = publish(cloud, NAMES[1], finding("Council met"))
    before, after = Sent(), Sent()
    run(cloud.store, before)
    assert rewrite_table(boto3.client("dynamodb")) > 0

    swept = run(cloud.store, after)

    assert swept.unreadable == {}
    assert after.messages == before.messages
    assert cloud.store.heads.get(document_id) is not None


def test_what_was_dropped_within_a_day_has_its_message_on_its_way(cloud: Cloud) -> None:
    queue = Sent()

    run(cloud.store, queue, SweepMessage(asked=datetime.now(UTC) + timedelta(hours=23)))

    assert queue.messages == []


def test_a_document_that_waits_is_sent_again_only_when_nobody_has_tried_it_for_a_day(cloud: Cloud) -> None:
    later = datetime.now(UTC) + timedelta(days=3)
    store = store_over(cloud.table, cloud.bucket, lambda: later)
    place = keys.place(NAMES[0])
    assert place is not None
    held = store.heads.take(place, 60)
    store.heads.write(held, held.head)
    early, late = Sent(), Sent()

    run(store, early, SweepMessage(asked=later + timedelta(hours=23)))
    run(store, late, SweepMessage(asked=later + timedelta(hours=25)))

    assert early.documents == NAMES[1:]
    assert late.documents == NAMES


def test_a_document_whose_linking_is_put_off_has_its_message_on_its_way(cloud: Cloud) -> None:
    document_id = publish(cloud, NAMES[0], finding("Council met"))
    asked = long_after()
    assert asked.asked is not None
    noted = store_over(cloud.table, cloud.bucket, lambda: asked.asked or datetime.now(UTC))
    before, after = Sent(), Sent()

    run(cloud.store, before, asked)
    noted.heads.note_tried(document_id)
    run(cloud.store, after, asked)

    assert before.documents == NAMES, "the one that was published has another version"
    assert after.documents == NAMES[1:]


def test_a_sweep_that_is_to_wait_for_nothing_sends_at_once(cloud: Cloud) -> None:
    queue = Sent()

    run(cloud.store, queue, SweepMessage(asked=datetime.now(UTC) + timedelta(seconds=2), patience=0))

    assert queue.documents == NAMES


def test_once_a_week_documents_are_looked_for_that_no_listing_has(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "_DOCUMENTS_A_PAGE", 2)
    gone = [f"drop/{collection}/gone{number}.txt" for collection in ("a", "news") for number in range(3)]
    for key in (*gone, NAMES[1]):
        place = keys.place(key)
        assert place is not None
        cloud.store.listing.register(place.collection)
        publish(cloud, key, finding("Council met"))
    queue, weekday = Sent(), Sent()

    swept = run(cloud.store, queue, on_a_sunday())
    run(cloud.store, weekday)

    assert sorted(queue.documents) == sorted([*gone, *NAMES])
    assert swept.pages == 5 + 2 + 2, "two pages of each collection"
    assert weekday.documents == NAMES


def test_a_deletion_that_a_listing_shows_is_told_once(cloud: Cloud) -> None:
    publish(cloud, NAMES[1], finding("Council met"))
    cloud.store.listing.register("news")
    cloud.bucket.delete(NAMES)
    queue = Sent()

    run(cloud.store, queue, on_a_sunday())

    assert queue.documents == [NAMES[1]]
