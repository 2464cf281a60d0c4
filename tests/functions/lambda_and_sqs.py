"""SQS and Lambda's pollers as AWS describes them, on a simulated clock: what moto and the emulator leave out.

A message counts its receives, is invisible while it is worked on, and goes to the dead letters instead of being
received once too often. A function takes batches, so many at a time, and reports what failed. What it sends while it
works on a message is one hop further in Lambda's eyes; a loop of too many hops is ended where that is switched on.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any

from tests.functions.dying import Killed

Handler = Callable[[dict[str, Any]], dict[str, Any]]

_LONGEST_DELAY, _LONGEST_VISIBILITY, _LARGEST_BODY, _AT_ONCE = 900, 43_200, 1 << 20, 10
_HOPS = 16


@dataclass
class Clock:
    """A clock that goes on when something is to happen, and what is to happen, in order."""

    now: float
    _due: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now, UTC)

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now + seconds, next(self._numbers), act))

    def run(self, until: float) -> None:
        """Let everything happen that is due by then."""
        while self._due and self._due[0][0] <= until:
            self.now, _, act = heapq.heappop(self._due)
            act()
        self.now = until


@dataclass
class Held:
    """A message in a queue; its receipt names the last receive, and only that may delete or hide it."""

    number: int
    body: str
    sent: float
    visible: float
    hops: int
    receives: int = 0

    @property
    def receipt(self) -> str:
        return f"{self.number}-{self.receives}"


@dataclass
class SimulatedQueue:
    """A queue with its redrive policy; `tell` is called whenever one of its messages becomes visible.

    A standard queue may deliver a message more than once, and in any order: `deliveries` says how much later than asked
    for each delivery of a message is.
    """

    url: str
    clock: Clock
    visibility: float
    receives_at_most: int = 5
    messages: dict[int, Held] = field(default_factory=dict)
    dead: list[Held] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    tell: Callable[[], None] = lambda: None
    deliveries: Callable[[], Sequence[float]] = lambda: (0.0,)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def put(self, body: str, delay: float = 0, hops: int = 0) -> None:
        assert 0 <= delay <= _LONGEST_DELAY
        assert len(body.encode()) <= _LARGEST_BODY
        self.sent.append(body)
        for late in self.deliveries():
            number = next(self._numbers)
            self.messages[number] = Held(number, body, self.clock.now, self.clock.now, hops)
            self.hide(self.messages[number], delay + late)

    def hide(self, message: Held, seconds: float) -> None:
        assert 0 <= seconds <= _LONGEST_VISIBILITY
        message.visible = self.clock.now + seconds
        self.clock.after(seconds, self._tell)

    def _tell(self) -> None:
        self.tell()

    def receive(self) -> list[Held]:
        """Give up to ten visible messages out; those that were received too often are dead instead."""
        batch: list[Held] = []
        for message in sorted(self.messages.values(), key=lambda one: (one.visible, one.number)):
            if message.visible > self.clock.now or len(batch) == _AT_ONCE:
                break
            if message.receives == self.receives_at_most:
                self.dead.append(self.messages.pop(message.number))
                continue
            message.receives += 1
            self.hide(message, self.visibility)
            batch.append(message)
        return batch

    def delete(self, receipt: str) -> None:
        found = self.of(receipt)
        if found is not None:
            del self.messages[found.number]

    def of(self, receipt: str) -> Held | None:
        found = self.messages.get(int(receipt.partition("-")[0]))
        return found if found is not None and found.receipt == receipt else None


@dataclass
class SimulatedSqs:
    """boto3's client of SQS, as far as the functions call it. `refuse` picks entries of a send that are not taken."""

    clock: Clock
    queues: dict[str, SimulatedQueue] = field(default_factory=dict)
    hops: int = 0
    refuse: Callable[[str], bool] = lambda _body: False

    def queue(self, url: str, visibility: float) -> SimulatedQueue:
        self.queues[url] = SimulatedQueue(url, self.clock, visibility)
        return self.queues[url]

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        _must_be_a_batch(Entries)
        failed = [one["Id"] for one in Entries if self.refuse(one["MessageBody"])]
        for one in Entries:
            if one["Id"] not in failed:
                self.queues[QueueUrl].put(one["MessageBody"], one["DelaySeconds"], self.hops + 1)
        return {"Failed": [{"Id": one} for one in failed]} if failed else {}

    def change_message_visibility_batch(
        self,
        *,
        QueueUrl: str,  # noqa: N803
        Entries: list[dict[str, Any]],  # noqa: N803
    ) -> dict[str, Any]:
        _must_be_a_batch(Entries)
        queue = self.queues[QueueUrl]
        for one in Entries:
            message = queue.of(one["ReceiptHandle"])
            assert message is not None
            queue.hide(message, one["VisibilityTimeout"])
        return {}


def _must_be_a_batch(entries: list[dict[str, Any]]) -> None:
    assert 1 <= len(entries) <= _AT_ONCE
    assert len({one["Id"] for one in entries}) == len(entries)


@dataclass
class EventSource:
    """Lambda's pollers of a queue: so many runs of a function at a time, each taking so many seconds.

    `throttled` says whether the account has no room for a run now: its messages were received in vain. A run that
    raises was killed, and so were its messages' receives.
    """

    queue: SimulatedQueue
    sqs: SimulatedSqs
    handler: Handler
    at_once: int
    seconds: float
    throttled: Callable[[], bool] = lambda: False
    ends_loops: bool = False
    running: int = 0
    runs: int = 0

    def __post_init__(self) -> None:
        self.queue.tell = self.poll

    def poll(self) -> None:
        while self.running < self.at_once and (batch := self.queue.receive()):
            if self.throttled() or (self.ends_loops and max(one.hops for one in batch) >= _HOPS):
                continue
            self.running += 1
            self.runs += 1
            answer = self._run(batch)
            self.queue.clock.after(self.seconds, partial(self._end, batch, answer))

    def _run(self, batch: list[Held]) -> dict[str, Any] | None:
        self.sqs.hops = max(one.hops for one in batch)
        try:
            return self.handler({"Records": [self._record(one) for one in batch]})
        except Killed:
            return None

    def _end(self, batch: list[Held], answer: dict[str, Any] | None) -> None:
        self.running -= 1
        if answer is not None:
            failed = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
            for one in batch:
                if str(one.number) not in failed:
                    self.queue.delete(one.receipt)
        self.poll()

    def _record(self, message: Held) -> dict[str, Any]:
        return {
            "messageId": str(message.number),
            "receiptHandle": message.receipt,
            "body": message.body,
            "attributes": {
                "ApproximateReceiveCount": str(message.receives),
                "SentTimestamp": str(int(message.sent * 1000)),
                "SenderId": "AIDAEXAMPLE",
            },
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:eu-central-1:111122223333:{self.queue.url}",
            "awsRegion": "eu-central-1",
        }
