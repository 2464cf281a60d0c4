"""How fast this worker asks a model: the limits of its server, said or learned, and a share that all workers agree on.

A minute's calls are spread over 64 seconds. So in no minute are there more of them than the limit, although a call may
be made up to four seconds after its place.
"""

from __future__ import annotations

import math
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.store.schedule import FULL_SPEED, Pace, SeenPace

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.provider.limits import RateLimits
    from dateline.store.schedule import Schedule

# Milliseconds. After idle time, calls worth half the slack are made at once; the other half is for late threads.
_MINUTE, _SLACK = 60_000, 4_000
_AT_ONCE = _SLACK // 2
# What other workers have learned is looked up so often: where the model has limits, and where none are known.
_FRESH, _FRESH_UNLIMITED = 1_000, 60_000
# A server that only turns calls away is asked so often a minute, and faster by the minute until it does so again.
_GUESS = 60
# Where it does not say for how long, and the longest pause that is believed: then one call tries it.
_UNSAID_PAUSE, _LONGEST_PAUSE = 5_000, 900_000
# A call that is turned away although the limits were kept (others use the account, too) slows all down by a tenth, once
# a minute; each further minute without one makes them a tenth faster.
_SLOWER, _FASTER = (9, 10), (11, 10)
_SLOWEST, _FASTEST_GUESS = FULL_SPEED // 50, FULL_SPEED * 1_000
# So many calls tell how good the estimates of their tokens are; others are told where it differs by more than a tenth.
_LEARNED_FROM, _WORTH_NOTING = 20, 10
_ALL, _MOST_RATIO = 1_000, 10_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most requests and tokens a minute that the operator allows; 0: as the server says."""

    requests: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class _Settled:
    """Calls, the tokens that they were thought to take, and those that they took."""

    calls: int = 0
    estimated: int = 0
    used: int = 0

    def __add__(self, other: _Settled) -> _Settled:
        return _Settled(self.calls + other.calls, self.estimated + other.estimated, self.used + other.used)


class Limiter:
    """One model as this worker asks it; its threads share it. `sleep` takes seconds."""

    def __init__(
        self, schedule: Schedule, name: str, bounds: Bounds, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._schedule = schedule
        self._name = name
        self._bounds = bounds
        self._sleep = sleep
        self._lock = RLock()
        self._seen = SeenPace()
        self._read_at: int | None = None
        self._owed = 0
        self._settled = _Settled()
        self._unlimited: deque[tuple[int, int]] = deque()

    def reserve(self, tokens: int) -> int | None:
        """Reserve the next place for a call of about so many tokens; None where no limit is known."""
        with self._lock:
            pace = self._look()
            if not self._is_limited(pace):
                now = self._schedule.now()
                while self._unlimited and self._unlimited[0][0] <= now - _MINUTE:
                    self._unlimited.popleft()
                self._unlimited.append((now, tokens))
                return None
            tokens, self._owed = max(0, self._expected(tokens) + self._owed), 0
            self._see(self._schedule.reserve(self._name, self._cost(pace, 1, tokens), self._seen, _AT_ONCE))
            return self._seen.place

    def wait(self, place: int, seconds: float) -> bool:
        """Wait for a place's moment; False: it is further off than so many seconds."""
        until = self._schedule.now() + seconds * 1_000
        while (moment := self._moment(place)) > (now := self._schedule.now()):
            if moment > until:
                return False
            self._sleep((moment - now + 1) / 1_000)
        return True

    def seconds_to(self, place: int) -> float:
        """Return how far off a place's moment is at the least: a clock that was slowed down may go faster by then."""
        with self._lock:
            pace = self._look()
            soonest = replace(pace, speed=max(pace.speed, FULL_SPEED)).moment(place)
        return max(0, soonest - self._schedule.now()) / 1_000

    def redeem(self, place: int, tokens: int) -> int | None:
        """Return a place that was reserved before, or another one where it passed more than a minute ago.

        A call that is late, but by no more than that, goes in place of the one that was not made then, and the clock
        is set back by what it takes, but not beyond its place, so that those that follow keep their distance.
        """
        with self._lock:
            pace = self._look()
            late = pace.clock(self._schedule.now()) - place
            if late > _MINUTE:
                return self.reserve(tokens)
            back = min(late, self._cost(pace, 1, self._expected(tokens)))
            if late > _SLACK and back:
                self._schedule.set_back(self._name, back)
                self._see(replace(self._seen, pace=replace(pace, position=pace.position - back)))
            return place

    def settle(self, estimated: int, used: int) -> None:
        """Correct what a call was thought to take: the next one pays for it, and later estimates are better.

        Turns of a backlog are reserved long before, so what all workers have learned of their estimates is kept.
        """
        with self._lock, suppress(Retryable):
            pace = self._look()
            if not self._is_limited(pace) or not used:
                return
            self._owed += used - self._expected(estimated)
            self._settled = self._settled + _Settled(1, estimated, used)
            if self._settled.calls >= _LEARNED_FROM:
                ratio = min(_MOST_RATIO, max(1, _ALL * self._settled.used // max(1, self._settled.estimated)))
                self._settled = _Settled()
                if self._seen.fence and abs(ratio - pace.ratio) * _WORTH_NOTING > pace.ratio:
                    self._see(self._schedule.change(self._name, self._seen, replace(pace, ratio=ratio)))

    def _expected(self, estimated: int) -> int:
        return estimated * self._seen.pace.ratio // _ALL

    def hear(self, limits: RateLimits) -> None:
        """Learn from what an answer says of the server's limits; other workers will know it, too.

        Where the table is busy a later answer will teach it: this one is paid for, and must not be lost.
        """
        with self._lock, suppress(Retryable):
            self._look()
            if self._seen.fence == 0 and (first := self._learned(limits)) != self._seen.pace:
                self._charge(first)
            learned = self._learned(limits)
            if learned != self._seen.pace:
                self._see(self._schedule.change(self._name, self._seen, learned))

    def _moment(self, place: int) -> int:
        with self._lock:
            return self._look().moment(place)

    def _look(self) -> Pace:
        """Return the pace as it was seen a moment ago."""
        now = self._schedule.now()
        lasts = _FRESH if self._is_limited(self._seen.pace) else _FRESH_UNLIMITED
        if self._read_at is None or not 0 <= now - self._read_at < lasts:
            read = self._schedule.read(self._name)
            if self._is_limited(read.pace) and not self._is_limited(self._seen.pace):
                self._charge(read.pace)
            else:
                self._see(replace(read, place=self._seen.place))
        return self._seen.pace

    def _see(self, seen: SeenPace) -> None:
        self._seen = seen
        self._read_at = self._schedule.now()

    def _charge(self, pace: Pace) -> None:
        """Count what was asked in the last minute while no limit was known: others shall not be asked in its place."""
        since = self._schedule.now() - _MINUTE
        calls = [tokens for at, tokens in self._unlimited if at > since]
        self._unlimited.clear()
        self._see(self._schedule.reserve(self._name, self._cost(pace, len(calls), sum(calls)), self._seen, 0))

    def _is_limited(self, pace: Pace) -> bool:
        return bool(pace.requests or pace.tokens or self._bounds.requests or self._bounds.tokens)

    def _cost(self, pace: Pace, calls: int, tokens: int) -> int:
        """Return the milliseconds that calls take of the schedule, by the limit that they take most of."""
        requests = _least(pace.requests, self._bounds.requests)
        tokens_limit = _least(pace.tokens, self._bounds.tokens)
        share = max(calls / requests if requests else 0.0, tokens / tokens_limit if tokens_limit else 0.0)
        return math.ceil(share * (_MINUTE + _SLACK))

    def _learned(self, limits: RateLimits) -> Pace:
        """Return the pace after an answer."""
        seen, now = self._seen.pace, self._schedule.now()
        pace = replace(seen, requests=limits.requests or seen.requests, tokens=limits.tokens or seen.tokens)
        if seen.guess and limits.requests:
            pace = replace(pace, guess=0, speed=FULL_SPEED)
        said = bool(limits.requests or limits.tokens)
        if pace != seen or (said and self._schedule.is_old(seen)):
            pace = replace(pace, position=seen.clock(now), since=max(seen.since, now))
        if limits.refused:
            return self._slowed(pace, limits.wait, now)
        return _faster(pace, now) if now - pace.since > _MINUTE else pace

    def _slowed(self, pace: Pace, wait: float | None, now: int) -> Pace:
        """Stand still for as long as the server wants, and go on more slowly where the limits were kept."""
        pause = _UNSAID_PAUSE if wait is None else min(_LONGEST_PAUSE, math.ceil(wait * 1_000))
        slowed = replace(pace, position=pace.clock(now), since=max(pace.since, now + pause))
        if not self._is_limited(pace):
            return replace(slowed, requests=_GUESS, guess=1)
        if now - pace.since > _MINUTE:
            return replace(slowed, speed=max(_SLOWEST, pace.speed * _SLOWER[0] // _SLOWER[1]))
        return slowed


def _faster(pace: Pace, now: int) -> Pace:
    """Go on a little faster, up to full speed, or with a guess until a call is turned away."""
    most = _FASTEST_GUESS if pace.guess else FULL_SPEED
    if pace.speed >= most:
        return pace
    return replace(
        pace, position=pace.clock(now), since=now, speed=min(most, pace.speed * _FASTER[0] // _FASTER[1] + 1)
    )


def _least(*limits: int) -> int:
    return min((limit for limit in limits if limit), default=0)
