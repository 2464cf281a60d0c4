"""Which tests run without being named."""

from __future__ import annotations

import tomllib

from infra.local.paths import ROOT


def test_every_folder_of_tests_runs_by_itself_but_the_benchmarks() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    folders = {file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").rglob("test_*.py")}
    assert "benchmarks" in folders
    assert set(settings["testpaths"]) == {f"tests/{folder}" for folder in folders - {"benchmarks"}}
