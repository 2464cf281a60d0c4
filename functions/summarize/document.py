"""One document, from whatever S3 holds now to what readers see: the story of this function, told in order."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from dateline.deadline import Deadline
from dateline.errors import OutOfTime, Rejected, Retryable
from dateline.judge.judge import judge
from dateline.judge.review import Reviews
from dateline.lane.intake import WITHHELD, fetch, open_dropped
from dateline.provider.prices import cost_of
from dateline.records import Event, PublishedOn, Run
from dateline.search.segment import Piece
from dateline.search.words import RunWords
from dateline.store.blobs import StoredSentence, StoredText
from dateline.store.difference import compare
from dateline.store.heads import Head, Rejection
from summarize.answering import Answering
from summarize.identity import identify
from summarize.telling import told_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from dateline.answer import StoredAnswer
    from dateline.documents.model import Document
    from dateline.lane.messages import NotifiedUpload
    from dateline.records import Change, Extraction, Recipe
    from dateline.store.bucket import StoredObject
    from dateline.store.heads import Held
    from dateline.store.keys import Place
    from summarize.tools import Tools

Outcome = Literal["done", "unchanged", "kept", "rejected", "deleted"]

# A lease outlives the work it is for by this much, so that it never ends before the work was given up.
_LEASE_MARGIN_SECONDS = 5.0
# A document that began with less had no fair chance: the longest report takes some 30 seconds of our own work.
_FAIR_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    """What was done, and whether something of earlier attempts may be left over to be tidied away.

    `kept`: the recipe's answer was rejected, and readers go on with the run that there was. `tokens` were paid for
    the answer, and cost `usd`, where a price is known; `change` is what a new run says otherwise than the one before.
    `later`: the run lacks a repair, for which the document is to come again. `to_link`: the collection's occurrences
    do not hold what readers see of it now.
    """

    outcome: Outcome
    untidy: bool = False
    tokens: int = 0
    later: Retryable | None = None
    change: Change | None = None
    usd: Decimal | None = None
    to_link: bool = False

    @classmethod
    def of(cls, outcome: Outcome, held: Held) -> Result:
        """Say what a document came to by its head as it was left."""
        return cls(outcome, held.fence > 1, to_link=not held.is_linked)


def bring_up_to_date(place: Place, tools: Tools, deadline: float, upload: NotifiedUpload | None = None) -> Result:
    """Make what readers see agree with what lies in the bucket now, before `deadline` (seconds of `time.monotonic`).

    The lease is taken first and S3 is read after it, so that of two workers the one with the higher fence has the
    newer sight of the object, and the other can change nothing any more. Of a document that was never seen, readers
    see with the lease that an `upload` is worked on. Retryable: the head says what it waits for. The lease is given
    back in any case: after a bug too, the message comes again before it would end.
    """
    seconds = deadline - time.monotonic()
    held = tools.store.heads.take(place, seconds + _LEASE_MARGIN_SECONDS, _announced(place, upload, tools))
    answering = Answering(place.document_id, tools, deadline, is_new=held.fence == 1)
    try:
        dropped = _dropped(place, tools)
        if dropped is None:
            return _delete(held, tools)
        if held.head.current is None:
            tools.store.listing.register(place.collection)
        if isinstance(dropped, Rejected):
            rejection = _rejection(dropped, answering)
            if _is_withheld_now(held.head, rejection, tools):
                return _stay(held, rejection, tools)
            return _reject(held, None, rejection, tools)
        held = _handed_out(held)
        tools.store.recipes.register(tools.recipe, tools.asking)
        document = None
        try:
            held = _after_a_death(held, dropped, tools)
            document = open_dropped(place, dropped, tools.recogniser_of(place, dropped))
            Deadline(deadline).must_last()
            if _is_settled(held.head, document, dropped, tools.recipe):
                return _keep(held, dropped, tools)
            held = _announce(held, dropped, tools)
            return _renew(held, document, dropped, tools, answering)
        except (Rejected, OutOfTime) as caught:
            held, error = _judged(held, dropped, caught, seconds)
            if isinstance(error, OutOfTime):
                raise error from None
            if _is_unchanged(held.head, dropped, document):
                rejected = _retain(held, dropped, _rejection(error, answering), tools)
            else:
                rejected = _reject(held, dropped, _rejection(error, answering), tools, document)
            return replace(rejected, tokens=answering.paid, usd=answering.usd)
    except Exception as error:
        _let_go(held, error, tools)
        raise
    finally:
        answering.settle()


def _after_a_death(held: Held, dropped: StoredObject, tools: Tools) -> Held:
    """Note that a worker died of this upload, before anything is done with it. Rejected: the second one.

    A worker that took the lease to tidy a settled document has not died of it; nor has one that the table did not let
    give the lease back, whose message was sent again and was nobody's before.
    """
    head = held.head
    if not (held.abandoned and tools.after_death) or (head.state != "waiting" and head.version == dropped.version):
        return held
    if head.late == dropped.version:
        raise _too_slow()
    return tools.store.heads.write(held, head.model_copy(update={"late": dropped.version}), release=False)


def _judged(
    held: Held, dropped: StoredObject, error: Rejected | OutOfTime, seconds: float
) -> tuple[Held, Rejected | OutOfTime]:
    """Make the second time that an upload's time was up its rejection; a time that was short from the start is none."""
    if isinstance(error, Rejected) or seconds < _FAIR_SECONDS:
        return held, error
    if held.head.late == dropped.version:
        return held, _too_slow()
    return replace(held, head=held.head.model_copy(update={"late": dropped.version})), error


def _too_slow() -> Rejected:
    return Rejected(
        "too_slow",
        "Reading and checking it took longer than a run of the function lasts, twice. Split it, or drop its text.",
    )


def _dropped(place: Place, tools: Tools) -> StoredObject | Rejected | None:
    try:
        return fetch(place, tools.store.blobs)
    except Rejected as error:
        return error


def _is_withheld_now(head: Head, rejection: Rejection, tools: Tools) -> bool:
    """Return whether the current run was made of the very upload that S3 does not hand out any more."""
    if rejection.code != WITHHELD or head.current is None or head.state != "done":
        return False
    listed, _ = tools.store.blobs.listing(head.key, None, 1)
    return [(one.key, one.version) for one in listed if not one.deleted] == [(head.key, head.version)]


def _handed_out(held: Held) -> Held:
    """Forget that S3 withheld what the current run was made of: no recipe was asked then."""
    head = held.head
    if head.current is None or head.rejection is None or head.rejection.code != WITHHELD:
        return held
    return replace(held, head=head.model_copy(update={"rejection": None}))


def _is_settled(head: Head, document: Document, dropped: StoredObject, recipe: Recipe) -> bool:
    """Return whether the recipe has already said what it says of this content: a run, or a refusal of this very upload.

    A model that refused would be paid for refusing again; whoever wants it asked once more uploads once more. A run of
    an upload that names another medium or author is made anew, of the answer that is kept.
    """
    if (head.content, head.recipe) != (document.content, recipe.name) or head.repair_pending:
        return False
    if head.rejection is not None:
        return head.version == dropped.version
    known = (head.about.medium, head.about.author, head.about.recipients, head.about.url)
    return head.current is not None and known == (document.source, document.author, document.recipients, document.url)


def _is_unchanged(head: Head, dropped: StoredObject, document: Document | None) -> bool:
    """Return whether the current run speaks of this content; of one that cannot be read any more: of this upload."""
    if head.current is None:
        return False
    if document is None:
        return head.state == "done" and head.version == dropped.version
    return head.content == document.content


def _keep(held: Held, dropped: StoredObject, tools: Tools) -> Result:
    """Leave what there is: the same content under the same recipe was dropped once more, or notified twice."""
    # The upload that was read now says the same as the run, and its version outlives that of the earlier one.
    done = _fresh("done", dropped) | {"read_version": dropped.version}
    settled = {"state": "done" if held.head.current is not None else "rejected", "waiting_for": None}
    left = tools.store.heads.write(held, held.head.model_copy(update=settled if held.head.rejection else done))
    return Result.of("unchanged", left)


def _announced(place: Place, upload: NotifiedUpload | None, tools: Tools) -> Head | None:
    """Return the first head of a document: what `_announce` would write of the upload, if no other took its place."""
    if upload is None:
        return None
    return Head(
        key=place.key, state="waiting", waiting_for=_answer_of(tools), dropped=upload.at, version=upload.version
    )


def _announce(held: Held, dropped: StoredObject, tools: Tools) -> Held:
    """Let readers see that a new revision is being worked on, and what they see meanwhile stays.

    A recipe whose answer was rejected is named no longer, or it would seem to have made the run that was kept. Where
    the first head said all this, only the moment is S3's own now, and is written with what comes of the upload.
    """
    head = held.head.model_copy(
        update=_fresh("waiting", dropped)
        | {"waiting_for": _answer_of(tools)}
        | ({"recipe": None} if held.head.rejection else {})
    )
    if head == held.head.model_copy(update={"dropped": head.dropped}):
        return replace(held, head=head)
    return tools.store.heads.write(held, head, release=False)


def _answer_of(tools: Tools) -> str:
    return f"an answer of {tools.recipe.model}"


def _renew(held: Held, document: Document, dropped: StoredObject, tools: Tools, answering: Answering) -> Result:
    """Get the answer, make the run, write it whole, and only then switch the head to it.

    A run whose repair is still to come is readable at once, and no revision of its own: the run that replaces it is
    compared with the one before it. Retryable: that repair cannot be had yet, and the run without it is there already.
    """
    store, head = tools.store, held.head
    reviews = Reviews(document, Deadline(answering.deadline))
    answer = answering.answer(document, reviews)
    pending = answer.pending
    later = Retryable(f"the repair of its answer: {pending.reason}", pending.after) if pending else None
    is_mended = head.repair_pending and head.content == document.content
    if later and is_mended and head.recipe == tools.recipe.name and not answering.learned:
        raise later
    extraction = judge(document, answer, reviews)
    before = head.previous if is_mended else head.current
    old = store.runs.events(head.document_id, before) if before is not None else []
    shown = store.runs.events(head.document_id, head.current) if is_mended and head.current is not None else old
    ids, named = identify(extraction.findings, _known(shown, old), head.document_id, head.events_named)
    events = [
        Event(**dict(finding), id=one, document_id=head.document_id, model=tools.recipe.model)
        for one, finding in zip(ids, extraction.findings, strict=True)
    ]
    change = compare(old, events).since(before) if before is not None else None
    run = _run(held, document, answer, extraction, tools).model_copy(update={"change": change})
    piece = Piece.of(RunWords.of(run, events, document.text, dropped.modified.date()))
    store.runs.write(head.place.collection, run, events, _stored_text(document), piece)
    _forget_answers(head, document, tools)
    if head.repair_pending and not pending:
        store.blobs.delete_unfinished(head.document_id)
    left = store.heads.write(
        held,
        head.model_copy(
            update=_fresh("waiting" if later else "done", dropped)
            | {
                "waiting_for": later.reason if later else None,
                "repair_pending": later is not None,
                "late": None,
                "current": run.number,
                "previous": before,
                "content": document.content,
                "recipe": tools.recipe.name,
                "events_named": named,
                "told_since": head.told if _tells_the_same(head, shown, run, events, tools) else None,
                "switched_at": datetime.now(UTC),
                "about": run.about,
                "read_version": dropped.version,
            }
        ),
    )
    done = Result.of("done", left)
    return replace(done, tokens=answering.paid, later=later, change=change, usd=answering.usd)


def _known(shown: Sequence[Event], old: Sequence[Event]) -> list[Event]:
    """Return the events whose ids may go on: the current run's, and those of `old` that it has not."""
    ids = {one.id for one in shown}
    return [*shown, *(one for one in old if one.id not in ids)]


def _tells_the_same(head: Head, shown: Sequence[Event], run: Run, events: Sequence[Event], tools: Tools) -> bool:
    """Return whether a run tells the collection what the current one does: then nothing is to be linked."""
    current = tools.store.runs.get(head.document_id, head.current) if head.current is not None else None
    return current is not None and set(told_by(head, current, shown)) == set(told_by(head, run, events))


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
        author=document.author,
        recipients=document.recipients,
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
            StoredSentence(
                number=one.number,
                start=one.start,
                end=one.end,
                role=one.role,
                page=one.page,
                recognised=one.recognised,
            )
            for one in document.sentences
        ),
    )


def _delete(held: Held, tools: Tools) -> Result:
    """Leave a tombstone: the fence and the count of event ids go on, nothing can be read any more."""
    _forget_answers(held.head, None, tools)
    gone = Head(key=held.head.key, state="deleted", dropped=held.head.dropped, events_named=held.head.events_named)
    left = tools.store.heads.write(held, gone)
    tools.store.blobs.delete_unfinished(held.head.document_id)
    tools.store.blobs.delete_recognised(held.head.document_id)
    return Result.of("deleted", left)


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
    told = {"rejection": rejection, "recipe": tools.recipe.name, "repair_pending": False}
    head = held.head.model_copy(update=_fresh("done", dropped) | told)
    return Result.of("kept", tools.store.heads.write(held, head))


def _stay(held: Held, rejection: Rejection, tools: Tools) -> Result:
    """Leave readers the run of an upload that S3 withholds by now. If it is stale, the next plan tries it again."""
    head = held.head.model_copy(update={"rejection": held.head.rejection or rejection})
    return Result.of("kept", tools.store.heads.write(held, head))


def _reject(
    held: Held, dropped: StoredObject | None, rejection: Rejection, tools: Tools, asked: Document | None = None
) -> Result:
    """Record why the object cannot be processed. What an earlier one said is no longer what lies in the bucket.

    With the document that a model was `asked` about, the head also says so, that nobody pays for the same refusal.
    """
    _forget_answers(held.head, asked, tools)
    tools.store.blobs.delete_unfinished(held.head.document_id)
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
    return Result.of("rejected", tools.store.heads.write(held, rejected))


def _forget_answers(head: Head, document: Document | None, tools: Tools) -> None:
    """Delete what any model has ever said to a content that the document has no longer.

    Tidying knows the runs that are kept, and so not every recipe that was ever asked; a rejected answer has no run.
    """
    content = head.content
    if content is not None and (document is None or document.content != content):
        asks = {known.recipe.ask for known in tools.store.recipes.all()}
        tools.store.blobs.delete_answers((ask, content) for ask in sorted(asks))


def _let_go(held: Held, error: Exception, tools: Tools) -> None:
    """Give the lease back and say what the document waits for, if the document and the table let us."""
    head = held.head
    if isinstance(error, Retryable) and head.state != "deleted":
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
