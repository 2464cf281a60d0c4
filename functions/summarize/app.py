"""The function behind the drop queue: documents that were dropped, changed or deleted, tidying, and the daily sweep."""

from __future__ import annotations

import dateline.lane.collector  # noqa: F401 - before all that there is to import

# isort: split
import asyncio
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from botocore.exceptions import ClientError

from dateline.errors import NotYet, OutOfTime, Retryable, Unreadable
from dateline.lane.messages import (
    DocumentMessage,
    EditMessage,
    LinkMessage,
    Message,
    PackMessage,
    RebuildMessage,
    RowsMessage,
    SweepMessage,
    TidyMessage,
    TidyOccurrencesMessage,
    is_foreign,
    read_body,
)
from dateline.lane.provider_key import provider_key
from dateline.lane.recognisers import make_recogniser
from dateline.lane.runtime import Clients, make_clients, report_bug
from dateline.lane.target import target
from dateline.provider.client import KeyRefused, OpenAIModel
from dateline.provider.prices import cost_of
from dateline.records import Usage
from dateline.store import keys
from summarize.batch_rows import AT_ONCE, take_in
from summarize.budget import total
from summarize.document import bring_up_to_date
from summarize.editing import follow
from summarize.limiter import Limiter
from summarize.linking import link
from summarize.plan_outcomes import note
from summarize.searching import due, pack, rebuild
from summarize.settings import Settings
from summarize.sweep import sweep
from summarize.tools import Tools
from summarize.turns import InTurn, Line

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse, PartialItemFailures
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from dateline.answer import Completion
    from dateline.ask.request import Request
    from dateline.lane.recognisers import Tesseract, Textract
    from dateline.provider.client import Model
    from dateline.records import Cost
    from summarize.document import Result
    from summarize.linking import Linked

logger = Logger(service="summarize")
metrics = Metrics(service="summarize")
settings = Settings()

# A dozen documents of a batch each hold a connection or two.
_CONNECTIONS = 40
# What is kept back at the end of a run of this function to write heads and to send messages again.
_LAST_SECONDS = 5.0
# Old runs stay so long for readers that began with them: an answer takes at most 30 s.
_TIDY_AFTER_SECONDS = 120
# Receives of a message after which at least one worker had it alone: the first may have been among others.
_TOGETHER_AND_ALONE = 2
# The run before the current one stays so long to be compared with it: enough to judge a new model by what it changed.
_PREVIOUS_DAYS = 30


@cache
def clients() -> Clients:
    """Make the clients once."""
    return make_clients(settings, _CONNECTIONS)


@cache
def recogniser() -> Textract | Tesseract | None:
    """Make the recogniser once."""
    return make_recogniser(settings.recogniser)


@cache
def limiter(model: str) -> Limiter:
    """Make what decides how fast a model is asked, once: all documents of this worker share it."""
    name = hashlib.sha256(f"{settings.model_url or ''}\n{model}".encode()).hexdigest()
    return Limiter(clients().store.schedule, name, settings.bounds)


_MAKING = Lock()


def provider(model: str, key: str) -> Model:
    """Make a model's client under a key, once for all documents: that takes 20 ms, and each would connect anew."""
    with _MAKING:
        return _provider(model, key)


@lru_cache(maxsize=1)
def _provider(model: str, key: str) -> Model:
    return OpenAIModel(model, settings.model_url, key, limiter(model).hear)


@cache
def rows_pool() -> ThreadPoolExecutor:
    """Make the threads once that all ranges of rows share."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rows")


class Shift:
    """One run of the function: how long it works, in seconds of `time.monotonic`, and what every document is made by.

    Which recipe is the target is asked once, when the first document comes, and again only where that failed.
    """

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self._lock = Lock()
        self._tools: Tools | None = None

    @property
    def tools(self) -> Tools:
        """What documents are worked on with. Retryable: the table cannot be read."""
        with self._lock:
            if self._tools is None:
                self._tools = _tools()
            return self._tools

    def must_last(self) -> None:
        """Check that there is time to begin something. Retryable: there is none."""
        if time.monotonic() > self.deadline:
            raise Retryable("this run of the function has no time left")


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Work on a batch of messages, several at the same time, and report those that failed.

    A message that comes a second time has seen a crash or a bug: it is worked on alone, so that it takes no other
    document down with it.
    """
    # None of them may be made in several threads at once.
    clients()
    recogniser()
    rows_pool()
    shift = Shift(time.monotonic() + context.get_remaining_time_in_millis() / 1000 - _LAST_SECONDS)
    records = event["Records"]
    metrics.add_metric("Messages", MetricUnit.Count, len(records))
    again = [record for record in records if _comes_alone(record)]
    first = [record for record in records if record not in again]
    failures: list[PartialItemFailures] = []
    for group in (first, *([record] for record in again)):
        if group:
            failures.extend(_work_on_together(group, shift, context)["batchItemFailures"])
    if failures:
        _retry_soon(records, {str(one["itemIdentifier"]) for one in failures})
    _tell_of_the_day()
    return {"batchItemFailures": failures}


def _retry_soon(records: list[dict[str, Any]], failed: set[str]) -> None:
    """Have what failed received again soon. Where that cannot be said, it comes after the visibility time-out."""
    again = [(one["receiptHandle"], _receives(one)) for one in records if one["messageId"] in failed]
    try:
        clients().queue.retry_soon(records[0]["eventSourceARN"], again)
    except Retryable as error:
        logger.warning("failed messages come back late", reason=error.reason)
    except ClientError as error:
        report_bug(error, logger, metrics)


def _comes_alone(record: dict[str, Any]) -> bool:
    return _receives(record) > 1 or '"alone":true' in record["body"]


def _receives(record: dict[str, Any]) -> int:
    return int(record["attributes"]["ApproximateReceiveCount"])


def _work_on_together(
    records: list[dict[str, Any]], shift: Shift, context: LambdaContext
) -> PartialItemFailureResponse:
    """Give each record a thread of its own: asyncio's threads go by the cores, and work here waits for the model."""
    with ThreadPoolExecutor(len(records), thread_name_prefix="records") as pool:

        async def one(record: SQSRecord) -> None:
            await asyncio.get_running_loop().run_in_executor(pool, _work_on_record, record, shift)

        return async_process_partial_response(
            event={"Records": records},
            record_handler=one,
            processor=AsyncBatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False),
            context=context,
        )


def _work_on_record(record: SQSRecord, shift: Shift) -> None:
    if is_foreign(record.body):
        logger.warning("foreign message", message_id=record.message_id, sender=record.attributes.sender_id)
        metrics.add_metric("ForeignMessages", MetricUnit.Count, 1)
        return
    try:
        for message in read_body(record.body):
            is_new = isinstance(message, SweepMessage) and message.asked is None
            receives = int(record.attributes.approximate_receive_count)
            _work_on(message.model_copy(update={"asked": _sent(record)}) if is_new else message, shift, receives)
    except Exception as error:
        report_bug(error, logger, metrics, message_id=record.message_id)
        raise


def _sent(record: SQSRecord) -> datetime:
    return datetime.fromtimestamp(int(record.attributes.sent_timestamp) / 1000, UTC)


def _work_on(message: Message, shift: Shift, receives: int) -> None:
    try:
        match message:
            case DocumentMessage() | LinkMessage():
                _work_in_turn(message, shift, receives)
            case _:
                _dispatch(message, shift)
    except Retryable as error:
        _tell_how_long_it_waits(message)
        delay = clients().queue.again(message, error.after)
        _tell_of_putting_off(message, error, delay)


def _work_in_turn(message: DocumentMessage | LinkMessage, shift: Shift, receives: int) -> None:
    """Work on what may ask the model. Where its turn is still to come, the message comes back for it.

    That is a try like any other to those who look for what nobody has touched for long.
    """
    place = keys.place(message.key)
    if place is None:
        return
    line = Line(limiter(shift.tools.asking.model), message.turn)
    tools = replace(shift.tools, model=lambda: InTurn(shift.tools.model(), line))
    try:
        line.must_be_near()
        match message:
            case DocumentMessage():
                after_death = receives > (1 if message.alone else _TOGETHER_AND_ALONE)
                _work_on_document(message, place, replace(tools, after_death=after_death), shift)
            case LinkMessage():
                _link(place, tools, shift)
    except Retryable as error:
        message = message.model_copy(update={"turn": line.turn})
        if isinstance(error, OutOfTime) and isinstance(message, DocumentMessage):
            message = message.model_copy(update={"alone": True})
        _tell_how_long_it_waits(message)
        if line.comes_back:
            delay = line.seconds if isinstance(error, NotYet) else max(line.seconds, error.after or 0.0)
            clients().queue.send([message], delay)
        else:
            delay = clients().queue.again(message, error.after)
        _tell_of_putting_off(message, error, delay)
        if line.comes_back or isinstance(message, LinkMessage):
            with suppress(Retryable):
                clients().store.heads.note_tried(place.document_id)


def _tell_of_putting_off(message: Message, error: Retryable, delay: float) -> None:
    logger.info("put off", kind=message.kind, reason=error.reason, seconds=round(delay), attempt=message.attempt)
    metrics.add_metric("PutOff", MetricUnit.Count, 1)


def _dispatch(message: Message, shift: Shift) -> None:
    match message:
        case RowsMessage():
            _work_on_rows(message, shift)
        case TidyMessage(document_id=document_id):
            clients().store.heads.forget_previous(document_id, _forgotten())
            clients().store.runs.tidy(document_id)
        case EditMessage():
            _follow(message, shift)
        case TidyOccurrencesMessage(occurrences=occurrences):
            clients().store.links.tidy(occurrences)
        case PackMessage():
            _pack(message, shift)
        case RebuildMessage():
            _rebuild(message, shift)
        case SweepMessage():
            _sweep(message, shift)


def _forgotten() -> datetime:
    """Return the moment before which a run that was replaced is kept no longer."""
    return datetime.now(UTC) - timedelta(days=_PREVIOUS_DAYS)


def _work_on_document(message: DocumentMessage, place: keys.Place, tools: Tools, shift: Shift) -> None:
    shift.must_last()
    began = time.monotonic()
    result = bring_up_to_date(place, tools, shift.deadline, message.upload)
    _tell(place.document_id, result, time.monotonic() - began)
    if message.plan is not None and result.later is None:
        note(clients().store, message.plan, place.document_id, result)
    if result.to_link:
        clients().queue.send([LinkMessage(key=place.key)])
    if result.outcome == "done":
        clients().queue.send(due([place.collection], clients().store))
    if result.untidy:
        clients().queue.send([TidyMessage(document_id=place.document_id)], _TIDY_AFTER_SECONDS)
    if result.later is not None:
        raise result.later


def _work_on_rows(message: RowsMessage, shift: Shift) -> None:
    shift.must_last()
    began = time.monotonic()
    taken = take_in(message, shift.tools, clients().queue, rows_pool(), shift.deadline)
    recipe = shift.tools.recipe
    cost = cost_of(recipe.model, Usage(), taken.usage) if recipe.ask == message.ask else None
    _tell_tokens("Batch", taken.usage, cost)
    for document_id, result in taken.results.items():
        _tell(document_id, result, time.monotonic() - began)
    for document_id, error in taken.bugs.items():
        report_bug(error, logger, metrics, document_id=document_id)
    clients().queue.send([LinkMessage(key=key) for key in taken.to_link])
    clients().queue.send(due(taken.renewed, clients().store))
    untidy = [TidyMessage(document_id=one) for one, result in taken.results.items() if result.untidy]
    clients().queue.send(untidy, _TIDY_AFTER_SECONDS)


def _link(place: keys.Place, tools: Tools, shift: Shift) -> None:
    shift.must_last()
    began = time.monotonic()
    linked = link(place, tools, shift.deadline)
    logger.info(
        "linked", document_id=place.document_id, documents=linked.documents, tokens=linked.tokens, seconds=_since(began)
    )
    metrics.add_metric("DocumentsLinked", MetricUnit.Count, linked.documents)
    _tidy_occurrences(linked)


def _follow(message: EditMessage, shift: Shift) -> None:
    place = keys.edit_place(message.key)
    if place is None:
        return
    shift.must_last()
    followed = follow(place, message.by, clients().store, shift.deadline)
    _tidy_occurrences(followed.linked)
    if followed.faults:
        logger.warning("no decision", collection=place.collection, decision=place.name, faults=followed.faults)
    else:
        logger.info("followed an editor", collection=place.collection, decision=place.name)


def _tidy_occurrences(linked: Linked) -> None:
    if linked.changed:
        clients().queue.send([TidyOccurrencesMessage(occurrences=linked.changed)], _TIDY_AFTER_SECONDS)


def _pack(message: PackMessage, shift: Shift) -> None:
    shift.must_last()
    began = time.monotonic()
    done = pack(message, clients().store, shift.deadline)
    logger.info("packed", collection=message.collection, done=done, seconds=_since(began))
    if not done:
        clients().queue.send([message])


def _rebuild(message: RebuildMessage, shift: Shift) -> None:
    shift.must_last()
    rebuilt = rebuild(message, clients().store)
    logger.info("rebuilt", collection=message.collection, documents=rebuilt.documents)
    for document_id, error in rebuilt.unreadable.items():
        report_bug(error, logger, metrics, document_id=document_id)
    if rebuilt.rest is not None:
        clients().queue.send([rebuilt.rest])


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)


def _sweep(message: SweepMessage, shift: Shift) -> None:
    shift.must_last()
    swept = sweep(message, clients().store, clients().queue, _forgotten(), shift.deadline)
    logger.info("swept", pages=swept.pages, passed_over=len(swept.unreadable))
    if swept.ended:
        metrics.add_metric("Swept", MetricUnit.Count, 1)
    for document_id, error in swept.unreadable.items():
        report_bug(error, logger, metrics, document_id=document_id)


def _tell(document_id: str, result: Result, seconds: float) -> None:
    logger.info("document", document_id=document_id, outcome=result.outcome, seconds=round(seconds, 3))
    metrics.add_metric(f"Documents{result.outcome.title()}", MetricUnit.Count, 1)


def _tell_tokens(lane: str, usage: Usage, cost: Cost | None) -> None:
    """Count tokens by the lane that they were paid in, and what they cost, where a price is known."""
    if not usage.calls:
        return
    metrics.add_metric(f"Tokens{lane}", MetricUnit.Count, total(usage))
    if cost is not None:
        metrics.add_metric(f"Usd{lane}", MetricUnit.NoUnit, float(cost.usd))


def _tell_how_long_it_waits(message: Message) -> None:
    """Count the seconds since a document that is put off was dropped; one that a plan sent is only made anew."""
    place = keys.place(message.key) if isinstance(message, DocumentMessage) and message.plan is None else None
    if place is None:
        return
    with suppress(Retryable, Unreadable):
        held = clients().store.heads.get(place.document_id)
        if held is not None and held.head.state == "waiting":
            seconds = (datetime.now(UTC) - held.head.dropped).total_seconds()
            metrics.add_metric("OldestWaiting", MetricUnit.Seconds, max(0.0, seconds))


def _tell_of_the_day() -> None:
    """Tell how much of the day's tokens is spent, reservations included."""
    with suppress(Retryable):
        spent = clients().store.spending.of(datetime.now(UTC).date().isoformat())
        metrics.add_metric("DayTokensSpent", MetricUnit.Percent, 100 * spent / settings.day_tokens)


class _Live:
    """The provider's model under the key of the stack's secret. Its tokens are counted as soon as they are paid."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._use(provider_key(settings.model_secret))

    def _use(self, key: str) -> Model:
        model = provider(self.name, key)
        self._in_use = key, model
        return model

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer as the model does; where the key was refused, under the one that has taken its place since, if any."""
        key, model = self._in_use
        try:
            completion = model.complete(request, deadline)
        except KeyRefused:
            fresh = provider_key(settings.model_secret, anew=True)
            if fresh == key:
                raise
            completion = self._use(fresh).complete(request, deadline)
        _tell_tokens("Live", completion.usage, cost_of(self.name, completion.usage))
        return completion


def _tools() -> Tools:
    store = clients().store
    aim = target(settings.asking, store.recipes)
    # Made here, where one thread is at a time.
    limiter(aim.asking.model)
    return Tools(
        store=store,
        model=lambda: _Live(aim.asking.model),
        target=aim,
        budget=settings.budget,
        recogniser=recogniser(),
    )
