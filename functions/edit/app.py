"""The function by which editors decide over HTTP. It writes decisions into the bucket, and nothing else."""

from __future__ import annotations

import dateline.lane.collector  # noqa: F401 - before all that there is to import

# isort: split
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.metrics import MetricUnit

from dateline.errors import Retryable
from dateline.http.access import caller, read_access
from dateline.http.problems import explain, no_route
from dateline.http.refusals import BadBody, NotFound, RefusedRequest
from dateline.http.replies import created, no_content
from dateline.http.requests import path_of, read_json, rule
from dateline.lane.decisions import CannotDecide, NewDecision, NoOccurrence, decide, undo
from dateline.lane.runtime import aws_config, make_store, report_bug
from edit.answers import Decided
from edit.routes import DECISION, DECISIONS
from edit.settings import Settings

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from dateline.store.store import Store

logger = Logger(service="edit")
metrics = Metrics(service="edit")
settings = Settings()
app = APIGatewayHttpResolver()

_AWS = aws_config(connections=10, read_seconds=5)
_NAME = re.compile(r"[\w.-]{1,200}")


@cache
def store() -> Store:
    """Open the store once."""
    return make_store(settings.table, settings.bucket, _AWS)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    return app.resolve(event | {"rawPath": path_of(event)}, context)


@app.post(rule(DECISIONS))
def post_decision(name: str) -> Response[str | bytes]:
    """Write a decision."""
    collection, event = _allowed(name), app.current_event
    new = read_json(event.headers.get("content-type"), event.decoded_body, NewDecision)
    try:
        _, edit = decide(new, collection, caller(event.raw_event), store())
    except NoOccurrence as error:
        raise NotFound(str(error)) from None
    except CannotDecide as error:
        raise BadBody(str(error)) from None
    logger.info("decided", collection=collection, decision=edit.id, decided=edit.kind)
    address = f"decisions/{quote(edit.id)}"
    return created(Decided(id=edit.id, collection=collection, address=address).model_dump_json(), address)


@app.delete(rule(DECISION))
def delete_decision(name: str, id: str) -> Response[str | bytes]:  # noqa: A002
    """Undo a decision, if there is one."""
    collection, decision = _allowed(name), unquote(id)
    if not _NAME.fullmatch(decision):
        raise NotFound("No decision has such a name.")
    undo(collection, decision, store())
    logger.info("undone", collection=collection, decision=decision)
    return no_content()


def _allowed(name: str) -> str:
    collection = unquote(name)
    if not read_access(app.current_event.raw_event, settings.collections_claim).allows(collection):
        raise NotFound(f"There is no collection {collection}.")
    return collection


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
