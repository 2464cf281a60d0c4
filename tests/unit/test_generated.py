"""Committed files that are made from code: the same as the code, and complete."""

from __future__ import annotations

import re

import pytest

from infra.cli import main
from infra.generated import contents
from infra.local.paths import ROOT
from infra.reference import command_line, settings

_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
_NAMED = re.compile(r"\bmake ([a-z]+)\b(?= ARGS|`)|`make ([a-z]+)")
_TEXTS = ("*.md", "*.py", "*.yaml", "*.toml", "*.sh", "*.js", "*.ts")


def test_the_files_are_what_the_code_says() -> None:
    for file, content in contents().items():
        assert file.read_text() == content, f"{file.name} is out of date: run `make generated`"


@pytest.mark.parametrize("command", ["extract", "dates", "reprocess", "reprocess pin", "page"])
def test_every_option_that_help_shows_is_in_the_reference(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])

    shown = set(re.findall(r"(?<![\w-])--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    section = command_line.page().partition(f"\n## dateline {command}\n")[2].partition("\n## ")[0]
    assert section
    assert shown <= set(re.findall(r"--[a-z-]+", section))


def test_every_setting_is_described() -> None:
    rows = [line for line in settings.page().splitlines() if line.startswith("| `")]

    assert {"`DATELINE_REPROCESS_DAY_TOKENS`", "`OPENAI_API_KEY`", "`ReprocessInFlight`"} <= {
        row.split(" | ")[0].removeprefix("| ") for row in rows
    }
    for row in rows:
        assert all(cell.strip() for cell in (row.split(" | ")[0], row.removesuffix("|").split(" | ")[-1])), row


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text()))
    folders = [ROOT / name for name in ("functions", "infra", "tests", ".github")]
    files = [file for folder in folders for pattern in _TEXTS for file in folder.rglob(pattern)]
    named = {
        (first or second, str(file.relative_to(ROOT)))
        for file in [*files, ROOT / "README.md", ROOT / "template.yaml"]
        for first, second in _NAMED.findall(file.read_text())
    }

    assert {"run", "test", "generated", "recipe"} <= {name for name, _ in named}
    assert {one for one in named if one[0] not in targets} == set()
