"""Linking a collection's documents: whose turn it is, and the documents that are folded in during a turn."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from dateline.errors import Retryable
from dateline.store.links import Due
from summarize.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.store.keys import Place
    from dateline.store.links import Turn
    from dateline.store.store import Store

# Documents that are folded in together: what they share is read and written once.
_AT_ONCE = 10
# No batch of documents is begun this shortly before the deadline: one takes a second or two.
_LAST_SECONDS = 10.0
# A turn outlives the work that it is for by this much.
_TURN_MARGIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Linked:
    """How many documents were folded in, and the occurrences whose rows were written anew."""

    documents: int = 0
    changed: tuple[str, ...] = ()


def link(place: Place, store: Store, deadline: float) -> Linked:
    """Make a collection's occurrences say what readers see of a document, and of all others that wait for it.

    That it waits is noted before the turn is asked for: so either this worker folds it in, or the one whose turn it
    is; what neither did is noted still when the message comes again. Retryable: it is another worker's turn.
    """
    collection = place.collection
    if not _is_waiting(place, store):
        return Linked()
    turn = store.links.take_turn(collection, deadline - time.monotonic() + _TURN_MARGIN_SECONDS)
    documents, changed = 0, dict[str, None]()
    try:
        while waiting := store.links.due(collection, _AT_ONCE):
            if time.monotonic() > deadline - _LAST_SECONDS:
                raise Retryable("this run of the function has no time left to link all")
            folded = _fold(waiting, place, store, turn)
            changed |= dict.fromkeys(folded.changed)
            documents += folded.documents
            if not folded.documents:
                break
    finally:
        with suppress(Retryable):
            store.links.give_back(turn)
    return Linked(documents, tuple(changed))


def _is_waiting(place: Place, store: Store) -> bool:
    """Return whether a document is to be linked, and note it where nobody has."""
    held = store.heads.get(place.document_id)
    noted = store.links.due_of(place.collection, place.document_id)
    if held is None or (held.is_linked and noted is None):
        return False
    if noted is None:
        store.links.put_due(place.collection, Due(document=place.document_id, stamp=uuid4().hex))
    return True


def _fold(waiting: Sequence[Due], own: Place, store: Store, turn: Turn) -> Linked:
    """Fold documents in together; where that fails, one by one, so that a bug costs only its own document."""
    try:
        return Linked(len(waiting), fold(waiting, store, turn))
    except Retryable:
        raise
    except Exception:
        if len(waiting) == 1:
            raise
    folded, changed = 0, dict[str, None]()
    for due in sorted(waiting, key=lambda one: one.document != own.document_id):
        try:
            changed |= dict.fromkeys(fold([due], store, turn))
            folded += 1
        except Retryable:
            raise
        except Exception:
            # The other document's own message will say so.
            if due.document == own.document_id:
                raise
    return Linked(folded, tuple(changed))
