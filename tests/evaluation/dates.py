"""Score the dates on the gold sets that lie beside the project; `python -m tests.evaluation.dates` prints the figures.

The sets and the script that scores them are no part of the project (their licences allow evaluation only).
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from dateline.dates.lines import answer_lines

SHARED = Path(__file__).parents[2] / ".." / "shared"
SETS = ("krauts_dev", "te3_platinum")
_FIGURE = re.compile(r"^(.+?)\s+([0-9.]+) % \(([0-9]+)/([0-9]+)\)$", re.MULTILINE)


class Figures(NamedTuple):
    """Shares in per cent, and the table that the script printed."""

    calendar_accuracy: float
    precision_answered: float
    others_unresolved: float
    table: str


def gold(name: str) -> Path:
    """Tell where a set lies, if it is there."""
    return SHARED / "data" / "dates" / f"{name}.jsonl"


def score(name: str) -> Figures:
    """Answer a set and have the script score the answers."""
    with gold(name).open(encoding="utf-8") as lines:
        answers = "\n".join(answer_lines(lines))
    done = subprocess.run(
        [sys.executable, SHARED / "tools" / "score_dates.py", gold(name)],
        input=answers, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    shares = {what: 100 * int(part) / int(whole) for what, _, part, whole in _FIGURE.findall(done.stdout)}
    return Figures(shares["calendar accuracy"], shares["precision answered"], shares["others unresolved"], done.stdout)


def main() -> int:
    """Print the figures of the sets that are there."""
    for name in SETS:
        figures = score(name).table if gold(name).exists() else "not beside the project, skipped\n"
        sys.stdout.write(f"{name}\n{figures}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
