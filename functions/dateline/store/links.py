"""The occurrences of collections: heads, reports, rows, which event belongs to which, and what is to be linked.

One writer a collection folds new reports in, under the collection's lease. Its writes come in an order in which whoever
dies half-way leaves no event in two occurrences, and in which folding the same document once more mends the rest:
reports and rows, which nobody sees yet; heads of occurrences that lose reports; links; heads of those that win some,
and then of new ones.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from pydantic import Field

from dateline.errors import Retryable
from dateline.linking.edits import Edit, Meant
from dateline.linking.model import Decision, Occurrence, Report
from dateline.records import Record
from dateline.store import keys
from dateline.store.keys import Key
from dateline.store.lease import Lease, Leased, Leases, read_lease
from dateline.store.overlap import Kind, Overlap
from dateline.store.table import LostRace
from dateline.stored import body_of, read_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dateline.store.keys import EditPlace
    from dateline.store.table import Item, Table

_ALL = 1_000_000
_AT_ONCE = 8
_WRITES_A_TURN = 10_000
_LONGEST_WAIT_SECONDS = 2.0  # most turns are given back after a fraction of one


class LinkedReport(Record):
    """A report, with what a model was paid for saying of it and others, by their events, and what editors say of it.

    A decision about a pair stands with one of the two, and lasts as long as both. Which editors' decisions mean the
    report was worked out when its document was folded in: then all that the document tells is known.
    """

    report: Report
    asked: dict[str, Decision] = Field(default_factory=dict)
    meant: Meant = Meant()


class RowPlace(Record):
    """Where a row stands in the table."""

    pk: str
    sk: str

    @property
    def key(self) -> Key:
        """The same as a key."""
        return Key(self.pk, self.sk)


class OccurrenceHead(Record):
    """An occurrence's one small record: its age, and the version of its row that readers see.

    `born` orders occurrences by age. `shown` is None where it has gone; `into` is the one that it was merged into.
    `neighbours` have reports that seem the same as some of its own and are kept apart: they are looked at together.
    `edits` are the decisions of editors that are in its row, and `told` is a digest of these and the reports. `stale`
    are rows of earlier versions, kept a while for readers that began with them.
    """

    id: str
    collection: str
    born: int
    shown: int | None
    switched_at: datetime | None
    into: str | None = None
    neighbours: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    told: str = ""
    rows: tuple[RowPlace, ...] = ()
    stale: tuple[RowPlace, ...] = ()


class Due(Record):
    """A document whose events are to be linked, and what a model was paid for saying of them, by event and partner.

    `stamp` tells what is noted of a document once from what is noted another time.
    """

    document: str
    stamp: str
    asked: dict[str, dict[str, Decision]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkingTurn:
    """The right of one writer to change a collection's occurrences, in one or several writes that follow each other.

    `lengths` are the classes that the dates of linked events have, or had; they stand beside the lease.
    """

    collection: str
    lease: Lease
    lengths: set[keys.SpanClass] = field(compare=False)
    number: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False, compare=False)

    @property
    def version(self) -> int:
        """What tells what is written now from what was before, in this turn too."""
        return self.lease.fence * _WRITES_A_TURN + self.number

    def next_write(self) -> LinkingTurn:
        """Return the same turn for one more write."""
        return replace(self, number=next(self._numbers))


@dataclass(frozen=True, slots=True)
class StoredOccurrence:
    """An occurrence as the table has it: its head, and the reports that are linked to it, by event.

    `strays` are events whose copies a killed writer left here: they are linked elsewhere.
    """

    head: OccurrenceHead
    reports: Mapping[str, LinkedReport]
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a turn changes.

    `reports` stand where they belong now, by occurrence. `shrunk` lose reports or are gone; `grown` win some or only
    look otherwise; `born` are new, under ids that no other writer gives. `rows` are the occurrences that readers will
    see; `gone` are events that no document tells any more, by the occurrence that they left, and `moved` are reports
    that stand elsewhere now, the same. `left` are rows that nobody reads any more.
    """

    reports: Mapping[str, Sequence[LinkedReport]] = field(default_factory=dict)
    rows: Sequence[Occurrence] = ()
    shrunk: Sequence[OccurrenceHead] = ()
    grown: Sequence[OccurrenceHead] = ()
    born: Sequence[OccurrenceHead] = ()
    moved: Sequence[tuple[str, str]] = ()
    gone: Sequence[tuple[str, str]] = ()
    left: Sequence[RowPlace] = ()


class Links:
    """Which reports are one occurrence."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._leases = Leases(table, now)
        kind = Kind(keys.OCCURRENCES, _row, str, self.heads)
        self.rows: Overlap[Occurrence, OccurrenceHead] = Overlap(table, kind, now)

    def heads(self, ids: Iterable[str]) -> dict[str, OccurrenceHead]:
        """Read the heads of occurrences that are there or were."""
        items = self._table.get_many(keys.occurrence_head(one) for one in ids)
        return {head.id: head for head in (read_item(OccurrenceHead, item) for item in items)}

    def of_document(self, document_id: str) -> dict[str, str]:
        """Read which occurrences a document's events belong to, by event."""
        items = self._table.between(keys.document_pk(document_id), keys.LINK, f"{keys.LINK}{keys.HIGHEST}", _ALL)
        return {keys.linked_event(str(item["sk"])): str(item["occurrence"]) for item in items}

    def of_events(self, events: Iterable[str]) -> dict[str, str]:
        """Read which occurrences events belong to; those that were not linked yet are left out."""
        items = self._table.get_many(keys.link(one) for one in events)
        return {keys.linked_event(str(item["sk"])): str(item["occurrence"]) for item in items}

    def reports(self, occurrence: str) -> list[LinkedReport]:
        """Read the reports that are linked to an occurrence."""
        return self._reports(occurrence)[0]

    def _reports(self, occurrence: str) -> tuple[list[LinkedReport], list[LinkedReport]]:
        """Read the reports that are linked to an occurrence, and the copies here of those that are linked elsewhere."""
        begin = keys.REPORT
        items = self._table.between(keys.occurrence_pk(occurrence), begin, f"{begin}{keys.HIGHEST}", _ALL)
        found = [read_item(LinkedReport, item) for item in items]
        links = self.of_events(one.report.id for one in found)
        told = [one for one in found if links.get(one.report.id) == occurrence]
        return told, [one for one in found if links.get(one.report.id) != occurrence]

    def asked(self, pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, Decision]]:
        """Read what a model has said of reports, each named by its occurrence and event; by event and partner."""
        items = self._table.get_many(keys.report(occurrence, event) for occurrence, event in pairs)
        return {one.report.id: one.asked for one in (read_item(LinkedReport, item) for item in items)}

    def load(self, ids: Iterable[str]) -> list[StoredOccurrence]:
        """Read occurrences with all of their reports; those that are not there are left out."""
        heads = self.heads(ids)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = list(pool.map(self._reports, heads))
        return [
            StoredOccurrence(head, {one.report.id: one for one in told}, tuple(one.report.id for one in strays))
            for head, (told, strays) in zip(heads.values(), found, strict=True)
        ]

    def put_due(self, collection: str, due: Due) -> None:
        """Note that a document's events are to be linked."""
        self._table.put({**_at(keys.due(collection, due.document, due.stamp)), "body": due.model_dump_json()})

    def due(self, collection: str, limit: int) -> list[Due]:
        """Read which documents of a collection are to be linked."""
        begin = keys.DUE
        items = self._table.between(keys.linking_pk(collection), begin, f"{begin}{keys.HIGHEST}", limit)
        return [read_item(Due, item) for item in items]

    def is_due(self, collection: str, document_id: str) -> bool:
        """Return whether it is noted that a document is to be linked."""
        begin = keys.due(collection, document_id, "")
        return bool(self._table.between(begin.pk, begin.sk, f"{begin.sk}{keys.HIGHEST}", 1))

    def done(self, collection: str, linked: Iterable[Due]) -> None:
        """Note that what was noted of documents is linked."""
        self._table.delete_many(keys.due(collection, one.document, one.stamp) for one in linked)

    def edits(self, collection: str) -> list[Edit]:
        """Read the editors' decisions about a collection."""
        items = self._table.between(keys.edits_pk(collection), keys.LOWEST, keys.HIGHEST, _ALL)
        return [read_item(Edit, item) for item in items]

    def edit(self, collection: str, name: str) -> Edit | None:
        """Read one decision; None where there is none of this name."""
        item = self._table.get(keys.edit(collection, name))
        return read_item(Edit, item) if item else None

    def edits_at(self, places: Iterable[EditPlace]) -> dict[str, Edit]:
        """Read the decisions that objects were followed as, by their S3 keys; others are left out."""
        wanted = {keys.edit(one.collection, one.name): one.key for one in places}
        items = self._table.get_many(wanted)
        return {wanted[Key(str(item["pk"]), str(item["sk"]))]: read_item(Edit, item) for item in items}

    def put_edit(self, collection: str, edit: Edit) -> None:
        """Keep a decision."""
        self._table.put({**_at(keys.edit(collection, edit.id)), "body": edit.model_dump_json()})

    def delete_edit(self, collection: str, name: str) -> None:
        """Forget a decision."""
        self._table.delete_many([keys.edit(collection, name)])

    def take_turn(self, collection: str, seconds: float) -> LinkingTurn:
        """Take the lease of a collection's linking for so long. Retryable: another worker has it."""
        key = keys.linking_turn(collection)
        item = self._table.get(key)
        lengths = _lengths(item)
        try:
            lease = self._leases.take(read_lease(item) if item else None, seconds, _turn(collection, lengths))
        except Leased as leased:
            wait = min(leased.seconds, _LONGEST_WAIT_SECONDS)
            raise Retryable("another worker links this collection", after=wait) from None
        except LostRace as error:
            raise Retryable("another worker was first to link this collection", _LONGEST_WAIT_SECONDS) from error
        return LinkingTurn(collection, lease, lengths)

    def lengths(self, collection: str) -> set[keys.SpanClass]:
        """Read which classes of length the dates of a collection's linked events have, or had."""
        return _lengths(self._table.get(keys.linking_turn(collection)))

    def give_back(self, turn: LinkingTurn) -> None:
        """End a turn. Retryable: it was another worker's by now."""
        self._put_turn(turn, turn.lease.given_back)

    def note_lengths(self, turn: LinkingTurn, lengths: Iterable[keys.SpanClass]) -> None:
        """Note which classes of length events have that are linked next. Retryable: another worker has taken over."""
        if new := set(lengths) - turn.lengths:
            turn.lengths.update(new)
            self._put_turn(turn, turn.lease)

    def _put_turn(self, turn: LinkingTurn, lease: Lease) -> None:
        try:
            self._leases.write(lease, _turn(turn.collection, turn.lengths))
        except LostRace as error:
            raise Retryable("another worker has taken over linking this collection") from error

    def write(self, turn: LinkingTurn, changes: Changes) -> None:
        """Change occurrences. Retryable: another worker has taken over."""
        reports: Iterator[Item] = (
            {**_at(keys.report(occurrence, one.report.id)), "body": body_of(one)}
            for occurrence, several in changes.reports.items()
            for one in several
        )
        places = {head.id: head.rows for head in (*changes.shrunk, *changes.grown, *changes.born)}
        rows: Iterator[Item] = (
            {**_at(place.key), "occurrence": row.id, "version": turn.version, "body": body_of(row)}
            for row in changes.rows
            for place in places[row.id]
        )
        self._table.put_many([*reports, *rows])
        self._put_heads(turn, changes.shrunk)
        self._table.put_many(
            {**_at(keys.link(one.report.id)), "occurrence": occurrence}
            for occurrence, several in changes.reports.items()
            for one in several
        )
        self._put_heads(turn, changes.grown)
        self._table.put_many({**_head_item(head), "fence": turn.version} for head in changes.born)
        left = [keys.report(occurrence, event) for occurrence, event in (*changes.moved, *changes.gone)]
        unlinked = [keys.link(event) for _, event in changes.gone]
        self._table.delete_many([*left, *unlinked, *(place.key for place in changes.left)])

    def _put_heads(self, turn: LinkingTurn, heads: Sequence[OccurrenceHead]) -> None:
        try:
            for head in heads:
                self._table.put_under(_head_item(head), turn.version)
        except LostRace as error:
            raise Retryable("another worker has taken over linking this collection") from error

    def tidy(self, ids: Iterable[str]) -> None:
        """Delete rows of earlier versions, as the heads of occurrences name them; a later turn has the heads forget."""
        stale = [place.key for head in self.heads(ids).values() for place in head.stale if place not in head.rows]
        self._table.delete_many(stale)


def row_places(row: Occurrence, version: int) -> tuple[RowPlace, ...]:
    """Return where a version of an occurrence's row stands; one without a date, or hidden, stands nowhere."""
    span = keys.timeline_span(row.when)
    if span is None or row.hidden:
        return ()
    return tuple(RowPlace(pk=key.pk, sk=key.sk) for key in keys.OCCURRENCES.keys(row.collection, row.id, version, span))


def _head_item(head: OccurrenceHead) -> Item:
    return {**_at(keys.occurrence_head(head.id)), "body": body_of(head)}


def _turn(collection: str, lengths: Iterable[keys.SpanClass]) -> Item:
    return {**_at(keys.linking_turn(collection)), "lengths": " ".join(sorted(one.name for one in lengths))}


def _lengths(item: Item | None) -> set[keys.SpanClass]:
    names = str(item["lengths"]).split() if item else []
    return {one for one in keys.SPAN_CLASSES if one.name in names}


def _at(key: Key) -> Item:
    return {"pk": key.pk, "sk": key.sk}


def _row(item: Item) -> Occurrence:
    return read_item(Occurrence, item)
