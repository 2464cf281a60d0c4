"""The function behind the HTTP API: it reads, and changes nothing."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, unquote

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config
from pydantic import ValidationError

from dateline.errors import Retryable, fingerprint
from dateline.store.cursor import BadCursor
from dateline.store.store import Store, open_store
from read import views
from read.answers import Health, Problem
from read.queries import CollectionsQuery, DocumentsQuery, DocumentTimelineQuery, Query, TimelineQuery
from read.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from dateline.records import Record

AnyQuery = TypeVar("AnyQuery", bound=Query)

logger = Logger(service="read")
metrics = Metrics(namespace="Dateline", service="read")
settings = Settings()
app = APIGatewayHttpResolver()

# An HTTP API gives up after 30 s, and a reader long before.
_AWS = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard"}, max_pool_connections=20)
# Lambda takes answers of 6 MB; some room is left for headers.
_LARGEST_ANSWER = 5_500_000


@cache
def store() -> Store:
    """Open the store once."""
    return open_store(
        boto3.client("dynamodb", config=_AWS), boto3.client("s3", config=_AWS), settings.table, settings.bucket
    )


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    return app.resolve(event | {"rawPath": _path(event)}, context)


def _path(event: dict[str, Any]) -> str:
    """Write the path from its route and parameters, percent-encoded: gateways decode `rawPath` each in its way."""
    path: str = event["routeKey"].partition(" ")[2]
    for name, value in (event.get("pathParameters") or {}).items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    return path


@app.get("/health")
def get_health() -> Response[str]:
    """Say that the function runs."""
    return _json(Health())


@app.get("/collections")
def get_collections() -> Response[str]:
    """List collections."""
    return _json(views.collections(store(), _query(CollectionsQuery)))


@app.get("/collections/<name>/timeline")
def get_collection_timeline(name: str) -> Response[str]:
    """Show a collection's timeline."""
    return _json(views.timeline(store(), unquote(name), _query(TimelineQuery)))


@app.get("/documents")
def get_documents() -> Response[str]:
    """List or find documents."""
    return _json(views.documents(store(), _query(DocumentsQuery)))


@app.get("/documents/<document_id>")
def get_document(document_id: str) -> Response[str]:
    """Show a document."""
    _query(Query)
    return _json(views.document(store(), unquote(document_id)))


@app.get("/documents/<document_id>/timeline")
def get_document_timeline(document_id: str) -> Response[str]:
    """Show a document's timeline."""
    return _json(views.document_timeline(store(), unquote(document_id), _query(DocumentTimelineQuery)))


@app.get("/documents/<document_id>/text", compress=True)
def get_document_text(document_id: str) -> Response[str]:
    """Show a document's text."""
    _query(Query)
    return _json(views.document_text(store(), unquote(document_id)))


@app.not_found
def miss_route(_error: Exception) -> Response[str]:
    """Say that there is no such route."""
    return _problem(HTTPStatus.NOT_FOUND, "There is no such route.")


@app.exception_handler([ValidationError, BadCursor, views.NotFound, Retryable, Exception])  # type: ignore[untyped-decorator]
def explain(error: Exception) -> Response[str]:
    """Say what was wrong with a request, or that something behind the API is busy or broken."""
    match error:
        case ValidationError():
            return _problem(HTTPStatus.BAD_REQUEST, "; ".join(_wrong_parameters(error)))
        case BadCursor():
            return _problem(HTTPStatus.BAD_REQUEST, f"cursor: {error}")
        case views.NotFound():
            return _problem(HTTPStatus.NOT_FOUND, str(error))
        case Retryable():
            metrics.add_metric("Busy", MetricUnit.Count, 1)
            logger.warning("busy", reason=error.reason)
            return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "Busy for the moment; ask again.", {"Retry-After": "1"})
        case _:
            metrics.add_metric("Bugs", MetricUnit.Count, 1)
            logger.error("bug", extra=fingerprint(error))
            return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "A mistake of ours. Tell us the request's id.")


def _wrong_parameters(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ")
        yield f"{name}: {message}" if name else message


def _query(model: type[AnyQuery]) -> AnyQuery:
    return model.model_validate(app.current_event.query_string_parameters)


def _json(answer: Record) -> Response[str]:
    body = answer.model_dump_json()
    if len(body.encode()) > _LARGEST_ANSWER:
        return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This answer is too large for one piece.")
    return Response(HTTPStatus.OK, "application/json", body)


def _problem(status: HTTPStatus, detail: str, headers: dict[str, str] | None = None) -> Response[str]:
    request_id = app.current_event.request_context.request_id
    problem = Problem(title=status.phrase, status=status, detail=detail, request_id=request_id)
    return Response(status, "application/problem+json", problem.model_dump_json(), dict(headers or {}))
