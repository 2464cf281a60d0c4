"""What scanners find in the templates and in the code, but for what `infra/security.toml` gives a reason for."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections import Counter
from typing import Any

import pytest

from infra.local.paths import ROOT
from tests.infra.conftest import TEMPLATES

_TOOLS = ROOT / ".local" / "security" / "bin"
_EXCEPTIONS = ROOT / "infra" / "security.toml"
_ENOUGH_WORDS = 5

# A check and the resource or file that it is about.
Findings = Counter[tuple[str, str]]

needs_scanners = pytest.mark.skipif(
    not (_TOOLS / "checkov").exists(), reason="the scanners are not set up; `make proof` does it"
)


@needs_scanners
def test_checkov_finds_nothing_in_the_templates_but_what_has_a_reason() -> None:
    files = [str(path.relative_to(ROOT)) for path in TEMPLATES]
    said = _report("checkov", "--framework", "cloudformation", "--skip-download", "--output", "json", "--file", *files)

    assert said["summary"]["parsing_errors"] == 0
    assert said["summary"]["passed"] > 0
    failed = said["results"]["failed_checks"]
    assert Counter((one["check_id"], one["resource"].rpartition(".")[2]) for one in failed) == _excepted("checkov")


@needs_scanners
def test_bandit_finds_nothing_in_the_code_but_what_has_a_reason() -> None:
    said = _report("bandit", "--quiet", "--recursive", "--format", "json", "functions", "infra")

    assert said["errors"] == []
    assert said["metrics"]["_totals"]["nosec"] == 0
    assert Counter((one["test_id"], one["filename"]) for one in said["results"]) == _excepted("bandit")


def test_every_exception_has_a_reason() -> None:
    for exceptions in tomllib.loads(_EXCEPTIONS.read_text()).values():
        for one in exceptions:
            assert set(one) == {"check", "where", "reason"}
            assert len(one["reason"].split()) >= _ENOUGH_WORDS


def _report(tool: str, *options: str) -> dict[str, Any]:
    """Run a scanner from the project's root and read what it reports; it ends with 1 where it finds anything."""
    done = subprocess.run([_TOOLS / tool, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _excepted(tool: str) -> Findings:
    exceptions = tomllib.loads(_EXCEPTIONS.read_text())[tool]
    return Counter((one["check"], where) for one in exceptions for where in one["where"])
