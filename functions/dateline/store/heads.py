"""A document's head: the one small record that says which run is current and what state the document is in.

Only the holder of the document's lease writes its head. That of a deleted document, its tombstone, names a file that is
gone, so it expires itself once nothing is left to be tidied or linked of the document. A document that comes again
later begins anew, with the fence 1, and no number is mistaken for one of its former life: no run is left that has it,
which tidying had to say first; a worker lives for minutes and messages for 14 days, so nobody is left who was given it;
and no message carries a fence. Ids of events begin anew, too.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from dateline.errors import Retryable, Unreadable
from dateline.linking.version import linking_version
from dateline.records import About, Cost, Record, Usage
from dateline.store import keys
from dateline.store.lease import Lease, Leased, Leases, read_lease
from dateline.store.table import LostRace
from dateline.stored import read_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dateline.store.keys import Place
    from dateline.store.table import Item, Table

State = Literal["waiting", "done", "rejected", "deleted"]

_LOST_RACE_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 5.0  # most leases are given back long before they end
_FORGETTING_SECONDS = 10.0  # two calls of the table
# A tombstone is kept well beyond the messages about its document (14 days) and, by default, its old versions (30 days),
# for as long as the daily sweep still lists the deletion and would have tidied what a lost message left. Who follows
# a collection's changes is told of a deletion for as long.
TOMBSTONES_LAST = timedelta(days=90)
# What `by_state` holds: few documents at a time. The rest is done.
UNDONE = ("waiting", "rejected")
# The rest of a head's item is for indexes, or a number that may be missing.
_READ: dict[str, type] = {"pk": str, "fence": int, "lease": int, "untidy": int, "body": str}
_TRIED, _CHANGED = "tried", keys.BY_CHANGE.order


class Rejection(Record):
    """Why a document cannot be processed: a stable code, and what a person can do.

    `usage` and `cost` are of the answer that was paid for and came to nothing; None where no model was asked.
    """

    code: str
    reason: str
    usage: Usage | None = None
    cost: Cost | None = None


class Head(Record):
    """One document's state.

    `current` is the number of the run that readers see, `previous` of the one that they saw before it. `version` is
    the S3 version that the state speaks of; `events_named` counts the event ids ever given, so that none is given
    twice. `waiting_for` says why it waits. `recipe` was asked last: it made the current run, or, where there is a
    `rejection`, made none of this content. `repair_pending`: the current run lacks a repair that is still to come.
    `late` is the S3 version whose work ran out of time, or ended without a word, once. `told_since` is the first run
    that told all dated events as the current one does; None: the current one. `about` is what the current run read of
    the document itself, and `read_version` the S3 version that it was read from.
    """

    key: str
    state: State
    waiting_for: str | None = None
    rejection: Rejection | None = None
    dropped: datetime
    version: str | None = None
    current: int | None = None
    previous: int | None = None
    content: str | None = None
    recipe: str | None = None
    events_named: int = 0
    switched_at: datetime | None = None
    repair_pending: bool = False
    late: str | None = None
    told_since: int | None = None
    about: About = About()
    read_version: str | None = None

    @property
    def told(self) -> int | None:
        """The run since which the document tells its collection what it tells; None: it tells nothing."""
        return None if self.current is None else self.told_since or self.current

    @property
    def place(self) -> Place:
        """Where the document lies."""
        found = keys.place(self.key)
        if found is None:
            raise ValueError("a head has the key of no document")
        return found

    @property
    def document_id(self) -> str:
        """The document's id."""
        return self.place.document_id

    def has_left_previous(self, before: datetime) -> bool:
        """Return whether readers were switched from the previous run to the current one before a moment."""
        return self.previous is not None and self.switched_at is not None and self.switched_at < before


@dataclass(frozen=True, slots=True)
class LinkingState:
    """How far a document's events are linked; it stands beside its head.

    `folded` is the run since which the document tells what the collection's occurrences hold of it (`Head.told`), and
    `linked` that of which all was asked, too; 0: none. `linked_by` is the code that did it. `asked_tokens` are what
    asking took, input and output, for all runs.
    """

    folded: int = 0
    linked: int = 0
    linked_by: int = 0
    asked_tokens: int = 0

    @classmethod
    def of(cls, item: Item) -> LinkingState:
        """Read it from the item of a head."""
        return cls(*(int(item.get(name, 0)) for name in cls.names()))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Name its attributes of an item."""
        return tuple(one.name for one in fields(cls))


@dataclass(frozen=True, slots=True)
class Held:
    """A head as the table has it, with its lease, and whether earlier runs may have left something over.

    `abandoned`: the holder before has not given its lease back, so it was killed, or its time was up. `tried` is when
    a worker last had the document, or put its linking off, in seconds since 1970. `changed` is where it stands among
    the collection's changes.
    """

    head: Head
    lease: Lease
    untidy: bool
    abandoned: bool = False
    linking: LinkingState = LinkingState()
    tried: int = 0
    changed: str = ""

    @property
    def fence(self) -> int:
        """The fence under which it was written."""
        return self.lease.fence

    @property
    def last_tried(self) -> datetime:
        """When a worker last had the document, or put its linking off."""
        return datetime.fromtimestamp(self.tried, UTC)

    @property
    def is_folded(self) -> bool:
        """Return whether the collection's occurrences hold what readers see of this document, by the code of today."""
        if self.head.told is None:
            return self.linking.folded == 0
        return (self.linking.folded, self.linking.linked_by) == (self.head.told, linking_version())

    @property
    def is_linked(self) -> bool:
        """Return whether nothing is left to be linked, or asked, of what readers see of this document."""
        return self.is_folded and self.linking.linked == (self.head.told or 0)

    @property
    def shown(self) -> int | None:
        """The run that readers see."""
        return self.head.current

    @property
    def switched_at(self) -> datetime | None:
        """When readers were switched to it."""
        return self.head.switched_at


@dataclass(frozen=True, slots=True)
class ManyHeads:
    """Heads by document, and why those that are there and cannot be read cannot."""

    found: dict[str, Held] = field(default_factory=dict)
    unreadable: dict[str, Unreadable] = field(default_factory=dict)


class Heads:
    """The heads of all documents."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._leases = Leases(table, now)
        self._now = now

    def get(self, document_id: str) -> Held | None:
        """Read one head."""
        item = self._table.get(_key(document_id))
        return _held(item) if item else None

    def get_many(self, document_ids: Iterable[str]) -> dict[str, Held]:
        """Read heads; those that are not there are left out. Unreadable: one is."""
        heads = self.get_each(document_ids)
        if heads.unreadable:
            raise next(iter(heads.unreadable.values()))
        return heads.found

    def get_each(self, document_ids: Iterable[str]) -> ManyHeads:
        """Read heads for work that one unreadable head must not end; those that are not there are left out."""
        heads = ManyHeads()
        for item in self._table.get_many(
            (_key(one) for one in document_ids), (*_READ, _TRIED, _CHANGED, *LinkingState.names())
        ):
            document_id = keys.document_of(str(item["pk"]))
            try:
                heads.found[document_id] = _held(item)
            except Unreadable as error:
                heads.unreadable[document_id] = error
        return heads

    def take(self, place: Place, seconds: float, announced: Head | None = None) -> Held:
        """Take the document's lease for so long and raise its fence. Retryable: another worker has it.

        A document that was never seen gets its head here, as it is `announced`, so that its state can be read from the
        first receipt. Of any other nothing is changed by this that readers see. Most are new: so that is tried first.
        """
        head = announced or Head(key=place.key, state="waiting", dropped=self._now())
        try:
            return self._take(None, head, seconds)
        except LostRace as error:
            there = error.there or self._table.get(_key(place.document_id))
        held = _held(there) if there else None
        try:
            return self._take(held, held.head if held else head, seconds)
        except Leased as error:
            after = min(error.seconds, _LONGEST_WAIT_SECONDS)
            raise Retryable("another worker has this document", after=after) from None
        except LostRace as error:
            raise Retryable("another worker was first with this document", after=_LOST_RACE_SECONDS) from error

    def _take(self, held: Held | None, head: Head, seconds: float) -> Held:
        """Take the lease of a head as it was read, or that is not there. Leased, LostRace: another worker did."""
        untidy, abandoned = held is not None and held.untidy, held is not None and held.lease.until > 0
        linking = held.linking if held else LinkingState()
        tried, changed = self._seconds(), (held.changed if held else "") or self._stamp(head.document_id)
        item = _item(head, untidy=untidy, linking=linking, tried=tried, changed=changed)
        lease = self._leases.take(held.lease if held else None, seconds, item)
        return Held(head, lease, untidy, abandoned=abandoned, linking=linking, tried=tried, changed=changed)

    def write(self, held: Held, head: Head, *, release: bool = True) -> Held:
        """Write the head that a lease's holder made, and give the lease back. Retryable: the fence is another's now.

        Where the lease was not the document's first, an earlier holder may have left something: so it counts as untidy.
        """
        lease = held.lease.given_back if release else held.lease
        written = replace(
            held,
            head=head,
            lease=lease,
            untidy=held.fence > 1,
            abandoned=False,
            tried=self._seconds(),
            changed=self._stamp(head.document_id),
        )
        item = _item(head, untidy=written.untidy, linking=held.linking, tried=written.tried, changed=written.changed)
        try:
            self._leases.write(written.lease, item)
        except LostRace as error:
            raise Retryable("another worker has taken this document over", after=_LOST_RACE_SECONDS) from error
        return written

    def forget_previous(self, document_id: str, before: datetime) -> None:
        """Name the previous run no longer, where the switch from it was before a moment: tidying takes it then.

        Retryable: another worker has the document.
        """
        seen = self.get(document_id)
        if seen is None or not seen.head.has_left_previous(before):
            return
        held = self.take(seen.head.place, _FORGETTING_SECONDS)
        head = held.head
        self.write(held, head.model_copy(update={"previous": None}) if head.has_left_previous(before) else head)

    def note_folded(self, held: Held, *, is_open: bool) -> None:
        """Note that occurrences hold the events of a head as it was read, unless somebody has taken it meanwhile.

        Unless pairs are open, they are linked by that. What other code asked of them does not count: its rules left
        other pairs open.
        """
        version, told = linking_version(), held.head.told or 0
        linked = held.linking.linked if held.linking.linked_by == version else 0
        stamp = {_CHANGED: self._stamp(held.head.document_id)}
        self._note(held, folded=told, linked=linked if is_open else told, linked_by=version, **stamp)
        self._let_expire(held)

    def note_asked(self, held: Held, tokens: int) -> None:
        """Note what asking took since a head was read, in tokens, unless somebody has taken it meanwhile."""
        self._note(held, asked_tokens=held.linking.asked_tokens + tokens)

    def note_linked(self, held: Held) -> None:
        """Note that all was asked of the events of a head as it was read, unless somebody has taken it meanwhile."""
        linking = held.linking
        stamp = {_CHANGED: self._stamp(held.head.document_id)}
        self._note(held, folded=linking.folded, linked=held.head.told or 0, linked_by=linking.linked_by, **stamp)

    def note_tried(self, document_id: str) -> None:
        """Note that a document's linking was put off now, unless somebody has taken it meanwhile, who notes it, too."""
        held = self.get(document_id)
        if held is not None:
            self._note(held, **{_TRIED: self._seconds()})

    def _note(self, held: Held, **noted: str | int) -> None:
        """Change what stands beside a head as it was read, unless somebody has taken it meanwhile."""
        with suppress(LostRace):
            self._table.set_under(_key(held.head.document_id), noted, only_if_fence=held.fence)

    def _seconds(self) -> int:
        return int(self._now().timestamp())

    def _stamp(self, document_id: str) -> str:
        """Say where a document that changes now stands among the collection's changes."""
        return keys.document_order(self._now(), document_id)

    def tidied(self, held: Held) -> None:
        """Note of a head as it was read that nothing is left of old runs, unless somebody began another meanwhile."""
        self._note(held, untidy=0)
        self._let_expire(held)

    def _let_expire(self, held: Held) -> None:
        """Let a tombstone expire of which nothing is left. It is read anew: who tidies and who links each do a part."""
        if held.head.state != "deleted":
            return
        now = self.get(held.head.document_id)
        if now is not None and (end := _expires(now.head, untidy=now.untidy, linking=now.linking, since=now.tried)):
            self._note(now, **end)


def _key(document_id: str) -> keys.Key:
    return keys.Key(keys.document_pk(document_id), keys.HEAD)


def _item(head: Head, *, untidy: bool, linking: LinkingState, tried: int, changed: str) -> Item:
    key = _key(head.document_id)
    item: Item = {
        "pk": key.pk,
        "sk": key.sk,
        "untidy": int(untidy),
        _TRIED: tried,
        **asdict(linking),
        "body": head.model_dump_json(exclude_defaults=True),
        **_expires(head, untidy=untidy, linking=linking, since=tried),
        "collection": head.place.collection,
        _CHANGED: changed,
    }
    dropped = keys.document_order(head.dropped, head.document_id)
    if head.state != "deleted":
        item["dropped"] = dropped
    if head.state in UNDONE:
        item["in_state"] = keys.state_order(head.state, dropped)
    if head.recipe is not None and head.state != "deleted":
        item["recipe_shard"] = keys.recipe_shard(head.recipe, head.document_id)
    return item


def _expires(head: Head, *, untidy: bool, linking: LinkingState, since: int) -> dict[str, int]:
    """Say when a tombstone is forgotten that nothing hangs on; whatever else a head is, it stays."""
    if head.state != "deleted" or untidy or linking.folded:
        return {}
    return {"expires": since + int(TOMBSTONES_LAST.total_seconds())}


def _held(item: Item) -> Held:
    """Read a head's item. Unreadable: an attribute is missing or wrong, or its key is of no document."""
    wrong = [name for name, kind in _READ.items() if not isinstance(item.get(name), kind)]
    if wrong:
        raise Unreadable("the item of a head", f"{', '.join(wrong)} (missing or of another type)")
    head = read_item(Head, item)
    if keys.place(head.key) is None:
        raise Unreadable("Head", "key (names no document)")
    return Held(
        head,
        read_lease(item),
        untidy=bool(item["untidy"]),
        linking=LinkingState.of(item),
        tried=int(item.get(_TRIED, 0)),
        changed=str(item.get(_CHANGED, "")),
    )
