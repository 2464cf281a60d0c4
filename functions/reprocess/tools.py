"""What the steps of reprocessing share."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from reprocess.limits import FileLimits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dateline.lane.queue import Queue
    from dateline.lane.target import Target
    from dateline.provider.batches import Batches
    from dateline.store.store import Store
    from reprocess.settings import Settings


@dataclass(frozen=True, slots=True)
class Tools:
    """Made once a run of the function. The provider's `batches` are reached when they are asked for.

    `deadline` is in seconds of `time.monotonic`: what is begun after it would be killed half done.
    """

    store: Store
    queue: Queue
    batches: Callable[[], Batches]
    target: Target
    settings: Settings
    now: Callable[[], datetime]
    deadline: float
    file_limits: FileLimits = field(default_factory=FileLimits)
    wait: Callable[[float], None] = time.sleep

    def seconds(self, most: float) -> float:
        """Return the timeout of one operation: `most`, or the time that is left. Retryable: none is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Retryable("this run of the function has no time left")
        return min(most, left)
