"""The stand-in's batches: checked as the provider checks them, and answered one by one by what answers live."""

from __future__ import annotations

import json
import random
import time
import uuid
from queue import SimpleQueue
from tempfile import TemporaryFile
from threading import Event, Lock
from typing import IO, TYPE_CHECKING, Literal

from pydantic import BaseModel, Field, JsonValue, ValidationError

from infra.standin.refusal import RefusedError, unknown, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.standin.files import File, Files, Line

Status = Literal["validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled"]

ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
# As the provider documents them.
MOST_REQUESTS = 50_000
MOST_BYTES = 200_000_000
_WINDOW_SECONDS = 24 * 3600
_MOST_ERRORS = 50


class _Order(BaseModel):
    input_file_id: str
    endpoint: Literal["/v1/chat/completions"]
    completion_window: Literal["24h"]
    metadata: dict[str, str] | None = Field(default=None, max_length=16)


class _Body(BaseModel):
    model: str


class _Row(BaseModel):
    custom_id: str
    method: str
    url: str
    body: dict[str, JsonValue]


class Fault(BaseModel):
    """Why a batch failed."""

    code: str
    message: str
    param: str | None = None
    line: int | None = None


class Errors(BaseModel):
    """The faults of a batch, in their envelope."""

    object: Literal["list"] = "list"
    data: list[Fault]


class Counts(BaseModel):
    """A batch's requests."""

    total: int = 0
    completed: int = 0
    failed: int = 0


class Batch(BaseModel):
    """A batch as the protocol describes it; it changes while it is processed."""

    id: str = Field(default_factory=lambda: f"batch_{uuid.uuid4().hex}")
    object: Literal["batch"] = "batch"
    endpoint: str = ENDPOINT
    errors: Errors | None = None
    input_file_id: str
    completion_window: str = "24h"
    status: Status = "validating"
    output_file_id: str | None = None
    error_file_id: str | None = None
    created_at: int = Field(default_factory=lambda: int(time.time()))
    in_progress_at: int | None = None
    expires_at: int = Field(default_factory=lambda: int(time.time()) + _WINDOW_SECONDS)
    finalizing_at: int | None = None
    completed_at: int | None = None
    failed_at: int | None = None
    expired_at: int | None = None
    cancelling_at: int | None = None
    cancelled_at: int | None = None
    request_counts: Counts = Field(default_factory=Counts)
    metadata: dict[str, str] | None = None

    def become(self, status: Status) -> None:
        """Change the status, and note when."""
        self.status = status
        setattr(self, f"{status}_at", int(time.time()))


class Batches:
    """All batches, and the work on them: those that are `waiting` have not been looked at.

    `complete` answers a request's body, or raises RefusedError.
    """

    def __init__(self, files: Files, complete: Callable[[bytes], dict[str, JsonValue]]) -> None:
        self._files = files
        self._complete = complete
        self.waiting: SimpleQueue[tuple[Batch, File] | None] = SimpleQueue()
        self._batches: dict[str, Batch] = {}
        self._stopped = Event()
        self._lock = Lock()

    def create(self, body: bytes) -> Batch:
        """Accept a batch; its file is validated later."""
        try:
            order = _Order.model_validate_json(body)
        except ValidationError as error:
            raise unreadable(error) from error
        file = self._files.get(order.input_file_id)
        batch = Batch(input_file_id=file.id, metadata=order.metadata)
        with self._lock:
            self._batches[batch.id] = batch
        self.waiting.put((batch, file))
        return batch

    def get(self, batch_id: str) -> Batch:
        """Return a batch; RefusedError where there is none."""
        with self._lock:
            if batch_id not in self._batches:
                raise unknown("batch", batch_id)
            return self._batches[batch_id]

    def all(self) -> list[dict[str, JsonValue]]:
        """List the batches, the newest first."""
        with self._lock:
            return [batch.model_dump(mode="json") for batch in reversed(self._batches.values())]

    def cancel(self, batch_id: str) -> Batch:
        """Have no more requests of a batch answered; RefusedError where it has ended."""
        batch = self.get(batch_id)
        if not self._moved(batch, "cancelling", ("validating", "in_progress")):
            raise RefusedError(f"Cannot cancel a batch with status '{batch.status}'.", status=409)
        return batch

    def work(self) -> None:
        """Work on batches, one after the other, until `stop`."""
        while (order := self.waiting.get()) is not None:
            self._work_on(*order)

    def stop(self) -> None:
        """Leave all batches as they are."""
        self._stopped.set()
        self.waiting.put(None)

    def validate(self, batch: Batch, file: File) -> list[Line]:
        """Return where a batch's requests stand; a file that is wrong anywhere fails the batch."""
        lines = list(file.lines()) if file.size <= MOST_BYTES else []
        faults = list(_faults(file, lines))
        if faults:
            batch.errors = Errors(data=faults[:_MOST_ERRORS])
            batch.become("failed")
            return []
        batch.request_counts.total = len(lines)
        return lines

    def answer(self, batch: Batch, request: bytes) -> tuple[bytes, bool]:
        """Answer a request with a line of the output file or of the error file, and return which."""
        row = _Row.model_validate_json(request)
        try:
            body, status = self._complete(json.dumps(row.body).encode()), 200
        except RefusedError as error:
            body, status = error.body, error.status
        response: JsonValue = {"status_code": status, "request_id": uuid.uuid4().hex, "body": body}
        line = {"id": f"batch_req_{uuid.uuid4().hex}", "custom_id": row.custom_id, "response": response, "error": None}
        good = status == 200  # noqa: PLR2004
        if good:
            batch.request_counts.completed += 1
        else:
            batch.request_counts.failed += 1
        return json.dumps(line, ensure_ascii=False).encode() + b"\n", good

    def finish(self, batch: Batch, status: Status, output: IO[bytes], errors: IO[bytes]) -> None:
        """End a batch with what has been written; an empty file is none."""
        batch.become("finalizing")
        for source, which in ((output, "output"), (errors, "error")):
            if source.tell():
                source.seek(0)
                file = self._files.keep(f"{batch.id}_{which}.jsonl", "batch_output", source)
                setattr(batch, f"{which}_file_id", file.id)
        batch.become(status)

    def _work_on(self, batch: Batch, file: File) -> None:
        lines = self.validate(batch, file)
        if not lines:
            return
        # Real ones come in another order than they went in.
        random.Random(batch.id).shuffle(lines)  # noqa: S311
        self._moved(batch, "in_progress", ("validating",))
        with TemporaryFile() as output, TemporaryFile() as errors:
            for line in lines:
                if self._stopped.is_set():
                    return
                if batch.status == "cancelling":
                    break
                answered, good = self.answer(batch, file.read(line.start, line.length))
                (output if good else errors).write(answered)
            is_whole = self._moved(batch, "finalizing", ("in_progress",))
            self.finish(batch, "completed" if is_whole else "cancelled", output, errors)

    def _moved(self, batch: Batch, status: Status, before: tuple[Status, ...]) -> bool:
        """Change the status where it is one of those before."""
        with self._lock:
            if batch.status not in before:
                return False
            batch.become(status)
            return True


def _faults(file: File, lines: list[Line]) -> Iterator[Fault]:
    """Find what the provider would find before it answers anything."""
    if file.size > MOST_BYTES:
        yield Fault(code="file_too_large", message=f"The file has {file.size} bytes; the limit is {MOST_BYTES}.")
    elif not lines:
        yield Fault(code="empty_file", message="The batch input file is empty. Please add requests to it.")
    elif len(lines) > MOST_REQUESTS:
        yield Fault(code="too_many_tasks", message=f"The file has {len(lines)} requests; the limit is {MOST_REQUESTS}.")
    else:
        yield from _faults_of_lines(file, lines)


def _faults_of_lines(file: File, lines: list[Line]) -> Iterator[Fault]:
    seen: set[str] = set()
    model: str | None = None
    for number, line in enumerate(lines, 1):
        try:
            row = _Row.model_validate_json(file.read(line.start, line.length))
            named = _Body.model_validate(row.body).model
        except ValidationError as error:
            yield _malformed(error, number)
            continue
        model = model or named
        if row.custom_id in seen:
            yield Fault(code="duplicate_custom_id", message="This custom_id stands on another line.", line=number)
        if row.url != ENDPOINT or row.method != "POST":
            yield Fault(code="url_mismatch", message=f"The file must POST to {ENDPOINT} only.", line=number)
        if named != model:
            yield Fault(code="model_mismatch", message="The file must ask for one model only.", line=number)
        seen.add(row.custom_id)


def _malformed(error: ValidationError, line: int) -> Fault:
    refused = unreadable(error)
    if error.errors()[0]["type"] == "json_invalid":
        return Fault(code="invalid_json_line", message="This line is not parseable as valid JSON.", line=line)
    return Fault(code="invalid_request", message=str(refused), line=line)
