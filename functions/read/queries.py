"""What readers may ask: the parameters of every route, checked before anything is read."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dateline.dates import Day
from dateline.store.timeline import Window

_PARTIAL = re.compile(r"(-?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?")


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


FirstDay = Annotated[Day, BeforeValidator(_first_day)]
LastDay = Annotated[Day, BeforeValidator(_last_day)]
Cursor = Annotated[str | None, Field(max_length=4_000)]


class Query(BaseModel):
    """The manner of all queries: a parameter that nobody knows is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Query):
    """A query whose answer comes in pages. 200 events with their quotes stay well below Lambda's 6 MB an answer."""

    cursor: Cursor = None
    limit: int = Field(default=50, ge=1, le=200)


class CollectionsQuery(Paged):
    """Which collections there are."""


class DocumentsQuery(Paged):
    """A collection's documents, or those at one path in it."""

    collection: str = Field(min_length=1)
    path: str | None = Field(default=None, min_length=1)


class DocumentTimelineQuery(Paged):
    """A document's events."""


class TimelineQuery(Paged):
    """A collection's events that overlap `from` to `to`, both included; a year or a month means all of it."""

    from_: FirstDay | None = Field(default=None, alias="from")
    to: LastDay | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise ValueError("`from` is after `to`")
        return self

    @property
    def window(self) -> Window:
        """The interval asked for."""
        return Window(self.from_, self.to)
