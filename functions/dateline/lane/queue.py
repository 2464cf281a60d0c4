"""The queues: sending messages, and retrying them with a backoff. What links documents has a queue of its own."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.lane.messages import LinkMessage, PackMessage, RebuildMessage, TidyOccurrencesMessage
from dateline.store.table import aws_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_sqs.client import SQSClient

    from dateline.lane.messages import Message

_LONGEST_DELAY = 900
_AT_ONCE = 10
# What goes to the link queue: work on whole collections, behind which no document is to wait.
LINKING = (LinkMessage, TidyOccurrencesMessage, PackMessage, RebuildMessage)
# A message that failed comes back after so long, and four times as long after each further failure: half a minute, for
# what passes by itself, and not all five receives within the minutes that a bad deployment takes to be undone.
_FIRST_RETRY, _RETRY_FACTOR, _LONGEST_RETRY = 30, 4, 1_800


class Queue:
    """Sends messages to the drop queue or the link queue, now or again."""

    def __init__(self, client: SQSClient, url: str, link_url: str) -> None:
        self._client = client
        self._url = url
        self._link_url = link_url

    def send(self, messages: Sequence[Message], delay: float = 0) -> None:
        """Send messages, to be received after so many seconds; SQS delays for 900 at most."""
        links = [one for one in messages if isinstance(one, LINKING)]
        self._send(self._link_url, links, delay)
        self._send(self._url, [one for one in messages if not isinstance(one, LINKING)], delay)

    def _send(self, url: str, messages: Sequence[Message], delay: float) -> None:
        seconds = min(_LONGEST_DELAY, max(0, round(delay)))
        for start in range(0, len(messages), _AT_ONCE):
            with aws_errors():
                answer = self._client.send_message_batch(
                    QueueUrl=url,
                    Entries=[
                        {"Id": str(number), "MessageBody": message.model_dump_json(), "DelaySeconds": seconds}
                        for number, message in enumerate(messages[start:][:_AT_ONCE])
                    ],
                )
            if answer.get("Failed"):
                raise Retryable("SQS did not take every message")

    def retry_soon(self, arn: str, failed: Sequence[tuple[str, int]]) -> None:
        """Have messages of a queue that failed received again before their visibility time-out.

        Each is named by its receipt handle and how often it was received. What SQS does not take comes back later.
        """
        links = arn.rpartition(":")[2] == self._link_url.rpartition("/")[2]
        for start in range(0, len(failed), _AT_ONCE):
            with aws_errors():
                self._client.change_message_visibility_batch(
                    QueueUrl=self._link_url if links else self._url,
                    Entries=[
                        {"Id": str(number), "ReceiptHandle": handle, "VisibilityTimeout": _retry_seconds(receives)}
                        for number, (handle, receives) in enumerate(failed[start:][:_AT_ONCE])
                    ],
                )

    def again(self, message: Message, after: float | None) -> float:
        """Retry a message with exponential backoff: after the `after` seconds asked for, at least 2, 4, 8 … by attempt.

        Return the delay. Jitter keeps documents that were throttled together from being retried together.
        """
        attempt = message.attempt + 1
        delay = max(after or 0.0, min(_LONGEST_DELAY, 2.0 ** min(attempt, 10)))
        delay *= 1 + random.random() / 5  # noqa: S311
        self.send([message.model_copy(update={"attempt": attempt})], delay)
        return min(delay, _LONGEST_DELAY)


def _retry_seconds(receives: int) -> int:
    return min(_LONGEST_RETRY, _FIRST_RETRY * int(_RETRY_FACTOR ** min(receives - 1, 10)))
