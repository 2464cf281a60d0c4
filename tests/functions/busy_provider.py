"""A provider that takes so many calls and tokens a minute, and turns the others away, on the simulated clock."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from dateline.answer import Completion
from dateline.ask.estimate import of_call
from dateline.ask.request import Request
from dateline.errors import Retryable
from dateline.provider.limits import RateLimits, limits_of, retry_after
from dateline.records import Usage
from tests.functions.newsroom import answer_to
from tests.functions.simulated_threads import Threads

MINUTE = 60.0
_ARRIVES, _TURNED_AWAY = 0.05, 0.1  # seconds

Window = Literal["sliding", "bucket"]


@dataclass
class Limit:
    """A limit a minute: of what was taken in the last minute, or of a bucket that is filled again steadily."""

    most: int
    window: Window
    taken: deque[tuple[float, int]] = field(default_factory=deque)
    left: float = 0.0
    filled: float = 0.0

    def __post_init__(self) -> None:
        self.left = float(self.most)

    def remaining(self, now: float) -> float:
        if self.window == "bucket":
            self.left = min(float(self.most), self.left + (now - self.filled) * self.most / MINUTE)
            self.filled = now
            return self.left
        while self.taken and self.taken[0][0] <= now - MINUTE:
            self.taken.popleft()
        return self.most - sum(amount for _, amount in self.taken)

    def take(self, now: float, amount: int) -> None:
        self.taken.append((now, amount))
        self.left -= amount

    def wait(self, now: float, amount: int) -> float:
        """Return when so much will remain."""
        if self.window == "bucket":
            return max(0.0, (amount - self.remaining(now)) * MINUTE / self.most)
        missing, wait = amount - self.remaining(now), 0.0
        for at, taken in self.taken:
            if missing <= 0:
                break
            missing -= taken
            wait = at + MINUTE - now
        return wait


@dataclass
class Provider:
    """Answers after some seconds. It says what its limits are in each answer, unless it is `silent`."""

    threads: Threads
    requests: Limit
    tokens: Limit | None = None
    seconds: tuple[float, float] = (5.0, 15.0)
    silent: bool = False
    answers: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(1))
    calls: Counter[int] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of the calls that were turned away."""
        return len(self.refusals) / max(1, len(self.refusals) + len(self.answers))

    def model(self, name: str, hear: Callable[[RateLimits], None]) -> BusyModel:
        return BusyModel(name, self, hear)

    def ask(self, tokens: int) -> tuple[int, dict[str, str]]:
        """Take a call or turn it away, and say so in the usual headers."""
        self.threads.sleep(_ARRIVES)
        now = self.threads.clock.now
        limits = [(self.requests, "requests", 1)]
        limits += [(self.tokens, "tokens", tokens)] if self.tokens else []
        if any(limit.remaining(now) < amount for limit, _, amount in limits):
            self.refusals.append(now)
            wait = max(limit.wait(now, amount) for limit, _, amount in limits)
            return 429, {"retry-after": f"{wait:.0f}", **self._said(limits, now)}
        for limit, _, amount in limits:
            limit.take(now, amount)
        self.answers.append(now)
        return 200, self._said(limits, now)

    def _said(self, limits: list[tuple[Limit, str, int]], now: float) -> dict[str, str]:
        if self.silent:
            return {}
        said = {}
        for limit, name, _ in limits:
            remaining = limit.remaining(now)
            reset = (limit.most - remaining) * MINUTE / limit.most
            said[f"x-ratelimit-limit-{name}"] = str(limit.most)
            said[f"x-ratelimit-remaining-{name}"] = str(max(0, int(remaining)))
            said[f"x-ratelimit-reset-{name}"] = f"{reset:.3f}s"
        return said


@dataclass
class BusyModel:
    """A good model behind the provider, as the SDK's client has it."""

    name: str
    provider: Provider
    hear: Callable[[RateLimits], None]

    def complete(self, request: Request, deadline: float) -> Completion:
        tokens = round(of_call(request) * 0.8)
        status, headers = self.provider.ask(tokens)
        if status == 429:
            self.provider.threads.sleep(_TURNED_AWAY)
            self.hear(limits_of(headers, status))
            raise Retryable("the model's server said 429 (rate_limit_exceeded)", retry_after(headers))
        self.provider.threads.sleep(self.provider.chance.uniform(*self.provider.seconds))
        self.hear(limits_of(headers, status))
        text = json.dumps(answer_to(request.messages[1].content))
        return Completion(text=text, finish="stop", usage=Usage(calls=1, input=tokens - 50, output=50))
