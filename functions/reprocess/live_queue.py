"""Queue files: their documents go to the live queue, a set number at a time, until each has its outcome."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from dateline.lane.messages import DocumentMessage
from dateline.store.plans import InFlight, Outcome, PlannedDocument
from dateline.stored import read_stored
from reprocess.limits import FLIGHT_HOURS
from reprocess.submit import ACCOUNT

if TYPE_CHECKING:
    from dateline.store.plans import Plan, PlanFile, Turn
    from reprocess.tools import Tools

# A line of a list: the id and a key of at most 1,024 bytes, which JSON may write six times as long.
_LONGEST_LINE = 8_000


def feed(tools: Tools, turn: Turn, plan: Plan) -> Plan:
    """Send as many documents as there is room for. Retryable: the day's tokens are spent.

    A plan that ends sends nothing more, and leaves its documents to the live lane, which knows what is wanted now.
    """
    plan = _land(tools, turn, plan)
    for file in tools.store.plans.files(plan):
        if file.kind != "queue" or file.state != "written":
            continue
        if plan.state == "ending":
            _through(tools, plan, file)
        else:
            plan = _feed(tools, turn, plan, file)
    return plan


def _land(tools: Tools, turn: Turn, plan: Plan) -> Plan:
    """Let go of the documents that have an outcome, and of those that have been under way for too long."""
    if not plan.in_flight:
        return plan
    known = tools.store.plans.outcomes(plan.id, [one.document_id for one in plan.in_flight])
    late = tools.now() - timedelta(hours=FLIGHT_HOURS)
    flying = [] if plan.state == "ending" else [one for one in plan.in_flight if one.document_id not in known]
    for one in flying:
        if one.since <= late:
            tools.store.plans.note(plan.id, one.document_id, Outcome(outcome="left"))
    still = tuple(one for one in flying if one.since > late)
    return _keep(tools, turn, plan, still) if still != plan.in_flight else plan


def _feed(tools: Tools, turn: Turn, plan: Plan, file: PlanFile) -> Plan:
    """Send documents of a file until there is no more room or no more of them.

    The messages are sent before that is noted: a document that is sent twice is done once, one that is never sent
    would be waited for in vain.
    """
    while file.sent < file.documents and len(plan.in_flight) < tools.settings.in_flight:
        room = _affordable(tools, file, tools.settings.in_flight - len(plan.in_flight))
        some, length = _next(tools, plan, file, room)
        under_way = {one.document_id for one in plan.in_flight}
        known = tools.store.plans.outcomes(plan.id, [one.document_id for one in some])
        new = [one for one in some if one.document_id not in known | under_way]
        _reserve(tools, file, len(new))
        tools.queue.send([DocumentMessage(key=one.key, plan=plan.id) for one in new])
        sent = [InFlight(document_id=one.document_id, since=tools.now()) for one in new]
        plan = _keep(tools, turn, plan, (*plan.in_flight, *sent))
        file = file.model_copy(
            update={
                "sent": file.sent + len(some) if some else file.documents,
                "sent_bytes": file.sent_bytes + length,
            }
        )
        tools.store.plans.keep_file(plan.id, file)
    if file.sent >= file.documents:
        _through(tools, plan, file)
    return plan


def _next(tools: Tools, plan: Plan, file: PlanFile, most: int) -> tuple[list[PlannedDocument], int]:
    """Read the next documents of a file's list, and how many bytes they take; none where the list is gone."""
    key = tools.store.parcels.key(plan.id, file.number, "documents")
    piece = tools.store.parcels.part(key, file.sent_bytes, file.sent_bytes + most * _LONGEST_LINE) or b""
    lines = piece.splitlines(keepends=True)[:most]
    return [read_stored(PlannedDocument, line) for line in lines], sum(map(len, lines))


def _affordable(tools: Tools, file: PlanFile, room: int) -> int:
    """Count the documents that the day's tokens are enough for, by the file's average; at least one, to be refused."""
    each, limit = _tokens_each(file), tools.settings.reprocess_day_tokens
    if limit is None or each == 0:
        return room
    spent = tools.store.spending.of(tools.now().astimezone(UTC).date().isoformat(), ACCOUNT)
    return max(1, min(room, (limit - spent) // each))


def _reserve(tools: Tools, file: PlanFile, documents: int) -> None:
    tokens, limit = documents * _tokens_each(file), tools.settings.reprocess_day_tokens
    if limit is not None and tokens > 0:
        tools.store.spending.reserve_whole(tokens, limit, ACCOUNT)


def _tokens_each(file: PlanFile) -> int:
    return -(-file.tokens // file.documents)


def _keep(tools: Tools, turn: Turn, plan: Plan, in_flight: tuple[InFlight, ...]) -> Plan:
    plan = plan.model_copy(update={"in_flight": in_flight})
    tools.store.plans.keep(turn, plan)
    return plan


def _through(tools: Tools, plan: Plan, file: PlanFile) -> None:
    tools.store.plans.keep_file(plan.id, file.model_copy(update={"state": "through"}))
