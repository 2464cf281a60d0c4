"""The stand-in's files: nameless temporary ones on the disk, which end with the process however it ends."""

from __future__ import annotations

import os
import shutil
import time
import uuid
import weakref
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, TYPE_CHECKING

from infra.standin.refusal import RefusedError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

_CHUNK = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line stands in a file, in bytes, without its end."""

    start: int
    length: int


@dataclass(frozen=True, slots=True, weakref_slot=True)
class File:
    """A file that was kept. It can still be read after it was deleted by whoever holds it, as files can."""

    id: str
    name: str
    purpose: str
    created_at: int
    size: int
    data: IO[bytes]

    def read(self, start: int, length: int) -> bytes:
        """Read some bytes, whoever else is reading."""
        return os.pread(self.data.fileno(), length, start)

    def chunks(self) -> Iterator[bytes]:
        """Read everything, a little at a time."""
        for start in range(0, self.size, _CHUNK):
            yield self.read(start, _CHUNK)

    def lines(self) -> Iterator[Line]:
        """Find the lines; an empty one is none."""
        start = place = 0
        for chunk in self.chunks():
            at = chunk.find(b"\n")
            while at >= 0:
                if place + at > start:
                    yield Line(start, place + at - start)
                start = place + at + 1
                at = chunk.find(b"\n", at + 1)
            place += len(chunk)
        if place > start:
            yield Line(start, place - start)

    def json(self) -> dict[str, JsonValue]:
        """Describe the file as the protocol does."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": self.size,
            "created_at": self.created_at,
            "expires_at": None,
            "filename": self.name,
            "purpose": self.purpose,
            "status": "processed",
            "status_details": None,
        }


class Files:
    """All files, the oldest first."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._lock = Lock()

    def keep(self, name: str, purpose: str, source: IO[bytes]) -> File:
        """Keep what is read from `source`."""
        data = TemporaryFile()  # noqa: SIM115 - it ends with whoever is the last to hold it
        shutil.copyfileobj(source, data)
        data.flush()
        file = File(f"file-{uuid.uuid4().hex}", name, purpose, int(time.time()), data.tell(), data)
        weakref.finalize(file, data.close)
        with self._lock:
            self._files[file.id] = file
        return file

    def get(self, file_id: str) -> File:
        """Return a file; RefusedError where there is none."""
        with self._lock:
            if file_id not in self._files:
                raise unknown("File object", file_id)
            return self._files[file_id]

    def all(self, purpose: str | None) -> list[dict[str, JsonValue]]:
        """List the files of a purpose, the newest first."""
        with self._lock:
            return [file.json() for file in reversed(self._files.values()) if purpose in {None, file.purpose}]

    def delete(self, file_id: str) -> None:
        """Forget a file; RefusedError where there is none."""
        with self._lock:
            if self._files.pop(file_id, None) is None:
                raise unknown("File object", file_id)


def upload(files: Files, name: str, purpose: str, source: IO[bytes]) -> File:
    """Keep what a client sends, as strictly as the provider does."""
    if purpose != "batch":
        raise RefusedError("this server keeps files for batches only", param="purpose")
    if not name.endswith(".jsonl"):
        raise RefusedError("Invalid file format for Batch API. Must be .jsonl", param="file")
    return files.keep(name, purpose, source)
