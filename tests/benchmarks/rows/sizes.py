"""The functions as they are shipped: how large, and what of a start is compiling where no bytecode comes along."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from infra.local.cloud.deploy import code_folders
from infra.local.cloud.packages import build
from infra.local.paths import RUNTIME_PYTHON
from tests.benchmarks.function_settings import SETTINGS
from tests.benchmarks.row import Row, script
from tests.benchmarks.rows.starting import BEGIN, READING, SUMMARIZING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = Row("unzipped size of each function", "12 MB (read), 110, 110 as `sam build` makes it")
BYTECODE = Row("start-up CPU of what is shipped beside a start with all bytecode at hand", "+47 to +56 %", "+0")
_STARTS = {"read": READING, "summarize": SUMMARIZING}
# Other processes make a start longer, never shorter: the shortest of so many counts.
_TIMES = 9
_NOISE = 0.05


def rows() -> Iterator[Row]:
    """Look into the zips, and start what they hold with bytecode and without."""
    if not RUNTIME_PYTHON.exists():
        yield from (row.skipped("without the runtime's environment: `make setup` makes it") for row in (SIZE, BYTECODE))
        return
    zips = {Path(folder).name: path for folder, path in build(code_folders()).items()}
    sizes = {name: _megabytes(path, name) for name, path in zips.items()}
    own, others, bytecode = ({name: several[place] for name, several in sizes.items()} for place in range(3))
    yield SIZE.measured(
        _listed({name: own[name] + others[name] for name in sizes}, "{:.0f} MB"),
        f"direct dependencies with what they need: {_listed(others, '{:.0f}')}",
        note="for this machine's Python and processor; beside that the bytecode of `make build`: "
        + _listed(bytecode, "{:.0f}"),
    )
    with tempfile.TemporaryDirectory() as scratch:
        found = {name: _starts(Path(scratch) / name, zips[name], code) for name, code in _STARTS.items()}
    more = {name: shipped / warm - 1 for name, (shipped, _, warm) in found.items()}
    alone = {name: bare / warm - 1 for name, (_, bare, warm) in found.items()}
    yield BYTECODE.measured(
        _listed(more, "{:+.0%}"),
        f"as `sam build` alone leaves it: {_listed(alone, '{:+.0%}')}",
        reached=max(more.values()) <= _NOISE,
        note=f"up to {_NOISE:.0%} is noise",
    )


def _megabytes(package: Path, function: str) -> tuple[float, float, float]:
    """Return the megabytes of our own files, of others', and of bytecode."""
    own = others = bytecode = 0
    for one in ZipFile(package).infolist():
        if one.filename.endswith(".pyc"):
            bytecode += one.file_size
        elif one.filename.partition("/")[0] in {function, "dateline", "bootstrap"}:
            own += one.file_size
        else:
            others += one.file_size
    return own / 1e6, others / 1e6, bytecode / 1e6


def _listed(values: dict[str, float], form: str) -> str:
    return ", ".join(f"{name} {form.format(value)}" for name, value in values.items())


def _starts(scratch: Path, package: Path, code: str) -> list[float]:
    """Return the least seconds of starts as shipped, without bytecode, and with bytecode that an earlier start wrote.

    They take turns, so that what else the machine does meets all of them.
    """
    shipped, bare = scratch / "shipped", scratch / "bare"
    for folder in (shipped, bare):
        ZipFile(package).extractall(folder)
    for compiled in bare.rglob("*.pyc"):
        compiled.unlink()
    ways = (
        (shipped, {"PYTHONDONTWRITEBYTECODE": "1"}),
        (bare, {"PYTHONDONTWRITEBYTECODE": "1"}),
        (bare, {"PYTHONPYCACHEPREFIX": str(scratch / "cache")}),
    )
    _seconds(*ways[-1], code)
    rounds = [[_seconds(*way, code) for way in ways] for _ in range(_TIMES)]
    return [min(side) for side in zip(*rounds, strict=True)]


def _seconds(folder: Path, environment: dict[str, str], code: str) -> float:
    """Start once, and return what the start says that it took."""
    given = SETTINGS | {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder),
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    command = [str(RUNTIME_PYTHON), "-P", "-c", f"{BEGIN}{code}\nprint(time.process_time() - began)"]
    done = subprocess.run(command, env=given | environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    script(rows)
