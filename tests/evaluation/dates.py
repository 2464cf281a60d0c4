"""Score the dates on the gold sets that lie beside the project; `python -m tests.evaluation.dates` prints the figures.

The sets and the scripts that score them are no part of the project (their licences allow evaluation only).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dateline.dates.lines import answer_lines

SHARED = Path(__file__).parents[2] / ".." / "shared"
SETS = ("krauts_dev", "te3_platinum")
WHOLE = (
    "wikiwars_dev", "wikiwars_de_dev", "wikiwars_uk_dev", "krauts_dev", "te3_platinum", "meantime_en_dev",
    "meantime_es_dev", "ftib_fr_dev", "hourglass_es_dev", "wikiwars_el_dev",
)  # fmt: skip
_FIGURE = re.compile(
    r"^(calendar accuracy|precision answered|others unresolved)\s+([0-9.]+) % \(([0-9]+)/([0-9]+)\)$", re.MULTILINE
)


class Figures(NamedTuple):
    """Shares in per cent, and the table that the script printed."""

    calendar_accuracy: float
    precision_answered: float
    others_unresolved: float
    table: str


def gold(name: str) -> Path:
    """Return where a set with the nearest sentences lies, if it is there."""
    return SHARED / "data" / "dates" / f"{name}.jsonl"


def whole_gold(name: str) -> Path:
    """Return where a set with whole documents lies, if it is there; `pack_dates.py` unpacks it."""
    return SHARED / "data" / "dates" / "whole" / f"{name}.packed.jsonl"


def cases() -> Path:
    """Return where the cases of single expressions lie, if they are there."""
    return SHARED / "cases" / "cases.jsonl"


def score(name: str) -> Figures:
    """Answer a set and have the script score the answers."""
    return _scored(gold(name), "score_dates.py")


def score_whole(name: str) -> Figures:
    """Answer a set of whole documents and have its script score the answers."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(unpacked(name))
        file.flush()
        return _scored(Path(file.name), "score_dates_whole.py")


def unpacked(name: str) -> str:
    """Return a set of whole documents as JSON lines, each item with all sentences before it."""
    script = SHARED / "tools" / "pack_dates.py"
    asked = [sys.executable, str(script), "unpack", str(whole_gold(name))]
    return subprocess.run(asked, capture_output=True, check=True, encoding="utf-8").stdout


def _scored(items: Path, script: str) -> Figures:
    with items.open(encoding="utf-8") as lines:
        answers = "\n".join(answer_lines(lines))
    done = subprocess.run(
        [sys.executable, SHARED / "tools" / script, items],
        input=answers, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    shares = {what: 100 * int(part) / int(whole) for what, _, part, whole in _FIGURE.findall(done.stdout)}
    return Figures(shares["calendar accuracy"], shares["precision answered"], shares["others unresolved"], done.stdout)


def wrong_cases() -> tuple[Counter[str], list[str]]:
    """Answer the cases that are date expressions; count them by kind, and list the ids of those that are wrong."""
    read = [json.loads(line) for line in cases().read_text(encoding="utf-8").splitlines()]
    expressions = [case for case in read if case["tool"] == "dates"]
    asked = (json.dumps({**case["input"], "id": case["id"]}) for case in expressions)
    wrong = []
    for case, line in zip(expressions, answer_lines(asked), strict=True):
        answer = json.loads(line)
        bounds = f"{answer['earliest'] or '-'}..{answer['latest'] or '-'}" if answer["edtf"] else "abstain"
        if bounds not in case["expect"]["any_of"]:
            wrong.append(case["id"])
    return Counter(case["kind"] for case in expressions), wrong


def main() -> int:
    """Print the figures of the sets that are there."""
    for name in SETS:
        figures = score(name).table if gold(name).exists() else "not beside the project, skipped\n"
        sys.stdout.write(f"{name}\n{figures}\n")
    for name in WHOLE:
        figures = score_whole(name).table if whole_gold(name).exists() else "not beside the project, skipped\n"
        sys.stdout.write(f"{name}, whole documents\n{figures}\n")
    if cases().exists():
        kinds, wrong = wrong_cases()
        sys.stdout.write(f"cases: {kinds.total() - len(wrong)} of {kinds.total()} right {' '.join(wrong)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
