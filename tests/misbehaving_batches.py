"""A provider's Files and Batches API that misbehaves on order, on a real socket: the stand-in's, with faults before it.

Nothing is worked on until `settle` says how it ends, so that no test waits.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from starlette.responses import JSONResponse

from infra.standin.api import Service
from infra.standin.batches import Batch, Batches, Errors, Fault, Status
from infra.standin.chat import complete
from infra.standin.server import application, serving

if TYPE_CHECKING:
    from pydantic import JsonValue
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Operation = Literal[
    "upload", "list_files", "file", "content", "delete", "create", "list", "get", "cancel", "chat", "other"
]
Behaviour = Callable[["ASGIApp", "Scope", "Receive", "Send"], Awaitable[bool]]

_OPERATIONS: dict[tuple[str, str, int], Operation] = {
    ("POST", "files", 0): "upload",
    ("GET", "files", 0): "list_files",
    ("GET", "files", 1): "file",
    ("GET", "files", 2): "content",
    ("DELETE", "files", 1): "delete",
    ("POST", "batches", 0): "create",
    ("GET", "batches", 0): "list",
    ("GET", "batches", 1): "get",
    ("POST", "batches", 2): "cancel",
    ("POST", "chat", 1): "chat",
}


class Provider:
    """What a test holds: orders for what comes next, and counts of what was.

    `asked` counts the calls of each operation, `done` those that took effect, whatever the client was told.
    `service.batch` and `service.live` count the requests that were answered in either lane.
    """

    def __init__(self, answer: Callable[[bytes], dict[str, JsonValue]]) -> None:
        self.url = ""
        self.service = Service(answer)
        self.asked: Counter[Operation] = Counter()
        self.done: Counter[Operation] = Counter()
        self.has_batches = True
        self._app = application(self.service)
        self._orders: dict[Operation, list[Behaviour]] = defaultdict(list)

    def order(self, operation: Operation, *behaviours: Behaviour) -> None:
        """Say how the next calls of an operation go, one each; then it behaves again."""
        self._orders[operation] += behaviours

    def settle(self, *fates: Fate) -> None:
        """Bring all batches that wait to an end: the oldest to the first fate; without one it goes as it should."""
        several = iter(fates)
        while not self.service.batches.waiting.empty():
            waiting = self.service.batches.waiting.get()
            assert waiting is not None
            batch, file = waiting
            lines = self.service.batches.validate(batch, file)
            if lines:
                work = Work(self.service.batches, batch, [file.read(line.start, line.length) for line in lines])
                own = ends_cancelled() if batch.status == "cancelling" else completes()
                work.end(next(several, own)(work))

    @property
    def files(self) -> list[str]:
        """The names of the files that lie at the provider, the oldest first."""
        return [str(file["filename"]) for file in reversed(self.service.files.all(None))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live_and_die(receive, send)
            return
        operation = _operation(scope)
        self.asked[operation] += 1
        if not self.has_batches and operation != "chat":
            await _error(404)(scope, receive, send)
            return
        orders = self._orders[operation]
        behaviour = orders.pop(0) if orders else behaves
        if await behaviour(self._app, scope, receive, send):
            self.done[operation] += 1


@contextmanager
def misbehaving_batches(answer: Callable[[bytes], dict[str, JsonValue]] = complete) -> Iterator[Provider]:
    """Serve beside the caller's own work; `answer` takes a chat completion's body, by default as the stand-in does."""
    provider = Provider(answer)
    with serving(provider) as url:
        provider.url = url
        yield provider


async def behaves(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
    """Do as asked, and say so."""
    return await _watched(app, scope, receive, send)


def says(status: int, code: str | None = None, message: str = "no", **headers: str) -> Behaviour:
    """Do nothing, and answer with an error."""

    async def behaviour(_app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
        await _error(status, code, message, headers)(scope, receive, send)
        return False

    return behaviour


async def breaks_off(_app: ASGIApp, _scope: Scope, receive: Receive, send: Send) -> bool:
    """Do nothing, and hang up in the middle of the answer."""
    await _hang_up(send)
    return False


async def breaks_off_afterwards(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
    """Do as asked, and hang up in the middle of the answer."""
    good = await _silently(app, scope, receive)
    await _hang_up(send)
    return good


async def times_out(_app: ASGIApp, _scope: Scope, receive: Receive, send: Send) -> bool:
    """Do nothing, and say nothing until the client gives up."""
    await _wait(receive)
    return False


async def times_out_afterwards(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
    """Do as asked, and say nothing until the client gives up."""
    good = await _silently(app, scope, receive)
    await _wait(receive)
    return good


@dataclass(frozen=True)
class Ending:
    """How a batch ends: lines of its two files, or why it failed."""

    status: Status
    output: Sequence[bytes] = ()
    errors: Sequence[bytes] = ()
    codes: Sequence[str] = ()


@dataclass
class Work:
    """A batch that is to be brought to an end."""

    batches: Batches
    batch: Batch
    requests: list[bytes] = field(default_factory=list)

    def answered(self, most: int | None = None) -> tuple[list[bytes], list[bytes]]:
        """Answer the first requests; their rows come in the reverse order: good ones, bad ones."""
        rows = [self.batches.answer(self.batch, request) for request in self.requests[:most]][::-1]
        return [row for row, good in rows if good], [row for row, good in rows if not good]

    def ids(self, start: int = 0) -> list[str]:
        """Return the ids of the requests from one on."""
        return [str(json.loads(request)["custom_id"]) for request in self.requests[start:]]

    def end(self, ending: Ending) -> None:
        """Write the files and the status."""
        if ending.codes:
            self.batch.errors = Errors(data=[Fault(code=code, message="no") for code in ending.codes])
        self.batch.request_counts.failed = len(ending.errors)
        output, errors = BytesIO(), BytesIO()
        output.writelines(ending.output)
        errors.writelines(ending.errors)
        self.batches.finish(self.batch, ending.status, output, errors)


Fate = Callable[[Work], Ending]


def completes(change: Callable[[list[bytes]], list[bytes]] = list) -> Fate:
    """Answer everything; `change` does to the rows of the output file whatever is to be wrong with them."""

    def fate(work: Work) -> Ending:
        output, errors = work.answered()
        return Ending("completed", change(output), errors)

    return fate


def expires(after: int) -> Fate:
    """Answer the first requests; the others stand in the error file as expired."""

    def fate(work: Work) -> Ending:
        output, errors = work.answered(after)
        expired = [error_row(name, error={"code": "batch_expired", "message": "no"}) for name in work.ids(after)]
        return Ending("expired", output, [*errors, *expired])

    return fate


def ends_cancelled(after: int = 0) -> Fate:
    """Answer the first requests; nothing is said of the others."""
    return lambda work: Ending("cancelled", *work.answered(after)[:1])


def fails_every_request(status: int = 500, code: str = "server_error") -> Fate:
    """Complete with an error file and nothing else."""
    response = {"status_code": status, "request_id": "r", "body": {"error": {"code": code, "message": "no"}}}
    return lambda work: Ending("completed", (), [error_row(name, response=response) for name in work.ids()])


def fails(code: str = "token_limit_exceeded") -> Fate:
    """Answer nothing, and fail as a whole."""
    return lambda _work: Ending("failed", codes=[code])


def error_row(custom_id: str, response: object = None, error: object = None) -> bytes:
    """Write a row of an error file."""
    row = {"id": f"batch_req_{custom_id}", "custom_id": custom_id, "response": response, "error": error}
    return json.dumps(row).encode() + b"\n"


def without_the_first(rows: list[bytes]) -> list[bytes]:
    """Leave a row out."""
    return rows[1:]


def with_the_first_twice(rows: list[bytes]) -> list[bytes]:
    """Write a row at both ends."""
    return [*rows, rows[0]]


def with_the_first_garbled(rows: list[bytes]) -> list[bytes]:
    """Cut a row off in its middle."""
    return [rows[0][: len(rows[0]) // 2] + b"\n", *rows[1:]]


def with_an_unknown_one(rows: list[bytes]) -> list[bytes]:
    """Add a row under an id that nobody asked for."""
    return [*rows, json.dumps({**json.loads(rows[0]), "custom_id": "unheard-of"}).encode() + b"\n"]


def _operation(scope: Scope) -> Operation:
    _, root, *rest = scope["path"].strip("/").split("/")
    return _OPERATIONS.get((scope["method"], root, len(rest)), "other")


def _error(
    status: int, code: str | None = None, message: str = "no", headers: dict[str, str] | None = None
) -> JSONResponse:
    error = {"message": message, "type": "error", "param": None, "code": code}
    named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
    return JSONResponse({"error": error}, status_code=status, headers=named)


async def _silently(app: ASGIApp, scope: Scope, receive: Receive) -> bool:
    async def nowhere(_message: Message) -> None:
        """Say nothing."""

    return await _watched(app, scope, receive, nowhere)


async def _watched(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
    """Let the application work, and tell whether it did what it was asked."""
    good = False

    async def watching(message: Message) -> None:
        nonlocal good
        good |= message.get("status") == 200
        await send(message)

    await app(scope, receive, watching)
    return good


async def _hang_up(send: Send) -> None:
    """Promise more than is sent; the server closes the connection of an application that returns so."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
    await send({"type": "http.response.body", "body": b'{"id": "', "more_body": True})


async def _wait(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live_and_die(receive: Receive, send: Send) -> None:
    for word in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{word}.complete"})
