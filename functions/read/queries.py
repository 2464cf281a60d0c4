"""What readers may ask: the parameters of every route, checked before anything is read."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, get_args

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from dateline.dates import Day, Precision
from dateline.deferred import DeferredModel
from dateline.linking.model import ConflictKind, Occurrence
from dateline.records import Course, Event, Status
from dateline.store.overlap import Search, Window
from read.refusals import BadQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dateline.store.heads import Held

R = TypeVar("R", Event, Occurrence)

ListedState = Literal["waiting", "rejected", "done"]
Order = Literal["asc", "desc"]
View = Literal["events", "occurrences"]
ConflictFilter = Literal[ConflictKind, "any"]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")

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


def _moment(text: object) -> datetime:
    """Read a moment as answers write it; one without a zone could be hours away from what was meant."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) and _MOMENT.fullmatch(text) else None
        if moment is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError("write a moment as answers name it, with its zone: 2024-05-31T12:00:00Z")


FirstDay = Annotated[Day, BeforeValidator(_first_day), _PARTIAL_SCHEMA]
LastDay = Annotated[Day, BeforeValidator(_last_day), _PARTIAL_SCHEMA]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Words = Annotated[str | None, Field(min_length=1, max_length=200)]


class Query(DeferredModel):
    """The manner of all queries: a parameter that nobody knows is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Query):
    """A query whose answer comes in pages. 200 events with their quotes stay well below Lambda's 6 MB an answer."""

    cursor: str | None = Field(
        default=None, max_length=4_000, description="where the page before ended: its `cursor`, for the same query"
    )
    limit: int = Field(default=50, ge=1, le=200, description="at most so many; a page may be shorter")


class Following(Paged):
    """A query that can be asked again for what has changed since."""

    changed_since: Moment | None = Field(
        default=None,
        description=(
            "only what has changed since a moment, in the order of change: the `changed_since` that an answer named. "
            "Everything is told at least once, and some of it again. After three months (410) start over without it"
        ),
    )


class CollectionsQuery(Paged):
    """Which collections there are."""


class DocumentsQuery(Following):
    """A collection's documents, newest drop first, or those at one path in it, or those that changed since a moment.

    With `state`, a page looks at 1,000 documents at most, so it may be short or empty and still have a next one:
    follow the `cursor` until there is none.
    """

    collection: str = Field(min_length=1, max_length=1_024, description="the collection's name", examples=["sarn"])
    path: str | None = Field(
        default=None, min_length=1, max_length=1_024, description="only the document that lies at this path"
    )
    state: ListedState | None = Field(default=None, description="only those that are in this state now")


class SearchQuery(Paged):
    """Documents whose words hold all that is asked for, in titles, quotes, texts, names and media.

    Case, accents and the forms of signs make no difference.
    """

    q: str = Field(
        min_length=1,
        max_length=200,
        description='words that all occur, "a phrase", and beginnings of words: coun*',
        examples=["council vote*", '"member states"'],
    )
    collection: str | None = Field(
        default=None,
        min_length=1,
        max_length=1_024,
        description="only in this one; without it, in all that you may read",
    )
    limit: int = Field(default=20, ge=1, le=50, description="at most so many documents; a page may be shorter")


class DifferenceQuery(Query):
    """Two runs of a document."""

    old: int | None = Field(default=None, ge=1, description="number of a run; without it, the one before the current")
    new: int | None = Field(default=None, ge=1, description="number of a run; without it, the current one")


class DocumentTimelineQuery(Paged):
    """A document's events."""


class _ByDate(Paged):
    """Rows of a collection by date; a year or a month means all of it."""

    from_: FirstDay | None = Field(
        default=None, alias="from", description="the first day asked for: a day, or the first of a month or a year"
    )
    to: LastDay | None = Field(
        default=None, description="the last day asked for, included: a day, or the last of a month or a year"
    )
    q: Words = Field(default=None, description="words that the title holds, in any case")
    status: Annotated[tuple[Status, ...], BeforeValidator(_listed)] = Field(default=(), description="one of these")
    course: Annotated[tuple[Course, ...], BeforeValidator(_listed)] = Field(default=(), description="one of these")
    who: Words = Field(
        default=None,
        description="words of the name of somebody who says so, of a medium that passes it on, or of the document's",
    )
    place: Words = Field(default=None, description="words of the place")
    min_precision: Precision | None = Field(default=None, description="dates known at least as exactly as this")
    order: Order = Field(default="asc", description="by start: oldest first, or newest first")

    @property
    def window(self) -> Window:
        """The days asked for. BadQuery: they are the wrong way round."""
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise BadQuery("`from` is after `to`; exchange them")
        return Window(self.from_, self.to)

    @property
    def name(self) -> str:
        """What tells this query from others, whatever page of it is asked for."""
        return self.model_dump_json(exclude={"cursor", "limit"})

    @property
    def chosen(self) -> tuple[str, ...]:
        """By what rows are chosen, in words: "status: denied, disputed"."""
        given = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_NO_CHOICE)
        values = ((name, value if isinstance(value, list) else [value]) for name, value in given.items())
        return tuple(f"{name.replace('_', ' ')}: {', '.join(map(str, several))}" for name, several in values)

    def _filters(
        self, speakers: Callable[[R], Iterable[str]] | None, places: Callable[[R], Iterable[str]]
    ) -> Iterator[Callable[[R], bool]]:
        """Yield what rows must fulfil, given how to read a row's places, and its speakers where it names them all."""
        if self.q is not None:
            yield _holding(self.q, lambda row: (row.title,))
        if self.who is not None and speakers is not None:
            yield _holding(self.who, speakers)
        if self.place is not None:
            yield _holding(self.place, places)
        if self.status:
            yield lambda row: row.status in self.status
        if self.course:
            yield lambda row: row.course in self.course
        if self.min_precision is not None:
            exact = _PRECISIONS[: _PRECISIONS.index(self.min_precision) + 1]
            yield lambda row: row.when.precision in exact


class TimelineQuery(_ByDate, Following):
    """A collection's events that overlap `from` to `to`, both included; a year or a month means all of it.

    With `changed_since`, the events of those documents that changed, document by document.
    """

    view: View = Field(default="events", description="of an export: each report, or each occurrence once")

    @property
    def search(self) -> Search[Event]:
        """The search asked for. BadQuery: its days are the wrong way round."""
        wants: list[Callable[[Event], bool]] = list(self._filters(None, _place))
        # Who speaks in its own voice is told by the document alone.
        owned = None if self.who is None else _told_by(self.who)
        return Search(self.window, _all(wants), backwards=self.order == "desc", owned=owned)

    @property
    def of_occurrences(self) -> OccurrencesQuery:
        """The same asked of occurrences."""
        shared = {name: getattr(self, name) for name in _ByDate.model_fields if name != "from_"}
        return OccurrencesQuery.model_construct(None, from_=self.from_, **shared)


class OccurrencesQuery(_ByDate):
    """A collection's occurrences that stand between `from` and `to`, both included, each with all of its reports."""

    conflict: Annotated[tuple[ConflictFilter, ...], BeforeValidator(_listed)] = Field(
        default=(), description="those whose reports part in one of these; `any`: in anything"
    )
    min_sources: int | None = Field(default=None, ge=1, description="told by at least so many independent sources")
    max_sources: int | None = Field(default=None, ge=1, description="told by at most so many independent sources")

    @property
    def search(self) -> Search[Occurrence]:
        """The search asked for. BadQuery: its days are the wrong way round."""
        wants: list[Callable[[Occurrence], bool]] = list(self._filters(_tellers, _places))
        if self.conflict:
            wants.append(self._parts)
        if self.min_sources is not None:
            least = self.min_sources
            wants.append(lambda row: row.independent_sources >= least)
        if self.max_sources is not None:
            most = self.max_sources
            wants.append(lambda row: row.independent_sources <= most)
        return Search(self.window, _all(wants), backwards=self.order == "desc")

    def _parts(self, row: Occurrence) -> bool:
        return any("any" in self.conflict or one.kind in self.conflict for one in row.conflicts)


_NO_CHOICE = {"cursor", "limit", "order", "view", "changed_since"}
# Ordered by width, the most exact first.
_PRECISIONS = get_args(Precision)


def _all(wants: Sequence[Callable[[R], bool]]) -> Callable[[R], bool] | None:
    return (lambda row: all(wants_it(row) for wants_it in wants)) if wants else None


def _holding(words: str, parts: Callable[[R], Iterable[str]]) -> Callable[[R], bool]:
    """Make a filter: some part of a row holds these words, however they are written in capitals or composed."""
    wanted = _folded(words)
    return lambda row: any(wanted in _folded(part) for part in parts(row))


def _told_by(words: str) -> Callable[[Event, Held], bool]:
    """Make a filter: somebody who says so, or the medium, has these words in the name."""
    wanted = _folded(words)
    return lambda event, held: any(
        wanted in _folded(name) for name in (*_speakers(event), held.head.about.medium or "")
    )


def _folded(text: str) -> str:
    # As the page does, which has no folding of its own: both are of Unicode, whatever the language.
    return unicodedata.normalize("NFKC", text).lower().upper()


def _place(event: Event) -> tuple[str, ...]:
    return (event.place or "",)


def _speakers(event: Event) -> Iterator[str]:
    for one in event.said_by:
        yield from (words for words in (one.who, one.words, one.via) if words is not None)


def _tellers(occurrence: Occurrence) -> tuple[str, ...]:
    return (*occurrence.speakers, *occurrence.media)


def _places(occurrence: Occurrence) -> tuple[str, ...]:
    return occurrence.places
