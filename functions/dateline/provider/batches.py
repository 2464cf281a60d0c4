"""The provider's Files and Batches API: half the price, and an answer within a day.

Every operation is tried once and has `timeout` seconds in all. Errors: Retryable with the provider's `Retry-After`;
LimitReached where waiting for other batches, another day or a payment helps; Gone where what was named is not there.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dateline.deferred import DeferredModel
from dateline.errors import Retryable
from dateline.provider.batch_lines import ENDPOINT
from dateline.provider.chat import code_of
from dateline.provider.client import OPERATOR_SECONDS, connection, is_passing, received, sorting_failures
from dateline.provider.limits import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from openai import APIStatusError, OpenAI

BatchStatus = Literal[
    "validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled"
]
ENDED: frozenset[BatchStatus] = frozenset({"failed", "completed", "expired", "cancelled"})

_LIMITS = {"token_limit_exceeded", "insufficient_quota", "quota_exceeded", "billing_hard_limit_reached"}
# A day's limit has the code of a minute's: only the message tells them apart. It is looked at and not passed on.
_LIMIT_IN_WORDS = re.compile(r"per day|daily|quota|enqueued|billing", re.IGNORECASE)
# What servers say to a path, a method or an id that they do not have.
_NOT_THERE = {404, 405, 410, 501}
_FORBIDDEN, _TOO_MANY = 403, 429
_PAGE = 100  # the most that the list of batches gives at once
_CLOCKS_APART = timedelta(hours=1)  # our clock and the provider's; generous, for it only costs a page more
_READY_SECONDS = 60.0  # an output file may be forbidden for a short while after its batch has ended


class LimitReached(Retryable):
    """A rate limit of the account is reached, in money or in enqueued tokens: nothing was begun."""


class Gone(Retryable):
    """The provider has nothing under the id that was named, or not this API. Waiting alone does not bring it back."""


class Counts(DeferredModel):
    """A batch's requests."""

    model_config = ConfigDict(frozen=True)

    total: int = 0
    completed: int = 0
    failed: int = 0


class BatchError(DeferredModel):
    """Why a whole batch failed, by the provider's word for it and the line. Its message may quote the document."""

    model_config = ConfigDict(frozen=True)

    code: str = "no code"
    line: int | None = None

    @field_validator("code", mode="before")
    @classmethod
    def _short(cls, code: object) -> str:
        return code_of(code)


class Batch(DeferredModel):
    """A batch as its provider tells of it. It may be `completed` with nothing but an error file."""

    model_config = ConfigDict(frozen=True)

    id: str
    status: BatchStatus
    input_file_id: str
    output_file_id: str | None = None
    error_file_id: str | None = None
    counts: Counts = Field(default=Counts(), validation_alias="request_counts")
    errors: tuple[BatchError, ...] = ()
    metadata: dict[str, str] = Field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ENDED

    @property
    def limited(self) -> bool:
        """Whether it failed because a limit was reached: the same file can be sent again later."""
        return self.status == "failed" and any(error.code in _LIMITS for error in self.errors)

    @field_validator("counts", "metadata", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        """Treat null as missing."""
        return {} if value is None else value

    @field_validator("errors", mode="before")
    @classmethod
    def _unwrapped(cls, value: object) -> object:
        """Take the list out of its envelope."""
        return (value.get("data") if isinstance(value, dict) else value) or ()


class Batches(Protocol):
    """The operations that reprocessing needs. The list that `find` goes through is newest first."""

    def offered(self, timeout: float) -> bool:
        """Return whether the server has a Batch API at all."""

    def upload(self, path: Path, name: str, timeout: float) -> str:
        """Upload an input file as `name`, which ends in .jsonl, and return its id. It is streamed."""

    def find_file(self, name: str, since: datetime, timeout: float) -> str | None:
        """Return the id of the newest input file of a name that was uploaded `since`."""

    def delete_file(self, file_id: str, timeout: float) -> None:
        """Delete a file; idempotent."""

    def create(self, file_id: str, metadata: Mapping[str, str], timeout: float) -> Batch:
        """Make a batch of an input file. Gone: the file is. When in doubt whether it was made: `find`."""

    def find(self, metadata: Mapping[str, str], since: datetime, timeout: float) -> Batch | None:
        """Return the newest batch made `since` that has all these metadata."""

    def get(self, batch_id: str, timeout: float) -> Batch | None:
        """Return a batch; None where the provider no longer knows it."""

    def cancel(self, batch_id: str, timeout: float) -> None:
        """Cancel a batch; what was answered is still returned and charged. Idempotent."""

    def download(self, file_id: str, timeout: float) -> Iterator[bytes] | None:
        """Return a file's bytes as they come; None where it is gone. Retryable also while it is read."""


class OpenAIBatches:
    """Batches at OpenAI, or at any server that speaks its protocol at `base_url` (None: OpenAI's own)."""

    def __init__(self, base_url: str | None, key: str) -> None:
        self.base_url = base_url
        self._key = key.strip()

    def offered(self, timeout: float) -> bool:
        """Ask for a list of one."""
        try:
            self._batches(None, 1, monotonic() + timeout)
        except Gone:
            return False
        return True

    def upload(self, path: Path, name: str, timeout: float) -> str:
        """Upload as `Batches` promises: the file is read as it is sent, and never whole."""
        with _Hurried(path, monotonic() + timeout) as file:
            answer = _answer(
                self._client.files.with_streaming_response.create(
                    file=(name, file, "application/jsonl"), purpose="batch", timeout=timeout
                ),
                timeout,
            )
        return _read(_Named, answer).id

    def find_file(self, name: str, since: datetime, timeout: float) -> str | None:
        """Go through the list of input files."""
        deadline = monotonic() + timeout
        listed = _since(since, lambda after: self._files(after, deadline))
        return next((file.id for file in listed if file.filename == name), None)

    def delete_file(self, file_id: str, timeout: float) -> None:
        """Delete as `Batches` promises."""
        with suppress(Gone):
            _answer(self._client.files.with_streaming_response.delete(file_id, timeout=timeout), timeout)

    def create(self, file_id: str, metadata: Mapping[str, str], timeout: float) -> Batch:
        """Make a batch as `Batches` promises, by one request: a second might make a second batch, and cost it."""
        answer = _answer(
            self._client.batches.with_streaming_response.create(
                completion_window="24h",
                endpoint=ENDPOINT,
                input_file_id=file_id,
                metadata=dict(metadata),
                timeout=timeout,
            ),
            timeout,
        )
        return _read(Batch, answer)

    def find(self, metadata: Mapping[str, str], since: datetime, timeout: float) -> Batch | None:
        """Go through the list of batches."""
        deadline = monotonic() + timeout
        listed = _since(since, lambda after: self._batches(after, _PAGE, deadline))
        found = next((batch for batch in listed if metadata.items() <= (batch.metadata or {}).items()), None)
        return self.get(found.id, deadline - monotonic()) if found else None

    def get(self, batch_id: str, timeout: float) -> Batch | None:
        """Return a batch as `Batches` promises."""
        try:
            answer = _answer(self._client.batches.with_streaming_response.retrieve(batch_id, timeout=timeout), timeout)
        except Gone:
            return None
        return _read(Batch, answer)

    def cancel(self, batch_id: str, timeout: float) -> None:
        """Cancel as `Batches` promises."""
        with suppress(Gone):
            _answer(
                self._client.batches.with_streaming_response.cancel(batch_id, timeout=timeout),
                timeout,
                _failure_to_cancel,
            )

    def download(self, file_id: str, timeout: float) -> Iterator[bytes] | None:
        """Download as `Batches` promises."""
        chunks = self._chunks(file_id, timeout)
        try:
            first = next(chunks, b"")
        except Gone:
            return None
        return chain((first,), chunks)

    def _chunks(self, file_id: str, timeout: float) -> Iterator[bytes]:
        deadline = _deadline(timeout)
        with (
            sorting_failures(timeout, _failure_to_download),
            self._client.files.with_streaming_response.content(file_id, timeout=timeout) as response,
        ):
            for chunk in response.iter_bytes():
                yield chunk
                if monotonic() > deadline:
                    raise Retryable("the file was still coming when its time was up")

    def _files(self, after: str | None, deadline: float) -> _Page:
        from openai import omit

        timeout = deadline - monotonic()
        answer = _answer(
            self._client.files.with_streaming_response.list(
                after=after or omit, limit=_PAGE, order="desc", purpose="batch", timeout=timeout
            ),
            timeout,
        )
        return _read(_Page, answer)

    def _batches(self, after: str | None, limit: int, deadline: float) -> _Page:
        from openai import omit

        timeout = deadline - monotonic()
        answer = _answer(
            self._client.batches.with_streaming_response.list(after=after or omit, limit=limit, timeout=timeout),
            timeout,
        )
        return _read(_Page, answer)

    @cached_property
    def _client(self) -> OpenAI:
        return connection(self.base_url, self._key)


class _Streamed(Protocol):
    def iter_bytes(self) -> Iterator[bytes]: ...


class _Named(DeferredModel):
    id: str


class _Listed(_Named):
    """A batch or a file in a list, of which others may be in states that we do not know."""

    created_at: int = 0
    filename: str | None = None
    metadata: dict[str, str] | None = None


class _Page(DeferredModel):
    data: list[_Listed]
    has_more: bool = False


_Read = TypeVar("_Read", bound=BaseModel)


def _read(model: type[_Read], answer: bytes) -> _Read:
    try:
        return model.model_validate_json(answer)
    except ValidationError as error:
        what = ", ".join(".".join(map(str, one["loc"])) or "body" for one in error.errors()[:3])
        reason = f"the model's server answered with something else than the Batch API would: {what}"
        raise Retryable(reason, OPERATOR_SECONDS) from error


def _since(since: datetime, page_after: Callable[[str | None], _Page]) -> Iterator[_Listed]:
    """Go through a list, newest first, until it is older. A server that gives the same page again has no more."""
    oldest = (since - _CLOCKS_APART).timestamp()
    after = None
    while True:
        page = page_after(after)
        yield from (one for one in page.data if one.created_at >= oldest)
        if not page.data or not page.has_more or page.data[-1].created_at < oldest or page.data[-1].id == after:
            return
        after = page.data[-1].id


class _Hurried(io.FileIO):
    """A file that is no longer read after its time is up: the SDK's timeout is for each write, not for all."""

    def __init__(self, path: Path, deadline: float) -> None:
        super().__init__(path)
        self._deadline = deadline

    def read(self, size: int | None = -1, /) -> bytes:
        if monotonic() > self._deadline:
            raise Retryable("the file was still being sent when its time was up")
        return super().read(-1 if size is None else size)


def _answer(
    call: AbstractContextManager[_Streamed], timeout: float, sort: Callable[[APIStatusError], Exception] | None = None
) -> bytes:
    """Make a call, which the SDK does when it is entered, and return the whole answer."""
    deadline = _deadline(timeout)
    with sorting_failures(timeout, sort or _failure), call as response:
        return received(response.iter_bytes(), deadline)


def _deadline(timeout: float) -> float:
    if timeout <= 0:
        raise Retryable("no time was left to ask the model's server")
    return monotonic() + timeout


def _failure(error: APIStatusError) -> Retryable:
    """Classify an HTTP status for the caller."""
    code = code_of(error.code or error.type)
    said = f"the model's server said {error.status_code} ({code})"
    if code in _LIMITS or (error.status_code == _TOO_MANY and _LIMIT_IN_WORDS.search(error.message)):
        return LimitReached(said, retry_after(error.response.headers))
    if error.status_code in _NOT_THERE:
        return Gone(said)
    if is_passing(error.status_code):
        return Retryable(said, retry_after(error.response.headers))
    return Retryable(f"{said}: check the model's address and key, and what the key may do", OPERATOR_SECONDS)


def _failure_to_cancel(error: APIStatusError) -> Retryable:
    """Read a conflict (409) as: the batch has ended already."""
    return Gone("the batch has ended") if error.status_code in {400, 409} else _failure(error)


def _failure_to_download(error: APIStatusError) -> Retryable:
    if error.status_code == _FORBIDDEN:
        return Retryable("the model's server does not give the file yet (403)", _READY_SECONDS)
    return _failure(error)
