"""The law of the limiter: never more than the limit in any minute, however workers come, wait, and are late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from math import ceil
from random import Random
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import NotYet, Retryable
from dateline.provider.limits import RateLimits
from dateline.store import keys
from dateline.store.schedule import FULL_SPEED, Pace, Schedule
from summarize.limiter import Bounds, Limiter
from summarize.turns import Line
from tests.functions.backlog import BEGAN
from tests.functions.lambda_and_sqs import Clock
from tests.functions.simulated_threads import Threads
from tests.memory_table import MemoryTable

MINUTE = 60.0
NAME = "a model"
SPREAD = 64 / 60  # a minute's calls are spread over 64 seconds


@dataclass
class Call:
    """A call that somebody wants to make: when, of which worker, for how many tokens, how late he is each time."""

    after: float
    worker: int
    tokens: int
    late: float


@dataclass
class Office:
    """Workers that share a table, each with a clock of its own, and the moments and tokens of the calls they make."""

    bounds: Bounds = field(default_factory=Bounds)
    skews: tuple[float, ...] = (0.0, 0.0, 0.0)
    table: MemoryTable = field(default_factory=MemoryTable)

    def __post_init__(self) -> None:
        self.clock = Clock(BEGAN)
        self.threads = Threads(self.clock)
        self.limiters = [self.limiter(skew) for skew in self.skews]
        self.made: list[tuple[float, int]] = []

    def limiter(self, skew: float = 0.0) -> Limiter:
        schedule = Schedule(self.table, lambda: self.clock.moment + timedelta(seconds=skew))
        return Limiter(schedule, NAME, self.bounds, self.threads.sleep)

    def want(self, calls: list[Call]) -> None:
        """Make calls as documents do: wait for the turn, or come back for it, more or less late."""
        for call in calls:
            self.clock.after(call.after, partial(self.threads.start, partial(self._make, call), call.worker))
        self.clock.run(self.clock.now + 100_000)
        assert len(self.made) == len(calls)

    def _make(self, call: Call) -> None:
        turn = None
        while True:
            line = Line(self.limiters[call.worker], turn)
            try:
                line.must_be_near()
                line.wait(call.tokens, monotonic() + 300)
            except NotYet:
                turn = line.turn
                self.threads.sleep(line.seconds + call.late)
                continue
            self.made.append((self.clock.now, call.tokens))
            return

    def most(self, of: Callable[[int], int]) -> int:
        """Return the most of any sixty seconds."""
        begins = [at for at, _ in self.made]
        return max(sum(of(tokens) for at, tokens in self.made if begin <= at < begin + MINUTE) for begin in begins)

    @property
    def pace(self) -> Pace:
        return self.limiters[0]._schedule.read(NAME).pace


@st.composite
def calls(draw: st.DrawFn, latest: float) -> list[Call]:
    """Many calls of three workers, who come back up to so many seconds late, some within a moment of each other."""
    dice = Random(draw(st.integers(0, 10**6)))
    within = draw(st.sampled_from([0.0, 5.0, 60.0, 200.0]))
    return [
        Call(dice.uniform(0, within), dice.randrange(3), dice.randint(1, 3_000), dice.uniform(0, latest))
        for _ in range(draw(st.integers(30, 100)))
    ]


@given(calls(latest=12.0), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_no_minute_has_more_calls_than_the_limit(wanted: list[Call], limit: int) -> None:
    office = Office(Bounds(requests=limit))

    office.want(wanted)

    assert office.most(lambda _: 1) <= limit


@given(calls(latest=12.0), st.integers(500, 20_000))
@settings(max_examples=25, deadline=None)
def test_no_minute_has_more_tokens_than_the_limit_and_the_last_call(wanted: list[Call], limit: int) -> None:
    office = Office(Bounds(tokens=limit))

    office.want(wanted)

    assert office.most(lambda tokens: tokens) <= limit + max(call.tokens for call in wanted)


@given(calls(latest=60.0), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_late_calls_exceed_the_limit_by_what_a_second_takes(wanted: list[Call], limit: int) -> None:
    """What one worker makes up for the others see within a second."""
    office = Office(Bounds(requests=limit))

    office.want(wanted)

    assert office.most(lambda _: 1) <= ceil(limit * (1 + 1 / 64)) + 1


@given(calls(latest=12.0), st.integers(1, 40), st.tuples(*[st.floats(-3, 3)] * 3))
@settings(max_examples=25, deadline=None)
def test_clocks_that_differ_by_seconds_exceed_the_limit_by_as_many(
    wanted: list[Call], limit: int, skews: tuple[float, ...]
) -> None:
    office = Office(Bounds(requests=limit), skews)

    office.want(wanted)

    assert office.most(lambda _: 1) <= ceil(limit * (64 + max(skews) - min(skews)) / 64) + 1


def test_a_clock_that_is_a_minute_ahead_holds_nobody_up_for_longer() -> None:
    office = Office(Bounds(requests=60), (0.0, 60.0, 0.0))

    office.want([Call(one / 2, one % 3, 1, 0.0) for one in range(120)])

    assert max(at for at, _ in office.made) - BEGAN <= 120 * SPREAD + 60


def test_nothing_is_written_and_nothing_waits_where_no_limit_is_known() -> None:
    office = Office()

    office.want([Call(one / 10, one % 3, 5_000, 0.0) for one in range(600)])
    office.limiters[0].hear(RateLimits())

    assert office.table.contents() == {}
    assert [round(at - BEGAN, 1) for at, _ in office.made] == [one / 10 for one in range(600)]
    assert office.table.counted.calls <= 3 + 1, "each worker looks once a minute whether others have learned of one"


def test_a_call_is_one_write() -> None:
    office = Office(Bounds(requests=30))

    office.want([Call(0.0, one % 3, 100, 0.0) for one in range(60)])

    assert office.table.counted.items_written == 60


def test_what_one_worker_learns_all_keep_to_and_what_was_asked_before_counts() -> None:
    office = Office()
    first, second = office.limiters[0], office.limiters[1]
    for _ in range(40):
        assert first.reserve(1_000) is None

    first.hear(RateLimits(requests=100))
    office.clock.run(office.clock.now + MINUTE)
    place = second.reserve(1_000)

    assert (office.pace.requests, office.pace.guess) == (100, 0)
    assert place is not None
    assert second.seconds_to(place) == 0
    assert office.pace.clock(int(office.clock.now * 1000)) - place <= 2_000 + 1
    assert int(str((office.table.get(keys.pace(NAME)) or {})["next_place"])) > BEGAN * 1000 + 40 * 640


def test_the_operators_bounds_and_the_providers_limits_hold_whichever_is_less() -> None:
    for bounds, said in ((Bounds(requests=20), 100), (Bounds(requests=100), 20)):
        office = Office(bounds)
        office.limiters[0].hear(RateLimits(requests=said))

        office.want([Call(0.0, one % 3, 1, 0.0) for one in range(60)])

        assert 15 <= office.most(lambda _: 1) <= 20


def test_a_refusal_makes_all_wait_for_as_long_as_the_server_says() -> None:
    office = Office(Bounds(requests=60))
    places = [office.limiters[0].reserve(1) for _ in range(10)]
    office.limiters[0].hear(RateLimits(requests=60, wait=30.0, refused=True))
    office.clock.run(office.clock.now + 1.1)

    last = places[-1]
    assert last is not None
    assert office.limiters[1].seconds_to(last) == pytest.approx(7.6 + 30 - 1.1, abs=0.1)


def test_refusals_at_the_same_time_are_one_pause_and_slow_down_once_a_minute() -> None:
    office = Office(Bounds(requests=60))
    for _ in range(20):
        for limiter in office.limiters:
            limiter.hear(RateLimits(requests=60, wait=5.0, refused=True))
    assert office.pace.speed == FULL_SPEED, "what was learned just now explains them"

    for _ in range(3):
        office.clock.run(office.clock.now + 70)
        for limiter in office.limiters:
            limiter.hear(RateLimits(requests=60, wait=5.0, refused=True))

    assert office.pace.speed == 729
    assert office.pace.since == int((office.clock.now + 5) * 1000)


def test_minutes_without_a_refusal_bring_the_speed_back() -> None:
    office = Office(Bounds(requests=60))
    heard = RateLimits(requests=60)
    office.limiters[0].hear(heard)
    office.clock.run(office.clock.now + 70)
    office.limiters[0].hear(RateLimits(requests=60, wait=1.0, refused=True))
    assert office.pace.speed == 900

    for _ in range(3):
        office.clock.run(office.clock.now + 70)
        office.limiters[1].hear(heard)

    assert office.pace.speed == FULL_SPEED


def test_a_server_that_only_refuses_is_asked_at_a_guess_that_grows_until_it_says_its_limit() -> None:
    office = Office()
    office.limiters[0].hear(RateLimits(refused=True))
    assert (office.pace.requests, office.pace.guess) == (60, 1)

    for _ in range(10):
        office.clock.run(office.clock.now + 70)
        office.limiters[0].hear(RateLimits())
    assert office.pace.speed > 2 * FULL_SPEED
    office.limiters[1].hear(RateLimits(requests=500))

    assert (office.pace.requests, office.pace.guess, office.pace.speed) == (500, 0, FULL_SPEED)


def test_the_longest_pause_that_is_believed_is_a_quarter_of_an_hour() -> None:
    office = Office()
    office.limiters[0].hear(RateLimits(requests=10, wait=86_400.0, refused=True))

    assert office.pace.since == int((office.clock.now + 900) * 1000)


def test_what_a_call_took_beyond_its_estimate_the_next_one_pays_for() -> None:
    office = Office(Bounds(tokens=60_000))
    limiter = office.limiters[0]
    first, second = limiter.reserve(1_000), limiter.reserve(1_000)
    limiter.settle(1_000, 3_000)
    limiter.settle(1_000, 1_500)
    third, fourth, fifth = (limiter.reserve(1_000) for _ in range(3))

    assert first is not None
    assert [one - first for one in (second, third, fourth, fifth) if one is not None] == [1_067, 2_134, 5_868, 6_935]


def test_all_learn_how_good_estimates_are() -> None:
    office = Office()
    office.limiters[0].hear(RateLimits(tokens=60_000))
    for _ in range(20):
        office.limiters[0].settle(1_000, 700)

    assert office.pace.ratio == 700


def test_of_many_calls_of_one_message_one_turn_is_reserved() -> None:
    office = Office(Bounds(requests=1))
    line = Line(office.limiters[0], None)
    line.wait(1, monotonic() + 300)

    for _ in range(5):
        with pytest.raises(NotYet) as later:
            line.wait(1, monotonic() + 300)

    assert office.table.counted.items_written == 2
    assert later.value.after == pytest.approx(62 - 10, abs=0.1)
    assert (line.comes_back, line.turn is not None) == (True, True)


def test_a_turn_that_is_far_off_costs_no_work() -> None:
    office = Office(Bounds(requests=1))
    limiter = office.limiters[0]
    _, turn = limiter.reserve(1), limiter.reserve(1)

    with pytest.raises(NotYet):
        Line(limiter, turn).must_be_near()
    office.clock.run(office.clock.now + 50)
    Line(limiter, turn).must_be_near()


def test_a_turn_that_passed_minutes_ago_is_lost_and_another_one_is_reserved() -> None:
    office = Office(Bounds(requests=60))
    limiter = office.limiters[0]
    turn = limiter.reserve(1)
    assert turn is not None
    office.clock.run(office.clock.now + 300)

    assert limiter.redeem(turn, 1) == turn + 300_000


def test_a_lesson_that_cannot_be_written_down_costs_no_answer() -> None:
    numbers = count()

    def fail() -> None:
        if next(numbers) > 0:
            raise Retryable("DynamoDB is busy")

    office = Office(table=MemoryTable(fail))

    office.limiters[0].hear(RateLimits(requests=10))

    assert office.pace.requests == 0
