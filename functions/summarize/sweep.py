"""The sweep: what lies in the bucket against what the table knows, so that no lost message loses a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lane.messages import DocumentMessage, SweepMessage, TidyMessage
from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dateline.lane.messages import Message
    from dateline.store.blobs import Seen
    from dateline.store.heads import Held
    from dateline.store.store import Store

_KEYS_A_PAGE = 1_000


def sweep(after: str | None, store: Store, forgotten: datetime) -> list[Message]:
    """Return the messages that bring one page of keys up to date, and the one that goes on with the next page.

    Runs that readers were switched from before `forgotten` are tidied away too.
    """
    listed, following = store.blobs.listing(keys.PREFIX, after, _KEYS_A_PAGE)
    found = [(seen, place) for seen in listed if (place := keys.place(seen.key)) is not None]
    heads = store.heads.get_many(place.document_id for _, place in found)
    messages = [
        message
        for seen, place in found
        for message in _due(seen, place.document_id, heads.get(place.document_id), forgotten)
    ]
    return [*messages, *([SweepMessage(after=following)] if following else [])]


def _due(seen: Seen, document_id: str, held: Held | None, forgotten: datetime) -> Iterator[Message]:
    if _is_behind(seen, held):
        yield DocumentMessage(key=seen.key)
    if held is not None and (held.untidy or held.head.has_left_previous(forgotten)):
        yield TidyMessage(document_id=document_id)


def _is_behind(seen: Seen, held: Held | None) -> bool:
    if held is None:
        return not seen.deleted
    if seen.deleted:
        return held.head.state != "deleted"
    return held.head.state in {"waiting", "deleted"} or held.head.version != seen.version
