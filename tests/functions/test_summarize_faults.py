"""Whatever call of AWS fails, and however: when it has passed, the store is what it would have been without."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random
from types import ModuleType
from typing import Any

import pytest

from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.store.store import store_over
from tests.functions.conftest import Context
from tests.functions.faulty import Faults
from tests.functions.newsroom import FIRST, SECOND
from tests.functions.week import HOUR, MONDAY, Week
from tests.picture import picture

PATH = "a.txt"
KEY = f"drop/news/{PATH}"
REVISED, CALM, LONG_AFTER = HOUR, 2 * HOUR, 4 * HOUR
LATE = pytest.mark.parametrize("late", [False, True], ids=["before its work", "after its work"])

pytestmark = pytest.mark.usefixtures("read_once")


class Afternoon:
    """A document is dropped, and an hour later it says something else; AWS has faults, in its first two hours."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bugs: list[Exception] = []
        self.monkeypatch = monkeypatch
        self.app: ModuleType = Week().deploy(monkeypatch)
        monkeypatch.setattr(self.app, "report_bug", lambda error, *_, **__: self.bugs.append(error))

    def spend(self, picked: Callable[[int], bool], *, late: bool = False) -> Spent:
        """Let it pass with faults at the calls that are picked by their numbers."""
        week = Week()
        faults = Faults(lambda number: week.clock.now < MONDAY + CALM and picked(number), late)
        store = store_over(faults.before(week.table), faults.before(week.bucket), lambda: week.clock.moment)
        clients = Clients(store, Queue(week.sqs, "drops", "links"))  # type: ignore[arg-type]
        self.monkeypatch.setattr(self.app, "clients", lambda: clients)
        self.app.limiter.cache_clear()
        self.app._provider.cache_clear()
        self.monkeypatch.setattr(self.app, "OpenAIModel", lambda name, *_: week.model(name))
        week.drop(KEY, 0, FIRST)
        week.drop(KEY, REVISED, SECOND)
        week.begin(lambda event: self.app.handler(event, Context()))
        week.run(LONG_AFTER)
        assert (self.bugs, week.drops.dead, week.links.dead) == ([], [], [])
        return Spent(week, faults.calls)


class Spent:
    """What an afternoon came to."""

    def __init__(self, week: Week, calls: int) -> None:
        self.calls = calls
        self.paid = week.calls
        self.picture: dict[str, Any] = picture(week.store, "news", [PATH])


@pytest.fixture
def afternoon(environment: pytest.MonkeyPatch) -> Afternoon:
    return Afternoon(environment)


@LATE
def test_whatever_single_call_of_the_table_or_the_bucket_fails_nothing_is_lost_doubled_or_paid_twice(
    afternoon: Afternoon, *, late: bool
) -> None:
    calm = afternoon.spend(lambda _: False)

    for failing in count():
        spent = afternoon.spend(lambda number: number == failing, late=late)  # noqa: B023
        assert (spent.picture, spent.paid) == (calm.picture, 2), failing
        if spent.calls <= failing:
            break
    assert failing > 40


@LATE
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_two_hours_in_which_calls_fail_at_random_lose_and_double_nothing(
    afternoon: Afternoon, share: float, *, late: bool
) -> None:
    calm = afternoon.spend(lambda _: False)

    for seed in range(3):
        chance = Random(seed)
        assert afternoon.spend(lambda _: chance.random() < share, late=late).picture == calm.picture, seed  # noqa: B023
