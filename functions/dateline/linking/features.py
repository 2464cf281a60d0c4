"""What two reports are compared by, worked out once for each: its time, its title, its names, its sources' words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from dateline.dates.language.folding import fold
from dateline.linking.titles import ParsedTitle, read_title
from dateline.text import letters

if TYPE_CHECKING:
    from dateline.linking.model import Report
    from dateline.records import When

# Days: what a document reports without a date may have happened so long before; what it denies or takes back, longer.
_BACK, _BACK_UNDONE = 7, 92
_PAPER = frozenset(map(letters, ("this newspaper", "our newspaper", "the newspaper", "this paper")))
_SHINGLE = 4  # words
# Runs of words that copies have in common: at least so many, which are ten words on end, since a short sentence about
# one thing is soon alike; a share of the shorter text's, or of both together.
_LEAST_COMMON, _OF_SHORTER, _OF_BOTH = 7, 0.8, 0.5
_KEPT = 4_096  # reports, of some 5 KB each


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days in which an event may lie, counted as `Day.ordinal` does; both are included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    def apart(self, other: DayRange) -> int:
        """Return how many days lie between it and another, from its edge to the other's; 0 where they overlap."""
        return max(0, self.first - other.last, other.first - self.last)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """A report with what it is compared by.

    `year_day` is month and day of what is dated to one day. `aliases` are the words by which its names are known, in
    both languages; `shingles` are runs of words of its first sentence. `medium` is bare letters, and `takes_back` are
    the media that withdraw what is told.
    """

    report: Report
    span: DayRange | None
    year_day: tuple[int, int] | None
    title: ParsedTitle
    letters: str
    aliases: frozenset[str]
    place: frozenset[str]
    shingles: frozenset[tuple[str, ...]]
    voices: frozenset[tuple[str | None, str]]
    cited: frozenset[int]
    medium: str
    takes_back: frozenset[str]

    @property
    def order(self) -> tuple[str, str]:
        """An order by content, then by id."""
        return self.letters, self.report.id


@lru_cache(maxsize=_KEPT)
def features(report: Report) -> Features:
    """Work out what a report is compared by; the last reports' are kept, since each is compared with many."""
    event = report.event
    quotes = [part.quote for part in event.evidence]
    when = event.when
    day = when.earliest if when.earliest == when.latest else None
    names = chain.from_iterable((name.name, name.words) for name in event.names)
    return Features(
        report=report,
        span=span_of(when, undone=event.status in {"denied", "withdrawn"}),
        year_day=(day.month, day.day) if day else None,
        title=read_title(event.title, event.title_language, [name.name for name in event.names], quotes),
        letters=letters(event.title),
        aliases=frozenset(fold(word) for name in names for word in name.split()),
        place=frozenset(fold(word) for word in (event.place or "").split()),
        shingles=shingles(quotes[:1]),
        voices=frozenset((said.who and fold(said.who), said.stance) for said in event.said_by),
        cited=frozenset(part.sentence for part in event.evidence),
        medium=letters(report.medium or ""),
        takes_back=takes_back(report),
    )


def takes_back(report: Report) -> frozenset[str]:
    """Return the media that take back what a report says: by name, or as "this newspaper"."""
    names = {letters(said.who) for said in report.event.said_by if said.who and said.stance == "withdraws"}
    own = {letters(report.medium)} if report.medium and names & _PAPER else set()
    return frozenset(names | own) - {""}


def span_of(when: When, *, undone: bool = False) -> DayRange | None:
    """Return the days to compare a date by; None for no date, and for what has no bound that it happened near.

    What has no start stands at its latest day; what a document reports without a date reaches back from there. What is
    under way from a day on, without an end, stands at that day.
    """
    first, last = when.earliest, when.latest
    if last is not None and (when.basis == "reported" or (undone and when.words is None)):
        return DayRange(last.ordinal() - (_BACK_UNDONE if undone else _BACK), last.ordinal())
    if last is None:
        return DayRange(first.ordinal(), first.ordinal()) if first else None
    return DayRange((first or last).ordinal(), last.ordinal())


def shingles(quotes: list[str]) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of sentences, to find copies by."""
    found: set[tuple[str, ...]] = set()
    for quote in quotes:
        words = [word for word in map(letters, quote.split()) if word]
        found.update(tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))
    return frozenset(found)


def is_copy(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Return whether a sentence is another's, perhaps cut short: most runs of the shorter or half of all are common."""
    common = len(one & other)
    if common < _LEAST_COMMON:
        return False
    return common >= _OF_SHORTER * min(len(one), len(other)) or common >= _OF_BOTH * len(one | other)
