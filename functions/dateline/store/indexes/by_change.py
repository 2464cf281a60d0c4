"""What has changed in a collection: documents in the order of their last change, tombstones among them.

Every write of a head that readers can notice stamps it, by its writer's clock, and the index lags behind the heads. So
a change can show after a reading that began after it, under a stamp before some that were seen. Who follows a
collection therefore asks each time from `OVERLAP` before the last reading on: everything at least once, nothing missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dateline.store import keys
from dateline.store.heads import TOMBSTONES_LAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.store.heads import Heads, Held
    from dateline.store.table import Table

# How far the clocks of two workers may be apart, and how long a stamp may be on its way: to the table, where a write is
# tried again, and from there to the index.
CLOCKS_APART, ON_ITS_WAY = timedelta(seconds=60), timedelta(seconds=30)
OVERLAP = CLOCKS_APART + ON_ITS_WAY


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that changed, as it is now, and where the index has its change: the head may know a later one."""

    held: Held
    place: str

    @property
    def is_gone(self) -> bool:
        """Return whether only its tombstone is left."""
        return self.held.head.state == "deleted"


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Documents that changed, in order, and where the next page begins after, if there is more."""

    changed: list[Changed]
    next: str | None

    @property
    def documents(self) -> list[Held]:
        """Those that are there."""
        return [one.held for one in self.changed if not one.is_gone]

    @property
    def gone(self) -> list[str]:
        """The ids of those that are not."""
        return [one.held.head.document_id for one in self.changed if one.is_gone]

    def cut(self, length: int) -> ChangesPage:
        """Leave what does not fit to the next page; one at least stays."""
        if length >= len(self.changed):
            return self
        return ChangesPage(self.changed[:length], self.changed[length - 1].place)


class ChangeIndex:
    """The index of changes."""

    def __init__(self, table: Table, heads: Heads, now: Callable[[], datetime]) -> None:
        self._table = table
        self._heads = heads
        self._now = now

    @property
    def told_from(self) -> datetime:
        """The moment since which every deletion is still told."""
        return self._now() - TOMBSTONES_LAST + OVERLAP

    @property
    def told_to(self) -> datetime:
        """The moment before which all changes can be seen by now."""
        return self._now() - OVERLAP

    def is_ahead(self, moment: datetime) -> bool:
        """Return whether a moment lies ahead of every worker's clock."""
        return moment > self._now() + CLOCKS_APART

    def seen_to(self, collection: str) -> datetime:
        """Return from when on to follow a collection that is read now: a little before its newest change.

        It stays the same while nothing changes and the day lasts, so that answers which name it do, too.
        """
        day = self._now().replace(hour=0, minute=0, second=0, microsecond=0)
        newest = self._table.walk_index(keys.BY_CHANGE, collection, keys.LOWEST, keys.HIGHEST, 1, backwards=True)
        stamps = (keys.moment_of(str(item["changed"])) for item in islice(newest, 1))
        return max(next(stamps, day), day) - OVERLAP

    def page(self, collection: str, since: datetime, after: str | None, limit: int) -> ChangesPage:
        """List the documents that changed since a moment, beyond the place `after`."""
        low = keys.drop_order(since) if after is None else after
        items = self._table.walk_index(keys.BY_CHANGE, collection, low, keys.HIGHEST, limit + 2)
        beyond = (item for item in items if item["changed"] != after)
        found = [(keys.document_of(str(item["pk"])), str(item["changed"])) for item in islice(beyond, limit + 1)]
        heads = self._heads.get_many(document_id for document_id, _ in found[:limit])
        # A tombstone may have expired since.
        changed = [Changed(heads[document_id], place) for document_id, place in found[:limit] if document_id in heads]
        return ChangesPage(changed, found[limit - 1][1] if len(found) > limit else None)
