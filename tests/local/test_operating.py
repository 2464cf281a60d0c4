"""An operator's commands on the running stack, its roles in force."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from infra.local.paths import ROOT

if TYPE_CHECKING:
    from tests.local.running import Running


def test_a_text_goes_through_the_stack_and_is_gone_again_and_the_operator_is_told(stack: Running) -> None:
    smoke = dateline(stack, "smoke")

    assert smoke.returncode == 0, smoke.stderr
    said = [line.split(" s  ")[1].split()[0].rstrip(",") for line in smoke.stdout.splitlines()]
    assert said == ["dropped", "done", "read", "deleted"]

    path = smoke.stdout.split("dropped ")[1].split()[0]
    assert "deleted" in dateline(stack, "status", path).stdout.splitlines()[1]
    status = dateline(stack, "status")
    assert status.returncode == 0, status.stderr
    heads = [line.split(":")[0] for line in status.stdout.splitlines() if not line.startswith(" ")]
    assert heads == [
        "documents",
        "drop queue",
        "link queue",
        "dead letters",
        "tokens today (UTC)",
        "reprocessing",
        "alarms",
    ]
    assert dateline(stack, "dead", "list").stdout == "There are no dead letters.\n"


def dateline(stack: Running, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infra.cli", *arguments, "--state", str(stack.state.folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
