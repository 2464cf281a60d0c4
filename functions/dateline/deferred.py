"""Models whose checks are made when they are first used: a cold start pays for those that its request needs."""

from __future__ import annotations

from threading import RLock
from typing import Any

from pydantic import BaseModel, ConfigDict

_MAKING = RLock()


class DeferredModel(BaseModel):
    """A model that is built at its first use, by one thread at a time, as pydantic does itself from 2.14 on."""

    model_config = ConfigDict(defer_build=True)

    @classmethod
    def model_rebuild(cls, *, _parent_namespace_depth: int = 2, **options: Any) -> bool | None:
        """Build the model, if no other thread has: two that build one class at once disturb each other."""
        depth = _parent_namespace_depth and _parent_namespace_depth + 1  # for the frame of this function
        with _MAKING:
            return super().model_rebuild(_parent_namespace_depth=depth, **options)
