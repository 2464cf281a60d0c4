"""What readers get: the JSON of every route, one model each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from dateline.dates import Day
from dateline.linking.model import Occurrence, Report
from dateline.records import (
    Change,
    Cost,
    Event,
    Note,
    PublishedOn,
    Recipe,
    Record,
    Run,
    Statement,
    Status,
    Summary,
    Usage,
    When,
)
from dateline.search.words import Where
from dateline.store.blobs import StoredSentence
from dateline.store.heads import Head, Held, Rejection, State
from dateline.store.listing import COUNTED_AT_MOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.search.hits import Hit
    from dateline.search.words import RunWords
    from dateline.store.keys import Place

Links = dict[str, str]
Linking = Literal["waiting", "done"]
_LINKS = Field(description="URLs, relative to that of this answer, by what they lead to")


class Page(Record):
    """A part of something longer. `cursor` is where the next page begins; null: there is none."""

    cursor: str | None


class Health(Record):
    """That the function runs, and nothing about any data."""

    status: str = "ok"


class DocumentCount(Record):
    """About how many documents: an index that lags by moments was counted, and no further than 1,000."""

    about: int
    or_more: bool

    @classmethod
    def of(cls, counted: int) -> Self:
        """Say how far was counted."""
        return cls(about=counted, or_more=counted == COUNTED_AT_MOST)


class DocumentCounts(Record):
    """How many documents a collection has, and how many of them wait or are rejected; the rest is done."""

    documents: DocumentCount
    waiting: DocumentCount
    rejected: DocumentCount


class Collection(Record):
    """A collection by its name, with about how many documents it has and which days its timeline spans.

    `first_day` is the first on which something begins, `last_day` the end of what begins last; both count what a
    replaced run leaves behind until it is tidied away, and are null where nothing has a date that begins.
    """

    name: str
    documents: DocumentCount
    first_day: Day | None
    last_day: Day | None
    links: Links = _LINKS


class Collections(Page):
    """A page of collections in order of their names."""

    collections: list[Collection]


class Source(Record):
    """A document as what is told is cited by: what it is, who published it when, and where it lies here and on the web.

    `medium` is the publication or a message's sender; `recipients` are a message's, whose subject is its `title`.
    """

    path: str
    title: str | None
    author: str | None
    recipients: str | None
    medium: str | None
    url: str | None
    published: date | None
    language: str | None

    @classmethod
    def of(cls, head: Head) -> Self:
        """Say what a document is by its head."""
        return cls(path=head.place.path, **dict(head.about))


class DocumentState(Record):
    """Where a document lies, and what state it is in.

    A `rejection` says why a `rejected` one cannot be processed. Beside `done` it says why what a newer recipe made of
    the same content was rejected, or why the file cannot be read any more (`withheld`), while the run of the earlier
    one goes on being shown. `linking` says whether the collection's occurrences hold its events; null where it has none
    that are read.
    """

    id: str
    collection: str
    path: str
    state: State
    waiting_for: str | None
    rejection: Rejection | None
    dropped: datetime
    linking: Linking | None


def _state(held: Held) -> DocumentState:
    head = held.head
    return DocumentState(
        id=head.document_id,
        collection=head.place.collection,
        path=head.place.path,
        state=head.state,
        waiting_for=head.waiting_for,
        rejection=head.rejection,
        dropped=head.dropped,
        linking=None if head.current is None else "done" if held.is_linked else "waiting",
    )


class DocumentLine(DocumentState):
    """A document in a list: where it lies, its state, and what it is about. `run` numbers the one that readers see."""

    run: int | None
    title: str | None
    author: str | None
    recipients: str | None
    medium: str | None
    url: str | None
    published: date | None
    language: str | None
    headline: str | None
    model: str | None
    events: int | None
    links: Links = _LINKS

    @classmethod
    def of(cls, held: Held, run: Run | None) -> Self:
        """Put a document's head and its current run together."""
        return cls(
            **dict(_state(held)),
            run=held.shown,
            **dict(held.head.about),
            headline=run.summary.headline.text if run and run.summary else None,
            model=run.recipe.model if run else None,
            events=run.events if run else None,
            links={
                "document": f"documents/{held.head.document_id}",
                "original": f"documents/{held.head.document_id}/original",
            },
        )


class Following(Page):
    """A page of what can be followed.

    `changed_since` is what to ask with next, once the last page is read, for what changes from now on; null on later
    pages, and where one path was asked for. `gone` are ids of documents that were deleted since what was asked with.
    """

    changed_since: datetime | None
    gone: list[str]


class Documents(Following):
    """A page of a collection's documents, newest drop first, or in the order of change since a moment.

    No index knows what is done. A page of one state looks at 1,000 documents at most, so it may be short or empty and
    still have a next one; `examined` counts what was looked at. `counts` stand on a first page.
    """

    documents: list[DocumentLine]
    examined: int
    counts: DocumentCounts | None


class Span(Record):
    """A piece of words, in code points."""

    start: int
    end: int

    @classmethod
    def of(cls, places: Iterable[tuple[int, int]]) -> list[Self]:
        """Write pieces one by one."""
        return [cls(start=start, end=end) for start, end in places]


class SearchHit(Record):
    """A piece of a document's words that holds what was looked for, which stands at `spans` in it.

    `event` is the one whose title, names or quote it is. `place` is that of the first span in the document's text; null
    where the words are not of the text.
    """

    where: Where
    event: str | None
    snippet: str
    spans: list[Span]
    place: Span | None


class FoundDocument(Record):
    """A document that holds what was looked for: what it is, some hits, and the places of its text to be lit.

    `places` are at most 100 of each word or phrase.
    """

    id: str
    collection: str
    path: str
    title: str | None
    headline: str | None
    language: str | None
    medium: str | None
    url: str | None
    published: date | None
    hits: list[SearchHit]
    places: list[Span]
    links: Links = _LINKS

    @classmethod
    def of(cls, words: RunWords, place: Place, hits: Iterable[Hit], lit: Iterable[tuple[int, int]]) -> Self:
        """Put together what is shown of a document that was found."""
        about = {name: getattr(words, name) for name in ("title", "headline", "language", "medium", "url", "published")}
        return cls(
            **about,
            id=words.document,
            collection=place.collection,
            path=place.path,
            hits=[
                SearchHit(
                    where=one.where,
                    event=one.event,
                    snippet=one.snippet,
                    spans=Span.of(one.spans),
                    place=Span.of([one.place])[0] if one.place else None,
                )
                for one in hits
            ],
            places=Span.of(lit),
            links={"document": f"documents/{words.document}", "text": f"documents/{words.document}/text"},
        )


class Searched(Record):
    """What was searched, and what could not be within one answer: the oldest documents, the last collections."""

    collections: int
    collections_left: int
    documents: int
    documents_left: int


class SearchPage(Page):
    """A page of documents that hold what was looked for.

    First those of which titles, names or the medium hold all of it, then the others, each with the newest publication
    (else drop) first. `about` counts all of them, and what a replaced run leaves behind until it is packed away. A page
    looks at 1,000 documents at most, so it may be short or empty and still have a next one.
    """

    documents: list[FoundDocument]
    about: int
    searched: Searched


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
    source: str | None
    author: str | None
    recipients: str | None
    url: str | None
    published: PublishedOn | None
    events: int
    cost: Cost | None

    @classmethod
    def of(cls, run: Run) -> Self:
        """Leave out what a document shows in other places."""
        return cls(**{name: getattr(run, name) for name in RunView.model_fields})


class Document(DocumentState):
    """One document: its state, and its summary with citations once there is one. `changed`: its drop, or its run.

    `linking_tokens` were paid for asking what others tell of the same events, input and output, for all runs.
    """

    changed: datetime
    summary: Summary | None
    notes: tuple[Note, ...]
    statements: tuple[Statement, ...]
    run: RunView | None
    linking_tokens: int
    links: Links = _LINKS

    @classmethod
    def of(cls, held: Held, run: Run | None) -> Self:
        """Put a document's head and its current run together."""
        return cls(
            **dict(_state(held)),
            changed=max(held.head.dropped, held.switched_at or held.head.dropped),
            summary=run.summary if run else None,
            notes=run.notes if run else (),
            statements=run.statements if run else (),
            run=RunView.of(run) if run else None,
            linking_tokens=held.linking.asked_tokens,
            links={
                name: f"{held.head.document_id}/{name}"
                for name in ("text", "original", "timeline", "runs", "difference")
            },
        )


class Original(Record):
    """A link to the very file that the current run was read from, or that was rejected; it is signed and ends soon.

    Whoever has the link gets the file until `expires`. It is sent as an attachment, never to be shown in a browser.
    """

    document_id: str
    url: str
    expires: datetime


class RunLine(Record):
    """A run of a document: when it was made, by what, from how many tokens, at what cost where the price was known.

    `change` says what it told otherwise than the run that it replaced, in ids of events, at most 1,000 of each kind.
    """

    number: int
    current: bool
    made_at: datetime
    recipe: Recipe
    usage: Usage
    cost: Cost | None
    text_sha256: str
    published: PublishedOn | None
    events: int
    notes: int
    change: Change | None


class Runs(Record):
    """The runs of a document that are kept, newest first: the current one and the one before it."""

    document_id: str
    runs: list[RunLine]
    links: Links = _LINKS


class DateChange(Record):
    """An event whose date is another now."""

    id: str
    title: str
    old: When
    new: When


class StatusChange(Record):
    """An event whose status is another now."""

    id: str
    title: str
    old: Status
    new: Status


class Difference(Record):
    """What a document's newer run says otherwise than the older one; events are known again by their lasting ids."""

    document_id: str
    old: int
    new: int
    added: list[Event]
    gone: list[Event]
    date_changed: list[DateChange]
    status_changed: list[StatusChange]


class EventInPlace(Event):
    """An event with its document, and the occurrence that it reports; null until it is linked."""

    collection: str
    source: Source
    occurrence: str | None
    links: Links = _LINKS


class DocumentTimeline(Page):
    """A page of a document's events by date, the undated ones last. All of one answer is of one run.

    `occurrences` gives the occurrence that an event reports by the event's id; those that are not linked yet have none.
    """

    document_id: str
    source: Source
    run: int | None
    events: list[Event]
    occurrences: dict[str, str]


class DocumentText(Record):
    """The text that offsets point into, in code points, and its numbered sentences."""

    document_id: str
    run: int
    text: str
    sentences: tuple[StoredSentence, ...]


class Timeline(Following):
    """A page of a collection's events that overlap an interval and pass the filters, in order of their start.

    What happened once and has no start (by some day, or `reported`) stands at its latest day alone. A day's dated
    events stand before what was only reported on it.

    A page with filters looks at 1,000 events at most, so it may be short or empty and still have a next one.
    `examined` counts what was looked at; `examined_to` is the start of the last event among it, null where that start
    is open or nothing was there. `sources` gives each event's document by its id.

    Asked for what changed since a moment, `sources` are all that changed, with events that pass the filters or
    without, and each of them stands whole on one page: its events take the place of those that it had.
    """

    collection: str
    first_day: Day | None
    last_day: Day | None
    events: list[Event]
    sources: dict[str, Source]
    examined: int
    examined_to: Day | None


class Occurrences(Page):
    """A page of a collection's occurrences that stand in an interval and pass the filters, in order of their start.

    Of each there is a bounded summary, which may lag behind its reports by a minute; `/occurrences/{id}` has all of
    them. `sources` gives the documents of its `samples` by their ids. `examined` and `examined_to` are as for a
    timeline.
    """

    collection: str
    first_day: Day | None
    last_day: Day | None
    occurrences: list[Occurrence]
    sources: dict[str, Source]
    examined: int
    examined_to: Day | None


class OccurrenceInFull(Occurrence):
    """An occurrence with every report of it, in order of publication, and their documents by their ids."""

    told: list[Report]
    sources: dict[str, Source]
    links: Links = _LINKS
