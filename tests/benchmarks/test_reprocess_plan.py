"""Planning takes time in proportion to the stale documents, in runs of the function that end in time and in memory.

Printed: for 10,000 and for 100,000 documents the runs, their seconds and memory, and what they wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.planning import planned

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_FEW, _MANY = 10_000, 100_000
_MOST_SECONDS, _MOST_BYTES = 600, 512 * 1024 * 1024
_STEEPEST = 1.3


def test_planning_is_linear_and_each_run_stays_within_the_functions_bounds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    few = planned(monkeypatch, tmp_path / "few", _FEW)
    many = planned(monkeypatch, tmp_path / "many", _MANY)

    steeper = (many.seconds / few.seconds) / (_MANY / _FEW)
    print(f"{_MANY / _FEW:g} times the documents took {many.seconds / few.seconds:.1f} times as long")
    assert steeper < _STEEPEST
    for one in (few, many):
        assert max(one.runs) < _MOST_SECONDS
        assert one.most_bytes < _MOST_BYTES
