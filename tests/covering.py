"""A plugin of pytest that prints how much of each room of `functions/` the tests ran, by lines and by branches.

Slipcover writes probes into a module as it is imported and takes them out when they have fired. On Python 3.11 the
tracer of coverage.py doubles the suite's time and fails the tests of time. Processes that tests start do not count.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOURCE = [str(Path(__file__).parents[1] / "functions")]

_probes = Slipcover(branch=True, source=_SOURCE)
_of_workers: list[dict[str, Any]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Begin before any conftest.py imports what is measured; it ends with the process."""
    ImportManager(_probes, FileMatcher(_SOURCE)).__enter__()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Have a worker of xdist send what its tests ran."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["covered"] = json.dumps(_probes.get_coverage())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Receive it; a worker that crashed sends nothing."""
    if "covered" in getattr(node, "workeroutput", {}):
        _of_workers.append(json.loads(node.workeroutput["covered"]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    covered = reduce(merge_coverage, _of_workers) if _of_workers else _probes.get_coverage()
    terminalreporter.section("coverage of functions/, in the tests' own processes")
    for line in report(covered["files"]):
        terminalreporter.write_line(line)


def report(files: Mapping[str, Any]) -> list[str]:
    """Return a line for each folder, and one for all."""
    rooms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, file in files.items():
        room = Path(name).parent.as_posix()
        counts = {key: len(places) for key, places in file.items() if key != "summary"}
        rooms[room].update(counts)
        rooms["all"].update(counts)
    return [
        f"{_percent(rooms[room], 'lines')} of lines, {_percent(rooms[room], 'branches')} of branches  {room}"
        for room in sorted(rooms, key=lambda room: (room == "all", room))
    ]


def _percent(counts: Counter[str], what: str) -> str:
    run, missed = counts[f"executed_{what}"], counts[f"missing_{what}"]
    return f"{100 * run / (run + missed) if run + missed else 100:5.1f} %"
