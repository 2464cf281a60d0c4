"""What the SAM command line says of the template, and what it builds from it: whole, small and compiled."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from infra.local.paths import ROOT
from tests.benchmarks.function_settings import SETTINGS
from tests.infra.conftest import TEMPLATES

_SAM = ROOT / ".local" / "sam" / "bin" / "sam"
# What stands in the library's folder and is no part of what runs.
_FOR_PEOPLE = {"pyproject.toml", "dates/language/ADDING_A_LANGUAGE.md"}
_QUIET = {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-central-1"}

_BUILT = {"Summarize": "summarize", "Reprocess": "reprocess", "Read": "read", "Edit": "edit", "Upload": "upload"}

needs_sam = pytest.mark.skipif(not _SAM.exists(), reason="the SAM command line is not set up; `make proof` does it")


@needs_sam
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_sam_validates_the_template(template: Path) -> None:
    done = subprocess.run(
        [_SAM, "validate", "--lint", "--template", template],
        env=os.environ | _QUIET,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the functions as `make build` does, but for this machine's processor, and return the folder they lie in."""
    path = _path_with_python()
    project = tmp_path_factory.mktemp("project")
    # A copy, since pip leaves its traces where it builds.
    ignored = shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
    shutil.copytree(ROOT / "functions", project / "functions", ignore=ignored)
    processor = "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"
    (project / "infra").mkdir()
    for template in TEMPLATES:
        text = template.read_text().replace("[arm64]", f"[{processor}]")
        (project / template.relative_to(ROOT)).write_text(text)
    options = ["--build-dir", "built", "--cache-dir", "cache"]
    done = subprocess.run(
        [_SAM, "build", *options],
        cwd=project,
        env=os.environ | _QUIET | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "built"


@pytest.fixture(scope="module")
def compiled(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built functions with bytecode, all files a day older, as what is unpacked may be."""
    folder = tmp_path_factory.mktemp("compiled") / "built"
    shutil.copytree(built, folder)
    subprocess.run(
        ["python3.13", "-m", "infra.bytecode", *(folder / name for name in _BUILT)],
        env=os.environ | {"PATH": _path_with_python(), "PYTHONPATH": str(ROOT)},
        check=True,
    )
    yesterday = time.time() - 86_400
    for file in folder.rglob("*.py"):
        os.utime(file, (yesterday, yesterday))
    return folder


@needs_sam
def test_sam_builds_zips_that_hold_what_they_need(built: Path) -> None:
    written = {name: sources(ROOT / "functions" / name) for name in (*_BUILT.values(), "dateline")}
    for function, own in _BUILT.items():
        assert sources(built / function / own) == written[own]
        library = {name for name in written["dateline"] if name not in _FOR_PEOPLE}
        assert sources(built / function / "dateline") == library
        assert not (built / function / "boto3").exists()
        assert not (built / function / "botocore").exists()
    for function in ("Summarize", "Reprocess"):
        assert (built / function / "openai").exists()
    assert not (built / "Read" / "openai").exists()


@needs_sam
def test_what_is_built_is_small(built: Path, compiled: Path) -> None:
    sizes = {name: (_megabytes(built / name), _megabytes(compiled / name)) for name in _BUILT}

    assert max(sizes["Summarize"][0], sizes["Reprocess"][0]) <= 75
    assert max(sizes["Summarize"][1], sizes["Reprocess"][1]) <= 100
    assert sizes["Read"][1] <= 20


@needs_sam
@pytest.mark.parametrize(("function", "own"), _BUILT.items())
def test_a_function_that_starts_compiles_nothing(function: str, own: str, built: Path, compiled: Path) -> None:
    """The import system says which sources it compiles; those of the interpreter's own library are not ours."""
    assert _compiled_at_import(built / function, own)
    assert _compiled_at_import(compiled / function, own) == []


def _compiled_at_import(folder: Path, own: str) -> list[str]:
    code = f"""
import importlib.machinery as machinery
import sys

compiled = []
source_to_code = machinery.SourceFileLoader.source_to_code

def noting(loader, data, path, **options):
    compiled.append(str(path))
    return source_to_code(loader, data, path, **options)

machinery.SourceFileLoader.source_to_code = noting
import {own}.app
print("\\n".join(path for path in compiled if path.startswith(sys.argv[1])))
"""
    lambdas_own = next((ROOT / ".local" / "runtime").glob("lib/python3*/site-packages"))
    done = subprocess.run(
        ["python3.13", "-B", "-P", "-c", code, str(folder)],
        env={"PATH": _path_with_python(), "PYTHONPATH": f"{folder}{os.pathsep}{lambdas_own}"} | SETTINGS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1] if done.stdout.strip() else []


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1_000_000


def sources(folder: Path) -> set[str]:
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert found
    return {name for name in found if "__pycache__" not in name and ".egg-info/" not in name}


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
