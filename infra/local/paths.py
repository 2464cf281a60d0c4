"""Where the local stack finds its parts and keeps its state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template.yaml"
SAMPLES = ROOT / "infra" / "samples"
# Made by the Makefile: the emulator's environment, and the one that stands for Lambda's Python runtime.
STACK_PYTHON = ROOT / ".local" / "stack" / "bin" / "python"
RUNTIME_PYTHON = ROOT / ".local" / "runtime" / "bin" / "python"
PACKAGES = ROOT / ".local" / "packages"
# What `make run` keeps, unless it is told of another folder.
DEFAULT_STATE = ROOT / ".local" / "state"


@dataclass(frozen=True, slots=True)
class State:
    """What one local stack keeps between starts, and throws away with each."""

    folder: Path

    @property
    def emulator(self) -> Path:
        """Tables, queues, the deployed stack."""
        return self.folder / "emulator"

    @property
    def objects(self) -> Path:
        """What lies in the buckets."""
        return self.folder / "objects"

    @property
    def version(self) -> Path:
        """What wrote the state."""
        return self.folder / "version"

    @property
    def ports(self) -> Path:
        """The ports of the last start."""
        return self.folder / "ports.json"

    @property
    def lock(self) -> Path:
        """Held by the stack that runs on this state."""
        return self.folder / "lock"

    @property
    def scratch(self) -> Path:
        """Temporary files of the emulator and the functions, emptied at each start."""
        return self.folder / "scratch"

    def log(self, process: str) -> Path:
        """Name the log of one of the stack's processes; it is written anew at each start."""
        return self.folder / f"{process}.log"
