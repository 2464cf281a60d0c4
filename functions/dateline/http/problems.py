"""What a function behind the API answers where it cannot do what is asked: a problem, and a line in its log."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit

from dateline.errors import Retryable
from dateline.http.refusals import NotFound, RefusedRequest
from dateline.http.replies import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools import Logger, Metrics
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2


def no_route() -> NotFound:
    """Refuse a route that is not there."""
    return NotFound("There is no such route; /docs shows which there are.")


def explain(
    error: Exception,
    event: APIGatewayProxyEventV2,
    logger: Logger,
    metrics: Metrics,
    report_bug: Callable[[Exception, Logger, Metrics], None],
) -> Response[str | bytes]:
    """Turn an error into a problem: the caller's mistake, a busy service, or a bug, which is reported."""
    asked = event.request_context.request_id, event.http_method
    match error:
        case RefusedRequest():
            return problem(error.status, str(error), *asked, error.headers)
        case Retryable():
            metrics.add_metric("Busy", MetricUnit.Count, 1)
            logger.warning("busy", reason=error.reason)
            busy = "Busy for the moment; ask again."
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, busy, *asked, {"Retry-After": "1"})
        case _:
            report_bug(error, logger, metrics)
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "A mistake of ours. Tell us the request's id.", *asked)
