"""The model's client. This file and `batches` import the SDK, and only when it is used: the import costs 0.6 s."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from dateline.errors import BadRequest, Rejected, Retryable
from dateline.provider import chat
from dateline.provider.limits import limits_of, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from openai import APIStatusError, OpenAI

    from dateline.answer import Completion
    from dateline.ask.request import Request
    from dateline.provider.limits import RateLimits

_PROVIDER = "https://api.openai.com/v1"  # said outright, so that no variable of the environment changes it
_NO_LONGER_THAN_THIS = {"context_length_exceeded", "string_above_max_length"}
_BAD_REQUEST = {400, 422}
_AGAINST_THE_RULES = {"content_filter", "content_policy_violation"}
_KEY_REFUSED = {401, 403}
_UNKNOWN_MODEL = {"model_not_found", "DeploymentNotFound"}
# What an operator mends begins so, wherever it is told.
KEY_REFUSED = "the model's server refused the key"
MODEL_UNKNOWN = "the model's server knows no such model, or nothing at this address"
UNREACHABLE = "the model's server cannot be reached"
OPERATOR_SECONDS = 300.0  # a wrong key or name is fixed by a person; retrying every second does not help
_MOST_BYTES = 5_000_000  # the longest answers that models give today are some 500 KB


class KeyRefused(Retryable):
    """The model's server does not take the key: an operator's matter, unless another one was put in its place."""


class Model(Protocol):
    """Something that answers requests. `name` is part of the recipe."""

    @property
    def name(self) -> str:
        """The model's name as its provider knows it."""

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer before `deadline`, in seconds of `time.monotonic()`.

        A model's refusal is a completion, since it is paid for. Raises Retryable for what is nobody's fault or the
        operator's, and Rejected (`refused`, `too_long`) where the provider turns the document away.
        """


class OpenAIModel:
    """A model behind the chat-completions protocol: OpenAI's own, or any server that speaks it at `base_url`.

    `hear` is told what each answer says of the server's limits.
    """

    def __init__(
        self, name: str, base_url: str | None, key: str, hear: Callable[[RateLimits], None] = lambda _limits: None
    ) -> None:
        self.name = name
        self.base_url = base_url
        self._key = key.strip()
        self._hear = hear

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer as `Model` promises. The call is made once: trying again is for the queue, which can wait longer."""
        client = self._client
        timeout = deadline - monotonic()
        if timeout <= 0:
            raise Retryable("no time was left to ask the model")
        asked = chat.body(self.name, request, self.base_url)
        with (
            sorting_failures(timeout, self._turned_away),
            client.chat.completions.with_streaming_response.create(**asked, timeout=timeout) as response,
        ):
            self._hear(limits_of(response.headers, response.status_code))
            answer = received(response.iter_bytes(), deadline)
        completion = chat.completion(answer)
        if completion is None:
            raise Retryable("the model's server answered with something else than a chat completion")
        return completion

    def _turned_away(self, error: APIStatusError) -> Retryable | Rejected:
        code = chat.code_of(error.code or error.type)
        self._hear(limits_of(error.response.headers, error.status_code, code))
        return _failure(error)

    @cached_property
    def _client(self) -> OpenAI:
        """The SDK's client, made for the first call; its connections serve all later ones, of all threads."""
        return connection(self.base_url, self._key)


def connection(base_url: str | None, key: str) -> OpenAI:
    """Make the SDK's client for a server; None is the provider's own. Retryable where the key can be none."""
    from openai import OpenAI

    if not key or not key.isascii():
        raise Retryable("the model's key is empty or no key: check the secret that holds it", OPERATOR_SECONDS)
    return OpenAI(api_key=key, base_url=base_url or _PROVIDER, max_retries=0)


@contextmanager
def sorting_failures(timeout: float, sort: Callable[[APIStatusError], Exception]) -> Iterator[None]:
    """Translate errors of the SDK and its transport into ours; `sort` classifies a status."""
    import httpx2
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    try:
        yield
    except (APITimeoutError, httpx2.TimeoutException) as error:
        raise Retryable(f"the model's server did not answer within {timeout:.0f} s") from error
    except (APIConnectionError, httpx2.HTTPError) as error:
        cause = error.__cause__ if isinstance(error, APIConnectionError) else error
        broken = "the model's server broke off"
        raise Retryable(UNREACHABLE if isinstance(cause, httpx2.ConnectError) else broken) from error
    except APIStatusError as error:
        raise sort(error) from error


def received(chunks: Iterable[bytes], deadline: float) -> bytes:
    """Collect a body. The SDK's timeout is for each read, so a slow trickle could exceed the deadline by hours."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if monotonic() > deadline:
            raise Retryable("the model's server was still answering when its time was up")
        if len(body) > _MOST_BYTES:
            raise Retryable(f"the model's server sent more than {_MOST_BYTES} bytes")
    return bytes(body)


def _failure(error: APIStatusError) -> Retryable | Rejected:
    """Classify an HTTP status. Its message is not passed on: it may quote the document or the key."""
    code = chat.code_of(error.code or error.type)
    if code in _NO_LONGER_THAN_THIS or error.status_code == 413:  # noqa: PLR2004
        return Rejected("too_long", "the document is longer than the model can read: split it, or use another model")
    if code in _AGAINST_THE_RULES:
        return Rejected("refused", f"the model's provider refused the document ({code})")
    if is_passing(error.status_code):
        said = f"the model's server said {error.status_code} ({code})"
        return Retryable(said, retry_after(error.response.headers))
    return _kind(error.status_code)(_for_the_operator(error.status_code, code), OPERATOR_SECONDS)


def _kind(status: int) -> type[Retryable]:
    if status in _KEY_REFUSED:
        return KeyRefused
    return BadRequest if status in _BAD_REQUEST else Retryable


def _for_the_operator(status: int, code: str) -> str:
    if status in _KEY_REFUSED:
        return f"{KEY_REFUSED} ({status}, {code}): check the key"
    if status == 404 or code in _UNKNOWN_MODEL:  # noqa: PLR2004
        return f"{MODEL_UNKNOWN} ({status}, {code}): check the model's name and address"
    return f"the model's server said {status} ({code}): check the model's name, address and key"


def is_passing(status: int) -> bool:
    """Return whether a status is transient (rate limit, server error) rather than caused by the request."""
    return status in {408, 409, 425, 429} or status >= 500  # noqa: PLR2004
