"""Routing of stale documents: a row of a batch where that is cheaper, else the live queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.ask.estimate import needed
from dateline.ask.parts import parts
from dateline.ask.request import request
from dateline.errors import Rejected
from dateline.lane.intake import fetch, open_dropped
from dateline.provider.batch_lines import row
from dateline.store.batch_files import row_id
from dateline.store.plans import PlannedDocument

if TYPE_CHECKING:
    from dateline.documents.model import Document
    from dateline.store.heads import Head
    from dateline.store.plans import Plan
    from reprocess.paid import Paid
    from reprocess.tools import Tools


@dataclass(frozen=True, slots=True)
class Way:
    """A document of a plan, and what asking about it takes: about so many `tokens`, and its request as a `row`.

    No row: it goes to the queue. No tokens: nothing is asked, or nobody knows yet how much.
    """

    document: PlannedDocument
    tokens: int = 0
    row: bytes | None = None


def way(tools: Tools, plan: Plan, paid: Paid, head: Head) -> Way:
    """Choose the route of a stale document.

    The queue has what needs no call (the same ask, an answer or completion that was paid for), what is gone, cannot
    be read or is being worked on (the live lane sees to it), and what needs several calls. Where all goes to the queue,
    documents are read only if a day's tokens have to last.
    """
    if asks_nothing(head, plan.recipe.ask) or head.state == "waiting":
        return _queued(head)
    if plan.lane == "queue" and tools.settings.reprocess_day_tokens is None:
        return _queued(head)
    document = _read(tools, head)
    if document is None or paid.holds(document.content):
        return _queued(head)
    tokens = needed(document, plan.asking.part_characters)
    if plan.lane == "queue" or len(parts(document, plan.asking.part_characters)) > 1:
        return _queued(head, tokens)
    name = row_id(head.document_id, document.content)
    asked = request(document, plan.recipe.ask, plan.asking.language)
    line = row(name, plan.asking.model, asked, tools.settings.model_url)
    if tokens > tools.settings.enqueued_tokens or len(line) > tools.file_limits.bytes:
        return _queued(head, tokens)
    return Way(PlannedDocument(document_id=head.document_id, key=head.key, row=name), tokens, line)


def asks_nothing(head: Head, ask: str) -> bool:
    """Return whether a document was asked about already under an ask, and is only to be judged anew."""
    return head.recipe is not None and head.recipe.partition(".")[0] == ask


def _queued(head: Head, tokens: int = 0) -> Way:
    return Way(PlannedDocument(document_id=head.document_id, key=head.key), tokens)


def _read(tools: Tools, head: Head) -> Document | None:
    """Read what lies in the bucket; None where there is nothing to ask about."""
    try:
        dropped = fetch(head.place, tools.store.blobs)
        return open_dropped(head.place, dropped) if dropped is not None else None
    except Rejected:
        return None
