"""The two files that a plan is being written into, on this machine until they are full: a batch's and the queue's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.store.plans import PlanFile

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.store.batch_files import Name, Parcels
    from dateline.store.plans import Lane
    from reprocess.limits import FileLimits
    from reprocess.routing import Way


class Draft:
    """A file in the making: a list of documents, and the requests of those that have one."""

    def __init__(self, folder: Path, lane: Lane) -> None:
        self._paths: dict[Name, Path] = {
            "documents": folder / f"{lane}.documents",
            "requests": folder / f"{lane}.requests",
        }
        for path in self._paths.values():
            path.write_bytes(b"")
        self.documents = self.rows = self.bytes = self.tokens = 0

    def add(self, way: Way) -> None:
        """Add a document, and its request if it has one of its own."""
        self._write("documents", way.document.model_dump_json(exclude_none=True).encode() + b"\n")
        self.documents += 1
        self.tokens += way.tokens
        if way.row is not None:
            self._write("requests", way.row)
            self.rows += 1
            self.bytes += len(way.row)

    def _write(self, name: Name, line: bytes) -> None:
        with self._paths[name].open("ab") as file:
            file.write(line)

    def keep(self, parcels: Parcels, plan_id: str, number: int) -> PlanFile:
        """Put what is written where all runs of the function find it. Without a request it is no batch."""
        names: list[Name] = ["documents", "requests"] if self.rows else ["documents"]
        for name in names:
            parcels.put(parcels.key(plan_id, number, name), self._paths[name])
        return PlanFile(
            number=number,
            kind="batch" if self.rows else "queue",
            state="written",
            documents=self.documents,
            rows=self.rows,
            tokens=self.tokens,
        )


class Drafts:
    """Both files, in a folder that somebody else empties."""

    def __init__(self, folder: Path, enqueued_tokens: int, limits: FileLimits) -> None:
        self._tokens, self._limits = enqueued_tokens, limits
        self._batch, self._queue = Draft(folder, "batch"), Draft(folder, "queue")

    @property
    def documents(self) -> int:
        """How many documents are in them."""
        return self._batch.documents + self._queue.documents

    def has_room(self, way: Way) -> bool:
        """Return whether a document still fits in. One that another's request answers takes no more than a line."""
        if way.document.row is None:
            return self._queue.documents < self._limits.documents
        return way.row is None or (
            self._batch.rows < self._limits.rows
            and self._batch.bytes + len(way.row) <= self._limits.bytes
            and self._batch.tokens + way.tokens <= self._tokens
        )

    def add(self, way: Way) -> None:
        """Add a document to the file of its way."""
        (self._queue if way.document.row is None else self._batch).add(way)

    def keep(self, parcels: Parcels, plan_id: str, number: int) -> list[PlanFile]:
        """Put those that hold something where all runs of the function find them, numbered from `number` on."""
        written = [draft for draft in (self._batch, self._queue) if draft.documents]
        return [draft.keep(parcels, plan_id, one) for one, draft in enumerate(written, number)]
