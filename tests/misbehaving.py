"""A model's server that misbehaves on order, on a real socket: each call gets the next behaviour that was ordered."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_DRIPS, _SECONDS_BETWEEN_DRIPS = 400, 0.05
_HUGE = 10_000_000  # bytes


class Call(BaseHTTPRequestHandler):
    """One request. Behaviours write whatever they like to its socket."""

    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.bodies.append(body)
        self.server.behave(self, json.loads(body)["messages"])

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


Behaviour = Callable[[Call], None]


class Server(ThreadingHTTPServer):
    """Serves on loopback. `calls` are the messages of each request that came, `bodies` its bytes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.calls: list[list[dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.stopped = threading.Event()
        self._behaviours: list[Behaviour] = []

    @property
    def url(self) -> str:
        """What a client is given as the provider's base URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def order(self, *behaviours: Behaviour) -> None:
        """Say how the next calls are answered, one each; there must be no more calls than that."""
        self._behaviours = list(behaviours)

    def behave(self, call: Call, messages: list[dict[str, str]]) -> None:
        self.calls.append(messages)
        behaviour = self._behaviours.pop(0) if self._behaviours else status(418)
        behaviour(call)


@contextmanager
def misbehaving() -> Iterator[Server]:
    """Serve beside the caller's own work."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def says(content: object, finish: str = "stop", **message: object) -> Behaviour:
    """Answer in the protocol; an answer that is no text is written as JSON."""
    text = content if isinstance(content, str | None) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    body = json.dumps({"id": "1", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()
    return lambda call: call.reply(body)


def status(code: int, **headers: str) -> Behaviour:
    """Answer with an error."""
    body = json.dumps({"error": {"message": "no", "type": "error", "code": None}}).encode()
    return lambda call: call.reply(body, code, **headers)


def ten_megabytes(call: Call) -> None:
    """Answer without end, as far as a client can tell; one that hangs up is left alone."""
    call.send_response(200)
    call.send_header("content-length", str(_HUGE))
    call.end_headers()
    _write(call, (b" " * 100_000 for _ in range(_HUGE // 100_000)))


def slow_drip(call: Call) -> None:
    """Answer byte by byte, so that no single read ever times out."""
    call.send_response(200)
    call.send_header("content-length", str(_DRIPS))
    call.end_headers()
    _write(call, _drips(call.server.stopped))


def reset(call: Call) -> None:
    """Break the connection off with a reset in the middle of the answer."""
    call.send_response(200)
    call.send_header("content-length", "1000")
    call.end_headers()
    call.wfile.write(b'{"choices": [')
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.connection.close()


def _drips(stopped: threading.Event) -> Iterator[bytes]:
    for _ in range(_DRIPS):
        yield b" "
        if stopped.wait(_SECONDS_BETWEEN_DRIPS):
            return


def _write(call: Call, chunks: Iterator[bytes]) -> None:
    call.close_connection = True
    try:
        for chunk in chunks:
            call.wfile.write(chunk)
    except OSError:
        return


def texts(calls: Sequence[Sequence[dict[str, str]]]) -> list[str]:
    """Return the last message of each call."""
    return [messages[-1]["content"] for messages in calls]
