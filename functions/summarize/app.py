"""The function behind the drop queue: documents that were dropped, changed or deleted, tidying, and the daily sweep."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.parameters import get_secret
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.config import Config

from dateline.errors import Retryable, fingerprint
from dateline.extraction.client import OpenAIModel
from dateline.extraction.recipe import recipe
from dateline.queue.messages import DocumentMessage, Message, SweepMessage, TidyMessage, read_body
from dateline.queue.queue import Queue
from dateline.store import keys
from dateline.store.store import Store, open_store
from summarize.document import Tools, bring_up_to_date
from summarize.settings import Settings
from summarize.sweep import sweep

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse, PartialItemFailures
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="summarize")
metrics = Metrics(namespace="Dateline", service="summarize")
settings = Settings()

# AWS answers within milliseconds or not at all; a dozen documents of a batch each hold a connection or two.
_AWS = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard"}, max_pool_connections=40)
# What is kept back at the end of a run of this function to write heads and to send messages again.
_LAST_SECONDS = 5.0
_KEY_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Clients:
    """What outlives a single run of the function."""

    store: Store
    queue: Queue


@cache
def clients() -> Clients:
    """Make the clients once."""
    store = open_store(
        boto3.client("dynamodb", config=_AWS), boto3.client("s3", config=_AWS), settings.table, settings.bucket
    )
    return Clients(store, Queue(boto3.client("sqs", config=_AWS), settings.queue_url))


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Work on a batch of messages, several at the same time, and report those that failed.

    A message that comes a second time has seen a crash or a bug: it is worked on alone, so that it takes no other
    document down with it.
    """
    deadline = time.monotonic() + context.get_remaining_time_in_millis() / 1000 - _LAST_SECONDS
    records = event["Records"]
    metrics.add_metric("Messages", MetricUnit.Count, len(records))
    again = [record for record in records if int(record["attributes"]["ApproximateReceiveCount"]) > 1]
    first = [record for record in records if record not in again]
    failures: list[PartialItemFailures] = []
    for group in (first, *([record] for record in again)):
        if group:
            failures.extend(_work_on_together(group, deadline, context)["batchItemFailures"])
    return {"batchItemFailures": failures}


def _work_on_together(
    records: list[dict[str, Any]], deadline: float, context: LambdaContext
) -> PartialItemFailureResponse:
    async def one(record: SQSRecord) -> None:
        await asyncio.to_thread(_work_on_record, record, deadline)

    return async_process_partial_response(
        event={"Records": records},
        record_handler=one,
        processor=AsyncBatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False),
        context=context,
    )


def _work_on_record(record: SQSRecord, deadline: float) -> None:
    try:
        for message in read_body(record.body):
            _work_on(message, deadline)
    except Exception as error:
        logger.error("bug", message_id=record.message_id, extra=fingerprint(error))
        metrics.add_metric("Bugs", MetricUnit.Count, 1)
        raise


def _work_on(message: Message, deadline: float) -> None:
    try:
        _dispatch(message, deadline)
    except Retryable as error:
        delay = clients().queue.again(message, error.after)
        logger.info("put off", kind=message.kind, reason=error.reason, seconds=round(delay), attempt=message.attempt)
        metrics.add_metric("PutOff", MetricUnit.Count, 1)


def _dispatch(message: Message, deadline: float) -> None:
    match message:
        case DocumentMessage(key=key):
            _work_on_document(key, deadline)
        case TidyMessage(document_id=document_id):
            clients().store.runs.tidy(document_id)
        case SweepMessage(after=after):
            clients().queue.send(sweep(after, clients().store))


def _work_on_document(key: str, deadline: float) -> None:
    place = keys.place(key)
    if place is None:
        return
    if time.monotonic() > deadline:
        raise Retryable("this run of the function has no time left")
    began = time.monotonic()
    result = bring_up_to_date(place, _tools(), deadline)
    seconds = time.monotonic() - began
    logger.info("document", document_id=place.document_id, outcome=result.outcome, seconds=round(seconds, 3))
    metrics.add_metric(f"Documents{result.outcome.title()}", MetricUnit.Count, 1)
    if result.untidy:
        clients().queue.send([TidyMessage(document_id=place.document_id)], settings.tidy_after_seconds)


def _tools() -> Tools:
    return Tools(
        store=clients().store,
        model=lambda: OpenAIModel(settings.model, settings.model_url, _key()),
        recipe=recipe(settings.model, settings.language, settings.part_characters),
        language=settings.language,
        limits=settings.reading,
        budget=settings.budget,
        part_characters=settings.part_characters,
    )


def _key() -> str:
    """Read the provider's key, at most five minutes old. Retryable: nobody has put one yet, which is mended outside."""
    try:
        return get_secret(settings.model_secret, max_age=_KEY_SECONDS)
    except GetParameterError as error:
        raise Retryable("the key of the model's provider cannot be read; put it into the stack's secret") from error
