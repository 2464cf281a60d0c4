"""The function that brings stale documents up to date: its schedules' events, and what people ask by hand."""

from __future__ import annotations

import dateline.lane.collector  # noqa: F401 - before all that there is to import

# isort: split
import time
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import ValidationError

from dateline.errors import Retryable
from dateline.lane.provider_key import provider_key
from dateline.lane.runtime import Clients, make_clients, report_bug
from dateline.lane.target import target
from dateline.provider.batches import Batches, OpenAIBatches
from dateline.store.plans import Overtaken
from reprocess.dry_run import dry_run
from reprocess.events import (
    AnyEvent,
    CollectEvent,
    HeldEvent,
    PinEvent,
    PlanEvent,
    Progress,
    RecipesEvent,
    Refusal,
    ReportEvent,
    ResumeEvent,
    UnpinEvent,
)
from reprocess.held import held, held_documents, resume
from reprocess.limits import READERS
from reprocess.opening import open_plan, refused
from reprocess.pinning import pin, recipes, unpin
from reprocess.report import report
from reprocess.run import run
from reprocess.settings import Settings
from reprocess.tools import Tools

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from dateline.records import Record
    from dateline.store.plans import Plan
    from dateline.store.store import Store
    from reprocess.events import Event

logger = Logger(service="reprocess")
metrics = Metrics(service="reprocess")
settings = Settings()

# What is kept back at the end of a run of this function to write how far it came.
_LAST_SECONDS = 5.0
# The turn outlives the run that took it by this much, so that it never ends before its work was given up.
_LEASE_MARGIN_SECONDS = 15.0


@cache
def clients() -> Clients:
    """Make the clients once; each reader of documents holds a connection or two."""
    return make_clients(settings, 2 * READERS)


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle an event and answer as JSON; an event that cannot be carried out is answered with a `Refusal`.

    Retryable is raised again: nobody but a person tries what a schedule has invoked again, and so an alarm rings.
    """
    deadline = time.monotonic() + context.get_remaining_time_in_millis() / 1000 - _LAST_SECONDS
    metrics.add_metric("Runs", MetricUnit.Count, 1)
    try:
        answer = _answer(event, deadline)
    except Retryable as error:
        logger.warning("put off", reason=error.reason)
        metrics.add_metric("PutOff", MetricUnit.Count, 1)
        raise
    except Exception as error:
        report_bug(error, logger, metrics)
        raise
    if isinstance(answer, Refusal):
        logger.warning("refused", reason=answer.refused)
    return answer.model_dump(mode="json")


def _answer(event: dict[str, Any], deadline: float) -> Record:
    try:
        said = AnyEvent.model_validate(event).root
    except ValidationError as error:
        return Refusal(refused=f"the event cannot be read: {_wrong(error)}")
    return _dispatch(said, deadline)


def _wrong(error: ValidationError) -> str:
    """Name the fields that are wrong, and how, without what stands in them."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False))


def _dispatch(event: Event, deadline: float) -> Record:
    store = clients().store
    match event:
        case PlanEvent(dry_run=True):
            return dry_run(_tools(deadline), event.scope)
        case HeldEvent():
            return held(_tools(deadline))
        case PlanEvent() | CollectEvent() | ResumeEvent():
            return _take_a_turn(event, _tools(deadline))
        case ReportEvent(plan=plan):
            return report(store, plan)
        case RecipesEvent() | PinEvent() | UnpinEvent():
            return _recipes(event, store)


def _recipes(event: RecipesEvent | PinEvent | UnpinEvent, store: Store) -> Record:
    match event:
        case RecipesEvent():
            return recipes(store, settings.asking)
        case PinEvent(recipe=name):
            return pin(name, store, settings.asking)
        case UnpinEvent():
            return unpin(store, settings.asking)


def _take_a_turn(event: PlanEvent | CollectEvent | ResumeEvent, tools: Tools) -> Progress | Refusal:
    """Go on with the open plan; where none is left and one is asked for, open the next and begin with it.

    Another run that is at it meanwhile has the turn, and this one does nothing.
    """
    refusal = refused(tools, event.scope) if isinstance(event, PlanEvent) else None
    if refusal is not None:
        return refusal
    plans = tools.store.plans
    turn = plans.take_turn(tools.deadline - time.monotonic() + _LEASE_MARGIN_SECONDS)
    if turn is None:
        return Progress(busy=True, note="another run of the function works on it")
    try:
        if isinstance(event, ResumeEvent) and (refusal := resume(tools, turn.plan, event)) is not None:
            return refusal
        turn = run(tools, turn)
        if isinstance(event, PlanEvent) and (turn.plan is None or turn.plan.state == "done"):
            turn = open_plan(tools, turn, event.scope)
            turn = run(tools, turn)
    except Overtaken as error:
        return Progress(busy=True, note=error.reason)
    finally:
        plans.give_back(turn)
    return _progress(turn.plan, event, tools)


def _progress(plan: Plan | None, event: PlanEvent | CollectEvent | ResumeEvent, tools: Tools) -> Progress:
    if plan is None:
        return Progress(note="nothing is stale" if isinstance(event, PlanEvent) else "no plan is open")
    note, files = plan.note, tuple(tools.store.plans.files(plan))
    if isinstance(event, PlanEvent) and plan.scope != event.scope:
        note = f"a plan of another scope was open and goes first; {note or 'then ask again'}"
    logger.info("turn", plan=plan.id, state=plan.state, documents=plan.documents, waits_for=plan.note)
    # At each turn, so that the alarm goes on ringing until somebody has decided.
    metrics.add_metric("DocumentsHeld", MetricUnit.Count, held_documents(files))
    return Progress(plan=plan, files=files, note=note)


def _tools(deadline: float) -> Tools:
    store = clients().store
    return Tools(
        store=store,
        queue=clients().queue,
        batches=_batches,
        target=target(settings.asking, store.recipes),
        settings=settings,
        now=_utc_now,
        deadline=deadline,
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _batches() -> Batches:
    """Connect to the provider with its current key. Retryable: no key is set yet."""
    return _provider(provider_key(settings.model_secret))


@lru_cache(maxsize=1)
def _provider(key: str) -> Batches:
    """Reuse the connection as long as the key is the same."""
    return OpenAIBatches(settings.model_url, key)
