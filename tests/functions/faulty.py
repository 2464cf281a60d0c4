"""Faults of AWS: of all calls of the table and the bucket those fail that a test picks, before their work or after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar, cast

from dateline.errors import Retryable

T = TypeVar("T")

_READS = {"get", "get_many", "between", "walk", "walk_index", "count", "part", "lines", "exists", "newest_versions"}


@dataclass
class Faults:
    """Numbers the calls of what stands behind it, from 0, and has those fail that are picked.

    `late`: the call does its work, and its answer is lost on the way, as with a time-out; of calls that only read that
    would be the same as failing at once, so they neither fail nor count. What AWS says becomes Retryable in
    `aws_errors`, which has tests of its own.
    """

    picked: Callable[[int], bool]
    late: bool = False
    calls: int = 0
    _numbers: count[int] = field(default_factory=count)

    def before(self, inner: T) -> T:
        """Return the same table or bucket behind these faults."""
        return cast("T", _Behind(inner, self))

    def call(self, name: str, work: Callable[[], Any]) -> Any:
        if self.late and name in _READS:
            return work()
        number = next(self._numbers)
        self.calls = number + 1
        if not self.picked(number):
            return work()
        if self.late:
            work()
        raise Retryable("AWS answers ServiceUnavailable")


class _Behind:
    def __init__(self, inner: object, faults: Faults) -> None:
        self._inner, self._faults = inner, faults

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)
        return lambda *arguments, **named: self._faults.call(name, lambda: method(*arguments, **named))
