"""What words mean before the calendar is asked: small trees that the grammar builds and the evaluation reads."""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal[
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
]  # fmt: skip
Hang = Literal["deictic", "anaphoric", "either", "close"]
Third = Literal["start", "mid", "end"]


class Named(NamedTuple):
    """A piece of the calendar by its own name or number: 2023, May, the 3rd, Tuesday, autumn, the third quarter.

    `kind` says what `value` counts. `within` is the larger piece that it lies in; None where the words do not say.
    Years count astronomically (0 is 1 BCE), decades and centuries by their first year; a decade below 100 has no
    century yet. Seasons are 1 (spring) to 4 (winter); Tuesday is weekday 2.
    """

    kind: Literal[
        "day", "weekday", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
        "holiday",
    ]  # fmt: skip
    value: int | str
    within: Node | None = None


class Step(NamedTuple):
    """So many whole units before or after the one we are in: last month (-1), this year (0)."""

    unit: Unit
    offset: int
    hang: Hang = "deictic"


class Near(NamedTuple):
    """The last, this or next one of its name: last May, next Tuesday, that autumn."""

    node: Node
    offset: int
    hang: Hang = "deictic"


class Shift(NamedTuple):
    """So many units away from `base`, or from what `hang` says where there is no base: three weeks ago."""

    by: int
    unit: Unit
    hang: Hang = "deictic"
    base: Node | None = None
    exact: bool = False  # "a year ago today": the day, not the unit


class Part(NamedTuple):
    """The first, middle or last third of something: late 2023."""

    third: Third
    node: Node


class Nth(NamedTuple):
    """The nth unit (or weekday) of something; -1 is the last: the first week of May, the last Monday of June."""

    position: int
    unit: Unit | Named
    node: Node


class Qualified(NamedTuple):
    """Something said with reserve: `~` about, `?` possibly."""

    mark: Literal["~", "?"]
    node: Node


class Checked(NamedTuple):
    """A day with its weekday beside it, which settles the year and exposes a wrong date: Saturday, 17 January."""

    weekday: int
    node: Node


class Open(NamedTuple):
    """An interval with one known end."""

    kind: Literal["since", "after", "before", "until"]
    node: Node


class Range(NamedTuple):
    """From one thing to another; `within` where it happened once in between (between March and June)."""

    first: Node
    last: Node
    within: bool = False


class End(NamedTuple):
    """One end of a range, which lacks what the other end has: the 5 of "4 and 5 May"."""

    which: Literal["first", "last"]
    range: Range


class OwnYear(NamedTuple):
    """A fiscal or school year, which begins when the document says: 2024, 2023/24 (`two`), or last (`offset` -1)."""

    year: int | None
    two: bool = False
    offset: int = 0


class Clock(NamedTuple):
    """A time of day without its day."""


class Refusal(NamedTuple):
    """Words that look like a date and are none: a duration, a repetition, a vague word.

    A `hard` one goes before a date that the same words could be, another one behind it.
    """

    reason: str
    hard: bool = False


Node = Named | Step | Near | Shift | Part | Nth | Qualified | Checked | Open | Range | End | OwnYear | Clock | Refusal
