"""A busy model's server, over real HTTP: the message comes back after the time that the server asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple

import pytest

from dateline.lane.messages import Message
from dateline.lane.queue import Queue
from tests.functions.conftest import Cloud, Context, fresh
from tests.functions.drop_events import batch, document

KEY = "drop/news/report.txt"


@pytest.fixture
def cloud(aws: Cloud) -> Cloud:
    return aws


@contextmanager
def busy(status: int, retry_after: str | None) -> Iterator[str]:
    """Serve nothing but a status on loopback; yields the base URL."""

    class Busy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            if retry_after is not None:
                self.send_header("Retry-After", retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


class Case(NamedTuple):
    """What the server says, and the seconds between which the message comes back; SQS itself ends at 900."""

    status: int
    retry_after: str | None
    least: float
    most: float


@pytest.mark.parametrize(
    "case", [Case(429, "47", 47, 60), Case(503, "120", 120, 150), Case(429, None, 2, 3), Case(500, "9999", 900, 20_000)]
)
def test_a_busy_models_message_comes_back_after_the_time_it_asked_for(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    sent: list[tuple[Message, float]] = []

    def send(_self: Queue, messages: Sequence[Message], delay: float = 0) -> None:
        sent.extend((message, delay) for message in messages)

    monkeypatch.setattr(Queue, "send", send)
    cloud.drop(KEY, "The council of Aldermoor met on 3 May 2024.")
    with busy(case.status, case.retry_after) as url:
        monkeypatch.setenv("DATELINE_MODEL_URL", url)
        app = fresh("summarize.app")
        failures = app.handler(batch((document(KEY), 1)), Context())
        app.clients.cache_clear()

    ((message, delay),) = sent
    assert failures == {"batchItemFailures": []}
    assert (message.kind, message.attempt) == ("document", 1)
    assert case.least <= delay <= case.most
