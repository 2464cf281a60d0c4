"""Threads on the simulated clock: one runs at a time, until it sleeps or ends, so that every run is the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.functions.lambda_and_sqs import Clock, EventSource, Held


@dataclass(eq=False)
class Task:
    """A piece of work and the environment of Lambda's that it runs in."""

    environment: int
    goes_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    stopped: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    error: BaseException | None = None


class Threads:
    """What runs on a clock. `current` is the piece of work that runs now, in whichever of its own threads."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.current: Task | None = None

    def start(self, work: Callable[[], None], environment: int) -> None:
        task = Task(environment)

        def run() -> None:
            task.goes_on.acquire()
            try:
                work()
            except BaseException as error:  # noqa: BLE001
                task.error = error
            task.stopped.release()

        threading.Thread(target=run, daemon=True).start()
        self._go_on(task)

    def sleep(self, seconds: float) -> None:
        task = self.current
        assert task is not None
        self.clock.after(seconds, partial(self._go_on, task))
        task.stopped.release()
        task.goes_on.acquire()

    def _go_on(self, task: Task) -> None:
        before, self.current = self.current, task
        task.goes_on.release()
        task.stopped.acquire()
        self.current = before
        if task.error is not None:
            raise task.error


@dataclass
class ThreadedSource(EventSource):
    """Lambda's pollers where a run takes as long as its messages do, each in a thread of its own.

    Each of the runs at a time has an environment, and keeps its number as Lambda keeps its memory.
    """

    threads: Threads | None = None
    first_environment: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self._idle = [self.first_environment + one for one in range(self.at_once)]

    def poll(self) -> None:
        while self._idle and (batch := self.queue.receive()):
            environment = self._idle.pop(0)
            self.runs += 1
            left = {message.number for message in batch}
            for message in batch:
                work = partial(self._work, message, batch, left, environment)
                assert self.threads is not None
                self.threads.start(work, environment)

    def _work(self, message: Held, batch: list[Held], left: set[int], environment: int) -> None:
        answer = self._run([message])
        assert self.threads is not None
        self.threads.sleep(self.seconds)
        assert answer == {"batchItemFailures": []}
        self.queue.delete(message.receipt)
        left.remove(message.number)
        if not left:
            self._idle.append(environment)
            self.queue.clock.after(0, self.poll)
