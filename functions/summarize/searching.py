"""Keeping what is searched of collections: packing it into segments, and making it anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.lane.messages import PackMessage
from dateline.search.segment import Piece
from dateline.search.words import RunWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.errors import Unreadable
    from dateline.lane.messages import RebuildMessage
    from dateline.store.heads import Head, Held
    from dateline.store.store import Store

# So many runs in objects of their own begin to cost a reader more than packing them: each is a read of S3 at first.
LOOSE_AT_MOST = 64
# Documents that are made anew in a turn, and at the same time: two reads each, a few seconds in all.
_DOCUMENTS_A_PAGE, _AT_ONCE = 200, 8


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many documents were made anew, those that were passed over, and the message for what is left, if any."""

    documents: int
    rest: RebuildMessage | None
    unreadable: dict[str, Unreadable] = field(default_factory=dict)


def due(collections: Iterable[str], store: Store) -> list[PackMessage]:
    """Return the messages for collections that have many runs in objects of their own."""
    full = (name for name in sorted(set(collections)) if store.segments.loose(name, LOOSE_AT_MOST) == LOOSE_AT_MOST)
    return [PackMessage(collection=name) for name in full]


def pack(message: PackMessage, store: Store, deadline: float) -> bool:
    """Pack a collection's segments; return whether all was packed. Where another worker does so, that is enough.

    Retryable: another worker has the turn, and this was to pack the whole.
    """
    try:
        turn = store.segments.take_turn(message.collection)
    except Retryable:
        if message.whole:
            raise
        return True
    try:
        return store.segments.pack(turn, deadline, whole=message.whole)
    finally:
        store.segments.give_back(turn)


def rebuild(message: RebuildMessage, store: Store) -> Rebuilt:
    """Make some of a collection's documents anew.

    Retryable: another worker has the turn, or the table or the bucket is busy; nothing is lost by beginning again.
    """
    listed, following = store.listing.oldest(message.collection, message.after, _DOCUMENTS_A_PAGE)
    heads = store.heads.get_each(listed)
    shown = [held for held in heads.found.values() if held.shown is not None]
    turn = store.segments.take_turn(message.collection)
    try:
        store.segments.write_all(turn, _pieces(shown, store))
        first = turn.first_number if message.first is None else message.first
        if following is None:
            store.segments.drop_before(turn, first)
    finally:
        store.segments.give_back(turn)
    rest = message.model_copy(update={"after": following, "first": first, "attempt": 0}) if following else None
    return Rebuilt(len(shown), rest, heads.unreadable)


def _pieces(shown: Sequence[Held], store: Store) -> Iterator[Piece]:
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="rebuild") as pool:
        for start in range(0, len(shown), _AT_ONCE):
            made = pool.map(lambda held: _piece(held.head, store), shown[start:][:_AT_ONCE])
            yield from (piece for piece in made if piece is not None)


def _piece(head: Head, store: Store) -> Piece | None:
    """Fold what readers see of a document; None where it was replaced meanwhile, which let the new run be found."""
    if head.current is None:
        return None
    whole = store.runs.whole(head.document_id, head.current)
    text = store.blobs.text(head.document_id, head.current)
    if whole is None or text is None:
        return None
    return Piece.of(RunWords.of(*whole, text.text, head.dropped.date()))
