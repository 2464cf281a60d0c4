"""One document, from whatever S3 holds now to what readers see: the story of this function, told in order."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from dateline.errors import Rejected, Retryable
from dateline.judge.judge import judge
from dateline.lane.intake import fetch, open_dropped
from dateline.provider.prices import cost_of
from dateline.records import Event, PublishedOn, Run
from dateline.store.blobs import StoredSentence, StoredText
from dateline.store.difference import compare
from dateline.store.heads import Head, Rejection
from dateline.store.identity import identify
from summarize.answering import Answering

if TYPE_CHECKING:
    from decimal import Decimal

    from dateline.answer import StoredAnswer
    from dateline.documents.model import Document
    from dateline.records import Change, Extraction, Recipe
    from dateline.store.bucket import StoredObject
    from dateline.store.heads import Held
    from dateline.store.keys import Place
    from summarize.tools import Tools

Outcome = Literal["done", "unchanged", "kept", "rejected", "deleted"]

# A lease outlives the work it is for by this much, so that it never ends before the work was given up.
_LEASE_MARGIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Result:
    """What was done, and whether something of earlier attempts may be left over to be tidied away.

    `kept`: the recipe's answer was rejected, and readers go on with the run that there was. `tokens` were paid for
    the answer, and cost `usd`, where a price is known; `change` is what a new run says otherwise than the one before.
    """

    outcome: Outcome
    untidy: bool = False
    tokens: int = 0
    change: Change | None = None
    usd: Decimal | None = None


def bring_up_to_date(place: Place, tools: Tools, deadline: float) -> Result:
    """Make what readers see agree with what lies in the bucket now, before `deadline` (seconds of `time.monotonic`).

    The lease is taken first and S3 is read after it, so that of two workers the one with the higher fence has the
    newer sight of the object, and the other can change nothing any more. Retryable: the head says what it waits for.
    """
    held = tools.store.heads.take(place, deadline - time.monotonic() + _LEASE_MARGIN_SECONDS)
    answering = Answering(place.document_id, tools, deadline)
    try:
        dropped = _dropped(place, tools)
        if dropped is None:
            return _delete(held, tools)
        if held.head.current is None:
            tools.store.listing.register(place.collection)
        if isinstance(dropped, Rejected):
            return _reject(held, None, _rejection(dropped, answering), tools)
        tools.store.recipes.register(tools.recipe, tools.asking)
        document = None
        try:
            document = open_dropped(place, dropped, tools.limits)
            if _is_settled(held.head, document, dropped, tools.recipe):
                return _keep(held, dropped, tools)
            held = _announce(held, dropped, tools)
            return _renew(held, document, dropped, tools, answering)
        except Rejected as error:
            if _is_unchanged(held.head, dropped, document):
                rejected = _retain(held, dropped, _rejection(error, answering), tools)
            else:
                rejected = _reject(held, dropped, _rejection(error, answering), tools, document)
            return replace(rejected, tokens=answering.paid, usd=answering.usd)
    except Retryable as error:
        _wait(held, error, tools)
        raise


def _dropped(place: Place, tools: Tools) -> StoredObject | Rejected | None:
    try:
        return fetch(place, tools.store.blobs, tools.limits)
    except Rejected as error:
        return error


def _is_settled(head: Head, document: Document, dropped: StoredObject, recipe: Recipe) -> bool:
    """Tell whether the recipe has already said what it says of this content: a run, or a refusal of this very upload.

    A model that refused would be paid for refusing again; whoever wants it asked once more uploads once more.
    """
    if (head.content, head.recipe) != (document.content, recipe.name):
        return False
    return head.current is not None if head.rejection is None else head.version == dropped.version


def _is_unchanged(head: Head, dropped: StoredObject, document: Document | None) -> bool:
    """Tell whether the current run speaks of this content; of one that cannot be read any more: of this upload."""
    if head.current is None:
        return False
    if document is None:
        return head.state == "done" and head.version == dropped.version
    return head.content == document.content


def _keep(held: Held, dropped: StoredObject, tools: Tools) -> Result:
    """Leave what there is: the same content under the same recipe was dropped once more, or notified twice."""
    done = _fresh("done", dropped)
    settled = {"state": "done" if held.head.current is not None else "rejected", "waiting_for": None}
    tools.store.heads.write(held, held.head.model_copy(update=settled if held.head.rejection else done))
    return Result("unchanged", held.fence > 1)


def _announce(held: Held, dropped: StoredObject, tools: Tools) -> Held:
    """Let readers see that a new revision is being worked on, and what they see meanwhile stays.

    A recipe whose answer was rejected is named no longer, or it would seem to have made the run that was kept.
    """
    head = held.head.model_copy(
        update=_fresh("waiting", dropped)
        | {"waiting_for": f"an answer of {tools.recipe.model}"}
        | ({"recipe": None} if held.head.rejection else {})
    )
    return tools.store.heads.write(held, head, release=False)


def _renew(held: Held, document: Document, dropped: StoredObject, tools: Tools, answering: Answering) -> Result:
    """Get the answer, make the run, write it whole, and only then switch the head to it."""
    store, head = tools.store, held.head
    answer = answering.answer(document)
    extraction = judge(document, answer)
    old = store.runs.events(head.document_id, head.current) if head.current is not None else []
    ids, named = identify(extraction.findings, old, head.document_id, head.events_named)
    events = [
        Event(**dict(finding), id=one, document_id=head.document_id, model=tools.recipe.model)
        for one, finding in zip(ids, extraction.findings, strict=True)
    ]
    change = compare(old, events).since(head.current) if head.current is not None else None
    run = _run(held, document, answer, extraction, tools).model_copy(update={"change": change})
    # The items first: by them a text is found again that a killed writer has left.
    store.runs.write(head.place.collection, run, events)
    store.blobs.put_text(head.document_id, run.number, _stored_text(document))
    _forget_answers(head, document, tools)
    store.heads.write(
        held,
        head.model_copy(
            update=_fresh("done", dropped)
            | {
                "current": run.number,
                "previous": head.current,
                "content": document.content,
                "recipe": tools.recipe.name,
                "events_named": named,
                "switched_at": datetime.now(UTC),
            }
        ),
    )
    return Result("done", held.fence > 1, answering.paid, change, answering.usd)


def _run(held: Held, document: Document, answer: StoredAnswer, extraction: Extraction, tools: Tools) -> Run:
    published = document.published
    return Run(
        document_id=held.head.document_id,
        number=held.fence,
        content=document.content,
        text_sha256=document.sha256,
        encoding=document.encoding,
        language=document.language,
        title=document.title,
        source=document.source,
        url=document.url,
        published=PublishedOn(day=published.day, source=published.source) if published else None,
        recipe=tools.recipe,
        made_at=datetime.now(UTC),
        summary=extraction.summary,
        notes=extraction.notes,
        usage=answer.usage,
        cost=cost_of(tools.recipe.model, answer.usage_of("live"), answer.usage_of("batch")),
        events=len(extraction.findings),
        statements=extraction.statements,
    )


def _stored_text(document: Document) -> StoredText:
    return StoredText(
        text=document.text,
        sentences=tuple(
            StoredSentence(number=one.number, start=one.start, end=one.end, role=one.role, page=one.page)
            for one in document.sentences
        ),
    )


def _delete(held: Held, tools: Tools) -> Result:
    """Leave a tombstone: the fence and the count of event ids go on, nothing can be read any more."""
    _forget_answers(held.head, None, tools)
    gone = Head(key=held.head.key, state="deleted", dropped=held.head.dropped, events_named=held.head.events_named)
    tools.store.heads.write(held, gone)
    tools.store.blobs.delete_unfinished(held.head.document_id)
    return Result("deleted", held.fence > 1)


def _rejection(error: Rejected, answering: Answering) -> Rejection:
    """Say why there is no run, with what the model took before that was known."""
    usage = answering.live + answering.batch
    if not usage.calls:
        return Rejection(code=error.code, reason=error.reason)
    cost = cost_of(answering.tools.recipe.model, answering.live, answering.batch)
    return Rejection(code=error.code, reason=error.reason, usage=usage, cost=cost)


def _retain(held: Held, dropped: StoredObject, rejection: Rejection, tools: Tools) -> Result:
    """Leave readers the run that an earlier recipe made of the same content, and say why this one made none.

    The head names this recipe, so that nobody pays for the same rejection again.
    """
    head = held.head.model_copy(update=_fresh("done", dropped) | {"rejection": rejection, "recipe": tools.recipe.name})
    tools.store.heads.write(held, head)
    return Result("kept", held.fence > 1)


def _reject(
    held: Held, dropped: StoredObject | None, rejection: Rejection, tools: Tools, asked: Document | None = None
) -> Result:
    """Record why the object cannot be processed. What an earlier one said is no longer what lies in the bucket.

    With the document that a model was `asked` about, the head also says so, that nobody pays for the same refusal.
    """
    _forget_answers(held.head, asked, tools)
    rejected = Head(
        key=held.head.key,
        state="rejected",
        rejection=rejection,
        dropped=dropped.modified if dropped else held.head.dropped,
        version=dropped.version if dropped else None,
        content=asked.content if asked else None,
        recipe=tools.recipe.name if asked else None,
        events_named=held.head.events_named,
    )
    tools.store.heads.write(held, rejected)
    return Result("rejected", held.fence > 1)


def _forget_answers(head: Head, document: Document | None, tools: Tools) -> None:
    """Delete what any model has ever said to a content that the document has no longer.

    Tidying knows the runs that are kept, and so not every recipe that was ever asked; a rejected answer has no run.
    """
    content = head.content
    if content is not None and (document is None or document.content != content):
        asks = {known.recipe.ask for known in tools.store.recipes.all()}
        tools.store.blobs.delete_answers((ask, content) for ask in sorted(asks))


def _wait(held: Held, error: Retryable, tools: Tools) -> None:
    """Give the lease back and say what the document waits for, if the document and the table let us."""
    head = held.head
    if head.state != "deleted":
        head = head.model_copy(update={"state": "waiting", "waiting_for": error.reason})
    with suppress(Retryable):
        tools.store.heads.write(held, head)


def _fresh(state: Literal["waiting", "done"], dropped: StoredObject) -> dict[str, object]:
    return {
        "state": state,
        "waiting_for": None,
        "rejection": None,
        "dropped": dropped.modified,
        "version": dropped.version,
    }
