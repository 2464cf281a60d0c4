from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.store import keys
from dateline.store.schedule import FULL_SPEED, Pace, Schedule, SeenPace
from tests.memory_table import MemoryTable

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
MODEL = "a model"


@dataclass
class Worker:
    """A worker with a clock of its own; all share the table."""

    table: MemoryTable
    now: datetime = NOON
    seen: SeenPace = SeenPace()  # noqa: RUF009

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.table, lambda: self.now)

    def reserve(self, cost: int) -> float:
        """Reserve a place; return the seconds from noon until its moment."""
        self.seen = self.schedule.reserve(MODEL, cost, self.seen, 2_000)
        return self.seen.pace.moment(self.seen.place) / 1_000 - NOON.timestamp()


@pytest.fixture
def worker() -> Worker:
    return Worker(MemoryTable())


def test_places_follow_each_other_from_a_little_before_now(worker: Worker) -> None:
    assert [worker.reserve(1_000) for _ in range(4)] == [-2, -1, 0, 1]


def test_after_a_pause_nothing_is_made_up_for(worker: Worker) -> None:
    worker.reserve(1_000)
    worker.now += timedelta(hours=1)

    assert worker.reserve(1_000) == 3_598


def test_two_workers_never_get_the_same_place_though_their_clocks_differ(worker: Worker) -> None:
    ahead = Worker(worker.table, NOON + timedelta(seconds=30))

    places = [one.reserve(1_000) for _ in range(20) for one in (worker, ahead)]

    assert len(set(places)) == 40
    assert max(places) == 28 + 38


def test_a_place_is_reserved_by_one_write(worker: Worker) -> None:
    for _ in range(10):
        worker.reserve(1_000)

    assert worker.table.counted.items_written == worker.table.counted.calls == 10


def test_a_clock_that_stands_still_moves_all_that_is_reserved(worker: Worker) -> None:
    worker.reserve(10_000)
    assert worker.reserve(10_000) == 8
    now = worker.schedule.now()

    stopped = Pace(position=now, since=now + 20_000)
    worker.seen = worker.schedule.change(MODEL, worker.seen, stopped)

    assert worker.seen.pace.moment(now + 8_000) == now + 28_000
    assert worker.reserve(1_000) == 18 + 20


def test_a_slower_clock_spreads_what_is_reserved(worker: Worker) -> None:
    now = worker.schedule.now()
    slow = Pace(position=now, since=now, speed=FULL_SPEED // 2)

    assert slow.moment(now + 5_000) == now + 10_000
    assert slow.clock(now + 10_000) == now + 5_000


def test_a_clock_that_is_set_back_makes_all_later(worker: Worker) -> None:
    worker.reserve(1_000)
    worker.schedule.set_back(MODEL, 700)

    pace = worker.schedule.read(MODEL).pace
    assert pace.clock(worker.schedule.now()) == worker.schedule.now() - 700
    assert worker.reserve(1_000) == pytest.approx(-1 + 0.7)


def test_of_two_changes_at_the_same_time_the_first_holds_and_both_see_it(worker: Worker) -> None:
    worker.reserve(1_000)
    other = Worker(worker.table, seen=worker.seen)

    first = worker.schedule.change(MODEL, worker.seen, Pace(requests=100))
    second = other.schedule.change(MODEL, other.seen, Pace(requests=50))

    assert (first.pace.requests, second.pace.requests) == (100, 100)
    assert first.fence == second.fence == 1


def test_what_was_said_is_forgotten_after_a_month_and_said_anew_before(worker: Worker) -> None:
    worker.reserve(1_000)
    pace = worker.schedule.change(MODEL, worker.seen, Pace(requests=100)).pace

    assert datetime.fromtimestamp(pace.expires, UTC) == NOON + timedelta(days=30)
    assert not worker.schedule.is_old(pace)
    worker.now += timedelta(days=16)
    assert worker.schedule.is_old(pace)


def test_the_item_holds_numbers_alone(worker: Worker) -> None:
    worker.reserve(1_000)
    worker.schedule.change(MODEL, worker.seen, replace(worker.seen.pace, tokens=5))

    item = worker.table.get(keys.pace(MODEL))
    assert item is not None
    assert {name for name, value in item.items() if isinstance(value, str)} == {"pk", "sk"}
