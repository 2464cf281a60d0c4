"""The stand-in's chat completions: as much of the protocol as a client of Dateline needs."""

from __future__ import annotations

import time
import uuid

from pydantic import BaseModel, Field, JsonValue, ValidationError

from dateline.ask import schema
from dateline.linking.question import LinkingAnswer
from dateline.terms import is_standin
from infra.standin import DATED, MODEL
from infra.standin.answer import answer, nothing_to_correct
from infra.standin.linking import link
from infra.standin.refusal import RefusedError, unreadable
from infra.standin.request import UnreadableRequestError, read_request

# The first message instructs, the second holds the document or the reports; what follows them is a repair.
_DOCUMENT = 1
_FIRST_CALL = 2
# About what tokenizers of today make of European languages; an estimate, and the same for the same text.
_BYTES_A_TOKEN = 4
# Of a first call, of a repair that asks for dates that were passed over, and of a question about pairs of reports.
_LINKING = frozenset(LinkingAnswer.model_fields)
_SCHEMAS = (frozenset(schema.Answer.model_fields), frozenset(schema.Repair.model_fields), _LINKING)


class _Message(BaseModel):
    role: str
    content: str


class _JsonSchema(BaseModel):
    schema_: dict[str, JsonValue] = Field(alias="schema")


class _ResponseFormat(BaseModel):
    type: str
    json_schema: _JsonSchema


class _ChatRequest(BaseModel):
    """What the stand-in reads of a request; sampling parameters and limits do not concern it."""

    model: str
    messages: list[_Message] = Field(min_length=_FIRST_CALL)
    response_format: _ResponseFormat
    stream: bool = False


def complete(body: bytes) -> dict[str, JsonValue]:
    """Answer a request's body with a completion; RefusedError for what the stand-in does not do."""
    asked = _checked(body)
    try:
        made = _made(asked)
    except UnreadableRequestError as error:
        raise RefusedError(str(error), param=f"messages[{_DOCUMENT}].content") from error
    content = made.model_dump_json(include=set(_properties(asked)))
    return _completion(asked.model, content, sum(_tokens(message.content) for message in asked.messages))


def is_about_pairs(body: bytes) -> bool:
    """Return whether a request's body asks about pairs of reports and not about a document."""
    try:
        return _properties(_ChatRequest.model_validate_json(body)) == _LINKING
    except ValidationError:
        return False


def _made(asked: _ChatRequest) -> BaseModel:
    content = asked.messages[_DOCUMENT].content
    if _properties(asked) == _LINKING:
        return link(content)
    document = read_request(content)
    is_first = len(asked.messages) == _FIRST_CALL
    return answer(document, only_dated=asked.model == DATED) if is_first else nothing_to_correct(document)


def _checked(body: bytes) -> _ChatRequest:
    """Read a request's body, and refuse what the stand-in does not do rather than do something else."""
    try:
        asked = _ChatRequest.model_validate_json(body)
    except ValidationError as error:
        raise unreadable(error) from error
    if not is_standin(asked.model):
        raise RefusedError(
            f"the model does not exist; this server has only {MODEL!r}, and names such as '{MODEL}-2' for it",
            status=404,
            code="model_not_found",
            param="model",
        )
    if asked.stream:
        raise RefusedError("this server does not stream; leave 'stream' out", param="stream")
    if _properties(asked) not in _SCHEMAS:
        raise RefusedError("this server answers only under Dateline's own schema", param="response_format")
    return asked


def _properties(asked: _ChatRequest) -> frozenset[str]:
    """Return the names of what the schema asks for."""
    properties = asked.response_format.json_schema.schema_.get("properties")
    return frozenset(properties) if isinstance(properties, dict) else frozenset()


def _completion(model: str, content: str, prompt_tokens: int) -> dict[str, JsonValue]:
    completion_tokens = _tokens(content)
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
            "prompt_tokens_details": {"cached_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0},
        },
    }


def _tokens(text: str) -> int:
    return -(-len(text.encode()) // _BYTES_A_TOKEN)
