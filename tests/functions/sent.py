"""A queue that keeps what is sent."""

from __future__ import annotations

from dateline.lane.messages import DocumentMessage, Message, SweepMessage
from dateline.lane.queue import Queue


class Sent(Queue):
    """Note what is sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, messages: object, delay: float = 0) -> None:
        assert isinstance(messages, list)
        self.messages.extend(messages)

    @property
    def documents(self) -> list[str]:
        return [one.key for one in self.messages if isinstance(one, DocumentMessage)]

    @property
    def rest(self) -> list[SweepMessage]:
        return [one for one in self.messages if isinstance(one, SweepMessage)]
