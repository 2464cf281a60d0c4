"""What the resolver says: a resolution with its bounds, or an abstention with its reason."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Precision = Literal[
    "day", "part_of_month", "week", "month", "quarter", "season", "part_of_year", "half", "year",
    "part_of_decade", "decade", "part_of_century", "century",
]  # fmt: skip
Extent = Literal["within", "throughout"]
Basis = Literal["explicit", "relative", "context", "published", "reported", "undated"]
Direction = Literal["past", "future"]

_DAYS_OF_400_YEARS = 146_097
_MONTHS = 12
_FEBRUARY, _THIRTY = 2, (4, 6, 9, 11)
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")


def days_in(year: int, month: int) -> int:
    """Tell how many days a month has."""
    if month == _FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in _THIRTY else 31


class _Parts(NamedTuple):
    year: int
    month: int
    day: int


class Day(_Parts):
    """A day of the proleptic Gregorian calendar, with years before 1 CE counted astronomically (0 is 1 BCE).

    The standard library's `date` begins with year 1; history does not. As text it is the form of ISO 8601 and EDTF:
    `2023-09-01`, `-0043-03-15`.
    """

    __slots__ = ()

    def __new__(cls, year: int, month: int, day: int) -> Day:
        """Make a day; ValueError where the calendar has none."""
        if not (1 <= month <= _MONTHS and 1 <= day <= days_in(year, month)):
            raise ValueError(f"{year:04}-{month:02}-{day:02} is no day of the calendar")
        return super().__new__(cls, year, month, day)

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"

    @classmethod
    def parse(cls, text: str) -> Day:
        """Read `2023-09-01` or `-0043-03-15`; ValueError says what is wrong."""
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no day: write YYYY-MM-DD")
        return cls(*(int(part) for part in match.groups()))

    @classmethod
    def of(cls, day: date) -> Day:
        """Take over a day of the standard library."""
        return cls(day.year, day.month, day.day)

    def ordinal(self) -> int:
        """Count the days from 31 December of the year 0, as `date.toordinal` does, for any year."""
        cycles, year = divmod(self.year - 1, 400)
        return date(year + 1, self.month, self.day).toordinal() + cycles * _DAYS_OF_400_YEARS

    @classmethod
    def from_ordinal(cls, count: int) -> Day:
        """Find the day that `ordinal` counts."""
        cycles, rest = divmod(count - 1, _DAYS_OF_400_YEARS)
        day = date.fromordinal(rest + 1)
        return cls(day.year + 400 * cycles, day.month, day.day)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: type[Any], _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic models hold days, in JSON as text, without this package importing pydantic."""
        from pydantic_core import core_schema

        from_text = core_schema.no_info_after_validator_function(
            cls.parse, core_schema.str_schema(pattern=r"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$")
        )
        return core_schema.json_or_python_schema(
            json_schema=from_text,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), from_text]),
            serialization=core_schema.to_string_ser_schema(),
        )


class Anchor(NamedTuple):
    """What an expression without a year of its own was worked out from.

    `source` is `published` (the publication date) or `neighbour` (another date of the text). A neighbour is named by
    its `words` and by `sentence`: 0 is the expression's own sentence, -1 the one before it, and so on back.
    """

    source: Literal["published", "neighbour"]
    sentence: int | None = None
    words: str | None = None


class Resolution(NamedTuple):
    """An interval of the calendar, and how it was found. `None` as a bound is an open end; never both are."""

    words: str
    edtf: str
    earliest: Day | None
    latest: Day | None
    precision: Precision
    extent: Extent
    basis: Literal["explicit", "relative", "context"]
    anchor: Anchor | None
    rule: str


class Abstention(NamedTuple):
    """The resolver's refusal to guess. `reason` is a short phrase for people and for the model's repair call.

    `understood` is false where no rule reads the words, or what they hang on is not known: somebody who has read the
    story may know better. Of words that date nothing (a duration, "recently") nobody does.
    """

    words: str
    reason: str
    understood: bool = True


class Found(NamedTuple):
    """A date expression in a text, `words == text[start:end]`; offsets are code points."""

    start: int
    end: int
    words: str
