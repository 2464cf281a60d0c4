"""What is exported: events with the documents that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.dates import Day
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
    """An event and its document."""

    event: Event
    source: ExportedDocument


@dataclass(frozen=True, slots=True)
class Exported:
    """A timeline to be exported: its title and its entries, in order.

    `today` decides whether a planned event's day has passed. An export stands two folders below the API's root, and its
    links are relative to that: `../../events/<id>`.
    """

    title: str
    entries: Sequence[Entry]
    today: Day
