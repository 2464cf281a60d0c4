"""The chat-completions protocol without a client: the body that both lanes send, and what a completion says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypedDict
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from dateline.answer import Completion, Finish, Lane
from dateline.deferred import DeferredModel
from dateline.records import Usage
from dateline.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NotRequired

    from openai.types.chat import ChatCompletionMessageParam
    from openai.types.shared_params import ResponseFormatJSONSchema

    from dateline.ask.request import Message, Request

# The provider keeps answers unless told not to; compatible servers may not know the word.
_PROVIDER = "api.openai.com"
_LONGEST_REASON = 300  # code points of a provider's reason that are kept
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")  # "context_length_exceeded", "BadRequestError", "400"


class Body(TypedDict):
    """What is posted. The SDK writes the fields in this order, and a batch's row must hold the same bytes."""

    model: str
    messages: Sequence[ChatCompletionMessageParam]
    response_format: ResponseFormatJSONSchema
    store: NotRequired[Literal[False]]


def body(model: str, request: Request, base_url: str | None) -> Body:
    """Ask a model by its name. `base_url` is the server's; None is the provider's own."""
    made: Body = {
        "model": model,
        "messages": [_message(message) for message in request.messages],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": dict[str, object](request.schema)},
        },
    }
    if _is_the_providers(base_url):
        made["store"] = False
    return made


def completion(answer: bytes, lane: Lane = "live") -> Completion | None:
    """Read a chat completion; None where it is something else."""
    try:
        reply = _Reply.model_validate_json(answer)
    except ValidationError:
        return None
    choice = reply.choices[0]
    text, finish = _said(choice)
    return Completion(text=text, finish=finish, usage=_usage(reply.usage or _Usage()), lane=lane)


def code_of(code: object) -> str:
    """Return a provider's word for an error. More than a word is a message, which may quote the document or the key."""
    text = str(code or "")
    return text if _CODE.fullmatch(text) else "no code"


def _is_the_providers(base_url: str | None) -> bool:
    host = urlsplit(base_url).hostname if base_url else _PROVIDER
    return host is not None and (host == _PROVIDER or host.endswith(f".{_PROVIDER}"))


def _message(message: Message) -> ChatCompletionMessageParam:
    match message.role:
        case "system":
            return {"role": "system", "content": message.content}
        case "user":
            return {"role": "user", "content": message.content}
        case "assistant":
            return {"role": "assistant", "content": message.content}


class _InputDetails(DeferredModel):
    cached_tokens: int | None = None


class _OutputDetails(DeferredModel):
    reasoning_tokens: int | None = None


class _Usage(DeferredModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _InputDetails | None = None
    completion_tokens_details: _OutputDetails | None = None


class _Said(DeferredModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(DeferredModel):
    message: _Said
    finish_reason: str | None = None


class _Reply(DeferredModel):
    """What we need of a chat completion. The SDK takes whatever comes for one; compatible servers send much."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


def _said(choice: _Choice) -> tuple[str, Finish]:
    if choice.message.refusal:
        return f"the model refused: {folded(choice.message.refusal)[:_LONGEST_REASON]}", "refused"
    if choice.finish_reason == "content_filter":
        return "the model's provider withheld the answer (content_filter)", "refused"
    return choice.message.content or "", "length" if choice.finish_reason == "length" else "stop"


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
