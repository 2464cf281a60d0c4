"""The processes that the local stack consists of: started, watched, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Self

from infra.local.failure import Trouble
from infra.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

_START_SECONDS = 120.0
_END_SECONDS = 15.0
_LAST_LINES = 15


class Process:
    """A child in a session of its own, so that Ctrl-C in the terminal reaches the parent alone.

    It ends when its standard input is closed; this program's end closes it in any case, a `kill -9` included.
    """

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self._log = log
        with log.open("wb") as output:
            self._child = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def tell(self, line: str) -> None:
        """Write a line to the child's standard input."""
        assert self._child.stdin is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.write(f"{line}\n".encode())
            self._child.stdin.flush()

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait until the child serves; Trouble with the end of its log where it does not."""
        until = time.monotonic() + _START_SECONDS
        while not ready():
            self.must_run()
            if time.monotonic() > until:
                raise Trouble(f"{self.name} does not serve after {_START_SECONDS:.0f} s. {self._report()}")
            time.sleep(0.02)

    def must_run(self) -> None:
        """Raise Trouble if the child has ended."""
        if self._child.poll() is not None:
            raise Trouble(f"{self.name} has ended (status {self._child.returncode}). {self._report()}")

    def end(self) -> None:
        """Let the child end by itself; where it does not, kill it and all that it started."""
        assert self._child.stdin is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.close()
        try:
            self._child.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()

    def _report(self) -> str:
        lines = self._log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        return "\n".join([f"The end of its log, {self._log}:", *(f"  {line}" for line in lines)])
