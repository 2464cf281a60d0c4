"""The sweep: the bucket compared with the table, so that a lost message loses no document.

It sends no message for what may have one on its way still, or they would grow by one a day while a document waits.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from dateline.lane.messages import DocumentMessage, EditMessage, LinkMessage, PackMessage, SweepMessage, TidyMessage
from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.errors import Unreadable
    from dateline.lane.messages import Message
    from dateline.lane.queue import Queue
    from dateline.linking.edits import Edit
    from dateline.store.bucket import Seen
    from dateline.store.heads import Held
    from dateline.store.keys import Place
    from dateline.store.store import Store

_KEYS_A_PAGE = 1_000
# Documents of a collection that are looked for in the bucket before the time is looked at: less than a second.
_DOCUMENTS_A_PAGE, _AT_ONCE = 200, 16
_COLLECTIONS_A_PAGE = 200
# Once a week, since each document takes a call of S3: on the sweep of a Sunday (UTC).
_LOOKING_DAY = 6
# No page is begun this shortly before the deadline. One whose every document is due takes 111 calls of AWS, most of
# them 100 sends of ten messages, each some 20 ms; this leaves room for AWS being many times slower.
_LAST_SECONDS = 20.0


@dataclass(slots=True)
class Swept:
    """How far one run of the function came, and the documents that were passed over because of their heads.

    `ended`: nothing is left to be swept. Those in `deleted` were sent a message, since a listing shows that they were
    deleted.
    """

    pages: int = 0
    ended: bool = False
    deleted: set[str] = field(default_factory=set)
    unreadable: dict[str, Unreadable] = field(default_factory=dict)


def sweep(message: SweepMessage, store: Store, queue: Queue, forgotten: datetime, deadline: float) -> Swept:
    """Send the messages that bring documents up to date, page after page before `deadline` (`time.monotonic`).

    What is left then, or after a page that failed, comes as a message of its own, so that no page is swept twice.
    A document whose head cannot be read is passed over. After the keys, once a week, documents are looked for whose
    keys are in no listing: their versions were deleted for good, and the notice of it was lost. Runs that readers were
    switched from before `forgotten` are tidied away. Retryable: the first page cannot be swept now.
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
    """Sweep one page; return the message that goes on, if there is more: drops, edits, collections, documents."""
    if message.collection is not None:
        return _page_of_documents(message, message.collection, store, queue, swept)
    if message.after is not None and message.after.startswith(keys.EDITS_PREFIX):
        return _page_of_edits(message, message.after, store, queue)
    if message.after is not None and message.after.startswith(keys.SEARCH_PREFIX):
        return _page_of_collections(message, message.after, store, queue)
    overdue = message.overdue
    listed, following = store.blobs.listing(keys.PREFIX, message.after, _KEYS_A_PAGE)
    found = [(seen, place) for seen in listed if (place := keys.place(seen.key)) is not None]
    heads = store.heads.get_each(place.document_id for _, place in found)
    left = [
        (seen, place.document_id, held)
        for seen, place in found
        if place.document_id not in heads.unreadable
        and _is_overdue(seen, held := heads.found.get(place.document_id), overdue)
    ]
    queue.send([due for seen, document_id, held in left for due in _due(seen, document_id, held, forgotten)])
    swept.unreadable |= heads.unreadable
    swept.deleted.update(document_id for seen, document_id, held in left if seen.deleted and _is_behind(seen, held))
    return message.model_copy(update={"after": following or keys.EDITS_PREFIX})


def _page_of_edits(message: SweepMessage, after: str, store: Store, queue: Queue) -> SweepMessage:
    """Sweep one page of editors' decisions: those whose objects are others than were followed, or gone."""
    listed, following = store.blobs.listing(keys.EDITS_PREFIX, after, _KEYS_A_PAGE)
    found = [(seen, place) for seen in listed if (place := keys.edit_place(seen.key)) is not None]
    followed = store.links.edits_at(place for _, place in found)
    queue.send([EditMessage(key=seen.key) for seen, _ in found if _is_unfollowed(seen, followed.get(seen.key))])
    return message.model_copy(update={"after": following or keys.SEARCH_PREFIX})


def _page_of_collections(message: SweepMessage, after: str, store: Store, queue: Queue) -> SweepMessage | None:
    """Sweep some collections: those of which something is in no segment, or has to go from one."""
    names = store.listing.names(after.removeprefix(keys.SEARCH_PREFIX) or None, _COLLECTIONS_A_PAGE)
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="sweep") as pool:
        found = pool.map(store.segments.is_unpacked, names)
        unpacked = [name for name, is_unpacked in zip(names, found, strict=True) if is_unpacked]
    queue.send([PackMessage(collection=name, whole=True) for name in unpacked])
    if len(names) == _COLLECTIONS_A_PAGE:
        return message.model_copy(update={"after": f"{keys.SEARCH_PREFIX}{names[-1]}"})
    asked = message.asked or datetime.now(UTC)
    return _next_collection(message, store) if asked.weekday() == _LOOKING_DAY else None


def _next_collection(message: SweepMessage, store: Store) -> SweepMessage | None:
    name = store.listing.next_collection(message.collection)
    return None if name is None else message.model_copy(update={"collection": name, "after": None})


def _page_of_documents(
    message: SweepMessage, collection: str, store: Store, queue: Queue, swept: Swept
) -> SweepMessage | None:
    """Look for some of a collection's documents in the bucket; those that are gone get their message."""
    listed, following = store.listing.oldest(collection, message.after, _DOCUMENTS_A_PAGE)
    heads, overdue = store.heads.get_each(listed), message.overdue
    places = [
        one.head.place
        for document_id, one in heads.found.items()
        if one.head.state != "deleted" and one.last_tried < overdue and document_id not in swept.deleted
    ]
    queue.send([DocumentMessage(key=place.key) for place in _gone(places, store)])
    swept.unreadable |= heads.unreadable
    return message.model_copy(update={"after": following}) if following else _next_collection(message, store)


def _gone(places: list[Place], store: Store) -> list[Place]:
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="sweep") as pool:
        there = pool.map(store.blobs.is_dropped, (place.key for place in places))
        return [place for place, is_there in zip(places, there, strict=True) if not is_there]


def _is_unfollowed(seen: Seen, edit: Edit | None) -> bool:
    if seen.deleted:
        return edit is not None
    return edit is None or edit.at != seen.modified


def _is_overdue(seen: Seen, held: Held | None, overdue: datetime) -> bool:
    """Return whether what S3 or a worker last did to a document is so long ago that no message about it is left."""
    return seen.modified < overdue and (held is None or held.last_tried < overdue)


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
