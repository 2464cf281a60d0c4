"""`make bench`: every row of the table, each in a process of its own, one after the other; writes RESULTS.md.

Ratios count: both sides of one are measured in the same run. Absolute times are this machine's.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from threading import Timer

from rich.console import Console
from rich.table import Table

from infra.local.paths import ROOT
from tests.benchmarks.row import NONE, Row

# The quick ones first. Each is `python -m tests.benchmarks.rows.<name>`.
SCRIPTS = (
    "answers",
    "requests",
    "dollars",
    "writes",
    "calls",
    "cpu",
    "hostile",
    "starting",
    "sizes",
    "memory",
    "pages",
    "planning",
    "lane",
)
RESULTS = Path(__file__).with_name("RESULTS.md")
# A whole run takes less than ten minutes where nothing else runs; what hangs is ended, and the others still printed.
_MOST_SECONDS = 600
_BUSY_LOAD = 1.5
_COLUMNS = ("figure", "this project", "comparison in the same run", "ratio", "goal", "", "at f114bf3", "note")
_PACKAGES = ("boto3", "pydantic", "aws-lambda-powertools", "openai")


def main() -> None:
    """Run the scripts that are named, or all; only a run of all is written down."""
    named = [one for one in sys.argv[1:] if not one.startswith("-")]
    began, load = time.monotonic(), os.getloadavg()[0]
    busy = f"machine busy (load {load:.1f} at the start): absolute times are too long" if load > _BUSY_LOAD else ""
    if busy:
        print(busy)
    rows = [row for name in named or SCRIPTS for row in _measured(name)]
    seconds = time.monotonic() - began
    Console(width=180).print(_table(rows))
    failed = [row.figure for row in rows if row.note.startswith(("ended after", "the script failed"))]
    missed, reached = (sum(row.reached is wanted for row in rows) for wanted in (False, True))
    print(f"{len(rows)} rows in {seconds:.0f} s; {missed} goals missed, {reached} reached")
    if not named:
        RESULTS.write_text(_results(rows, seconds, busy))
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


def _measured(name: str) -> list[Row]:
    """Run one script and print its rows as they come; one that fails, or takes too long, is a row of its own."""
    began = time.monotonic()
    print(f"{name} ...", flush=True)
    rows = []
    # In a session of its own, so that what it started ends with it.
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.rows.{name}", "--json"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'functions'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        ending = Timer(_MOST_SECONDS, _interrupt, [process.pid])
        ending.start()
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith('{"figure"'):
                rows.append(Row(**json.loads(line)))
                print(f"  {rows[-1]}", flush=True)
        failed = process.wait()
        ending.cancel()
    seconds = time.monotonic() - began
    if failed:
        why = f"ended after {_MOST_SECONDS} s" if seconds > _MOST_SECONDS else f"the script failed ({failed})"
        rows.append(Row(name, NONE).skipped(why))
        print(f"  {rows[-1]}", flush=True)
    print(f"  {seconds:.0f} s", flush=True)
    return rows


def _interrupt(session: int) -> None:
    """End a script as Ctrl-C does, so that it ends what it has started."""
    os.killpg(session, signal.SIGINT)


def _cells(row: Row) -> tuple[str, ...]:
    return row.figure, row.ours, row.comparison, row.ratio, row.goal, row.verdict, row.before, row.note


def _table(rows: list[Row]) -> Table:
    table = Table(title="Measured on this machine", title_justify="left", show_lines=True)
    for column in _COLUMNS:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _results(rows: list[Row], seconds: float, busy: str) -> str:
    """Write the table as Markdown, with when, with what and on what it was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    about = (
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}, in {seconds:.0f} s, at commit {_commit()}. "
        f"Python {platform.python_version()}, {packages}; {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} processors{f'; {busy}' if busy else ''}."
    )
    how = (
        "Ratios count, absolute times are those of the machine. Each row's script runs alone: "
        f"`.venv/bin/python -m tests.benchmarks.rows.NAME`, one of {', '.join(SCRIPTS)}."
    )
    lines = [
        "# What `make bench` measured",
        about,
        how,
        "\n".join(
            [
                _line(_COLUMNS),
                _line(("---",) * len(_COLUMNS)),
                *(_line(_cells(row)) for row in rows),
            ]
        ),
    ]
    return "\n\n".join(lines) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _commit() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
