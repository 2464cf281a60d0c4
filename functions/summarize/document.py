"""One document, from whatever S3 holds now to what readers see: the story of this function, told in order."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from dateline.errors import Rejected, Retryable
from dateline.extraction.answer import StoredAnswer
from dateline.extraction.estimate import needed
from dateline.extraction.extract import extract
from dateline.extraction.judge import judge
from dateline.extraction.parts import PART_CHARACTERS
from dateline.extraction.prices import cost_of
from dateline.intake import fetch, open_dropped
from dateline.records import Event, PublishedOn, Run
from dateline.store.blobs import StoredSentence, StoredText
from dateline.store.heads import Head, Rejection
from dateline.store.identity import identify
from summarize.budget import Budget, Meter, total

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.documents.limits import Limits
    from dateline.documents.model import Document
    from dateline.extraction.client import Model
    from dateline.records import Extraction, Recipe
    from dateline.store.blobs import Dropped
    from dateline.store.heads import Held
    from dateline.store.keys import Place
    from dateline.store.store import Store

Outcome = Literal["done", "unchanged", "rejected", "deleted"]

# A lease outlives the work it is for by this much, so that it never ends before the work was given up.
_LEASE_MARGIN_SECONDS = 5.0
# A document in one part has an answer and a repair; with more, something may have been kept on the way.
_MOST_OF_ONE_PART = 2


@dataclass(frozen=True, slots=True)
class Tools:
    """What the work needs: the store, a model (made when one is asked), today's recipe, and the limits."""

    store: Store
    model: Callable[[], Model]
    recipe: Recipe
    language: str
    limits: Limits
    budget: Budget = field(default_factory=Budget)
    part_characters: int = PART_CHARACTERS


@dataclass(frozen=True, slots=True)
class Result:
    """What was done, and whether something of earlier attempts may be left over to be tidied away."""

    outcome: Outcome
    untidy: bool = False


def bring_up_to_date(place: Place, tools: Tools, deadline: float) -> Result:
    """Make what readers see agree with what lies in the bucket now, before `deadline` (seconds of `time.monotonic`).

    The lease is taken first and S3 is read after it, so that of two workers the one with the higher fence has the
    newer sight of the object, and the other can change nothing any more. Retryable: the head says what it waits for.
    """
    held = tools.store.heads.take(place, deadline - time.monotonic() + _LEASE_MARGIN_SECONDS)
    try:
        dropped = _dropped(place, tools)
        if dropped is None:
            return _delete(held, tools)
        if held.head.current is None:
            tools.store.listing.register(place.collection)
        if isinstance(dropped, Rejected):
            return _reject(held, None, dropped, tools)
        document = None
        try:
            document = open_dropped(place, dropped, tools.limits)
            if _is_settled(held.head, document, dropped, tools.recipe):
                return _keep(held, dropped, tools)
            held = _announce(held, dropped, tools)
            return _renew(held, document, dropped, tools, deadline)
        except Rejected as error:
            return _reject(held, dropped, error, tools, document)
    except Retryable as error:
        _wait(held, error, tools)
        raise


def _dropped(place: Place, tools: Tools) -> Dropped | Rejected | None:
    try:
        return fetch(place, tools.store.blobs, tools.limits)
    except Rejected as error:
        return error


def _is_settled(head: Head, document: Document, dropped: Dropped, recipe: Recipe) -> bool:
    """Tell whether the recipe has already said what it says of this content: a run, or a refusal of this very upload.

    A model that refused would be paid for refusing again; whoever wants it asked once more uploads once more.
    """
    refused = head.rejection is not None and head.version == dropped.version
    same = (head.content, head.recipe) == (document.content, recipe.name)
    return same and (head.current is not None or refused)


def _keep(held: Held, dropped: Dropped, tools: Tools) -> Result:
    """Leave what there is: the same content under the same recipe was dropped once more, or notified twice."""
    done = _fresh("done", dropped)
    rejected = {"state": "rejected", "waiting_for": None}
    tools.store.heads.write(held, held.head.model_copy(update=rejected if held.head.rejection else done))
    return Result("unchanged", held.fence > 1)


def _announce(held: Held, dropped: Dropped, tools: Tools) -> Held:
    """Let readers see that a new revision is being worked on, and what they see meanwhile stays."""
    head = held.head.model_copy(
        update=_fresh("waiting", dropped) | {"waiting_for": f"an answer of {tools.recipe.model}"}
    )
    return tools.store.heads.write(held, head, release=False)


def _renew(held: Held, document: Document, dropped: Dropped, tools: Tools, deadline: float) -> Result:
    """Get the answer, make the run, write it whole, and only then switch the head to it."""
    store, head = tools.store, held.head
    answer = _answer(head.document_id, document, tools, deadline)
    extraction = judge(document, answer)
    old = store.runs.events(head.document_id, head.current) if head.current is not None else []
    ids, named = identify(extraction.findings, old, head.document_id, head.events_named)
    events = [
        Event(**dict(finding), id=one, document_id=head.document_id, model=tools.recipe.model)
        for one, finding in zip(ids, extraction.findings, strict=True)
    ]
    run = _run(held, document, answer, extraction, tools)
    # The items first: by them a text is found again that a killed writer has left.
    store.runs.write(head.place.collection, run, events)
    store.blobs.put_text(head.document_id, run.number, _stored_text(document))
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
    return Result("done", held.fence > 1)


def _answer(document_id: str, document: Document, tools: Tools, deadline: float) -> StoredAnswer:
    """Take the answer that was paid for, or ask for one, go on where an earlier try ended, and keep it."""
    ask, content = tools.recipe.ask, document.content
    kept = tools.store.blobs.answer(ask, content)
    if kept is None:
        begun = _begun(document_id, document, tools)
        made = _asked(document_id, document, begun, tools, deadline)
        kept = tools.store.blobs.keep_answer(ask, content, made.model_dump_json())
        if begun or len(made.completions) > _MOST_OF_ONE_PART:
            tools.store.blobs.delete_unfinished(document_id)
    return StoredAnswer.model_validate_json(kept)


def _begun(document_id: str, document: Document, tools: Tools) -> StoredAnswer | None:
    """Read what an earlier try has paid for of this content under this ask."""
    stored = tools.store.blobs.unfinished(document_id)
    begun = StoredAnswer.model_validate_json(stored) if stored else None
    return begun if begun and (begun.ask, begun.content) == (tools.recipe.ask, document.content) else None


def _asked(
    document_id: str, document: Document, begun: StoredAnswer | None, tools: Tools, deadline: float
) -> StoredAnswer:
    """Ask the model within the document's budget and the day's; what it takes is counted, whatever comes of it."""
    spent = total(begun.usage) if begun else 0
    missing = max(0, needed(document, tools.part_characters) - spent)
    tools.budget.must_hold(spent + missing)
    meter = Meter(tools.model(), tools.budget.document - spent)
    day = tools.store.spending.reserve(missing, tools.budget.day) if tools.budget.day is not None else None
    try:
        return extract(
            document,
            meter,
            output_language=tools.language,
            deadline=deadline,
            part_characters=tools.part_characters,
            kept=begun,
            keep=lambda answer: tools.store.blobs.keep_unfinished(document_id, answer.model_dump_json()),
        )
    finally:
        if day is not None:
            tools.store.spending.settle(day, missing, total(meter.usage))


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
        cost=cost_of(tools.recipe.model, answer.usage),
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
    gone = Head(key=held.head.key, state="deleted", dropped=held.head.dropped, events_named=held.head.events_named)
    tools.store.heads.write(held, gone)
    tools.store.blobs.delete_unfinished(held.head.document_id)
    return Result("deleted", held.fence > 1)


def _reject(
    held: Held, dropped: Dropped | None, error: Rejected, tools: Tools, asked: Document | None = None
) -> Result:
    """Record why the object cannot be processed. What an earlier one said is no longer what lies in the bucket.

    With the document that a model was `asked` about, the head also says so, that nobody pays for the same refusal.
    """
    rejected = Head(
        key=held.head.key,
        state="rejected",
        rejection=Rejection(code=error.code, reason=error.reason),
        dropped=dropped.modified if dropped else held.head.dropped,
        version=dropped.version if dropped else None,
        content=asked.content if asked else None,
        recipe=tools.recipe.name if asked else None,
        events_named=held.head.events_named,
    )
    tools.store.heads.write(held, rejected)
    return Result("rejected", held.fence > 1)


def _wait(held: Held, error: Retryable, tools: Tools) -> None:
    """Give the lease back and say what the document waits for, if the document and the table let us."""
    head = held.head
    if head.state != "deleted":
        head = head.model_copy(update={"state": "waiting", "waiting_for": error.reason})
    with suppress(Retryable):
        tools.store.heads.write(held, head)


def _fresh(state: Literal["waiting", "done"], dropped: Dropped) -> dict[str, object]:
    return {
        "state": state,
        "waiting_for": None,
        "rejection": None,
        "dropped": dropped.modified,
        "version": dropped.version,
    }
