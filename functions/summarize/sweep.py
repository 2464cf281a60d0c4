"""The sweep: the bucket compared with the table, so that a lost message loses no document."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from dateline.lane.messages import DocumentMessage, EditMessage, LinkMessage, SweepMessage, TidyMessage
from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dateline.errors import Unreadable
    from dateline.lane.messages import Message
    from dateline.lane.queue import Queue
    from dateline.linking.edits import Edit
    from dateline.store.bucket import Seen
    from dateline.store.heads import Held
    from dateline.store.store import Store

_KEYS_A_PAGE = 1_000
# No page is begun this shortly before the deadline. One whose every document is due takes 111 calls of AWS, most of
# them 100 sends of ten messages, each some 20 ms; this leaves room for AWS being many times slower.
_LAST_SECONDS = 20.0


@dataclass(slots=True)
class Swept:
    """How far one run of the function came, and the documents that were passed over because of their heads.

    `ended`: nothing is left to be swept.
    """

    pages: int = 0
    ended: bool = False
    unreadable: dict[str, Unreadable] = field(default_factory=dict)


def sweep(message: SweepMessage, store: Store, queue: Queue, forgotten: datetime, deadline: float) -> Swept:
    """Send the messages that bring documents up to date, page after page before `deadline` (`time.monotonic`).

    What is left then, or after a page that failed, comes as a message of its own, so that no page is swept twice.
    A document whose head cannot be read is passed over. Runs that readers were switched from before `forgotten` are
    tidied away. Retryable: the first page cannot be swept now.
    """
    swept, rest = Swept(), message
    while True:
        try:
            following = _page(rest, store, queue, forgotten, swept)
        except Exception:
            if not swept.pages:
                raise
            queue.send([rest])
            break
        swept.pages += 1
        if following is None:
            swept.ended = True
            break
        rest = following
        if monotonic() > deadline - _LAST_SECONDS:
            queue.send([rest])
            break
    return swept


def _page(message: SweepMessage, store: Store, queue: Queue, forgotten: datetime, swept: Swept) -> SweepMessage | None:
    """Sweep one page of keys; return the message that goes on with the next, if there is more: drops, then edits."""
    if message.after is not None and message.after.startswith(keys.EDITS_PREFIX):
        return _page_of_edits(message.after, store, queue)
    listed, following = store.blobs.listing(keys.PREFIX, message.after, _KEYS_A_PAGE)
    found = [(seen, place) for seen in listed if (place := keys.place(seen.key)) is not None]
    heads = store.heads.get_each(place.document_id for _, place in found)
    queue.send(
        [
            due
            for seen, place in found
            if place.document_id not in heads.unreadable
            for due in _due(seen, place.document_id, heads.found.get(place.document_id), forgotten)
        ]
    )
    swept.unreadable |= heads.unreadable
    return SweepMessage(after=following or keys.EDITS_PREFIX)


def _page_of_edits(after: str, store: Store, queue: Queue) -> SweepMessage | None:
    """Sweep one page of editors' decisions: those whose objects are others than were followed, or gone."""
    listed, following = store.blobs.listing(keys.EDITS_PREFIX, after, _KEYS_A_PAGE)
    found = [(seen, place) for seen in listed if (place := keys.edit_place(seen.key)) is not None]
    followed = store.links.edits_at(place for _, place in found)
    queue.send([EditMessage(key=seen.key) for seen, _ in found if _is_unfollowed(seen, followed.get(seen.key))])
    return SweepMessage(after=following) if following else None


def _is_unfollowed(seen: Seen, edit: Edit | None) -> bool:
    if seen.deleted:
        return edit is not None
    return edit is None or edit.at != seen.modified


def _due(seen: Seen, document_id: str, held: Held | None, forgotten: datetime) -> Iterator[Message]:
    if _is_behind(seen, held):
        yield DocumentMessage(key=seen.key)
    elif held is not None and not held.is_linked:
        yield LinkMessage(key=seen.key)
    if held is not None and (held.untidy or held.head.has_left_previous(forgotten)):
        yield TidyMessage(document_id=document_id)


def _is_behind(seen: Seen, held: Held | None) -> bool:
    if held is None:
        return not seen.deleted
    if seen.deleted:
        return held.head.state != "deleted"
    return held.head.state in {"waiting", "deleted"} or held.head.version != seen.version
