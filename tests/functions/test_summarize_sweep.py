"""The sweep over many pages, with little time, and past heads that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic

import boto3
import pytest

from dateline.errors import Retryable
from dateline.lane.messages import SweepMessage
from dateline.lane.queue import Queue
from dateline.store import keys
from dateline.store.blobs import Blobs
from dateline.store.bucket import Bucket
from dateline.store.store import Store
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
    return sweep(message or SweepMessage(), store, queue, datetime.now(UTC), monotonic() + seconds)


def test_one_run_sweeps_all_pages_and_sends_no_message_to_itself(cloud: Cloud) -> None:
    queue = Sent()

    swept = run(cloud.store, queue)

    assert swept.pages == 4, "three of drops, one of editors' decisions"
    assert queue.documents == NAMES
    assert queue.rest == []


def test_a_run_that_is_short_of_time_does_one_page_and_hands_the_others_over(cloud: Cloud) -> None:
    queue = Sent()

    assert run(cloud.store, queue, seconds=0).pages == 1

    assert queue.documents == NAMES[:3]
    (rest,) = queue.rest
    assert run(cloud.store, queue, rest).pages == 3
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
