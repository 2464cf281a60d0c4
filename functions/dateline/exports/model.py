"""What is exported: events with the documents that they come from, or occurrences with their reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dateline.dates import Day
from dateline.linking.model import Conflict, Occurrence, Sample
from dateline.records import About, Event

_NOTHING_KNOWN = About()


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """A document that is cited. `updated` is when readers got the run that says so."""

    document_id: str
    collection: str
    path: str
    updated: datetime
    about: About = _NOTHING_KNOWN

    @property
    def name(self) -> str:
        """What it is called for short: its medium, else its title or its path."""
        return self.about.medium or self.about.title or self.path


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and its document, or an occurrence as the event that stands for it.

    `link` leads to it from the API's root. `documents` are those of an occurrence's samples.
    """

    event: Event
    source: ExportedDocument
    link: str
    occurrence: Occurrence | None = None
    documents: Mapping[str, ExportedDocument] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[ExportedDocument, ...]:
        """All documents that it cites, each once, the one that stands for it first."""
        cited = dict.fromkeys([self.source.document_id, *(one.document for one in self.others)])
        return tuple(self.documents[one] for one in cited if one in self.documents) or (self.source,)

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


def occurrence_entry(occurrence: Occurrence, documents: Mapping[str, ExportedDocument] | None = None) -> Entry:
    """Export an occurrence by the report that stands for it, with what is known of the documents of its samples."""
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
        said_by=occurrence.said_by,
        evidence=(standing.evidence,),
    )
    named = {one.document: _sampled(occurrence, one, documents or {}) for one in occurrence.samples}
    return Entry(event, named[standing.document], f"occurrences/{occurrence.id}", occurrence, named)


def _sampled(occurrence: Occurrence, sample: Sample, documents: Mapping[str, ExportedDocument]) -> ExportedDocument:
    """Cite the document of a report by what it is now, or by what it was when the occurrence was summed up."""
    known = documents.get(sample.document)
    about = known.about if known else About(medium=sample.medium, published=sample.published)
    return ExportedDocument(sample.document, occurrence.collection, sample.path, occurrence.changed, about)


@dataclass(frozen=True, slots=True)
class Exported:
    """A timeline to be exported: its title and its entries, in order, and what they are.

    `today` decides whether a planned event's day has passed. `address` is where the API's root is, with a slash at its
    end; empty: nobody said so, and links are relative to where an export stands, two folders below it. `chosen` says by
    what its entries were chosen among others; empty: it is all there is.
    """

    title: str
    entries: Sequence[Entry]
    today: Day
    address: str = ""
    of: Literal["events", "occurrences"] = "events"
    chosen: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """What links begin with."""
        return self.address or "../../"
