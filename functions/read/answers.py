"""What readers get: the JSON of every route, one model each."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from dateline.dates import Day
from dateline.records import Event, Note, PublishedOn, Recipe, Record, Run, Summary, Usage
from dateline.store.blobs import StoredSentence
from dateline.store.heads import Head, Rejection, State


class Health(Record):
    """That the function runs, and nothing about any data."""

    status: str = "ok"


class Collection(Record):
    """A collection by its name."""

    name: str


class Collections(Record):
    """A page of collections in order of their names."""

    collections: list[Collection]
    cursor: str | None


class DocumentLine(Record):
    """A document in a list: where it lies, its state, and what it is about."""

    id: str
    collection: str
    path: str
    state: State
    waiting_for: str | None
    rejection: Rejection | None
    dropped: datetime
    headline: str | None
    language: str | None
    model: str | None
    events: int | None

    @classmethod
    def of(cls, head: Head, run: Run | None) -> Self:
        """Put a document's head and its current run together."""
        return cls(
            id=head.document_id,
            collection=head.place.collection,
            path=head.place.path,
            state=head.state,
            waiting_for=head.waiting_for,
            rejection=head.rejection,
            dropped=head.dropped,
            headline=run.summary.headline.text if run and run.summary else None,
            language=run.language if run else None,
            model=run.recipe.model if run else None,
            events=run.events if run else None,
        )


class Documents(Record):
    """A page of a collection's documents, newest drop first."""

    documents: list[DocumentLine]
    cursor: str | None


class RunView(Record):
    """The run that readers see: what it was made from, by what, and what it cost."""

    number: int
    made_at: datetime
    recipe: Recipe
    usage: Usage
    encoding: str
    text_sha256: str
    language: str | None
    title: str | None
    published: PublishedOn | None
    events: int


class Document(Record):
    """One document: its state, and its summary with citations once there is one."""

    id: str
    collection: str
    path: str
    state: State
    waiting_for: str | None
    rejection: Rejection | None
    dropped: datetime
    summary: Summary | None
    notes: tuple[Note, ...]
    run: RunView | None

    @classmethod
    def of(cls, head: Head, run: Run | None) -> Self:
        """Put a document's head and its current run together."""
        return cls(
            id=head.document_id,
            collection=head.place.collection,
            path=head.place.path,
            state=head.state,
            waiting_for=head.waiting_for,
            rejection=head.rejection,
            dropped=head.dropped,
            summary=run.summary if run else None,
            notes=run.notes if run else (),
            run=RunView(**{name: getattr(run, name) for name in RunView.model_fields}) if run else None,
        )


class DocumentTimeline(Record):
    """A page of a document's events by date, the undated ones last. All of one answer is of one run."""

    document_id: str
    run: int | None
    events: list[Event]
    cursor: str | None


class DocumentText(Record):
    """The text that offsets point into, in code points, and its numbered sentences."""

    document_id: str
    run: int
    text: str
    sentences: tuple[StoredSentence, ...]


class Timeline(Record):
    """A page of a collection's events that overlap an interval, in order of their start."""

    collection: str
    first_day: Day | None
    last_day: Day | None
    events: list[Event]
    cursor: str | None


class Problem(Record):
    """An error as RFC 9457 writes it; `request_id` finds it in the logs."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str
