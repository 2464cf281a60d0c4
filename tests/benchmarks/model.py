"""A model's server that takes its time and fails as often as it is told to; it counts what it is paid for."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse

from infra.standin.api import Service
from infra.standin.chat import complete, is_about_pairs
from infra.standin.server import application

if TYPE_CHECKING:
    from pydantic import JsonValue
    from starlette.types import Message, Receive, Scope, Send

_CHAT = "/v1/chat/completions"
# As providers say it with every answer.
_LIMITS = {"x-ratelimit-limit-requests": "10000"}


class SlowModel:
    """The stand-in behind `seconds` of waiting; `faults` are shares of calls that are answered with a status instead.

    `answered` counts the answers about documents by what was asked, `failed` the faults by status, `most_at_once` the
    calls that were waited for together.
    """

    def __init__(self, seconds: float, faults: Mapping[int, float], seed: int = 0) -> None:
        self.answered: Counter[str] = Counter()
        self.failed: Counter[int] = Counter()
        self.most_at_once = self._now = 0
        self._seconds, self._faults, self._chance = seconds, faults, Random(seed)
        self._inner = application(Service(self._answer))

    def become(self, seconds: float, faults: Mapping[int, float]) -> None:
        """Take so long and fail so often from now on, and forget what was counted."""
        self._seconds, self._faults = seconds, faults
        self.answered.clear()
        self.failed.clear()
        self.most_at_once = self._now

    @property
    def calls(self) -> int:
        """How many calls about documents came, and calls of any kind that failed."""
        return self.answered.total() + self.failed.total()

    @property
    def paid_twice(self) -> int:
        """How many answers were given that had been given before."""
        return self.answered.total() - len(self.answered)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI says."""
        if scope["type"] == "http" and scope["path"] == _CHAT:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            try:
                await asyncio.sleep(self._seconds)
            finally:
                self._now -= 1
            status = self._fault()
            if status is not None:
                self.failed[status] += 1
                said = {"error": {"message": "busy", "type": "server_error"}}
                await JSONResponse(said, status, {**_LIMITS, "retry-after": "1"})(scope, receive, send)
                return
        # A worker that was killed asks no further.
        with suppress(ClientDisconnect):
            await self._inner(scope, receive, _with_limits(send))

    def _fault(self) -> int | None:
        drawn = self._chance.random()
        for status, share in self._faults.items():
            if drawn < share:
                return status
            drawn -= share
        return None

    def _answer(self, body: bytes) -> dict[str, JsonValue]:
        answered = complete(body)
        if not is_about_pairs(body):
            self.answered[sha256(json.dumps(json.loads(body)["messages"]).encode()).hexdigest()] += 1
        return answered


def _with_limits(send: Send) -> Send:
    """Say the limits with an answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = [(name.encode(), value.encode()) for name, value in _LIMITS.items()]
            message["headers"] = [*message["headers"], *said]
        await send(message)

    return sending
