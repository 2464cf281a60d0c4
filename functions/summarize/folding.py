"""Folding documents into their collection's occurrences, under the collection's lease: read, decide, write.

What is decided is a function of the reports and the decisions about their pairs (`dateline.linking`); what is read is
in proportion to the documents' events: their neighbours in time, and the occurrences that they belong to or may join.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dateline.linking.candidates import candidates
from dateline.linking.clusters import clusters
from dateline.linking.edits import edited_decisions, edits_of, meant_by
from dateline.linking.features import features
from dateline.linking.identity import continue_ids
from dateline.linking.model import Pair
from dateline.linking.rules import compare
from dateline.linking.summary import sum_up
from dateline.linking.version import linking_version
from dateline.recipe import digest
from dateline.store import keys
from dateline.store.links import Changes, LinkedReport, OccurrenceHead, StoredOccurrence, row_places
from summarize.telling import lengths_of, read_near, read_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dateline.linking.edits import Edit
    from dateline.linking.features import Features
    from dateline.linking.model import Decision, Occurrence, Report
    from dateline.store.links import Due, LinkingTurn, RowPlace
    from dateline.store.store import Store
    from summarize.telling import Told

_AT_ONCE = 8
# Reports that are looked at together. Beyond, what is only near to what is near is left for another turn.
_POOL_AT_MOST = 400
# Reports of an occurrence from where on it is not put together anew with each that joins it: pairs grow as a square.
_LARGE = 24
# Rows of earlier versions that stay for readers that began with them: for so long, and so many, since in a burst an
# occurrence is written many times a minute.
_STALE_FOR, _STALE_AT_MOST = timedelta(seconds=120), 20
_BIRTHS_A_TURN = 100_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a document told when it was folded in, what it may ask about near it, and whether any is open."""

    reports: Sequence[Report]
    near: Sequence[Report]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """The occurrences whose rows were written anew, and what was seen of each document."""

    rows: tuple[str, ...]
    seen: Mapping[str, Seen]


@dataclass(slots=True)
class _Pool:
    """The reports that are looked at together, by event, and the occurrences that they belong to so far.

    `mine` are the occurrences of the events that the documents told before; `edits` are all decisions of editors.
    `renewed` are the events that are told now by the documents which are folded in.
    """

    collection: str
    edits: Sequence[Edit]
    mine: Mapping[str, str]
    stored: dict[str, StoredOccurrence] = field(default_factory=dict)
    reports: dict[str, LinkedReport] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    renewed: set[str] = field(default_factory=set)


def fold(waiting: Sequence[Due], store: Store, turn: LinkingTurn) -> Folded:
    """Fold documents into the occurrences of their collection.

    Folding a document twice changes nothing. Retryable: the table is busy, or another worker has taken over.
    """
    documents = sorted({due.document for due in waiting})
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        told = list(workers.map(lambda one: read_told(one, turn.collection, store), documents))
        store.links.note_lengths(turn, lengths_of(report for one in told for report in one.reports))
        near = list(workers.map(lambda one: read_near(one.reports, turn.collection, turn.lengths, store), told))
        links = list(workers.map(lambda one: store.links.of_document(one.document) if one.held else {}, told))
        edits = store.links.edits(turn.collection)
    mine = {event: occurrence for one in links for event, occurrence in one.items()}
    asked: dict[str, dict[str, Decision]] = {}
    for due in waiting:
        for event, decided in due.asked.items():
            asked.setdefault(event, {}).update(decided)
    likely = {one.document: _likely(one, others) for one, others in zip(told, near, strict=True)}
    partners = {*_partners(likely.values(), asked), *_tied(documents, edits, store)}
    pool = _pool(_Pool(turn.collection, edits, mine), partners, store)
    _renew(pool, told, asked)
    together = _together(pool)
    decisions = _decisions(pool, together.keys())
    joined = clusters([one.report for one in pool.reports.values()], decisions, together.values())
    write = turn.next_write()
    changes = _changes(joined, pool, decisions, write)
    store.links.write(write, changes)
    asking = {one.document for one in told if one.held is not None and not one.held.is_folded}
    seen = {
        one.document: _seen(one, others, likely[one.document], asking) for one, others in zip(told, near, strict=True)
    }
    for one in told:
        if one.held is not None:
            store.heads.note_folded(one.held, is_open=seen[one.document].is_open)
    store.links.done(turn.collection, waiting)
    return Folded(tuple(row.id for row in changes.rows), seen)


def _seen(one: Told, near: Sequence[Report], likely: Mapping[str, Decision], asking: AbstractSet[str]) -> Seen:
    """Return what a document is to ask about: of two that are still `asking` the one with the later id asks."""
    others = [other for other in near if other.document not in asking or other.document < one.document]
    is_open = any(other.id in likely and likely[other.id].verdict != "same" for other in others)
    return Seen(one.reports, others, is_open)


def known(reports: Iterable[Report]) -> list[Features]:
    """Read once what the rules look at in reports."""
    return [features(one) for one in reports]


def _tied(documents: Sequence[str], edits: Sequence[Edit], store: Store) -> set[str]:
    """Name the events of others that editors put together with, or part from, events of these documents.

    Of a document whose event has gone all are named: the one that is meant now is among them.
    """
    wanted = set(documents)
    named = {
        (one.document, one.event)
        for edit in edits
        if edit.kind in {"join", "split"} and edit.named & wanted
        for one in (*edit.reports, *edit.apart_from)
        if one.document not in wanted
    }
    linked = store.links.of_events(sorted(event for _, event in named))
    gone = sorted({document for document, event in named if event not in linked})
    return {*linked, *(event for document in gone for event in store.links.of_document(document))}


def _likely(told: Told, near: Sequence[Report]) -> dict[str, Decision]:
    """Decide about the candidates of a document's events, by the event of the other; `same` outweighs the rest."""
    found: dict[str, Decision] = {}
    others = known(near)
    for report in known(told.reports):
        for other, decision in candidates(report, others):
            earlier = found.get(other.report.id)
            found[other.report.id] = earlier if earlier and earlier.verdict == "same" else decision
    return found


def _partners(likely: Iterable[Mapping[str, Decision]], asked: Mapping[str, Mapping[str, Decision]]) -> set[str]:
    """Name the events of others that seem the same as one that is told, by the rules or by a model."""
    return {
        other
        for partners in (*likely, *asked.values())
        for other, decision in partners.items()
        if decision.verdict == "same"
    }


def _pool(pool: _Pool, partners: Iterable[str], store: Store) -> _Pool:
    """Read the occurrences of a document's events and of those that seem the same, and their neighbours in turn."""
    wanted = {*pool.mine.values(), *store.links.of_events(partners).values()}
    while wanted and len(pool.reports) < _POOL_AT_MOST:
        for one in store.links.load(sorted(wanted)):
            if one.head.collection != pool.collection:
                continue
            pool.stored[one.head.id] = one
            pool.reports |= one.reports
            pool.was |= dict.fromkeys(one.reports, one.head.id)
        wanted = {near for one in pool.stored.values() for near in one.head.neighbours} - pool.stored.keys() - wanted
    return pool


def _renew(
    pool: _Pool,
    told: Iterable[Told],
    asked: Mapping[str, Mapping[str, Decision]],
) -> None:
    """Put what documents tell now in the place of what they told."""
    before = {event: pool.reports.pop(event) for event in pool.mine if event in pool.reports}
    for one in told:
        meant = meant_by(pool.edits, one.reports)
        for report in one.reports:
            earlier = before[report.id].asked if report.id in before else {}
            said = {**earlier, **asked.get(report.id, {})}
            pool.renewed.add(report.id)
            pool.reports[report.id] = LinkedReport(report=report, asked=said, meant=meant[report.id])
    pool.was |= pool.mine


def _decisions(pool: _Pool, large: AbstractSet[str]) -> dict[Pair, Decision]:
    """Decide about the pairs that matter: as editors did, else by the rules; what these leave open as a model said.

    Of two that stood in occurrences which are no neighbours it is known that nothing joins them; of two in a `large`
    one, that they are together.
    """
    reports = [pool.reports[event].report for event in sorted(pool.reports)]
    read = known(reports)
    made: dict[Pair, Decision] = {}
    for place, one in enumerate(read):
        for other in read[place + 1 :]:
            if not _matters(pool, one.report.id, other.report.id, large):
                continue
            decision = compare(one, other)
            if decision.verdict == "open":
                decision = _asked(pool, one.report.id, other.report.id) or decision
            made[Pair.of(one.report.id, other.report.id)] = decision
    return made | edited_decisions(pool.edits, {event: pool.reports[event].meant for event in sorted(pool.reports)})


def _matters(pool: _Pool, one: str, other: str, large: AbstractSet[str]) -> bool:
    """Return whether a pair is to be decided: one of them is new, or both are in what is put together anew."""
    if one in pool.renewed or other in pool.renewed:
        return True
    first, second = pool.was[one], pool.was[other]
    if first == second:
        return first not in large
    return second in pool.stored[first].head.neighbours


def _together(pool: _Pool) -> dict[str, list[str]]:
    """Return the large occurrences that stand as they are, with those of their events that say what they said.

    What joins one is decided by its votes; it is not put together anew, unless an editor says something of it, or did
    when it was put together.
    """
    edited = {document for one in pool.edits for document in one.named}
    return {
        occurrence: sorted(one.reports.keys() & pool.reports.keys() - pool.renewed)
        for occurrence, one in pool.stored.items()
        if len(one.reports) > _LARGE
        and not any(told.report.document in edited or told.meant.any for told in one.reports.values())
    }


def _asked(pool: _Pool, one: str, other: str) -> Decision | None:
    return pool.reports[one].asked.get(other) or pool.reports[other].asked.get(one)


def _changes(
    joined: Sequence[tuple[Report, ...]],
    pool: _Pool,
    decisions: Mapping[Pair, Decision],
    turn: LinkingTurn,
) -> Changes:
    now = datetime.now(UTC)
    members = [frozenset(report.id for report in cluster) for cluster in joined]
    born = {one.head.id: one.head.born for one in pool.stored.values()}
    continued = continue_ids(members, pool.was, born)
    ids = [one or _new_id(turn, place) for place, one in enumerate(continued.ids)]
    occurrence_of = {event: ids[place] for place, events in enumerate(members) for event in events}
    neighbours = _neighbours(decisions, occurrence_of)
    written = _Written(turn, now, pool, occurrence_of, neighbours)
    for place, cluster in enumerate(joined):
        written.write(ids[place], cluster, turn.version * _BIRTHS_A_TURN + place)
    for one in pool.stored.values():
        if one.head.id not in ids:
            written.end(one, ids[continued.into[one.head.id]] if one.head.id in continued.into else None)
    return written.changes()


def _new_id(turn: LinkingTurn, place: int) -> str:
    """Name a new occurrence: no version comes twice, and no two clusters of one have the same place."""
    return keys.occurrence_id(turn.collection, turn.version, place)


def _neighbours(decisions: Mapping[Pair, Decision], occurrence_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Find the occurrences that have reports which seem the same and are kept apart."""
    found: dict[str, set[str]] = {}
    for pair, decision in decisions.items():
        one, other = occurrence_of[pair.one], occurrence_of[pair.other]
        if decision.verdict == "same" and one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found


@dataclass(slots=True)
class _Written:
    """What a turn writes, collected occurrence by occurrence; what is as it was is not written."""

    turn: LinkingTurn
    now: datetime
    pool: _Pool
    occurrence_of: Mapping[str, str]
    neighbours: Mapping[str, set[str]]
    reports: dict[str, list[LinkedReport]] = field(default_factory=dict)
    rows: list[Occurrence] = field(default_factory=list)
    shrunk: list[OccurrenceHead] = field(default_factory=list)
    grown: list[OccurrenceHead] = field(default_factory=list)
    born: list[OccurrenceHead] = field(default_factory=list)
    left: list[RowPlace] = field(default_factory=list)

    def write(self, occurrence: str, cluster: Sequence[Report], born: int) -> None:
        """Write an occurrence, if its reports are others than before or say something else."""
        stored = self.pool.stored.get(occurrence)
        neighbours = tuple(sorted(self.neighbours.get(occurrence, ())))
        new = [self.pool.reports[one.id] for one in cluster if self._is_new(one, occurrence, stored)]
        lost = set(stored.reports) - {one.id for one in cluster} if stored else set[str]()
        edits = edits_of(self.pool.edits, (self.pool.reports[one.id].meant for one in cluster))
        reports = (f"{one.id} {one.run}" for one in sorted(cluster, key=lambda one: one.id))
        told = digest("\n".join((str(linking_version()), *reports, *(one.model_dump_json() for one in edits))))
        if not new and not lost and stored and told == stored.head.told:
            if neighbours != stored.head.neighbours:
                self.grown.append(stored.head.model_copy(update={"neighbours": neighbours}))
            return
        row = sum_up(occurrence, self.turn.collection, cluster, self.now, edits)
        head = OccurrenceHead(
            id=occurrence,
            collection=self.turn.collection,
            born=stored.head.born if stored else born,
            shown=self.turn.version,
            switched_at=self.now,
            neighbours=neighbours,
            edits=tuple(one.id for one in edits),
            told=told,
            rows=row_places(row, self.turn.version),
            stale=self._stale(stored),
        )
        self.reports[occurrence] = new
        self.rows.append(row)
        (self.shrunk if lost else self.grown if stored else self.born).append(head)

    def _is_new(self, report: Report, occurrence: str, stored: StoredOccurrence | None) -> bool:
        there = stored.reports.get(report.id) if stored and self.pool.was.get(report.id) == occurrence else None
        return there != self.pool.reports[report.id]

    def end(self, stored: StoredOccurrence, into: str | None) -> None:
        """End an occurrence of which no report is left; `into` has them now, where they went to one."""
        ended = {"shown": None, "switched_at": self.now, "into": into, "neighbours": (), "rows": ()}
        self.shrunk.append(stored.head.model_copy(update={**ended, "stale": self._stale(stored)}))

    def _stale(self, stored: StoredOccurrence | None) -> tuple[RowPlace, ...]:
        """Return which rows of earlier versions stay for a while; the others are left."""
        if stored is None:
            return ()
        head = stored.head
        is_old = head.switched_at is not None and head.switched_at < self.now - _STALE_FOR
        named = (*head.stale, *head.rows)
        kept = len(head.rows) if is_old else _STALE_AT_MOST
        self.left.extend(named[:-kept] if kept else named)
        return named[-kept:] if kept else ()

    def changes(self) -> Changes:
        """Return all that is to be written."""
        moved = [
            (self.pool.was[event], event)
            for event, occurrence in self.occurrence_of.items()
            if event in self.pool.was and self.pool.was[event] != occurrence
        ]
        strays = [
            (one.head.id, event)
            for one in self.pool.stored.values()
            for event in one.strays
            if self.occurrence_of.get(event) != one.head.id
        ]
        gone = [(occurrence, event) for event, occurrence in self.pool.mine.items() if event not in self.occurrence_of]
        return Changes(self.reports, self.rows, self.shrunk, self.grown, self.born, [*moved, *strays], gone, self.left)
