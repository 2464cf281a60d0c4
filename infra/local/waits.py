"""What documents wait for, said once for all of them, with how to fix what the user can fix."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from dateline.provider.client import KEY_REFUSED, MODEL_UNKNOWN, UNREACHABLE
from infra.present import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

# By how the reason begins. What the model is and where it is comes from the environment, which is read at the start.
_FIXED_BY = {
    KEY_REFUSED: "start again with a key that it takes: OPENAI_API_KEY=… make run",
    MODEL_UNKNOWN: "start again with a model that it has: DATELINE_MODEL=… make run; or with its right address: "
    "OPENAI_BASE_URL=… make run",
    UNREACHABLE: "start it, or start again with its right address: OPENAI_BASE_URL=… make run",
}


class Waits:
    """The reasons to wait that were said already. Several threads may tell of them."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._said: set[str] = set()
        self._lock = Lock()

    def tell(self, reason: str) -> None:
        """Say a reason, the first time that it is told of."""
        kind = _kind(reason)
        with self._lock:
            if (kind or reason) in self._said:
                return
            self._said.add(kind or reason)
        if kind is None:
            self._say(f"waiting for {harmless(reason)}")
        else:
            self._say(f"Documents wait: {harmless(reason)}. To fix it, {_FIXED_BY[kind]}")


def needs_the_user(reason: str) -> bool:
    """Return whether the user has to fix what is waited for; it does not pass by itself."""
    return _kind(reason) is not None


def _kind(reason: str) -> str | None:
    return next((kind for kind in _FIXED_BY if reason.startswith(kind)), None)
