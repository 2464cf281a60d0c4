"""The page's modules outside a browser: their laws under Node.js, and their types as JSDoc tells them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local.paths import ROOT

_HERE = Path(__file__).parent
_TSC = ROOT / ".local" / "page" / "node_modules" / ".bin" / "tsc"
# The first that takes .js files for modules if they look like it.
_NODE = (20, 19)


def node() -> str:
    path = shutil.which("node")
    if path is None:
        pytest.skip("no Node.js on this machine")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(int(part) for part in version.strip().removeprefix("v").split(".")[:2]) < _NODE:
        pytest.skip(f"Node.js {version.strip()} is older than {_NODE[0]}.{_NODE[1]}")
    return path


def test_the_laws_of_days_windows_lanes_and_texts_hold() -> None:
    done = subprocess.run(
        [node(), "--test", *map(str, sorted(_HERE.glob("*.test.mjs")))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_types_are_what_the_comments_say() -> None:
    if not _TSC.exists():
        pytest.skip("TypeScript is not installed: `make .local/page` (needs npm)")
    done = subprocess.run([node(), _TSC, "-p", _HERE / "tsconfig.json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
