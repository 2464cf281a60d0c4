"""What an expression may hang on (`Setting`), and what it comes to (`Value`)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from dateline.dates.calendar.spans import Span
from dateline.dates.context.tense import Tense
from dateline.dates.model import Anchor, Day, Extent

Footing = Literal["explicit", "relative", "context"]


class Reference(NamedTuple):
    """A date that the text has already given: what it means and where it stands."""

    span: Span
    anchor: Anchor


class Definition(NamedTuple):
    """The day and month on which such a year begins; `by_end` if it is named after the year in which it ends."""

    month: int
    day: int
    by_end: bool | None


class Setting(NamedTuple):
    """What an expression may hang on.

    `reference` is the nearest dated neighbour before it, `narrative` says that it and not the day of publication is
    what bare months and weekdays hang on, `ahead` is the rest of an enumeration that it begins (3, 4 and 5 May)
    or else the year that its sentence names only later,
    `tense` is that of the sentence, `own_year` the document's definition of its fiscal or school year,
    `is_message` says that nothing was said before the sentence, so that a time of day is of the day of publication.
    """

    published: Day | None
    reference: Reference | None = None
    narrative: bool = False
    running: bool = False
    chapter: Span | None = None
    stated: Reference | None = None
    ahead: Reference | None = None
    tense: Tense = Tense()
    own_year: Definition | None = None
    is_message: bool = False


class Value(NamedTuple):
    """What a tree comes to. The bounds are the span's, but for an open end, which is None."""

    span: Span
    footing: Footing = "explicit"
    anchor: Anchor | None = None
    extent: Extent = "within"
    open: Literal["start", "end"] | None = None
