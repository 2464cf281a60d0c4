"""Documents that are brought up to date over a store in memory, with a model that says what it is told to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dateline.answer import Completion
from dateline.ask.parts import PART_CHARACTERS
from dateline.ask.request import Request
from dateline.lane.messages import NotifiedUpload
from dateline.lane.target import target
from dateline.records import Asking, Usage
from dateline.store import keys
from dateline.store.heads import Held
from dateline.store.overlap import Search
from dateline.store.store import Store, store_over
from summarize.document import Result, bring_up_to_date
from summarize.tools import Tools
from tests.functions.dying import Gate
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

FIRST = "On 3 May 2024 the council of Aldermoor met.\nOn 5 May 2024 the council of Aldermoor voted.\n"
SECOND = "On 3 May 2024 the council of Aldermoor met.\nOn 7 May 2024 the council of Aldermoor adjourned.\n"
FIRST_TITLES = ["Council met", "Council voted"]
SECOND_TITLES = ["Council met", "Council adjourned"]


def answer_to(text: str) -> dict[str, Any]:
    """Say what a good model says of these texts."""
    events = [
        {"t": title, "s": [number], "x": [], "d": words, "e": edtf}
        for number, title, words, edtf in (
            (1, "Council met", "3 May 2024", "2024-05-03"),
            (2, "Council voted", "5 May 2024", "2024-05-05"),
            (2, "Council adjourned", "7 May 2024", "2024-05-07"),
        )
        if words in text and title.removeprefix("Council ") in text
    ]
    head = {"t": "A council meets", "s": [1]}
    return {"lang": "en", "out": "en", "head": head, "sum": [head], "who": [], "names": [], "ev": events}


@dataclass
class FakeModel:
    """A model that reads the request's sentences; `fault` is raised, or `says` said, in place of an answer."""

    name: str = "a-model"
    calls: int = 0
    fault: Exception | None = None
    before: Callable[[], None] = lambda: None
    says: str | None = None
    used: Usage = field(default_factory=lambda: Usage(calls=1, input=10, output=5))

    def complete(self, request: Request, deadline: float) -> Completion:
        self.calls += 1
        self.before()
        if self.fault is not None:
            raise self.fault
        text = self.says or json.dumps(answer_to(request.messages[1].content))
        return Completion(text=text, finish="stop", usage=self.used)


@dataclass
class Newsroom:
    """A bucket, a table, a model and a clock."""

    table: MemoryTable = field(default_factory=MemoryTable)
    bucket: MemoryBucket = field(default_factory=MemoryBucket)
    model: FakeModel = field(default_factory=FakeModel)
    later: timedelta = timedelta()
    recogniser: Any = None

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    @property
    def store(self) -> Store:
        return store_over(self.table, self.bucket, self.now)

    def store_behind(self, gate: Gate) -> Store:
        """The store as a worker has it that may die at a write."""
        return store_over(self.table.written_by(gate.step), self.bucket.written_by(gate.step), self.now)

    def drop(self, key: str, text: str | bytes, **metadata: str) -> None:
        self.bucket.drop(key, text, **metadata)

    def upload(self, key: str) -> NotifiedUpload:
        """Say what S3 notified of when an object was dropped."""
        found = self.bucket.get(key)
        assert found is not None
        return NotifiedUpload(version=found.version, at=found.modified)

    def delete(self, key: str) -> None:
        self.bucket.delete([key])

    def work(
        self,
        key: str,
        gate: Gate | None = None,
        model: str = "a-model",
        part_characters: int = PART_CHARACTERS,
        *,
        after_death: bool = False,
        upload: NotifiedUpload | None = None,
    ) -> Result:
        """Do what a notification about a key leads to, or S3's own of an upload, in a worker that may die."""
        store = self.store_behind(gate or Gate(10_000))
        tools = replace(self.tools(store, model, part_characters), after_death=after_death)
        result = bring_up_to_date(place(key), tools, time.monotonic() + 60, upload)
        if result.untidy:
            store.runs.tidy(place(key).document_id)
        return result

    def tools(self, store: Store, model: str = "a-model", part_characters: int = PART_CHARACTERS) -> Tools:
        asking = Asking(model=model, language="en", part_characters=part_characters)
        return Tools(store, lambda: self.model, target(asking, store.recipes), recogniser=self.recogniser)

    def held(self, key: str) -> Held:
        held = self.store.heads.get(place(key).document_id)
        assert held is not None
        return held

    def titles(self, key: str) -> list[str]:
        """Read a document's events as its readers do."""
        current = self.held(key).head.current
        return [] if current is None else [one.title for one in self.store.runs.events(place(key).document_id, current)]

    def timeline(self, collection: str) -> list[str]:
        return [one.title for one in self.store.timeline.page(collection, Search(), None, 50).rows]

    def leftovers(self, key: str) -> list[str]:
        """Find what stands in the table or the bucket of any run but the current one and, as kept, the one before."""
        document_id, head = place(key).document_id, self.held(key).head
        runs = [
            sk
            for (pk, sk), item in self.table.contents().items()
            if sk != keys.HEAD
            and (pk == keys.document_pk(document_id) or ("run" in item and item.get("document") == document_id))
        ]
        texts = self.bucket.keys(f"texts/{document_id}/")
        current, kept = f"{head.current or 0:010}", keys.run_sk(head.previous or 0)
        found = (*runs, *texts)
        return [one for one in found if current not in one and not one.startswith(kept)]


def place(key: str) -> keys.Place:
    found = keys.place(key)
    assert found is not None
    return found
