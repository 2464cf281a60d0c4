"""A model's server that takes its time and fails as often as it is told to; it counts what it is paid for."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from infra.standin.api import Service
from infra.standin.chat import complete, is_about_pairs
from infra.standin.server import application

if TYPE_CHECKING:
    from pydantic import JsonValue
    from starlette.types import Receive, Scope, Send

_CHAT = "/v1/chat/completions"


class SlowModel:
    """The stand-in behind `seconds` of waiting; `faults` are shares of calls that are answered with a status instead.

    `answered` counts the answers about documents by what was asked, `failed` the faults by status.
    """

    def __init__(self, seconds: float, faults: Mapping[int, float], seed: int = 0) -> None:
        self.answered: Counter[str] = Counter()
        self.failed: Counter[int] = Counter()
        self._seconds, self._faults, self._chance = seconds, faults, Random(seed)
        self._inner = application(Service(self._answer))

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
            await asyncio.sleep(self._seconds)
            status = self._fault()
            if status is not None:
                self.failed[status] += 1
                await JSONResponse({"error": {"message": "busy", "type": "server_error"}}, status)(scope, receive, send)
                return
        await self._inner(scope, receive, send)

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
