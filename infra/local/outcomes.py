"""What became of the files that were dropped: told once each of them is processed, refused, or waits for the user."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.store import keys
from infra.local.waits import needs_the_user
from infra.present import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.store.heads import Head, Heads
    from infra.local.waits import Waits

_AT_ONCE = 100  # one read of the table


class Outcomes:
    """The drops that have no outcome yet, by document and version."""

    def __init__(self, heads: Heads, say: Callable[[str], None], waits: Waits) -> None:
        self._heads = heads
        self._say = say
        self._waits = waits
        self._open: dict[str, str] = {}

    def expect(self, key: str, version: str) -> None:
        """Report later what becomes of a version of an object, and no longer of those before it."""
        place = keys.place(key)
        if place is not None:
            self._open[place.document_id] = version

    def forget(self, key: str) -> None:
        """Expect nothing any longer of an object that was deleted."""
        place = keys.place(key)
        if place is not None:
            self._open.pop(place.document_id, None)

    def tell(self) -> None:
        """Say what is known by now; what cannot be looked up is looked up the next time."""
        try:
            found = self._heads.get_many(islice(self._open, _AT_ONCE))
        except Retryable:
            return
        for document_id, held in found.items():
            reason = held.head.waiting_for
            if reason is not None and needs_the_user(reason):
                self._waits.tell(reason)
            if held.head.state != "waiting" and held.head.version == self._open[document_id]:
                del self._open[document_id]
                self._say(_told(held.head))


def _told(head: Head) -> str:
    name = head.key.removeprefix(keys.PREFIX)
    if head.rejection is None:
        return f"done {harmless(name)}"
    return f"rejected {harmless(name)}: {harmless(head.rejection.reason.removeprefix(f'{head.place.path}: '))}"
