"""What AWS's own tools say of the template, and what the library's own build takes along."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from cfnlint.api import lint_file

from infra.local.paths import ROOT
from tests.infra.conftest import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

_LIBRARY = ROOT / "functions" / "dateline"
# What stands in the library's folder and is no part of what runs.
_FOR_PEOPLE = {"pyproject.toml", "dates/language/ADDING_A_LANGUAGE.md"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_cfn_lint_has_nothing_to_say(template: Path) -> None:
    assert lint_file(template) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_each_template_is_short_enough_to_be_read(template: Path) -> None:
    assert len(template.read_text().splitlines()) < 700


def test_only_the_library_can_be_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    library = tomllib.loads((_LIBRARY / "pyproject.toml").read_text())

    assert "build-system" not in project
    assert "scripts" not in project["project"]
    assert {name.partition(".")[0] for name in library["tool"]["setuptools"]["packages"]} == {"dateline"}


def test_all_files_of_the_library_are_packed() -> None:
    setuptools = tomllib.loads((_LIBRARY / "pyproject.toml").read_text())["tool"]["setuptools"]
    folders = {_folder(package): package for package in setuptools["packages"]}
    data = {
        file
        for package, patterns in setuptools["package-data"].items()
        for pattern in patterns
        for file in _folder(package).glob(pattern)
    }

    written = {file for file in _LIBRARY.rglob("*") if file.is_file() and not _is_made(file)}

    modules = {file for file in written if file.suffix == ".py" and file.parent in folders}
    left = {str(file.relative_to(_LIBRARY)) for file in written - modules - data}
    assert left == _FOR_PEOPLE


def _folder(package: str) -> Path:
    return _LIBRARY.joinpath(*package.split(".")[1:])


def _is_made(file: Path) -> bool:
    return "__pycache__" in file.parts or any(part.endswith(".egg-info") for part in file.parts)
