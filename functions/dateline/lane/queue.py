"""The queues: sending messages, and retrying them with a backoff. What links documents has a queue of its own."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.lane.messages import LinkMessage, TidyOccurrencesMessage
from dateline.store.table import aws_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_sqs.client import SQSClient

    from dateline.lane.messages import Message

_LONGEST_DELAY = 900
_AT_ONCE = 10
# What goes to the link queue.
LINKING = (LinkMessage, TidyOccurrencesMessage)


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

    def again(self, message: Message, after: float | None) -> float:
        """Retry a message with exponential backoff: after the `after` seconds asked for, at least 2, 4, 8 … by attempt.

        Return the delay. Jitter keeps documents that were throttled together from being retried together.
        """
        attempt = message.attempt + 1
        delay = max(after or 0.0, min(_LONGEST_DELAY, 2.0 ** min(attempt, 10)))
        delay *= 1 + random.random() / 5  # noqa: S311
        self.send([message.model_copy(update={"attempt": attempt})], delay)
        return min(delay, _LONGEST_DELAY)
