"""The emulator of AWS: its state and its start."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2

from infra.local.cloud.aws import REGION
from infra.local.failure import Trouble
from infra.local.paths import ROOT, STACK_PYTHON, State
from infra.local.ports import HOST
from infra.local.processes import Process

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCKED = ROOT / "infra" / "lock" / "stack.txt"


@contextmanager
def held(state: State) -> Iterator[None]:
    """Lock the state folder. Trouble: another stack runs on it, or another version of the emulator wrote it."""
    state.folder.mkdir(parents=True, exist_ok=True)
    with state.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                f"Another local stack runs on {state.folder}. End it first, or name another --state."
            ) from None
        _check_version(state)
        shutil.rmtree(state.scratch, ignore_errors=True)
        state.scratch.mkdir()
        yield


def start(state: State, port: int, *, enforce_roles: bool, minute: float) -> Process:
    """Start the emulator; `enforce_roles` lets the functions do only what their roles allow.

    `minute` is how many seconds a minute of the schedules' rates lasts.
    """
    return Process(
        "The AWS emulator",
        [str(STACK_PYTHON), "-m", "infra.local.cloud.emulator_process"],
        os.environ
        | _settings(state, port)
        | {"AUTH": str(enforce_roles).lower(), "SCHEDULE_MINUTE_SECONDS": str(minute)},
        state.log("emulator"),
    )


def wait(process: Process, port: int) -> None:
    """Wait until the emulator serves."""
    process.wait_until(lambda: serves(port))


def serves(port: int) -> bool:
    """Return whether an emulator serves there."""
    try:
        return httpx2.get(f"http://{HOST}:{port}/_ministack/health", timeout=1).is_success
    except httpx2.TransportError:
        return False


def _settings(state: State, port: int) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state.emulator),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state.objects),
        "TMPDIR": str(state.scratch),
        # Neither of these is wanted, and each would take a port of its own.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        # A container engine is not needed, and the emulator would tidy up in one that it finds.
        "DOCKER_HOST": f"unix://{state.scratch}/none",
        "LAMBDA_EXECUTOR": "local",
    }


def _check_version(state: State) -> None:
    found = re.search(r"^ministack==\S+", _LOCKED.read_text(), re.MULTILINE)
    assert found is not None  # noqa: S101
    if not state.version.exists():
        state.version.write_text(found[0])
    elif (wrote := state.version.read_text()) != found[0]:
        raise Trouble(
            f"The state in {state.folder} was written by {wrote}, this is {found[0]}. "
            f"Move that folder away to start afresh; drop the documents again."
        )
