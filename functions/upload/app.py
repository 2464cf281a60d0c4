"""The function by which documents are uploaded and deleted over HTTP: it signs forms, and deletes what was dropped."""

from __future__ import annotations

import dateline.lane.collector  # noqa: F401 - before all that there is to import

# isort: split
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.metrics import MetricUnit

from dateline.errors import Retryable
from dateline.http.access import read_access
from dateline.http.problems import explain, no_route
from dateline.http.refusals import BadBody, NotFound, RefusedRequest
from dateline.http.replies import created, no_content
from dateline.http.requests import path_of, read_json, rule
from dateline.lane.runtime import aws_config, make_s3, make_store, report_bug
from upload.answers import Upload
from upload.routes import DOCUMENT, UPLOADS
from upload.settings import Settings
from upload.signing import Signer
from upload.wanted import BadPlace, NewUpload, place_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from dateline.store.store import Store

logger = Logger(service="upload")
metrics = Metrics(service="upload")
settings = Settings()
app = APIGatewayHttpResolver()

_AWS = aws_config(connections=10, read_seconds=5)
_ID = re.compile(r"doc_[a-z2-7]{20}")


@cache
def store() -> Store:
    """Open the store once."""
    return make_store(settings.table, settings.bucket, _AWS)


@cache
def signer() -> Signer:
    """Make what signs forms once."""
    return Signer(make_s3(_AWS), settings.bucket, settings.uploads_to)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    return app.resolve(event | {"rawPath": path_of(event)}, context)


@app.post(rule(UPLOADS))
def post_upload(name: str) -> Response[str | bytes]:
    """Give leave to upload a file."""
    collection = unquote(name)
    if not _may(collection):
        raise NotFound("There is no such collection.")
    event = app.current_event
    new = read_json(event.headers.get("content-type"), event.decoded_body, NewUpload)
    try:
        place = place_of(collection, new.path)
    except BadPlace as error:
        raise BadBody(str(error)) from None
    address = f"../../documents/{place.document_id}"
    form = signer().sign(place, new)
    logger.info("signed", document=place.document_id, size=new.size)
    answer = Upload(document_id=place.document_id, collection=collection, path=new.path, address=address, form=form)
    return created(answer.model_dump_json(), address)


@app.delete(rule(DOCUMENT))
def delete_document(id: str) -> Response[str | bytes]:  # noqa: A002
    """Delete a document's file; what was made of it goes as soon as that is noticed."""
    document_id = unquote(id)
    held = store().heads.get(document_id) if _ID.fullmatch(document_id) else None
    if held is None or held.head.state == "deleted" or not _may(held.head.place.collection):
        raise NotFound("No document has this id. It may have been deleted.")
    store().blobs.delete_dropped(held.head.key)
    logger.info("deleted", document=document_id)
    return no_content()


def _may(collection: str) -> bool:
    return read_access(app.current_event.raw_event, settings.collections_claim).allows(collection)


@app.not_found
def miss_route(_error: Exception) -> Response[str | bytes]:
    """Answer an unknown route."""
    return _problem(no_route())


@app.exception_handler([RefusedRequest, Retryable, Exception])  # type: ignore[untyped-decorator]
def answer_error(error: Exception) -> Response[str | bytes]:
    """Answer with a problem."""
    return _problem(error)


def _problem(error: Exception) -> Response[str | bytes]:
    return explain(error, app.current_event, logger, metrics, report_bug)
