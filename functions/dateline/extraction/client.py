"""The model's client. The only file that imports the SDK, and only when a model is called: the import costs 0.6 s."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, Field, ValidationError

from dateline.errors import Rejected, Retryable
from dateline.extraction.answer import Completion, Finish
from dateline.extraction.words import folded
from dateline.records import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openai import APIStatusError, OpenAI
    from openai.types.chat import ChatCompletionMessageParam

    from dateline.extraction.request import Message, Request

_PROVIDER = "https://api.openai.com/"  # keeps answers unless told not to; compatible servers may not know the word

_NO_LONGER_THAN_THIS = {"context_length_exceeded", "string_above_max_length"}
_AGAINST_THE_RULES = {"content_filter", "content_policy_violation"}
_OPERATOR_SECONDS = 300.0  # a wrong key or name is mended by a person; asking every second helps nobody
_MOST_BYTES = 5_000_000  # the longest answers that models give today are some 500 KB
_LONGEST_REASON = 300  # code points of a provider's reason that are kept


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
    """A model behind the chat-completions protocol: OpenAI's own, or any server that speaks it at `base_url`."""

    def __init__(self, name: str, base_url: str | None, key: str) -> None:
        self.name = name
        self.base_url = base_url
        self._key = key.strip()

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer as `Model` promises. The call is made once: trying again is for the queue, which can wait longer."""
        client = self._client
        import httpx2
        from openai import APIConnectionError, APIStatusError, APITimeoutError, omit

        timeout = deadline - monotonic()
        if timeout <= 0:
            raise Retryable("no time was left to ask the model")
        try:
            with client.chat.completions.with_streaming_response.create(
                model=self.name,
                messages=[_message(message) for message in request.messages],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "strict": True, "schema": dict[str, object](request.schema)},
                },
                store=False if str(client.base_url).startswith(_PROVIDER) else omit,
                timeout=timeout,
            ) as response:
                body = _received(response.iter_bytes(), deadline)
        except (APITimeoutError, httpx2.TimeoutException) as error:
            raise Retryable(f"the model did not answer within {timeout:.0f} s") from error
        except (APIConnectionError, httpx2.HTTPError) as error:
            raise Retryable("the model's server cannot be reached, or broke off") from error
        except APIStatusError as error:
            raise _failure(error) from error
        return _completion(body)

    @cached_property
    def _client(self) -> OpenAI:
        """The SDK's client, made for the first call; its connections serve all later ones, of all threads."""
        from openai import OpenAI

        if not self._key or not self._key.isascii():
            raise Retryable("the model's key is empty or no key: check the secret that holds it", _OPERATOR_SECONDS)
        return OpenAI(api_key=self._key, base_url=self.base_url, max_retries=0)


def _received(chunks: Iterable[bytes], deadline: float) -> bytes:
    """Collect a body. The SDK's timeout is for each read, so a slow drip could outlive the deadline by hours."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if monotonic() > deadline:
            raise Retryable("the model was still answering when its time was up")
        if len(body) > _MOST_BYTES:
            raise Retryable(f"the model's server sent more than {_MOST_BYTES} bytes")
    return bytes(body)


def _message(message: Message) -> ChatCompletionMessageParam:
    match message.role:
        case "system":
            return {"role": "system", "content": message.content}
        case "user":
            return {"role": "user", "content": message.content}
        case "assistant":
            return {"role": "assistant", "content": message.content}


class _InputDetails(BaseModel):
    cached_tokens: int | None = None


class _OutputDetails(BaseModel):
    reasoning_tokens: int | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _InputDetails | None = None
    completion_tokens_details: _OutputDetails | None = None


class _Said(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Reply(BaseModel):
    """What we need of a chat completion. The SDK takes whatever comes for one; compatible servers send much."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


def _completion(body: bytes) -> Completion:
    try:
        reply = _Reply.model_validate_json(body)
    except ValidationError as error:
        raise Retryable("the model's server answered with something else than a chat completion") from error
    choice = reply.choices[0]
    usage = _usage(reply.usage or _Usage())
    if choice.message.refusal:
        return Completion(text=f"the model refused: {_reason(choice.message.refusal)}", finish="refused", usage=usage)
    if choice.finish_reason == "content_filter":
        reason = "the model's provider withheld the answer (content_filter)"
        return Completion(text=reason, finish="refused", usage=usage)
    finish: Finish = "length" if choice.finish_reason == "length" else "stop"
    return Completion(text=choice.message.content or "", finish=finish, usage=usage)


def _reason(refusal: str) -> str:
    return folded(refusal)[:_LONGEST_REASON]


def _usage(usage: _Usage) -> Usage:
    """Count as providers do: cached tokens are part of the input's, reasoning tokens of the output's."""
    cached = usage.prompt_tokens_details.cached_tokens if usage.prompt_tokens_details else None
    reasoning = usage.completion_tokens_details.reasoning_tokens if usage.completion_tokens_details else None
    return Usage(
        calls=1,
        input=usage.prompt_tokens or 0,
        cached=cached or 0,
        output=usage.completion_tokens or 0,
        reasoning=reasoning or 0,
    )


def _failure(error: APIStatusError) -> Retryable | Rejected:
    """Say whose fault a status is. Its message is not passed on: it may quote the document or the key."""
    code = str(error.code or error.type or "no code")[:_LONGEST_REASON]
    if code in _NO_LONGER_THAN_THIS or error.status_code == 413:  # noqa: PLR2004
        return Rejected("too_long", "the document is longer than the model can read: split it, or use another model")
    if code in _AGAINST_THE_RULES:
        return Rejected("refused", f"the model's provider refused the document ({code})")
    said = f"the model's server said {error.status_code} ({code})"
    if error.status_code in {408, 409, 425, 429} or error.status_code >= 500:  # noqa: PLR2004
        return Retryable(said, _retry_after(error.response.headers))
    return Retryable(f"{said}: check the model's name, address and key", _OPERATOR_SECONDS)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After`, in seconds or as a date; None where it is missing or nonsense."""
    value = headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
