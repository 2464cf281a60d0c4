"""The end of the time that work of our own on a document has."""

from __future__ import annotations

import math
from dataclasses import dataclass
from time import monotonic

from dateline.errors import OutOfTime


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment in seconds of `time.monotonic()`, looked at between sentences and parts."""

    at: float

    def must_last(self) -> None:
        """Raise OutOfTime after the moment."""
        if monotonic() > self.at:
            raise OutOfTime("more time: reading and checking it took longer than a run of the function lasts")


NEVER = Deadline(math.inf)
