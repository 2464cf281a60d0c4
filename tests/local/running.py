"""A local stack as a user runs it: its own process, files, sockets and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
import pytest

from infra.local.cloud.aws import Aws
from infra.local.paths import ROOT, RUNTIME_PYTHON, STACK_PYTHON, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mypy_boto3_s3.client import S3Client

T = TypeVar("T")

_READY_SECONDS = 300.0
_END_SECONDS = 120.0
_POLL_SECONDS = 0.1  # most polls invoke a function, on the processors that what is waited for needs


@dataclass(frozen=True)
class Running:
    """A stack that serves."""

    process: subprocess.Popen[str]
    api: httpx2.Client
    aws: Aws
    s3: S3Client
    bucket: str
    drop_folder: Path

    @property
    def state(self) -> State:
        return State(self.drop_folder.with_name("state"))

    def drop(self, key: str, content: bytes, **metadata: str) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=f"drop/{key}", Body=content, Metadata=metadata)

    def delete(self, key: str) -> None:
        self.s3.delete_object(Bucket=self.bucket, Key=f"drop/{key}")

    def get(self, route: str, **query: str) -> Any:
        return self.api.get(route, params=query).raise_for_status().json()

    def find(self, key: str) -> Any:
        """Find a document by its key: its line in the list, or None."""
        collection, _, path = key.partition("/")
        found = self.get("/documents", collection=collection, path=path)["documents"]
        return found[0] if found else None

    def settled(self, key: str, seconds: float = 120) -> Any:
        """Wait until a document is linked or rejected: its answers stay as they are then."""

        def settled() -> Any:
            line = self.find(key)
            return line and "waiting" not in (line["state"], line["linking"]) and line

        return until(settled, seconds)

    def processes(self) -> list[int]:
        """Return the stack's processes, the first one's descendants included."""
        parents = _parents()
        family = [self.process.pid]
        for pid in family:
            family.extend(child for child, parent in parents.items() if parent == pid)
        return family

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_END_SECONDS)


def until(ready: Callable[[], T], seconds: float = 120, every: float = _POLL_SECONDS) -> T:
    """Ask until the answer is true, and return it; what is costly to ask is asked less often."""
    end = time.monotonic() + seconds
    while not (answer := ready()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(every)
    return answer


def all_gone(processes: list[int]) -> bool:
    return not set(processes) & set(_parents())


def run(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `python -m infra.local` with its state and its drop folder in a folder of the test's."""
    if not (STACK_PYTHON.exists() and RUNTIME_PYTHON.exists()):
        pytest.fail("the local stack's environments are missing: run `make setup`")
    places = ["--state", str(folder / "state"), "--drop", str(folder / "drop")]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "DATELINE_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "infra.local", *places, *arguments],
        cwd=ROOT,
        env={**plain, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Run a stack without the samples until the block ends."""
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    with run(folder, "--no-samples", "--ready-file", str(ready), *arguments, environment=environment) as process:
        try:
            until(lambda: ready.exists() or process.poll() is not None, _READY_SECONDS)
            if process.poll() is not None:
                pytest.fail(f"the stack has ended:\n{process.communicate()[0]}")
            where = json.loads(ready.read_text())
            with httpx2.Client(base_url=where["api"], timeout=120) as api:
                aws = Aws(where["s3"])
                yield Running(process, api, aws, aws.s3, where["bucket"], folder / "drop")
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.communicate(timeout=_END_SECONDS)


def _parents() -> dict[int, int]:
    """Return the parent of every process that runs; one that has ended and waits for its parent does not run."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}
