"""Leases: the right of one worker to write an item, for a while, with a fence that tells its writes from later ones.

Each time a lease is taken its fence rises. A write names the fence that it was made under, so that a worker that was
overtaken can change nothing, however late it wakes up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dateline.store.table import Item, Table


class Leased(Exception):
    """Another worker has the lease, for so many `seconds` more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"for {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Lease:
    """A fence, and until when it is somebody's, in ms since 1970: 0 once it was given back."""

    fence: int
    until: int

    @property
    def attributes(self) -> dict[str, int]:
        """How it stands in an item."""
        return {"fence": self.fence, "lease": self.until}

    @property
    def given_back(self) -> Lease:
        """The same fence, held by nobody."""
        return replace(self, until=0)


def read_lease(item: Item) -> Lease:
    """Read an item's lease."""
    return Lease(int(item["fence"]), int(item["lease"]))


class Leases:
    """Takes leases, and writes items under them: whatever an item holds, its lease is added here."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._now = now

    def take(self, there: Lease | None, seconds: float, item: Item) -> Lease:
        """Take for so long the lease of an item that was just read, or of one that is not there, and write it with it.

        Leased: another worker has it. LostRace: another worker was first.
        """
        now = self._now()
        left = there.until / 1000 - now.timestamp() if there else 0.0
        if left > 0:
            raise Leased(left)
        until = int((now + timedelta(seconds=seconds)).timestamp() * 1000)
        mine = Lease(there.fence + 1 if there else 1, until)
        if there is None:
            self._table.put_new({**item, **mine.attributes})
        else:
            self._table.put_if({**item, **mine.attributes}, fence=there.fence, lease=there.until)
        return mine

    def write(self, lease: Lease, item: Item) -> None:
        """Write an item with its lease while the fence is the lease's. LostRace: it is another worker's by now."""
        self._table.put_if({**item, **lease.attributes}, fence=lease.fence)
