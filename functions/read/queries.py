"""What readers may ask: the parameters of every route, checked before anything is read."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from dateline.dates import Day, Precision
from dateline.records import Course, Event, Status
from dateline.store.overlap import Search, Window
from read.refusals import BadQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PARTIAL = re.compile(r"(-?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?")
# The same for readers of the OpenAPI document, as narrow as a pattern can say it.
_PARTIAL_SCHEMA = WithJsonSchema(
    {
        "type": "string",
        "pattern": (
            "^-?[0-9]{4,6}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?"
            "|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31|-02-29)?$"
        ),
        "examples": ["2024-05-31", "2024-05", "2024", "-0043-03-15"],
    }
)


def _parts(text: object) -> tuple[int, int | None, int | None]:
    match = _PARTIAL.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("write a day, a month or a year: 2024-05-31, 2024-05 or 2024")
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= 12:  # noqa: PLR2004
        raise ValueError("there is no such month")
    return year or 0, month, day


def _first_day(text: object) -> Day:
    year, month, day = _parts(text)
    return Day(year, month or 1, day or 1)


def _last_day(text: object) -> Day:
    year, month, day = _parts(text)
    month = month or 12
    # Calendars repeat every 400 years; `monthrange` knows only those from year 1.
    return Day(year, month, day or monthrange(2000 + year % 400, month)[1])


def _listed(text: object) -> object:
    """Take lists as they stand in a URL, with commas; a parameter given twice reaches a function like that, too."""
    return [part for part in text.split(",") if part] if isinstance(text, str) else text


FirstDay = Annotated[Day, BeforeValidator(_first_day), _PARTIAL_SCHEMA]
LastDay = Annotated[Day, BeforeValidator(_last_day), _PARTIAL_SCHEMA]
Words = Annotated[str | None, Field(min_length=1, max_length=200)]


class Query(BaseModel):
    """The manner of all queries: a parameter that nobody knows is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Query):
    """A query whose answer comes in pages. 200 events with their quotes stay well below Lambda's 6 MB an answer."""

    cursor: str | None = Field(
        default=None, max_length=4_000, description="where the page before ended: its `cursor`, for the same query"
    )
    limit: int = Field(default=50, ge=1, le=200, description="at most so many; a page may be shorter")


class CollectionsQuery(Paged):
    """Which collections there are."""


class DocumentsQuery(Paged):
    """A collection's documents, or those at one path in it."""

    collection: str = Field(min_length=1, max_length=1_024, description="the collection's name", examples=["sarn"])
    path: str | None = Field(
        default=None, min_length=1, max_length=1_024, description="only the document that lies at this path"
    )


class DifferenceQuery(Query):
    """Two runs of a document."""

    old: int | None = Field(default=None, ge=1, description="number of a run; without it, the one before the current")
    new: int | None = Field(default=None, ge=1, description="number of a run; without it, the current one")


class DocumentTimelineQuery(Paged):
    """A document's events."""


class TimelineQuery(Paged):
    """A collection's events that overlap `from` to `to`, both included; a year or a month means all of it."""

    from_: FirstDay | None = Field(
        default=None, alias="from", description="the first day asked for: a day, or the first of a month or a year"
    )
    to: LastDay | None = Field(
        default=None, description="the last day asked for, included: a day, or the last of a month or a year"
    )
    q: Words = Field(default=None, description="words that the title holds, in any case")
    status: Annotated[tuple[Status, ...], BeforeValidator(_listed)] = Field(default=(), description="one of these")
    course: Annotated[tuple[Course, ...], BeforeValidator(_listed)] = Field(default=(), description="one of these")
    who: Words = Field(default=None, description="words of the name of somebody who says so, or of the medium")
    place: Words = Field(default=None, description="words of the place")
    min_precision: Precision | None = Field(default=None, description="dates known at least as exactly as this")
    order: Literal["asc", "desc"] = Field(default="asc", description="by start: oldest first, or newest first")

    @property
    def search(self) -> Search[Event]:
        """The search asked for. BadQuery: its days are the wrong way round."""
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise BadQuery("`from` is after `to`; exchange them")
        wants = self._filters()
        return Search(
            Window(self.from_, self.to),
            (lambda event: all(wants_it(event) for wants_it in wants)) if wants else None,
            backwards=self.order == "desc",
        )

    @property
    def name(self) -> str:
        """What tells this query from others, whatever page of it is asked for."""
        return self.model_dump_json(exclude={"cursor", "limit"})

    def _filters(self) -> list[Callable[[Event], bool]]:
        filters: list[Callable[[Event], bool]] = []
        if self.q is not None:
            filters.append(_holding(self.q, lambda event: (event.title,)))
        if self.who is not None:
            filters.append(_holding(self.who, _speakers))
        if self.place is not None:
            filters.append(_holding(self.place, lambda event: (event.place or "",)))
        if self.status:
            filters.append(lambda event: event.status in self.status)
        if self.course:
            filters.append(lambda event: event.course in self.course)
        if self.min_precision is not None:
            exact = _PRECISIONS[: _PRECISIONS.index(self.min_precision) + 1]
            filters.append(lambda event: event.when.precision in exact)
        return filters


# Ordered by width, the most exact first.
_PRECISIONS = get_args(Precision)


def _holding(words: str, parts: Callable[[Event], Iterable[str]]) -> Callable[[Event], bool]:
    """Make a filter: some part of an event holds these words, however they are written in capitals or composed."""
    wanted = _folded(words)
    return lambda event: any(wanted in _folded(part) for part in parts(event))


def _folded(text: str) -> str:
    # As the page does, which has no folding of its own: both are of Unicode, whatever the language.
    return unicodedata.normalize("NFKC", text).lower().upper()


def _speakers(event: Event) -> Iterator[str]:
    for one in event.said_by:
        yield from (words for words in (one.who, one.words, one.via) if words is not None)
