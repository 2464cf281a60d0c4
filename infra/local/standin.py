"""The start of the stand-in that answers where no model is named."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

from infra.local.ports import HOST
from infra.local.processes import Process

if TYPE_CHECKING:
    from infra.local.paths import State


def start(state: State, port: int) -> Process:
    """Start the stand-in."""
    return Process(
        "The extractive stand-in",
        [sys.executable, "-m", "infra.local.supervise", "infra.standin", "--port", str(port)],
        os.environ,
        state.log("standin"),
    )


def wait(process: Process, port: int) -> None:
    """Wait until the stand-in serves."""
    process.wait_until(lambda: _listens(port))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
