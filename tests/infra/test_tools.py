"""What AWS's own tools say of the template, and what they build from it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from cfnlint.api import lint_file

from infra.local.paths import ROOT, TEMPLATE

_SAM = ROOT / ".local" / "sam" / "bin" / "sam"
# What stands in the library's folder and is no part of what runs.
_FOR_PEOPLE = {"pyproject.toml", "dates/language/ADDING_A_LANGUAGE.md"}
_QUIET = {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-central-1"}

needs_sam = pytest.mark.skipif(not _SAM.exists(), reason="the SAM command line is not set up; `make test` does it")


def test_cfn_lint_has_nothing_to_say() -> None:
    assert lint_file(TEMPLATE) == []


def test_the_template_is_short_enough_to_be_read() -> None:
    assert len(TEMPLATE.read_text().splitlines()) <= 700


def test_only_the_library_can_be_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    library = tomllib.loads((ROOT / "functions" / "dateline" / "pyproject.toml").read_text())

    assert "build-system" not in project
    assert "scripts" not in project["project"]
    assert {name.partition(".")[0] for name in library["tool"]["setuptools"]["packages"]} == {"dateline"}


@needs_sam
def test_sam_validates_the_template() -> None:
    done = subprocess.run(
        [_SAM, "validate", "--lint", "--template", TEMPLATE],
        env=os.environ | _QUIET,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@needs_sam
def test_sam_builds_zips_that_hold_what_they_need(tmp_path: Path) -> None:
    path = _path_with_python()
    project = tmp_path / "project"
    # A copy, since pip leaves its traces where it builds.
    ignored = shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
    shutil.copytree(ROOT / "functions", project / "functions", ignore=ignored)
    shutil.copyfile(TEMPLATE, project / "template.yaml")
    written = {name: sources(project / "functions" / name) for name in ("summarize", "reprocess", "read", "dateline")}
    done = subprocess.run(
        [_SAM, "build", "--build-dir", "built", "--cache-dir", "cache"],
        cwd=project,
        env=os.environ | _QUIET | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for function, own in (("Summarize", "summarize"), ("Reprocess", "reprocess"), ("Read", "read")):
        built = project / "built" / function
        assert sources(built / own) == written[own]
        assert sources(built / "dateline") == {name for name in written["dateline"] if name not in _FOR_PEOPLE}
        assert not (built / "boto3").exists()
        assert not (built / "botocore").exists()
    for function in ("Summarize", "Reprocess"):
        assert (project / "built" / function / "openai").exists()
    assert not (project / "built" / "Read" / "openai").exists()


def sources(folder: Path) -> set[str]:
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert found
    return {name for name in found if "__pycache__" not in name}


def _path_with_python() -> str:
    """Return a PATH on which the functions' Python is found; `sam build` asks for it by name."""
    path = os.environ["PATH"]
    if _is_python313(shutil.which("python3.13")):
        return path
    pyenv = shutil.which("pyenv")
    if pyenv is not None:
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=True).stdout.strip()
        for python in sorted(Path(root).glob("versions/3.13.*/bin/python3.13")):
            return f"{python.parent}{os.pathsep}{path}"
    pytest.skip("python3.13, which the functions run on, is not on PATH")


def _is_python313(python: str | None) -> bool:
    """Tell a working interpreter from a pyenv shim whose version is not selected."""
    return (
        python is not None and subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0
    )
