"""One function a route: from a checked query to the model of its answer, over what a reader may read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from dateline.http.disposition import attachment
from dateline.http.refusals import NotFound
from dateline.http.requests import segment
from dateline.store import cursor, keys
from dateline.store.difference import compare
from read.answers import (
    Collection,
    Collections,
    DateChange,
    Difference,
    Document,
    DocumentCount,
    DocumentCounts,
    DocumentLine,
    Documents,
    DocumentText,
    EventInPlace,
    Health,
    Original,
    RunLine,
    Runs,
    Source,
    StatusChange,
)
from read.following import begin
from read.refusals import BadQuery, Gone, NotReady

if TYPE_CHECKING:
    from dateline.records import Run
    from dateline.store.heads import Head, Held
    from dateline.store.listing import CollectionLine
    from read.library import Library
    from read.queries import CollectionsQuery, DifferenceQuery, DocumentsQuery, Query

# Long enough for a browser to begin with it, short enough that a link that is found later opens nothing.
_LINK_SECONDS = 60
_EVENT = re.compile(r"evt_([a-z2-7]{20})_([0-9]{5,12})")


def health(_library: Library, _query: Query) -> Health:
    """Say that the function runs."""
    return Health()


def collections(library: Library, query: CollectionsQuery) -> Collections:
    """List the collections that have documents."""
    after = cursor.decode("collections", query.cursor, 1)[0] if query.cursor else None
    page = library.store.listing.collections(after, query.limit, library.access.collections)
    return Collections(
        collections=[_collection(one) for one in page.collections],
        cursor=cursor.encode("collections", page.next) if page.next else None,
    )


def _collection(line: CollectionLine) -> Collection:
    return Collection(
        name=line.name,
        documents=DocumentCount.of(line.documents),
        first_day=line.first,
        last_day=line.last,
        links={
            "documents": f"documents?collection={quote(line.name, safe='')}",
            "timeline": f"collections/{segment(line.name)}/timeline",
        },
    )


def documents(library: Library, query: DocumentsQuery) -> Documents:
    """List a collection's documents, newest drop first, or those that changed, or find those at one path."""
    store = library.store
    if query.changed_since is not None:
        return _changed(library, query, query.changed_since)
    if query.path is not None:
        library.must_allow(query.collection)
        ids = [place.document_id for place in keys.places(query.collection, query.path)]
        there = [held for held in store.heads.get_many(ids).values() if held.head.state != "deleted"]
        heads = [held for held in there if query.state in {None, held.head.state}]
        return Documents(
            documents=_lines(library, heads),
            examined=len(there),
            counts=None,
            changed_since=None,
            gone=[],
            cursor=None,
        )
    library.must_have(query.collection)
    name = f"documents of {query.collection}" + (f" that are {query.state}" if query.state else "")
    before = cursor.decode(name, query.cursor, 1)[0] if query.cursor else None
    seen_to = store.changes.seen_to(query.collection) if before is None else None
    page = store.listing.documents(query.collection, before, query.limit, query.state)
    return Documents(
        documents=_lines(library, page.documents),
        examined=page.examined,
        counts=_counts(library, query.collection) if before is None else None,
        changed_since=seen_to,
        gone=[],
        cursor=cursor.encode(name, page.next) if page.next else None,
    )


def _changed(library: Library, query: DocumentsQuery, since: datetime) -> Documents:
    """List the documents that changed since a moment. Gone: not all that were deleted since then are known any more."""
    if query.path is not None or query.state is not None:
        raise BadQuery("changed_since: leave out `path` and `state`; a document that leaves a state would not be told")
    reading = begin(library, query.collection, since, query.cursor, "documents")
    page = library.store.changes.page(query.collection, since, reading.after, query.limit)
    return Documents(
        documents=_lines(library, page.documents),
        examined=len(page.documents),
        counts=_counts(library, query.collection) if reading.after is None else None,
        changed_since=reading.next_since,
        gone=page.gone,
        cursor=reading.cursor(page.next),
    )


def _counts(library: Library, collection: str) -> DocumentCounts:
    counted = library.store.listing.counts(collection)
    return DocumentCounts(
        documents=DocumentCount.of(counted.documents),
        waiting=DocumentCount.of(counted.waiting),
        rejected=DocumentCount.of(counted.rejected),
    )


def _lines(library: Library, heads: list[Held]) -> list[DocumentLine]:
    shown = ((held.head.document_id, held.shown) for held in heads)
    runs = library.store.runs.get_many((document_id, run) for document_id, run in shown if run is not None)
    return [DocumentLine.of(held, runs.get(held.head.document_id)) for held in heads]


def document(library: Library, _query: Query, document_id: str) -> Document:
    """Show one document."""
    held = library.held(document_id)
    run = library.store.runs.get(document_id, held.shown) if held.shown is not None else None
    return Document.of(held, run)


def document_text(library: Library, _query: Query, document_id: str) -> DocumentText:
    """Show the text that a document's evidence points into."""
    head = library.head(document_id)
    stored = library.store.blobs.text(document_id, head.current) if head.current is not None else None
    if stored is None or head.current is None:
        refusal = NotReady if head.state == "waiting" else NotFound
        raise refusal("This document has no text that can be read yet; its state says why.")
    return DocumentText(document_id=document_id, run=head.current, text=stored.text, sentences=stored.sentences)


def original(library: Library, _query: Query, document_id: str) -> Original:
    """Sign a link to the file that a document was read from. Gone: the bucket does not hand it out any more."""
    head = library.head(document_id)
    version = head.read_version if head.current is not None else head.version
    if version is None:
        raise NotFound("No file of this document has been read yet; its state says why.")
    expires = datetime.now(UTC) + timedelta(seconds=_LINK_SECONDS)
    link = library.store.blobs.original(head.key, version, attachment(head.place.path), _LINK_SECONDS)
    if link is None:
        raise Gone(
            "The bucket hands this file out no more. Replaced files are kept for as many days as the stack's parameter "
            "OldVersionDays says; the text that was read is at ../text, relative to this."
        )
    return Original(document_id=document_id, url=link, expires=expires)


def runs(library: Library, _query: Query, document_id: str) -> Runs:
    """Show which runs of a document are kept, and what each was made by and cost."""
    head = library.head(document_id)
    lines = [_run_line(run, head) for run in library.store.runs.shown(head)]
    return Runs(document_id=document_id, runs=lines, links={"difference": "difference"})


def _run_line(run: Run, head: Head) -> RunLine:
    return RunLine(
        number=run.number,
        current=run.number == head.current,
        made_at=run.made_at,
        recipe=run.recipe,
        usage=run.usage,
        cost=run.cost,
        text_sha256=run.text_sha256,
        published=run.published,
        events=run.events,
        notes=len(run.notes),
        change=run.change,
    )


def difference(library: Library, query: DifferenceQuery, document_id: str) -> Difference:
    """Compare two runs of a document."""
    head = library.head(document_id)
    old, new = query.old or head.previous, query.new or head.current
    kept = {head.current, head.previous} - {None}
    if old not in kept or new not in kept or old is None or new is None:
        raise NotFound(f"These two runs are not kept to be compared; kept are: {sorted(filter(None, kept))}.")
    runs = library.store.runs
    found = compare(runs.events(document_id, old), runs.events(document_id, new))
    return Difference(
        document_id=document_id,
        old=old,
        new=new,
        added=found.added,
        gone=found.gone,
        date_changed=[
            DateChange(id=now.id, title=now.title, old=was.when, new=now.when) for was, now in found.date_changed
        ],
        status_changed=[
            StatusChange(id=now.id, title=now.title, old=was.status, new=now.status)
            for was, now in found.status_changed
        ],
    )


def event(library: Library, _query: Query, event_id: str) -> EventInPlace:
    """Show one event. Gone: it was there, and no run of its document has it any more."""
    match = _EVENT.fullmatch(event_id)
    held = library.last(f"doc_{match[1]}") if match else None
    if held is None or match is None:
        raise NotFound("No event has this id, and none ever had.")
    head = held.head
    found = library.store.runs.event(event_id, head)
    if found is not None:
        place = head.place
        links = {name: f"../documents/{head.document_id}{end}" for name, end in _EVENT_LINKS.items()}
        occurrence = library.store.links.of_events([event_id]).get(event_id)
        if occurrence is not None:
            links["occurrence"] = f"../occurrences/{occurrence}"
        return EventInPlace(
            **dict(found), collection=place.collection, source=Source.of(head), occurrence=occurrence, links=links
        )
    number = int(match[2])
    if 0 < number <= head.events_named and event_id == keys.event_id(head.document_id, number):
        raise Gone("This event has gone: its document was deleted, or no longer says so.")
    raise NotFound("No event has this id, and none ever had.")


_EVENT_LINKS = {"document": "", "text": "/text", "original": "/original", "timeline": "/timeline"}
