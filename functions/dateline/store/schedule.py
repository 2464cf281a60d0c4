"""When the calls of one model are made, by all workers: each has a place on a clock that the workers share."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from dateline.store import keys
from dateline.store.table import LostRace

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.store.table import Item, Table

# The clock's ordinary speed: a millisecond of it a millisecond.
FULL_SPEED: Final = 1_000
_KEPT = timedelta(days=30)  # what a provider said goes on so long without being said again
_NEXT, _POSITION = "next_place", "position"


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known about a model's limits, and how the shared clock runs.

    Requests and tokens are those of a minute; 0: nothing is known. A `guess` at the requests was made where a server
    turned a call away and did not say why; `ratio` is what calls take of the tokens that they are thought to take, in
    thousandths. The clock stood at `position` at the moment `since`, which may be still to
    come, and runs on from there at a `speed`; both are milliseconds, and without a change it shows the time of day.
    """

    requests: int = 0
    tokens: int = 0
    guess: int = 0
    ratio: int = 1_000
    since: int = 0
    position: int = 0
    speed: int = FULL_SPEED
    expires: int = 0

    def clock(self, now: int) -> int:
        """Return what the clock shows."""
        return self.position + max(0, now - self.since) * self.speed // FULL_SPEED

    def moment(self, place: int) -> int:
        """Return when the clock shows a place, or goes on where it shows a later one."""
        return self.since + max(0, place - self.position) * FULL_SPEED // self.speed


@dataclass(frozen=True, slots=True)
class SeenPace:
    """A pace as it was read: its `fence` rises with each change. `place` is what was reserved when it was read."""

    pace: Pace = Pace()
    fence: int = 0
    place: int = 0


class Schedule:
    """One item a model and address. A place is reserved by one write, and never the same one for two calls."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._now = now

    def now(self) -> int:
        """Return the time of day in milliseconds."""
        return int(self._now().astimezone(UTC).timestamp() * 1_000)

    def read(self, name: str) -> SeenPace:
        """Read a model's pace."""
        return _seen(self._table.get(keys.pace(name)))

    def reserve(self, name: str, cost: int, seen: SeenPace, ahead: int) -> SeenPace:
        """Reserve a place that is followed by `cost` milliseconds of the clock; return it, and the pace as it is now.

        It is the first one behind all that are reserved, and no further back than `ahead` before what the clock shows.
        """
        floor = seen.pace.clock(self.now()) - ahead
        item = self._table.advance(keys.pace(name), _NEXT, cost, floor, is_behind=seen.place < floor)
        return _seen(item, int(item[_NEXT]) - cost)

    def set_back(self, name: str, cost: int) -> None:
        """Set the clock back by so many milliseconds: what is reserved becomes due as much later."""
        self._table.add(keys.pace(name), _POSITION, -cost)

    def change(self, name: str, seen: SeenPace, pace: Pace) -> SeenPace:
        """Have the clock go on otherwise; of several workers the first one does, and the others see what it did."""
        expires = int((self._now() + _KEPT).timestamp())
        values = {**asdict(pace), "expires": expires, "fence": seen.fence + 1}
        with suppress(LostRace):
            self._table.set_under(keys.pace(name), values, only_if_fence=seen.fence)
        return self.read(name)

    def is_old(self, pace: Pace) -> bool:
        """Return whether what a pace says should be said anew before it is forgotten."""
        return pace.expires < int((self._now() + _KEPT / 2).timestamp())


def _seen(item: Item | None, place: int = 0) -> SeenPace:
    if item is None:
        return SeenPace()
    numbers = {name: int(item[name]) for name in asdict(Pace()) if name in item}
    return SeenPace(Pace(**numbers), int(item.get("fence", 0)), place)
