"""The worst of hostile texts of 500,000 characters against prose of that length: processor time of all but asking.

All kinds are tried at two lengths that take little, and those that would be worst, by how they grow, at the whole one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.benchmarks.row import Row, script
from tests.unit.judge.hostile_texts import REPEATED, prose, seconds, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE = Row(
    "worst hostile text of 500,000 characters against prose of that length", '62 s ("(" repeated) against 6 s', "≤ 2 ×"
)
_LENGTH, _SHORT, _LONGER = 500_000, 3_000, 9_000
_TRIED, _MOST = 6, 2.0


def rows() -> Iterator[Row]:
    """Find the worst and measure them."""
    seconds(prose(_SHORT))
    expected = {piece: _expected(piece) for piece in REPEATED}
    worst = sorted(REPEATED, key=expected.__getitem__)[-_TRIED:]
    plain = seconds(prose(_LENGTH))
    taken = {piece: seconds(text_of(piece, _LENGTH)) for piece in worst}
    piece = max(taken, key=taken.__getitem__)
    ratio = taken.pop(piece) / plain
    others = ", ".join(f"{one!r} {value:.1f} s" for one, value in taken.items())
    yield HOSTILE.measured(
        f"{ratio * plain:.1f} s ({piece!r} repeated)",
        f"prose {plain:.1f} s",
        f"{ratio:.1f}",
        reached=ratio <= _MOST,
        note=f"of {len(REPEATED)} kinds; also {others}",
    )


def _expected(piece: str) -> float:
    """Return the seconds that a kind would take at the whole length, as it grows between two short ones."""
    short, longer = (
        min(seconds(" " * again + text_of(piece, length)) for again in range(2)) for length in (_SHORT, _LONGER)
    )
    grows = max(0.0, math.log(longer / short) / math.log(_LONGER / _SHORT))
    return longer * float((_LENGTH / _LONGER) ** grows)


if __name__ == "__main__":
    script(rows)
