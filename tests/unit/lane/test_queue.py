from __future__ import annotations

from typing import Any

import pytest

from dateline.lane.messages import DocumentMessage, LinkMessage
from dateline.lane.queue import Queue


class Recorder:
    """An SQS client that notes what it is sent."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.urls: list[str] = []

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        assert len(Entries) <= 10
        self.urls.append(QueueUrl)
        self.entries.extend(Entries)
        return {}

    def change_message_visibility_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        return self.send_message_batch(QueueUrl, Entries)


@pytest.fixture
def sqs() -> Recorder:
    return Recorder()


@pytest.mark.parametrize(
    ("attempt", "after", "least", "most"),
    [(0, None, 2, 2.4), (3, None, 16, 19.2), (1, 30, 30, 36), (50, None, 900, 900), (0, 86_400, 900, 900)],
)
def test_a_message_comes_back_later_the_oftener_it_was_put_off(
    sqs: Recorder, attempt: int, after: float | None, least: float, most: float
) -> None:
    delay = Queue(sqs, "url", "links").again(DocumentMessage(key="drop/a", attempt=attempt), after)  # type: ignore[arg-type]

    assert least <= delay <= most
    assert sqs.entries[0]["DelaySeconds"] == pytest.approx(delay, abs=0.5)
    assert f'"attempt":{attempt + 1}' in sqs.entries[0]["MessageBody"]


def test_many_messages_go_in_batches(sqs: Recorder) -> None:
    Queue(sqs, "url", "links").send([DocumentMessage(key=f"drop/{number}") for number in range(25)])  # type: ignore[arg-type]

    assert len(sqs.entries) == 25


def test_what_links_documents_goes_to_a_queue_of_its_own_also_when_it_is_put_off(sqs: Recorder) -> None:
    queue = Queue(sqs, "url", "links")  # type: ignore[arg-type]

    queue.send([DocumentMessage(key="drop/a"), LinkMessage(key="drop/a")])
    queue.again(LinkMessage(key="drop/a"), None)

    assert sorted(sqs.urls) == ["links", "links", "url"]


def test_what_failed_comes_back_within_a_minute_and_later_each_further_time(sqs: Recorder) -> None:
    queue = Queue(sqs, "https://sqs/1/drops", "https://sqs/1/links")  # type: ignore[arg-type]

    queue.retry_soon("arn:aws:sqs:eu-central-1:1:links", [(f"handle-{number}", number) for number in range(1, 13)])

    assert sqs.urls == ["https://sqs/1/links", "https://sqs/1/links"]
    assert [one["VisibilityTimeout"] for one in sqs.entries] == [30, 120, 480, *[1_800] * 9]
    assert sqs.entries[0]["ReceiptHandle"] == "handle-1"
