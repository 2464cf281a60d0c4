"""The most memory that a worker's process ever holds: with its imports alone, and with the longest of reports."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from infra.local.paths import ROOT
from tests.benchmarks.function_settings import SETTINGS
from tests.benchmarks.long_report import report
from tests.benchmarks.row import Row, script

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = Row("peak memory: a report of 234,000 words", "135 MB")
_IMPORTS = "import summarize.app\nsummarize.app.clients()\nimport openai\n"
_REPORT = """
from functools import partial
from dateline.documents.read import read
from tests.benchmarks.own_work import work
from tests.benchmarks.long_report import Fast, report
work(partial(read, report().encode(), name="report.txt", language="en"), Fast())
"""
_TELL = 'print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])'


def rows() -> Iterator[Row]:
    """Measure each in a process of its own."""
    imports, work = (_megabytes(code) for code in (_IMPORTS, _IMPORTS + _REPORT))
    yield MEMORY.measured(
        f"{work:.0f} MB",
        f"interpreter with imports and clients: {imports:.0f} MB",
        f"{work / imports:.2f}",
        note=f"{len(report().split()):,} words",
    )


def _megabytes(code: str) -> float:
    """Return what the system says of a process at its end; `getrusage` would count what its parent held, too."""
    done = subprocess.run(
        [sys.executable, "-c", code + _TELL],
        env=SETTINGS | {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'functions'}{os.pathsep}{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) * 1024 / 1e6


if __name__ == "__main__":
    script(rows)
