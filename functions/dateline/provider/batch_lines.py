"""The lines of a batch's files: the requests that go in, and what comes back for each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import JsonValue, ValidationError

from dateline.deferred import DeferredModel
from dateline.provider.chat import body, code_of, completion

if TYPE_CHECKING:
    from dateline.answer import Completion
    from dateline.ask.request import Request

ENDPOINT: Final = "/v1/chat/completions"
_OK = 200


@dataclass(frozen=True, slots=True)
class Row:
    """What came back under a request's id: a completion, or the reason why there is none, without any text in it."""

    custom_id: str
    completion: Completion | None
    reason: str | None


def row(custom_id: str, model: str, request: Request, base_url: str | None) -> bytes:
    r"""Write a request as a line of a batch's input file, with its "\n". Its body is what the live lane would send.

    A test holds the bytes against the ones that the SDK sends.
    """
    asked = {"custom_id": custom_id, "method": "POST", "url": ENDPOINT, "body": body(model, request, base_url)}
    return json.dumps(asked, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def read_row(line: bytes) -> Row | None:
    """Read a line of an output or error file; None where not even the id can be read, as of an empty line."""
    try:
        read = _Line.model_validate_json(line)
    except ValidationError:
        return None
    if read.error is not None:
        return Row(read.custom_id, None, f"the batch said {_code(read.error)}")
    try:
        response = _Response.model_validate(read.response)
    except ValidationError:
        return Row(read.custom_id, None, "the batch's row holds no response")
    if response.status_code != _OK:
        return Row(read.custom_id, None, f"the batch's row says {response.status_code} ({_code(response.body)})")
    answered = completion(json.dumps(response.body).encode(), "batch")
    return Row(read.custom_id, answered, None if answered else "the batch's row holds no chat completion")


class _Line(DeferredModel):
    """The id, and the rest to be looked at on its own: an id whose row is garbled is still an id."""

    custom_id: str
    response: JsonValue = None
    error: JsonValue = None


class _Response(DeferredModel):
    status_code: int
    body: JsonValue = None


class _Error(DeferredModel):
    code: str | int | None = None
    type: str | None = None


class _Failed(DeferredModel):
    error: _Error


def _code(said: JsonValue) -> str:
    """Find the provider's word in an error object, or in a body that holds one."""
    try:
        wrapped = isinstance(said, dict) and "error" in said
        error = _Failed.model_validate(said).error if wrapped else _Error.model_validate(said)
    except ValidationError:
        return code_of(None)
    return code_of(error.code or error.type)
