"""The stand-in as a server that speaks as much of the chat-completions protocol as a client of Dateline needs."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import uvicorn
from pydantic import BaseModel, Field, JsonValue, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dateline.extraction import schema
from infra.standin import MODEL
from infra.standin.answer import answer, nothing_to_correct
from infra.standin.request import UnreadableRequestError, read_request

# The first message instructs, the second holds the document; what follows them is a repair.
_DOCUMENT = 1
_FIRST_CALL = 2
# About what tokenizers of today make of European languages; an estimate, and the same for the same text.
_BYTES_A_TOKEN = 4
# Of a first call, and of a repair that asks for dates that were passed over.
_SCHEMAS = (frozenset(schema.Answer.model_fields), frozenset(schema.Repair.model_fields))
_SECONDS_TO_FINISH = 2


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


class _RefusedError(Exception):
    """A request that the protocol answers with an error object."""

    def __init__(self, message: str, *, status: int = 400, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}


def application() -> Starlette:
    """Return the server's application."""
    return Starlette(
        routes=[
            Route("/v1/chat/completions", _chat_completions, methods=["POST"]),
            Route("/v1/models", _models, methods=["GET"]),
        ],
        exception_handlers={_RefusedError: _refusal},
    )


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on; port 0 takes a free one. OSError where the port is taken."""
    return socket.create_server((host, port))


def base_url(listening: socket.socket) -> str:
    """Return what a client is given as the provider's base URL."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/v1"


def server() -> uvicorn.Server:
    """Return a server that logs nothing but warnings, and none of what it is sent."""
    return uvicorn.Server(
        uvicorn.Config(
            application(),
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
    )


@contextmanager
def serving() -> Iterator[str]:
    """Serve on a free loopback port beside the caller's own work; yields the base URL."""
    running = server()
    with listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield base_url(listening)
        finally:
            running.should_exit = True
            thread.join()


async def _models(_request: Request) -> JSONResponse:
    return JSONResponse({"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "dateline"}]})


async def _chat_completions(request: Request) -> JSONResponse:
    return JSONResponse(await run_in_threadpool(_complete, await request.body()))


async def _refusal(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, _RefusedError):
        raise error
    return JSONResponse(error.body, status_code=error.status)


def _complete(body: bytes) -> Mapping[str, JsonValue]:
    asked = _checked(body)
    try:
        document = read_request(asked.messages[_DOCUMENT].content)
    except UnreadableRequestError as error:
        raise _RefusedError(str(error), param=f"messages[{_DOCUMENT}].content") from error
    made = answer(document) if len(asked.messages) == _FIRST_CALL else nothing_to_correct(document)
    content = made.model_dump_json(include=set(_properties(asked)))
    return _completion(content, sum(_tokens(message.content) for message in asked.messages))


def _checked(body: bytes) -> _ChatRequest:
    """Read a request's body, and refuse what the stand-in does not do rather than do something else."""
    try:
        asked = _ChatRequest.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        param = ".".join(str(part) for part in first["loc"]) or None
        raise _RefusedError(f"{param or 'body'}: {first['msg']}", param=param) from error
    if asked.model != MODEL:
        raise _RefusedError(
            f"the model does not exist; this server has only {MODEL!r}",
            status=404,
            code="model_not_found",
            param="model",
        )
    if asked.stream:
        raise _RefusedError("this server does not stream; leave 'stream' out", param="stream")
    if _properties(asked) not in _SCHEMAS:
        raise _RefusedError("this server answers only under Dateline's own schema", param="response_format")
    return asked


def _properties(asked: _ChatRequest) -> frozenset[str]:
    """Return the names of what the schema asks for."""
    properties = asked.response_format.json_schema.schema_.get("properties")
    return frozenset(properties) if isinstance(properties, dict) else frozenset()


def _completion(content: str, prompt_tokens: int) -> Mapping[str, JsonValue]:
    completion_tokens = _tokens(content)
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
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
