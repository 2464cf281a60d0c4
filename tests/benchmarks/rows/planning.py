"""How long stale documents take to be planned and written, extrapolated from two sizes.

Set DATELINE_BENCH_DOCUMENTS=100000 to measure that many, which takes as long as it says.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.dynamo import DYNALITE, MISSING
from tests.benchmarks.planning import planned, written_alone
from tests.benchmarks.row import Row, script

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANNING = Row("100,000 stale documents planned and written", "26 min in 3 runs, linear", "≤ 15 min, linear")
_ALL, _MOST_MINUTES, _STEEPEST = 100_000, 15, 1.15
_ALONE = 200
_MANY = int(os.environ.get("DATELINE_BENCH_DOCUMENTS", "2000"))
_FEW = _MANY // 4


def rows() -> Iterator[Row]:
    """Plan few documents and many, each in a table of their own."""
    if not DYNALITE.exists():
        yield PLANNING.skipped(MISSING)
        return
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        few, many = (planned(patch, Path(folder) / str(count), count) for count in (_FEW, _MANY))
    a_document = (many.seconds - few.seconds) / (_MANY - _FEW)
    own, alone = (many.processor - few.processor) / (_MANY - _FEW), written_alone(_ALONE)
    minutes = (many.seconds + a_document * (_ALL - _MANY)) / 60
    steeper = (many.seconds / few.seconds) / (_MANY / _FEW)
    yield PLANNING.measured(
        f"{minutes:.0f} min",
        comparison=f"reading them and writing their requests alone: {alone * _ALL / 60:.0f} min of a processor",
        ratio=f"{steeper:.2f} × as long a document at {_MANY:,} as at {_FEW:,}",
        reached=minutes <= _MOST_MINUTES and steeper <= _STEEPEST,
        note=f"{'measured' if _MANY >= _ALL else 'extrapolated'} from {_FEW:,} in {few.seconds:.0f} s and {_MANY:,} in "
        f"{many.seconds:.0f} s, {many.most_bytes / 1e6:.0f} MB; wall time, with dynalite on the same processors; of a "
        f"document's {own * 1e3:.0f} ms of a processor {alone * 1e3:.0f} are reading it and writing its request",
    )


if __name__ == "__main__":
    script(rows)
