"""One function a route: from a checked query to the model of its answer, over the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.store import cursor, keys
from dateline.store.runs import Position
from read.answers import (
    Collection,
    Collections,
    Document,
    DocumentLine,
    Documents,
    DocumentText,
    DocumentTimeline,
    Timeline,
)

if TYPE_CHECKING:
    from dateline.store.heads import Head
    from dateline.store.store import Store
    from read.queries import CollectionsQuery, DocumentsQuery, DocumentTimelineQuery, TimelineQuery


class NotFound(Exception):
    """There is nothing of that name to be read, or no longer."""


def collections(store: Store, query: CollectionsQuery) -> Collections:
    """List the collections that have documents."""
    after = cursor.decode("collections", query.cursor, 1)[0] if query.cursor else None
    page = store.listing.collections(after, query.limit)
    return Collections(
        collections=[Collection(name=name) for name in page.names],
        cursor=cursor.encode("collections", page.next) if page.next else None,
    )


def documents(store: Store, query: DocumentsQuery) -> Documents:
    """List a collection's documents, newest drop first, or find those at one path."""
    if query.path is not None:
        ids = [place.document_id for place in keys.places(query.collection, query.path)]
        heads = [held.head for held in store.heads.get_many(ids).values() if held.head.state != "deleted"]
        return Documents(documents=_lines(store, heads), cursor=None)
    _must_be_registered(store, query.collection)
    name = f"documents of {query.collection}"
    before = cursor.decode(name, query.cursor, 1)[0] if query.cursor else None
    page = store.listing.documents(query.collection, before, query.limit)
    return Documents(documents=_lines(store, page.heads), cursor=cursor.encode(name, page.next) if page.next else None)


def document(store: Store, document_id: str) -> Document:
    """Show one document."""
    head = _head(store, document_id)
    run = store.runs.get(document_id, head.current) if head.current is not None else None
    return Document.of(head, run)


def document_timeline(store: Store, document_id: str, query: DocumentTimelineQuery) -> DocumentTimeline:
    """Show a document's events by date, the undated ones last."""
    head = _head(store, document_id)
    name = f"timeline of document {document_id}"
    after = Position(*cursor.decode(name, query.cursor, 2)) if query.cursor else None
    if head.current is None:
        return DocumentTimeline(document_id=document_id, run=None, events=[], cursor=None)
    page = store.runs.page(document_id, head.current, after, query.limit)
    following = cursor.encode(name, page.next.span, page.next.event) if page.next else None
    return DocumentTimeline(document_id=document_id, run=head.current, events=page.events, cursor=following)


def document_text(store: Store, document_id: str) -> DocumentText:
    """Show the text that a document's evidence points into."""
    head = _head(store, document_id)
    stored = store.blobs.text(document_id, head.current) if head.current is not None else None
    if stored is None or head.current is None:
        raise NotFound("This document has no text that can be read yet; its state says why.")
    return DocumentText(document_id=document_id, run=head.current, text=stored.text, sentences=stored.sentences)


def timeline(store: Store, collection: str, query: TimelineQuery) -> Timeline:
    """Show a collection's events that overlap an interval."""
    _must_be_registered(store, collection)
    name = f"timeline of {collection} from {query.from_} to {query.to}"
    after = Position(*cursor.decode(name, query.cursor, 2)) if query.cursor else None
    page = store.timeline.page(collection, query.window, after, query.limit)
    return Timeline(
        collection=collection,
        first_day=query.from_,
        last_day=query.to,
        events=page.events,
        cursor=cursor.encode(name, page.next.span, page.next.event) if page.next else None,
    )


def _head(store: Store, document_id: str) -> Head:
    held = store.heads.get(document_id)
    if held is None or held.head.state == "deleted":
        raise NotFound("No document has this id. It may have been deleted.")
    return held.head


def _must_be_registered(store: Store, collection: str) -> None:
    if not store.listing.is_registered(collection):
        raise NotFound("There is no such collection. Its name is the first folder below `drop/`.")


def _lines(store: Store, heads: list[Head]) -> list[DocumentLine]:
    runs = store.runs.get_many((head.document_id, head.current) for head in heads if head.current is not None)
    return [DocumentLine.of(head, runs.get(head.document_id)) for head in heads]
