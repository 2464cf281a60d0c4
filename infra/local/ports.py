"""Which ports the local stack serves on: the same as last time where they are free, so that addresses stay."""

from __future__ import annotations

import random
import socket
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from infra.local.failure import Trouble

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
# Below the ports that systems give to outgoing connections and to servers that name none (Linux: 32768 and up;
# RFC 6335: 49152 and up), so that nobody is given one between choosing and serving.
_RANGE = range(20_000, 32_768)
_TRIES = 100


class Ports(BaseModel):
    """The ports of the emulator, which is also that of the API, and of the model's stand-in."""

    emulator: int
    standin: int


def choose(remembered: Path, wanted: int | None) -> Ports:
    """Take the wanted port, else last time's where it is free, else any free one. Trouble: the wanted one is taken."""
    if wanted is not None and not _is_free(wanted):
        raise Trouble(f"Port {wanted} is taken. Name another with --port, or leave it out to get a free one.")
    last = last_used(remembered)
    emulator = wanted or _free(last.emulator if last else None)
    ports = Ports(emulator=emulator, standin=_free(last.standin if last else None, besides=emulator))
    remembered.write_text(ports.model_dump_json())
    return ports


def last_used(remembered: Path) -> Ports | None:
    """Read the ports of the last start; None where there was none."""
    try:
        return Ports.model_validate_json(remembered.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _free(preferred: int | None, besides: int | None = None) -> int:
    for port in (preferred, *random.sample(_RANGE, _TRIES)):
        if port not in (None, besides) and _is_free(port):
            return port
    raise Trouble(f"{_TRIES} ports from {_RANGE.start} to {_RANGE.stop} are all taken. Name a free one with --port.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
