"""What linking works on and gives: reports, decisions about pairs of them, occurrences and where their reports part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.dates import Day
from dateline.records import Course, Event, Evidence, Record, SaidBy, Status, When

Verdict = Literal["same", "different", "open"]
By = Literal["rules", "model", "editor"]
ConflictKind = Literal["date", "number", "denial", "place", "course"]


class Report(Record):
    """What one event is to a collection: one document's telling of something that happened.

    `run` is the document's run that tells it, where stored the first that told all of its dated events so; `path`,
    `language`, `medium` and `published` are the document's.
    """

    event: Event
    run: int
    path: str
    language: str | None = None
    medium: str | None = None
    published: date | None = None

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.id

    @property
    def document(self) -> str:
        """The document's id."""
        return self.event.document_id


class Decision(Record):
    """What was decided about two reports; `score` orders decisions of a kind, 0 to 1."""

    verdict: Verdict
    by: By
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two events of different documents, in the order of their ids."""

    one: str
    other: str

    @classmethod
    def of(cls, one: str, other: str) -> Pair:
        """Make an unordered pair."""
        return cls(*sorted((one, other)))


class Told(Record):
    """One of the rival values of a conflict, how many reports tell it, and a few of their events and media.

    `value` is a date's EDTF, a number's digits, words for a place, a term of a course, or `asserted` or `denied`.
    """

    value: str
    events: tuple[str, ...]
    reports: int
    media: tuple[str, ...] = ()


class Conflict(Record):
    """Where reports of one thing part. `subject` is the quantity of numbers ("dead"); None elsewhere."""

    kind: ConflictKind
    subject: str | None
    told: tuple[Told, ...]


class ToldDate(Record):
    """A date that reports give: its bounds, the words of one of them, how many tell it, and a few of their media."""

    earliest: Day | None
    latest: Day | None
    words: str | None
    reports: int
    media: tuple[str, ...] = ()


class Sample(Record):
    """One of an occurrence's reports, as a list shows it: whose it is, and a sentence of it, cut where it is long."""

    event: str
    document: str
    path: str
    medium: str | None
    published: date | None
    model: str
    evidence: Evidence


class ShownEdit(Record):
    """An editor's decision about an occurrence, as its readers are shown it.

    `author` is who decided, as the writer says; `by` wrote it, as far as AWS says.
    """

    id: str
    kind: Literal["join", "split", "hide", "correct", "note"]
    reason: str
    author: str | None = None
    by: str | None
    at: datetime


class Occurrence(Record):
    """One thing that happened, is planned or was called off, summed up from its reports; bounded.

    Title and `when` are those of the report that stands for it: they place it, and decide nothing. Lists begin with
    what most reports tell and end after a few, and so do the events of `conflicts`. `said_by` begins with who does not
    assert it, and names the documents that do in their own voice where anybody is against it. `edits` are the
    newest decisions of editors, which have the last word; by one of them it may be `hidden` from lists. `changed` is
    when it last became another.
    """

    id: str
    collection: str
    title: str
    title_language: str
    when: When
    course: Course
    status: Status
    places: tuple[str, ...]
    dates: tuple[ToldDate, ...]
    reports: int
    documents: int
    independent_sources: int
    languages: tuple[str, ...]
    media: tuple[str, ...]
    speakers: tuple[str, ...]
    said_by: tuple[SaidBy, ...] = ()
    conflicts: tuple[Conflict, ...]
    samples: tuple[Sample, ...]
    edits: tuple[ShownEdit, ...]
    hidden: bool
    changed: datetime
