"""What is exported: events with the documents that they come from, or occurrences with their reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dateline.dates import Day
from dateline.linking.model import Conflict, Occurrence, Sample
from dateline.records import Event


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """The document of an event. `updated` is when readers got the run that says so."""

    document_id: str
    collection: str
    path: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and its document, or an occurrence as the event that stands for it.

    `link` leads to it from the API's root.
    """

    event: Event
    source: ExportedDocument
    link: str
    occurrence: Occurrence | None = None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where the reports of an occurrence part."""
        return self.occurrence.conflicts if self.occurrence else ()

    @property
    def others(self) -> tuple[Sample, ...]:
        """A few reports of an occurrence besides the one that stands for it."""
        return self.occurrence.samples[1:] if self.occurrence else ()


def event_entry(event: Event, source: ExportedDocument) -> Entry:
    """Export an event of a document."""
    return Entry(event, source, f"events/{event.id}")


def occurrence_entry(occurrence: Occurrence) -> Entry:
    """Export an occurrence by the report that stands for it."""
    standing = occurrence.samples[0]
    event = Event(
        id=occurrence.id,
        document_id=standing.document,
        model=standing.model,
        title=occurrence.title,
        title_language=occurrence.title_language,
        when=occurrence.when,
        course=occurrence.course,
        status=occurrence.status,
        place=occurrence.places[0] if occurrence.places else None,
        names=(),
        said_by=(),
        evidence=(standing.evidence,),
    )
    source = ExportedDocument(standing.document, occurrence.collection, standing.path, occurrence.changed)
    return Entry(event, source, f"occurrences/{occurrence.id}", occurrence)


@dataclass(frozen=True, slots=True)
class Exported:
    """A timeline to be exported: its title and its entries, in order, and what they are.

    `today` decides whether a planned event's day has passed. An export stands two folders below the API's root, and its
    links are relative to that: `../../events/<id>`.
    """

    title: str
    entries: Sequence[Entry]
    today: Day
    of: Literal["events", "occurrences"] = "events"
