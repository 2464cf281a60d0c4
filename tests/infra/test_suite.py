"""Which tests run without being named."""

from __future__ import annotations

import re
import tomllib

from infra.local.paths import ROOT


def test_every_folder_of_tests_runs_by_itself_but_the_benchmarks() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    folders = {file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").rglob("test_*.py")}
    assert "benchmarks" in folders
    assert set(settings["testpaths"]) == {f"tests/{folder}" for folder in folders - {"benchmarks"}}


def test_only_make_proof_names_the_benchmarks_and_make_test_names_no_folder() -> None:
    recipes = re.findall(r"^(\w+):[^\n]*\n((?:\t[^\n]*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = {target: set(re.findall(r"(?<!-p )\btests\b[\w/]*", recipe)) for target, recipe in recipes}

    assert [target for target, folders in named.items() if "tests/benchmarks" in folders] == ["proof"]
    assert named["test"] == set()
