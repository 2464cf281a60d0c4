"""The files of a plan are written: a batch's and the queue's at a time, each kept before the plan goes on.

A file is kept in this order: what it holds, that it is there, that the plan counts it. Whatever a run of the function
dies of, a file that the plan does not count is written over by the next run, which begins where the plan stands.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.store.batch_files import read_row_id
from dateline.store.file_states import BatchFile, QueueFile
from dateline.store.plans import Overtaken
from reprocess.limits import READERS
from reprocess.paid import Paid
from reprocess.routing import way
from reprocess.scratch import scratch
from reprocess.stale import stale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from dateline.store.batch_files import BatchFileName, BatchFiles
    from dateline.store.file_states import PlanFile
    from dateline.store.plans import Lane, Plan, Turn
    from reprocess.limits import FileLimits
    from reprocess.routing import Way
    from reprocess.stale import Looked
    from reprocess.tools import Tools

# What is kept back for the last files (200 MB to S3 take some 10 s) and for the other steps of a run.
_KEPT_BACK_SECONDS = 60.0


def write(tools: Tools, turn: Turn, plan: Plan) -> Plan:
    """Write files of the documents that are left, until there are no more of them or the time is up.

    Retryable: something outside is busy; what was read until then is in files, and the plan that is kept counts them.
    """
    if plan.state != "planning":
        return plan
    left = tools.deadline - time.monotonic()
    until = time.monotonic() + max(left - _KEPT_BACK_SECONDS, left / 2)
    with scratch() as folder:
        writer = _Writer(tools, turn, plan, folder)
        try:
            ended = writer.fill(until)
        except Overtaken:
            raise
        except Retryable:
            writer.keep()
            raise
        return writer.keep(ended=ended)


class _Writer:
    """Fills files and keeps those that are full.

    `_asked` has, by content, the requests of all files of this run: the same text under several keys is asked about
    once, and the later ones take what the first is answered.
    """

    def __init__(self, tools: Tools, turn: Turn, plan: Plan, folder: Path) -> None:
        self._tools, self._turn, self._plan, self._folder = tools, turn, plan, folder
        self._drafts = self._empty()
        self._position = plan.after
        self._asked: dict[str, str] = {}

    def fill(self, until: float) -> bool:
        """Write until the time is up, and return whether nothing is left to be planned."""
        most = min(self._plan.scope.limit or self._tools.settings.plan_documents, self._tools.settings.plan_documents)
        for looked, found in _ways(self._tools, self._plan):
            if found is not None:
                if self._plan.documents + self._drafts.documents >= most:
                    return True
                self._add(found)
            self._position = looked.position
            if time.monotonic() > until:
                return False
        return True

    def _add(self, found: Way) -> None:
        found = self._once(found)
        if not self._drafts.has_room(found):
            self.keep()
        self._drafts.add(found)

    def _once(self, found: Way) -> Way:
        """Leave a request out whose content is asked about already."""
        named = read_row_id(found.document.row or "")
        if named is None:
            return found
        _, content = named
        first = self._asked.setdefault(content, found.document.row or "")
        if first == found.document.row:
            return found
        return replace(found, document=found.document.model_copy(update={"row": first}), tokens=0, row=None)

    def keep(self, *, ended: bool = False) -> Plan:
        """Keep what is written, and begin new files. Retryable: S3 or the table is busy, or the turn is another's."""
        store, plan = self._tools.store, self._plan
        files = self._drafts.keep(store.batch_files, plan.id, plan.files + 1)
        for file in files:
            store.plans.keep_file(plan.id, file)
        update = {
            "state": "working" if ended else "planning",
            "after": self._position,
            "files": plan.files + len(files),
            "documents": plan.documents + self._drafts.documents,
        }
        self._plan = plan.model_copy(update=update)
        store.plans.keep(self._turn, self._plan)
        self._drafts = self._empty()
        return self._plan

    def _empty(self) -> _Drafts:
        return _Drafts(self._folder, self._tools.settings.enqueued_tokens, self._tools.file_limits)


def _ways(tools: Tools, plan: Plan) -> Iterator[tuple[Looked, Way | None]]:
    """Yield what is looked at in order, several documents being read at the same time."""
    waiting: deque[tuple[Looked, Future[Way] | None]] = deque()
    most, paid = 2 * READERS, Paid(tools.store, plan.recipe.ask)
    with ThreadPoolExecutor(READERS) as pool:
        for some in stale(tools.store, plan.recipe.name, plan.scope, plan.began, plan.after):
            for looked in some:
                waiting.append((looked, pool.submit(way, tools, plan, paid, looked.head) if looked.head else None))
                if len(waiting) > most:
                    yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(looked: Looked, found: Future[Way] | None) -> tuple[Looked, Way | None]:
    return looked, found.result() if found else None


class _Draft:
    """A file in the making: a list of documents, and the requests of those that have one."""

    def __init__(self, folder: Path, lane: Lane) -> None:
        self._paths: dict[BatchFileName, Path] = {
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

    def _write(self, name: BatchFileName, line: bytes) -> None:
        with self._paths[name].open("ab") as file:
            file.write(line)

    def keep(self, files: BatchFiles, plan_id: str, number: int) -> PlanFile:
        """Put what is written where all runs of the function find it. Without a request it is no batch."""
        names: list[BatchFileName] = ["documents", "requests"] if self.rows else ["documents"]
        for name in names:
            files.put(files.key(plan_id, number, name), self._paths[name])
        if not self.rows:
            return QueueFile(number=number, documents=self.documents, tokens=self.tokens)
        return BatchFile(number=number, documents=self.documents, rows=self.rows, tokens=self.tokens)


class _Drafts:
    """Both files, in a folder that somebody else empties."""

    def __init__(self, folder: Path, enqueued_tokens: int, limits: FileLimits) -> None:
        self._tokens, self._limits = enqueued_tokens, limits
        self._batch, self._queue = _Draft(folder, "batch"), _Draft(folder, "queue")

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

    def keep(self, files: BatchFiles, plan_id: str, number: int) -> list[PlanFile]:
        """Put those that hold something where all runs of the function find them, numbered from `number` on."""
        written = [draft for draft in (self._batch, self._queue) if draft.documents]
        return [draft.keep(files, plan_id, one) for one, draft in enumerate(written, number)]
