"""The plan step: stale documents are read and written into files, each of which is kept before the plan goes on.

A file is kept in this order: what it holds, that it is there, that the plan counts it. Whatever a run of the function
dies of, a file that the plan does not count is written over by the next run, which begins where the plan stands.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.store.batch_files import read_row_id
from dateline.store.plans import Overtaken
from reprocess.drafts import Drafts
from reprocess.limits import READERS
from reprocess.routing import way
from reprocess.stale import stale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from dateline.store.plans import Plan, Turn
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
    with TemporaryDirectory() as folder:
        writer = _Writer(tools, turn, plan, Path(folder))
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
        files = self._drafts.keep(store.parcels, plan.id, plan.files + 1)
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

    def _empty(self) -> Drafts:
        return Drafts(self._folder, self._tools.settings.enqueued_tokens, self._tools.file_limits)


def _ways(tools: Tools, plan: Plan) -> Iterator[tuple[Looked, Way | None]]:
    """Yield what is looked at in order, several documents being read at the same time."""
    waiting: deque[tuple[Looked, Future[Way] | None]] = deque()
    most = 2 * READERS
    with ThreadPoolExecutor(READERS) as pool:
        for some in stale(tools.store, plan.recipe.name, plan.scope, plan.began, plan.after):
            for looked in some:
                waiting.append((looked, pool.submit(way, tools, plan, looked.head) if looked.head else None))
                if len(waiting) > most:
                    yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(looked: Looked, found: Future[Way] | None) -> tuple[Looked, Way | None]:
    return looked, found.result() if found else None
