"""What documents tell their collection: a document's own reports, and what others tell of the days around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.linking.candidates import windows
from dateline.linking.model import Report
from dateline.store import keys
from dateline.store.overlap import Search, Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dateline.records import Event, Run
    from dateline.store.heads import Head, Held
    from dateline.store.store import Store

# Events that are looked at around one of a document's: a day of a busy collection has some hundreds.
_READ_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells now: its head as it was read, and the reports of its dated events."""

    document: str
    held: Held | None
    reports: tuple[Report, ...]


def read_told(document: str, collection: str, store: Store) -> Told:
    """Read what a document tells now; nothing where it was deleted, has no run or lies in another collection."""
    held = store.heads.get(document)
    if held is not None and held.head.place.collection != collection:
        return Told(document, None, ())
    whole = store.runs.whole(document, held.shown) if held and held.shown is not None else None
    return Told(document, held, told_by(held.head, *whole) if held and whole else ())


def told_by(head: Head, run: Run, events: Iterable[Event]) -> tuple[Report, ...]:
    """Make the reports of a run's dated events."""
    return tuple(
        Report(
            event=event,
            run=head.told or 0,
            path=head.place.path,
            language=run.language,
            medium=run.source,
            published=run.published.day if run.published else None,
        )
        for event in events
        if keys.timeline_span(event.when)
    )


def lengths_of(reports: Iterable[Report]) -> set[keys.SpanClass]:
    """Return the classes of length that reports' dates have, single days left out."""
    spans = (keys.timeline_span(one.event.when) for one in reports)
    return {span.span_class for span in spans if span and span.span_class}


def read_near(
    reports: Sequence[Report], collection: str, lengths: Collection[keys.SpanClass], store: Store
) -> list[Report]:
    """Read what the collection's other documents tell of the days around a document's events, as yet without media.

    `lengths` are the classes that the dates of the collection's linked events have: no other is looked for.
    """
    found: dict[str, Report] = {}
    seen: dict[str, Held] = {}
    documents = {one.document for one in reports}
    for days in windows(reports):
        # A single day is the same one of another year, of which only a misprint of that very day is wanted.
        several = days.earliest != days.latest
        search: Search[Event] = Search(
            Window(days.earliest, days.latest),
            wanted=lambda event: event.document_id not in documents,
            under_way=lengths if several else (),
        )
        page = store.timeline.glance(collection, search, _READ_AT_MOST, seen)
        for event in page.rows:
            if event.id not in found:
                head = page.owners[event.document_id].head
                found[event.id] = Report(event=event, run=head.told or 0, path=head.place.path)
    return list(found.values())
