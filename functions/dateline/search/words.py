"""What of a run is searched and shown of hits: its title, medium, names, events and text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from dateline.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.records import Event, Run

Where = Literal["title", "medium", "name", "quote", "text"]


class EventWords(Record):
    """An event: its id and title, names in it and of who says so, and its quotes as spans of the text."""

    id: str
    title: str
    names: tuple[str, ...]
    quotes: tuple[tuple[int, int], ...]


class RunWords(Record):
    """What is searched of a run, and what is shown beside. `day` orders hits: its publication, else its drop."""

    document: str
    run: int
    day: int
    language: str | None
    published: date | None
    url: str | None
    title: str | None
    headline: str | None
    medium: str | None
    names: tuple[str, ...]
    events: tuple[EventWords, ...]
    text: str

    @classmethod
    def of(cls, run: Run, events: Sequence[Event], text: str, dropped: date) -> RunWords:
        """Take it from a run with its events and its text."""
        return cls(
            document=run.document_id,
            run=run.number,
            day=(run.published.day if run.published else dropped).toordinal(),
            language=run.language,
            published=run.published.day if run.published else None,
            url=run.url,
            title=run.title,
            headline=run.summary.headline.text if run.summary else None,
            medium=run.source,
            names=_distinct(name for one in run.statements for name in (one.who, one.via)),
            events=tuple(_event_words(one) for one in events),
            text=text,
        )

    def fields(self) -> Iterator[tuple[Where, str | None, str]]:
        """Yield what is searched besides the text: where it stands, the event that it is of, and its words."""
        for title in (self.title, self.headline):
            if title:
                yield "title", None, title
        if self.medium:
            yield "medium", None, self.medium
        for name in self.names:
            yield "name", None, name
        for event in self.events:
            yield "title", event.id, event.title
            for name in event.names:
                yield "name", event.id, name


def _event_words(event: Event) -> EventWords:
    speakers = (name for one in event.said_by for name in (one.who, one.via))
    return EventWords(
        id=event.id,
        title=event.title,
        names=_distinct([*(one.name for one in event.names), *speakers, event.place]),
        quotes=tuple((one.start, one.end) for one in event.evidence),
    )


def _distinct(names: Iterator[str | None] | list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
