"""A gate that every write goes through, and that a killed function dies at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


class Killed(BaseException):
    """The process is gone: nothing of ours may catch this."""


@dataclass
class Gate:
    """Lets so many single writes through and dies at the next one; `look` is called before each."""

    writes: int
    look: Callable[[], None] = lambda: None
    passed: int = field(default=0, init=False)

    def step(self) -> None:
        self.look()
        if self.passed == self.writes:
            raise Killed
        self.passed += 1
