"""The stand-in's routes, and what they lead to."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, JsonValue, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from infra.standin import MODEL
from infra.standin.batches import Batches
from infra.standin.chat import complete, is_about_pairs
from infra.standin.files import Files, upload
from infra.standin.refusal import RefusedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

_MOST_FIELDS = 8


class Service:
    """What the routes lead to. `live` and `batch` count the requests that were answered, for whoever tests."""

    def __init__(self, answer: Callable[[bytes], dict[str, JsonValue]] = complete) -> None:
        self.live = 0
        self.batch = 0
        self.linking = 0
        self.files = Files()
        self.batches = Batches(self.files, self._answer_in_batch)
        self._answer = answer
        self._lock = Lock()

    def answer(self, body: bytes) -> dict[str, JsonValue]:
        """Answer a request at once."""
        answered = self._answer(body)
        about_pairs = is_about_pairs(body)
        with self._lock:
            self.linking += about_pairs
            self.live += not about_pairs
        return answered

    def _answer_in_batch(self, body: bytes) -> dict[str, JsonValue]:
        answered = self._answer(body)
        with self._lock:
            self.batch += 1
        return answered


class _Page(BaseModel):
    """What a list may be asked for."""

    after: str | None = None
    limit: int = Field(default=20, ge=1, le=10_000)
    purpose: str | None = None


class Api:
    """Speaks the protocol for a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """Return where what is served."""
        return [
            Route("/v1/chat/completions", self._chat, methods=["POST"]),
            Route("/v1/models", self._models, methods=["GET"]),
            Route("/v1/standin/calls", self._calls, methods=["GET"]),
            Route("/v1/files", self._upload_file, methods=["POST"]),
            Route("/v1/files", self._list_files, methods=["GET"]),
            Route("/v1/files/{id}", self._file, methods=["GET"]),
            Route("/v1/files/{id}", self._delete_file, methods=["DELETE"]),
            Route("/v1/files/{id}/content", self._content, methods=["GET"]),
            Route("/v1/batches", self._create_batch, methods=["POST"]),
            Route("/v1/batches", self._list_batches, methods=["GET"]),
            Route("/v1/batches/{id}", self._batch, methods=["GET"]),
            Route("/v1/batches/{id}/cancel", self._cancel_batch, methods=["POST"]),
        ]

    async def _chat(self, request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(self._service.answer, await request.body()))

    async def _models(self, _request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "dateline"}]})

    async def _calls(self, _request: Request) -> Response:
        return JSONResponse({name: getattr(self._service, name) for name in ("live", "batch", "linking")})

    async def _upload_file(self, request: Request) -> Response:
        async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
            sent, purpose = form.get("file"), form.get("purpose")
            if not isinstance(sent, UploadFile) or not isinstance(purpose, str):
                raise RefusedError("a file and its purpose are needed", param="file")
            kept = await run_in_threadpool(upload, self._service.files, sent.filename or "", purpose, sent.file)
        return JSONResponse(kept.json())

    async def _list_files(self, request: Request) -> Response:
        page = _page(request)
        return _listed(self._service.files.all(page.purpose), page)

    async def _file(self, request: Request) -> Response:
        return JSONResponse(self._service.files.get(request.path_params["id"]).json())

    async def _content(self, request: Request) -> Response:
        kept = self._service.files.get(request.path_params["id"])
        return StreamingResponse(kept.chunks(), media_type="application/octet-stream")

    async def _delete_file(self, request: Request) -> Response:
        self._service.files.delete(request.path_params["id"])
        return JSONResponse({"id": request.path_params["id"], "object": "file", "deleted": True})

    async def _create_batch(self, request: Request) -> Response:
        return JSONResponse(self._service.batches.create(await request.body()).model_dump(mode="json"))

    async def _list_batches(self, request: Request) -> Response:
        return _listed(self._service.batches.all(), _page(request))

    async def _batch(self, request: Request) -> Response:
        return JSONResponse(self._service.batches.get(request.path_params["id"]).model_dump(mode="json"))

    async def _cancel_batch(self, request: Request) -> Response:
        return JSONResponse(self._service.batches.cancel(request.path_params["id"]).model_dump(mode="json"))


def _page(request: Request) -> _Page:
    try:
        return _Page.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise unreadable(error) from error


def _listed(found: Sequence[dict[str, JsonValue]], page: _Page) -> Response:
    """Cut a page out of what was found, after the item that the client has seen last."""
    ids = [one["id"] for one in found]
    start = ids.index(page.after) + 1 if page.after in ids else 0
    data = found[start : start + page.limit]
    return JSONResponse(
        {
            "object": "list",
            "data": data,
            "first_id": data[0]["id"] if data else None,
            "last_id": data[-1]["id"] if data else None,
            "has_more": start + page.limit < len(found),
        }
    )
