"""Timelines of documents and collections, as pages of JSON and as what is exported."""

from __future__ import annotations

from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.exports.model import Exported, event_entry
from dateline.store import cursor, keys
from dateline.store.overlap import Position
from dateline.store.runs import EventsPage
from read import occurrences, sources
from read.answers import DocumentTimeline, Source, Timeline
from read.following import begin
from read.refusals import BadQuery, TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.records import Event
    from dateline.store.heads import Head, Held
    from dateline.store.overlap import Page, Search
    from read.library import Library
    from read.queries import DocumentTimelineQuery, TimelineQuery

# One answer of Lambda's holds about as many. A filter may have to look at more to find them.
_EXPORTED_AT_MOST = 10_000
_EXAMINED_FOR_EXPORT = 20_000
# Documents whose events are read at once, for what has changed.
_AT_ONCE = 16


def of_collection(library: Library, query: TimelineQuery, name: str) -> Timeline:
    """Show a page of a collection's timeline, or of what has changed of it."""
    if query.view == "occurrences":
        raise BadQuery("view: as JSON, occurrences are at ../occurrences, beside this timeline")
    if query.changed_since is not None:
        return _changed(library, query, query.changed_since, name)
    library.must_have(name)
    seen_to = library.store.changes.seen_to(name) if query.cursor is None else None
    page = _collection_page(library, query, name)
    return Timeline(
        collection=name,
        first_day=query.from_,
        last_day=query.to,
        events=page.rows,
        sources={one: Source.of(held.head) for one, held in page.owners.items()},
        examined=page.examined,
        examined_to=page.reached.start if page.reached else None,
        changed_since=seen_to,
        gone=[],
        cursor=_collection_cursor(page, query, name),
    )


def _changed(library: Library, query: TimelineQuery, since: datetime, name: str) -> Timeline:
    """Show the events of documents that changed since a moment, each document's whole, as many as fit into a page.

    Gone: not all documents that were deleted since then are known any more.
    """
    if query.order == "desc":
        raise BadQuery("changed_since: leave out `order`; changes come in the order in which they were made")
    search = query.search
    reading = begin(library, name, since, query.cursor, f"timeline: {query.name}")
    page = library.store.changes.page(name, since, reading.after, min(query.limit, _AT_ONCE))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        read = list(pool.map(lambda one: _current(library, one.held.head), page.changed))
    totals = list(accumulate(map(len, read)))
    page = page.cut(max(bisect_right(totals, query.limit), 1))
    told = [(one.held, events) for one, events in zip(page.changed, read, strict=False)]
    return Timeline(
        collection=name,
        first_day=query.from_,
        last_day=query.to,
        events=[one for held, events in told for one in events if _stands_in(one, held, search)],
        sources={held.head.document_id: Source.of(held.head) for held in page.documents},
        examined=sum(len(events) for _, events in told),
        examined_to=None,
        changed_since=reading.next_since,
        gone=page.gone,
        cursor=reading.cursor(page.next),
    )


def _current(library: Library, head: Head) -> list[Event]:
    return library.store.runs.events(head.document_id, head.current) if head.current is not None else []


def _stands_in(event: Event, held: Held, search: Search[Event]) -> bool:
    """Return whether a document's event is one that a timeline shows and a search is for."""
    span, window = keys.timeline_span(event.when), search.window
    if span is None or (search.wanted is not None and not search.wanted(event)):
        return False
    if search.owned is not None and not search.owned(event, held):
        return False
    is_late = window.end is not None and span.start is not None and span.start > window.end
    is_early = window.start is not None and span.end is not None and span.end < window.start
    return not is_late and not is_early


def of_document(library: Library, query: DocumentTimelineQuery, document_id: str) -> DocumentTimeline:
    """Show a page of a document's events by date, the undated ones last."""
    head = library.head(document_id)
    page = _document_page(library, query, head)
    return DocumentTimeline(
        document_id=document_id,
        source=Source.of(head),
        run=head.current,
        events=page.events,
        occurrences=library.store.links.of_events(event.id for event in page.events),
        cursor=_document_cursor(page, document_id),
    )


def export_page_of_collection(library: Library, query: TimelineQuery, name: str) -> tuple[Exported, str | None]:
    """Take a page of a collection's timeline to be exported, and the cursor of the next."""
    _must_be_whole(query)
    if query.view == "occurrences":
        return occurrences.export_page(library, query.of_occurrences, name)
    library.must_have(name)
    page = _collection_page(library, query, name)
    return _exported(library, name, page.rows, _heads(page), query.chosen), _collection_cursor(page, query, name)


def export_collection(library: Library, query: TimelineQuery, name: str) -> Exported:
    """Take a collection's timeline to be exported whole, with one run of each document. TooLarge: only in parts."""
    _must_be_whole(query)
    if query.view == "occurrences":
        return occurrences.export(library, query.of_occurrences, name)
    library.must_have(name)
    page = library.store.timeline.page(name, query.search, None, _EXPORTED_AT_MOST, _EXAMINED_FOR_EXPORT)
    if page.next is not None:
        raise TooLarge(
            f"One answer holds {_EXPORTED_AT_MOST:,} events, found among {_EXAMINED_FOR_EXPORT:,}; there are more. "
            "Narrow it with `from` and `to`. csv, jsonld and markdown also come in pages: give a `limit`, "
            "follow the `cursor`."
        )
    return _exported(library, name, page.rows, _heads(page), query.chosen)


def export_page_of_document(
    library: Library, query: DocumentTimelineQuery, document_id: str
) -> tuple[Exported, str | None]:
    """Take a page of a document's timeline to be exported, and the cursor of the next."""
    head = library.head(document_id)
    page = _document_page(library, query, head)
    return _exported(library, head.place.path, page.events, {document_id: head}), _document_cursor(page, document_id)


def export_document(library: Library, _query: DocumentTimelineQuery, document_id: str) -> Exported:
    """Take a document's timeline to be exported whole. TooLarge: only in parts."""
    head = library.head(document_id)
    page = _run_page(library, head, None, _EXPORTED_AT_MOST)
    if page.next is not None:
        raise TooLarge(
            f"One answer holds {_EXPORTED_AT_MOST:,} events; there are more. csv, jsonld and markdown also come in "
            "pages: give a `limit`, follow the `cursor`. A collection's timeline can be narrowed with `from` and `to`."
        )
    return _exported(library, head.place.path, page.events, {document_id: head})


def _must_be_whole(query: TimelineQuery) -> None:
    if query.changed_since is not None:
        raise BadQuery("changed_since: what has changed comes as JSON alone")


def _collection_page(library: Library, query: TimelineQuery, name: str) -> Page[Event, Held]:
    search = query.search
    after = Position(*cursor.decode(_collection_name(query, name), query.cursor, 2)) if query.cursor else None
    return library.store.timeline.page(name, search, after, query.limit)


def _collection_name(query: TimelineQuery, name: str) -> str:
    return f"timeline of {name}: {query.name}"


def _collection_cursor(page: Page[Event, Held], query: TimelineQuery, name: str) -> str | None:
    return cursor.encode(_collection_name(query, name), page.next.span, page.next.row) if page.next else None


def _document_page(library: Library, query: DocumentTimelineQuery, head: Head) -> EventsPage:
    name = _document_name(head.document_id)
    after = Position(*cursor.decode(name, query.cursor, 2)) if query.cursor else None
    return _run_page(library, head, after, query.limit)


def _run_page(library: Library, head: Head, after: Position | None, limit: int) -> EventsPage:
    if head.current is None:
        return EventsPage([], None)
    return library.store.runs.page(head.document_id, head.current, after, limit)


def _document_name(document_id: str) -> str:
    return f"timeline of document {document_id}"


def _document_cursor(page: EventsPage, document_id: str) -> str | None:
    return cursor.encode(_document_name(document_id), page.next.span, page.next.row) if page.next else None


def _heads(page: Page[Event, Held]) -> dict[str, Head]:
    return {one: held.head for one, held in page.owners.items()}


def _exported(
    library: Library, title: str, events: Sequence[Event], heads: Mapping[str, Head], chosen: tuple[str, ...] = ()
) -> Exported:
    documents = sources.exported(heads)
    entries = [event_entry(event, documents[event.document_id]) for event in events]
    return Exported(title, entries, Day.of(datetime.now(UTC).date()), library.address, chosen=chosen)
