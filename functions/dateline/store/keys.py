"""Names: the ids of documents and events, and where each item stands in the table.

| item | pk | sk |
|---|---|---|
| head | `DOC#<document>` | `HEAD` |
| run | `DOC#<document>` | `RUN#<run>` |
| event of a run | `DOC#<document>` | `RUN#<run>#EVENT#<start>#<end>#<event>` |
| event on its collection's timeline | `TIMELINE#<collection>` | `<start>#<end>#<event>#<run>` |
| the same once more, by length | `SPAN#<class>#<collection>` | `<start>#<end>#<event>#<run>` |
| the occurrence that an event belongs to | `DOC#<document>` | `LINK#<event>` |
| report of an occurrence | `OCCURRENCE#<occurrence>` | `REPORT#<event>` |
| head of an occurrence | `OCCURRENCE#<occurrence>` | `HEAD` |
| occurrence in its collection | `OCCURRENCES#<collection>` | `<start>#<end>#<occurrence>#<version>` |
| the same once more, by length | `OCCURRENCES_SPAN#<class>#<collection>` | `<start>#<end>#<occurrence>#<version>` |
| document whose events are to be linked | `LINKING#<collection>` | `DUE#<document>#<stamp>` |
| editor's decision | `EDITS#<collection>` | `<decision>` |
| whose turn it is to link a collection, lengths of its dates | `LINKING#<collection>` | `TURN` |
| run that is searched by an object of its own | `SEARCH#<collection>` | `RUN#<document>#<run>` |
| segment of runs that are searched | `SEARCH#<collection>` | `SEGMENT#<number>` |
| run that segments may hold and nobody sees any more | `SEARCH#<collection>` | `DEAD#<document>#<run>` |
| whose turn it is to pack segments | `SEARCH#<collection>` | `TURN` |
| collection | `COLLECTIONS` | `<collection>` |
| tokens of a day | `SPENDING` | `<day>`, of another account `<day>#<account>` |
| when the calls of a model are made | `PACE` | `<model>` |
| recipe | `RECIPES` | `<recipe>` |
| pinned recipe | `PIN` | `PIN` |
| whose turn it is to reprocess | `TURN` | `TURN` |
| plan | `PLANS` | `<plan>` |
| file of a plan | `PLAN#<plan>` | `FILE#<number>` |
| range of a file's output that is done | `PLAN#<plan>` | `RANGE#<number>#<start>` |
| outcome of a document | `PLAN#<plan>` | `DOC#<document>` |

`<start>` and `<end>` are the days that an event takes on a timeline. `<end>` has the time of day too, where an event's
is known, and marks those that stand last of their day. Four sparse indexes hold heads alone: `by_drop` (collection,
time of the drop), `by_recipe` (recipe and shard, time of the drop), `by_change` (collection, time of the last change;
tombstones, too), `by_state` (collection, state if it is not `done`, time of the drop).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.dates import Day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.records import When

PREFIX = "drop/"
EDITS_PREFIX = "links/"
SEARCH_PREFIX = "search/"
INBOX = "inbox"
COLLECTIONS = "COLLECTIONS"
RECIPES, PLANS = "RECIPES", "PLANS"
_PLAN_FILE, _PLAN_OUTCOME = "FILE#", "DOC#"
HEAD = "HEAD"
LINK, REPORT, DUE = "LINK#", "REPORT#", "DUE#"
# In this order a reader walks them, so that a run which is packed meanwhile is met in its segment.
DEAD_RUN, LOOSE_RUN, SEGMENT = "DEAD#", "RUN#", "SEGMENT#"
RECIPE_SHARDS = 16

# "#" parts the fields of a sort key and "$" is the next character: what follows `x#…` begins at `x$`.
PAST = "$"
LOWEST, HIGHEST = "\x01", "\U0010ffff"
# Where dated starts begin: an open one ("-") sorts before every digit.
FIRST_DAY = "0"
UNDATED = "~"
_OPEN_START, _OPEN_END = "-", "~"
_TIME = "T"
# Before the end of what was only reported on a day: it sorts after every other end, an open one included.
_LATE = "~"
_YEAR_OFFSET = 100_000
_ID_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies: its S3 key, and what that says of its collection and its path in it."""

    key: str
    collection: str
    path: str

    @property
    def document_id(self) -> str:
        """The document's id, which follows from its key: 100 bits of its SHA-256."""
        return f"doc_{_digest(self.key)}"


def _digest(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:_ID_LENGTH]


def place(key: str) -> Place | None:
    """Read an S3 key; None for what is no document: folder markers and keys outside `drop/`."""
    if not key.startswith(PREFIX) or key.endswith("/"):
        return None
    collection, slash, path = key.removeprefix(PREFIX).partition("/")
    if not slash or not collection:
        return Place(key, INBOX, key.removeprefix(PREFIX))
    return Place(key, collection, path)


def places(collection: str, path: str) -> list[Place]:
    """Find the places that a collection and a path can mean: two in the inbox, whose name a key may leave out."""
    keys = [f"{PREFIX}{collection}/{path}"] + ([f"{PREFIX}{path}"] if collection == INBOX else [])
    found = (place(key) for key in keys)
    return [one for one in found if one is not None and (one.collection, one.path) == (collection, path)]


@dataclass(frozen=True, slots=True)
class EditPlace:
    """Where an editor's decision lies: its S3 key, and the collection and the name that this says."""

    key: str
    collection: str
    name: str


def edit_place(key: str) -> EditPlace | None:
    """Read an S3 key; None for what is no decision: other keys than `links/<collection>/<name>.json`."""
    collection, _, file = key.removeprefix(EDITS_PREFIX).partition("/")
    name = file.removesuffix(".json")
    if not key.startswith(EDITS_PREFIX) or not collection or not name or name == file:
        return None
    return EditPlace(key, collection, name)


def edit_key(collection: str, name: str) -> str:
    """Write the S3 key of an editor's decision."""
    return f"{EDITS_PREFIX}{collection}/{name}.json"


def event_id(document_id: str, number: int) -> str:
    """Name a document's event: the id says whose it is, so that no item is needed to look it up.

    The number has five digits, so that events of one date sort as they were numbered, which is as the text has them.
    """
    return f"evt_{document_id.removeprefix('doc_')}_{number:05}"


def document_pk(document_id: str) -> str:
    """Partition of a document's head, runs and events."""
    return f"DOC#{document_id}"


def document_of(pk: str) -> str:
    """Read the document's id from the partition of its head."""
    return pk.removeprefix("DOC#")


def run_sk(run: int) -> str:
    """Sort key of a run."""
    return f"RUN#{run:010}"


def run_events_sk(run: int) -> str:
    """Begin the sort keys of a run's events."""
    return f"{run_sk(run)}#EVENT#"


def recipe_shard(recipe: str, document_id: str) -> str:
    """Partition of the index by recipe: 16 a recipe, so that a million documents do not share one."""
    return _recipe_shard(recipe, int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % RECIPE_SHARDS)


def recipe_shards(recipe: str) -> list[str]:
    """Name all partitions that a recipe has in the index by recipe."""
    return [_recipe_shard(recipe, number) for number in range(RECIPE_SHARDS)]


def _recipe_shard(recipe: str, number: int) -> str:
    return f"{recipe}#{number:02}"


def drop_order(moment: datetime) -> str:
    """Write a moment, as that of a drop, so that text order is time order."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"


def moment_of(order: str) -> datetime:
    """Read the moment back, whatever follows after "#"."""
    return datetime.fromisoformat(order.partition("#")[0]).replace(tzinfo=UTC)


def document_order(moment: datetime, document_id: str) -> str:
    """Write what documents are ordered by: a moment, and then their ids."""
    return f"{drop_order(moment)}#{document_id}"


def state_order(state: str, order: str = "") -> str:
    """Write what documents are ordered by within a state."""
    return f"{state}#{order}"


def day_key(day: Day) -> str:
    """Write a day so that text order is time order, also before the year 0."""
    return f"{day.year + _YEAR_OFFSET:06}-{day.month:02}-{day.day:02}"


def span_key(start: Day | None, end: Day | None, time: str = "", *, late: bool = False) -> str:
    """Write a span; an open start sorts before every day and an open end after.

    A time of day (HH:MM) orders what takes the same days; what has none comes before ("#" sorts before "T"). What is
    `late` comes after everything else that starts on its day.
    """
    first, last = day_key(start) if start else _OPEN_START, day_key(end) if end else _OPEN_END
    return f"{first}#{_LATE if late else ''}{last}{f'{_TIME}{time}' if time else ''}"


def _read_day(text: str) -> Day | None:
    if text in {_OPEN_START, _OPEN_END}:
        return None
    year, month, day = text.split("-")
    return Day(int(year) - _YEAR_OFFSET, int(month), int(day))


@dataclass(frozen=True, slots=True)
class SpanClass:
    """Spans of up to so many days; those under way at a day began less than that before it. None: no such bound."""

    name: str
    days: int | None


_BOUNDED = tuple(SpanClass(str(days), days) for days in (7, 31, 92, 366, 3_660))
LONGER, OPEN_END, OPEN_START = SpanClass("longer", None), SpanClass("open_end", None), SpanClass("open_start", None)
SPAN_CLASSES = (*_BOUNDED, LONGER, OPEN_END, OPEN_START)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Partitions of a collection that hold one kind of rows by date: all of them, and the longer ones by length."""

    all: str
    by_length: str

    def pk(self, collection: str) -> str:
        """Partition that holds all rows."""
        return f"{self.all}#{collection}"

    def span_pk(self, length: SpanClass, collection: str) -> str:
        """Partition of the rows of a class of lengths."""
        return f"{self.by_length}#{length.name}#{collection}"

    def keys(self, collection: str, row: str, version: int, span: TimelineSpan) -> Iterator[Key]:
        """Where a version of a row stands: once, and once more by its length."""
        sk = f"{span.key}#{row}#{version:010}"
        yield Key(self.pk(collection), sk)
        if span.span_class is not None:
            yield Key(self.span_pk(span.span_class, collection), sk)


EVENTS, OCCURRENCES = Shelf("TIMELINE", "SPAN"), Shelf("OCCURRENCES", "OCCURRENCES_SPAN")


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """The days that an event takes on a timeline, and the time (HH:MM) of one day, if known. None is an open end.

    `late`: it stands after everything else that starts on its day.
    """

    start: Day | None
    end: Day | None
    time: str = ""
    late: bool = False

    @property
    def key(self) -> str:
        """How the span stands in sort keys."""
        return span_key(self.start, self.end, self.time, late=self.late)

    @property
    def span_class(self) -> SpanClass | None:
        """The class of its length; None for a single day, which is never under way."""
        if self.start is None:
            return OPEN_START
        if self.end is None:
            return OPEN_END
        days = self.end.ordinal() - self.start.ordinal() + 1
        if days == 1:
            return None
        return next((one for one in _BOUNDED if one.days is not None and days <= one.days), LONGER)


@dataclass(frozen=True, slots=True)
class RowKey:
    """The sort key of an event of a run, under its document, or of a version of a row by date, taken apart.

    `start` and `end` are text that sorts as the days do.
    """

    start: str
    end: str
    row: str
    version: int

    @property
    def span_key(self) -> str:
        """How its span stands in sort keys."""
        return f"{self.start}#{self.end}"

    @property
    def span(self) -> TimelineSpan | None:
        """The days that it takes; None for an undated event."""
        if self.start == self.end == UNDATED:
            return None
        day, _, time = self.end.partition(_TIME)
        late = day.startswith(_LATE) and day != _OPEN_END
        return TimelineSpan(_read_day(self.start), _read_day(day.removeprefix(_LATE) if late else day), time, late)


def read_run_key(sk: str) -> tuple[int, RowKey | None]:
    """Read the sort key of a run or of one of its events into the run's number and the event, if it is one."""
    _, run, *rest = sk.split("#")
    if not rest:
        return int(run), None
    _, start, end, event = rest
    return int(run), RowKey(start, end, event, int(run))


def read_row_key(sk: str) -> RowKey:
    """Read the sort key of a row by date."""
    start, end, row, version = sk.split("#")
    return RowKey(start, end, row, int(version))


def timeline_span(when: When) -> TimelineSpan | None:
    """Place an event on a timeline by its date; None for an undated one.

    What was only reported on a day stands after the day's dated events.
    """
    begins, ends = when.begins, when.latest
    if begins is None and ends is None:
        return None
    time = when.time or "" if begins == ends else ""
    return TimelineSpan(begins, ends, time, late=when.basis == "reported")


@dataclass(frozen=True, slots=True)
class Key:
    """Where an item stands."""

    pk: str
    sk: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index of heads: its name, and the attributes that are its partition and its order."""

    name: str
    partition: str
    order: str


BY_DROP, BY_RECIPE = Index("by_drop", "collection", "dropped"), Index("by_recipe", "recipe_shard", "dropped")
BY_CHANGE, BY_STATE = Index("by_change", "collection", "changed"), Index("by_state", "collection", "in_state")
INDEXES = (BY_DROP, BY_RECIPE, BY_CHANGE, BY_STATE)

PIN, TURN = Key("PIN", "PIN"), Key("TURN", "TURN")


def spending(day: str, account: str = "") -> Key:
    """Where the tokens of a day (YYYY-MM-DD) are counted."""
    return Key("SPENDING", f"{day}#{account}" if account else day)


def pace(name: str) -> Key:
    """Where it stands how fast a model is asked."""
    return Key("PACE", name)


def recipe(name: str) -> Key:
    """Where a recipe is registered."""
    return Key(RECIPES, name)


def plan(plan_id: str) -> Key:
    """Where a plan stands."""
    return Key(PLANS, plan_id)


def plan_file(plan_id: str, number: int) -> Key:
    """Where a file of a plan stands."""
    return Key(f"PLAN#{plan_id}", f"{_PLAN_FILE}{number:05}")


def plan_outcome(plan_id: str, document_id: str) -> Key:
    """Where it stands what became of a document."""
    return Key(f"PLAN#{plan_id}", f"{_PLAN_OUTCOME}{document_id}")


def outcome_document(sk: str) -> str:
    """Read the document's id from the sort key of its outcome."""
    return sk.removeprefix(_PLAN_OUTCOME)


def plan_ranges(plan_id: str, number: int) -> Key:
    """Where the ranges of a file's output begin."""
    return Key(f"PLAN#{plan_id}", f"RANGE#{number:05}#")


def plan_range(plan_id: str, number: int, start: int) -> Key:
    """Where it stands that a range of a file's output is done; `start` is its first byte."""
    begin = plan_ranges(plan_id, number)
    return Key(begin.pk, f"{begin.sk}{start:012}")


def event_key(document_id: str, run: int, event: str, span: TimelineSpan | None) -> Key:
    """Where an event stands under its run: by date, the undated ones last."""
    order = span.key if span else f"{UNDATED}#{UNDATED}"
    return Key(document_pk(document_id), f"{run_events_sk(run)}{order}#{event}")


def document_of_event(event: str) -> str:
    """Read from an event's id whose it is."""
    return f"doc_{event.removeprefix('evt_').partition('_')[0]}"


def link(event: str) -> Key:
    """Where it stands which occurrence an event belongs to."""
    return Key(document_pk(document_of_event(event)), f"{LINK}{event}")


def linked_event(sk: str) -> str:
    """Read the event from the sort key of its link."""
    return sk.removeprefix(LINK)


def occurrence_id(collection: str, version: int, number: int) -> str:
    """Name an occurrence that was made as the `number`th of a turn: 100 bits of a SHA-256."""
    return f"occ_{_digest(f'{collection}#{version}#{number}')}"


def occurrence_pk(occurrence: str) -> str:
    """Partition of an occurrence's head and reports."""
    return f"OCCURRENCE#{occurrence}"


def occurrence_head(occurrence: str) -> Key:
    """Where the head of an occurrence stands."""
    return Key(occurrence_pk(occurrence), HEAD)


def report(occurrence: str, event: str) -> Key:
    """Where a report of an occurrence stands."""
    return Key(occurrence_pk(occurrence), f"{REPORT}{event}")


def linking_pk(collection: str) -> str:
    """Partition of what is to be linked in a collection, and of the lease of its linking."""
    return f"LINKING#{collection}"


def edits_pk(collection: str) -> str:
    """Partition of the editors' decisions about a collection."""
    return f"EDITS#{collection}"


def edit(collection: str, name: str) -> Key:
    """Where an editor's decision stands."""
    return Key(edits_pk(collection), name)


def due(collection: str, document: str, stamp: str) -> Key:
    """Where it stands that a document's events are to be linked; `stamp` tells several notes of it apart."""
    return Key(linking_pk(collection), f"{DUE}{document}#{stamp}")


def linking_turn(collection: str) -> Key:
    """Where the lease of a collection's linking stands."""
    return Key(linking_pk(collection), "TURN")


def search_pk(collection: str) -> str:
    """Partition of what is searched of a collection."""
    return f"SEARCH#{collection}"


def loose_run(collection: str, document: str, run: int) -> Key:
    """Where it stands that a run is searched by an object of its own."""
    return Key(search_pk(collection), f"{LOOSE_RUN}{document}#{run:010}")


def dead_run(collection: str, document: str, run: int) -> Key:
    """Where it stands that segments may hold a run which nobody sees any more."""
    return Key(search_pk(collection), f"{DEAD_RUN}{document}#{run:010}")


def searched_run(sk: str) -> tuple[str, int]:
    """Read the document and the run from the sort key of either."""
    _, document, run = sk.split("#")
    return document, int(run)


def segment(collection: str, number: int) -> Key:
    """Where a segment stands; a later one has a higher number."""
    return Key(search_pk(collection), f"{SEGMENT}{number:016}")


def segment_number(sk: str) -> int:
    """Read the number from the sort key of a segment."""
    return int(sk.removeprefix(SEGMENT))


def packing_turn(collection: str) -> Key:
    """Where the lease of packing a collection's segments stands."""
    return Key(search_pk(collection), "TURN")


def loose_object(document: str, run: int) -> str:
    """Write the S3 key of a run that is searched by an object of its own."""
    return f"{SEARCH_PREFIX}runs/{document}/{run:010}"


def segment_object(collection: str, number: int) -> str:
    """Write the S3 key of a segment; a collection's name may leave no room for more beside it."""
    return f"{SEARCH_PREFIX}segments/{_digest(collection)}/{number:016}"
