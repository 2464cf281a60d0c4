"""One line of the table that `make bench` prints: a figure of this project beside what it is compared with."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PRINTED, NONE = "printed", "–"


@dataclass(frozen=True)
class Row:
    """A figure. `before` is what it was at commit f114bf3; `reached` is None where there is no goal or no figure."""

    figure: str
    before: str
    goal: str = PRINTED
    ours: str = ""
    comparison: str = NONE
    ratio: str = NONE
    reached: bool | None = None
    note: str = ""

    def measured(
        self, ours: str, comparison: str = NONE, ratio: str = NONE, *, reached: bool | None = None, note: str = ""
    ) -> Row:
        """Return the row with what was measured."""
        return replace(self, ours=ours, comparison=comparison, ratio=ratio, reached=reached, note=note)

    def skipped(self, reason: str) -> Row:
        """Return the row without a figure, and why."""
        return replace(self, ours="skipped", note=reason)

    @property
    def verdict(self) -> str:
        """Say whether the goal is reached."""
        return {None: NONE, True: "reached", False: "missed"}[self.reached]

    def __str__(self) -> str:
        compared = f"; beside it {self.comparison}" if self.comparison != NONE else ""
        ratio = f"; ratio {self.ratio}" if self.ratio != NONE else ""
        note = f" ({self.note})" if self.note else ""
        return f"{self.figure}: {self.ours}{compared}{ratio}; goal {self.goal}: {self.verdict}; was {self.before}{note}"


def script(rows: Callable[[], Iterable[Row]]) -> None:
    """Measure and print rows as each is known, for people or, with `--json`, for the runner."""
    as_json = "--json" in sys.argv[1:]
    for row in rows():
        print(json.dumps(asdict(row), ensure_ascii=False) if as_json else row, flush=True)
