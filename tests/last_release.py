"""What the last release wrote, one of each kind: the items of its table, the objects of its bucket, its messages.

`python -m tests.last_release` writes `tests/fixtures/last_release.json` anew, with the code of today. Run it at each
release and at no other time: between two releases the file is what a deployment holds while it is updated.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

from pydantic import BaseModel, ConfigDict

from dateline.answer import Completion
from dateline.ask.parts import PART_CHARACTERS
from dateline.errors import Retryable
from dateline.lane.messages import (
    DocumentMessage,
    EditMessage,
    LinkMessage,
    PackMessage,
    RebuildMessage,
    RowsMessage,
    SweepMessage,
    TidyMessage,
    TidyOccurrencesMessage,
)
from dateline.lane.queue import Queue
from dateline.lane.recognisers import Remembering, Tesseract
from dateline.linking.model import Decision
from dateline.records import Asking, Usage
from dateline.store import keys
from dateline.store.batch_files import row_id
from dateline.store.file_states import BatchFile, QueueFile, Written
from dateline.store.links import Due
from dateline.store.plans import InFlight, Outcome, Plan, PlannedDocument, Scope, Tally
from dateline.store.schedule import Pace
from summarize.editing import follow
from summarize.linking import link
from tests.functions.newsroom import FIRST, SECOND, Newsroom, place
from tests.memory_bucket import MemoryBucket

if TYPE_CHECKING:
    from dateline.store.bucket import Bucket
    from dateline.store.store import Store
    from dateline.store.table import Table

FIXTURE = Path(__file__).parent / "fixtures" / "last_release.json"

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY, PLAN = "2026-01-02", "20260102T030405Z-0000"
MODEL, BETTER = "a-model", "a-better-model"
COUNCIL, AGAIN, HALL, HALL_TOO = (f"drop/news/{name}.txt" for name in ("council", "again", "hall", "hall too"))
EMPTY, GONE, WAITING, HELD, HALF = (f"drop/news/{name}.txt" for name in ("empty", "gone", "waiting", "held", "half"))
DECISION = keys.edit_key("news", "one-hall")

_OF_THE_HALL = (
    "From May 2024 to July 2024 the hall of Aldermoor was rebuilt, Mayor Ilka Rohn said.\n"
    "The hall of Aldermoor cost 3 million euros.\n"
)
_OF_A_WEEK = "".join(f"On {day} May 2024 the council of Aldermoor met about item {day}.\n" for day in range(3, 10))
_MINUTE = 60.0
_BASE64 = "base64:"


class Left(BaseModel):
    """What a release leaves: each item with its attributes, each object by its key, the body of each message."""

    model_config = ConfigDict(frozen=True)

    items: tuple[dict[str, str | int], ...]
    objects: dict[str, str]
    messages: tuple[str, ...]

    def into(self, table: Table, bucket: Bucket) -> None:
        """Put it where today's code finds it."""
        for item in self.items:
            table.put(dict(item))
        for key, text in self.objects.items():
            bucket.put(key, _bytes(text))


def last_release() -> Left:
    """Read what the last release left."""
    return Left.model_validate_json(FIXTURE.read_bytes())


def written_today() -> Left:
    """Write one of each kind with the code of today, at a moment that stands still."""
    with _still():
        newsroom = _Morning(bucket=MemoryBucket(lambda: MOMENT))
        _documents(newsroom)
        _search(newsroom.store)
        _occurrences(newsroom)
        _unfinished(newsroom)
        _plan(newsroom.store)
        bucket, contents = newsroom.bucket, newsroom.table.contents()
        objects = {key: bucket.get(key) for key in bucket.keys("")}
        return Left(
            items=tuple(contents[key] for key in sorted(contents)),
            objects={key: _text(found.data) for key, found in objects.items() if found is not None},
            messages=tuple(_messages()),
        )


@contextmanager
def _still() -> Iterator[None]:
    """Let no clock go on and no dice fall where stored values are made of them."""
    moment = type("Moment", (datetime,), {"now": staticmethod(lambda _zone: MOMENT)})
    stamps = (SimpleNamespace(hex=f"{number:032x}") for number in count(1))
    with (
        patch("summarize.document.datetime", moment),
        patch("summarize.folding.datetime", moment),
        patch("summarize.linking.uuid4", lambda: next(stamps)),
        patch("summarize.editing.uuid4", lambda: next(stamps)),
    ):
        yield


@dataclass
class _Morning(Newsroom):
    """A newsroom at one moment."""

    bucket: MemoryBucket = field(default_factory=MemoryBucket)

    def now(self) -> datetime:
        return MOMENT + self.later


def _documents(newsroom: Newsroom) -> None:
    """Have a document in each state, one of them with a run before its current one."""
    newsroom.drop(COUNCIL, FIRST, published="2024-05-06", title="The council", source="The Aldermoor Post")
    newsroom.work(COUNCIL)
    newsroom.drop(COUNCIL, SECOND, published="2024-05-08", title="The council", source="The Aldermoor Post")
    newsroom.work(COUNCIL, model=BETTER)
    newsroom.drop(AGAIN, FIRST)
    newsroom.work(AGAIN)
    newsroom.model.says = _said_of_the_hall()
    for key, first in ((HALL, ""), (HALL_TOO, "The hall is open again.\n")):
        newsroom.drop(key, _OF_THE_HALL + first)
        newsroom.work(key)
    newsroom.model.says = None
    newsroom.drop(EMPTY, " ")
    newsroom.work(EMPTY)
    newsroom.drop(GONE, FIRST.replace("Aldermoor", "Kelm"))
    newsroom.work(GONE)
    newsroom.delete(GONE)
    newsroom.work(GONE)
    newsroom.drop(WAITING, FIRST.replace("Aldermoor", "Velden"))
    newsroom.model.fault = Retryable("the model is busy", after=30)
    with suppress(Retryable):
        newsroom.work(WAITING)
    newsroom.model.fault = None
    newsroom.drop(HELD, FIRST)
    newsroom.store.heads.take(place(HELD), _MINUTE)


def _said_of_the_hall() -> str:
    return """{"lang": "en", "out": "en", "head": {"t": "A hall is rebuilt", "s": [1]},
        "sum": [{"t": "The hall was rebuilt.", "s": [1]}],
        "who": [{"w": "Mayor Ilka Rohn", "n": "Ilka Rohn", "k": "named"}],
        "names": [{"n": "Aldermoor", "w": "Aldermoor"}],
        "ev": [{"t": "Hall is rebuilt", "s": [1], "x": [{"p": 0}, 0],
                "d": "From May 2024 to July 2024", "e": "2024-05/2024-07"},
               {"t": "Hall cost 3 million euros", "s": [2], "x": [], "d": null, "e": null}]}"""


def _occurrences(newsroom: Newsroom) -> None:
    """Link the documents, with what a model and an editor say of them, and leave one to be linked."""
    store, tools = newsroom.store, newsroom.tools(newsroom.store)
    deadline = time.monotonic() + _MINUTE
    newsroom.model.says = '{"same": [1]}'
    for key in (COUNCIL, AGAIN, HALL, HALL_TOO):
        link(place(key), tools, deadline)
    report = next(one.report for one in _reports(store) if one.report.path == "hall.txt")
    cited = [one.sentence for one in report.event.evidence]
    newsroom.bucket.put(
        DECISION,
        f"""{{"kind": "note", "reason": "Seen by us.", "author": "Ada",
        "reports": [{{"document": "{report.document}", "event": "{report.id}", "sentences": {cited}}}]}}""".encode(),
    )
    edit = keys.edit_place(DECISION)
    assert edit is not None
    follow(edit, "an editor", store, deadline)
    event, other = (keys.event_id(place(key).document_id, 1) for key in (COUNCIL, AGAIN))
    said = {event: {other: Decision(verdict="same", by="model", score=1.0)}}
    store.links.put_due("news", Due(document=place(COUNCIL).document_id, stamp="0", asked=said))


def _reports(store: Store) -> Iterator[Any]:
    for key in (HALL, HALL_TOO):
        for occurrence in store.links.of_document(place(key).document_id).values():
            yield from store.links.reports(occurrence)


def _unfinished(newsroom: Newsroom) -> None:
    """Leave an answer whose repair is still to come, recognised pages, tokens of both accounts and a model's calls."""
    newsroom.drop(HALF, _OF_A_WEEK)
    asked = newsroom.model.calls
    newsroom.model.says = None

    def end_after_one() -> None:
        if newsroom.model.calls > asked + 1:
            newsroom.model.fault = Retryable("the model is busy", after=30)

    newsroom.model.before = end_after_one
    with suppress(Retryable):
        newsroom.work(HALF)
    store = newsroom.store
    recogniser = cast("Tesseract", _Recogniser())
    Remembering(recogniser, store.blobs, place(WAITING).document_id, b"an image")(lambda: [b"an image"])
    store.spending.reserve(1_000, 10_000)
    store.spending.reserve_whole(2_000, 10_000, "reprocess")
    seen = store.schedule.change(MODEL, store.schedule.read(MODEL), Pace(requests=100, tokens=10_000))
    store.schedule.reserve(MODEL, 600, seen, ahead=0)


class _Recogniser:
    """Reads nothing of any image."""

    name = "tesseract"

    def __call__(self, pages: Callable[[], Sequence[bytes]]) -> Sequence[str]:
        return ["A page."]


def _plan(store: Store) -> None:
    """Open a plan with a file at each stage, outcomes, its lists, and an answer that came in a batch."""
    turn = store.plans.take_turn(_MINUTE)
    assert turn is not None
    known = store.recipes.all()[0]
    store.recipes.pin(known)
    document = place(COUNCIL).document_id
    tally = Tally(outcomes={"done": 1, "left": 1}, changed=1, added=1, gone=1, dates=1, statuses=0, tokens=30, usd=None)
    plan = Plan(
        id=PLAN,
        recipe=known.recipe,
        asking=Asking(model=MODEL, language="en", part_characters=PART_CHARACTERS),
        scope=Scope(collections=("news",), without=("inbox",), documents=(document,), since=MOMENT.date(), limit=9),
        lane="batch",
        state="working",
        began=MOMENT,
        after=f"{keys.drop_order(MOMENT)}#{document}",
        files=8,
        documents=9,
        in_flight=(InFlight(document_id=document, since=MOMENT),),
        note="waits for a batch",
        tally=tally,
    )
    store.plans.give_back(store.plans.open(turn, plan))
    for number, stage in enumerate(_stages(), 1):
        store.plans.keep_file(PLAN, BatchFile(number=number, documents=1, rows=1, tokens=9, stage=stage))
    store.plans.keep_file(PLAN, QueueFile(number=8, documents=2).send(1, 90))
    store.plans.note(PLAN, document, Outcome(outcome="done", added=1, gone=1, dates=1, tokens=30))
    store.plans.note(PLAN, place(AGAIN).document_id, Outcome(outcome="left"))
    store.plans.range_done(PLAN, 4, 0)
    content = "ab" * 32
    row = row_id(document, content)
    planned = PlannedDocument(document_id=document, key=COUNCIL, row=row)
    files = store.batch_files
    files.copy(files.key(PLAN, 1, "documents"), [planned.model_dump_json().encode(), b"\n"])
    came = Completion(text="{}", finish="stop", usage=Usage(calls=1, input=10, output=5), lane="batch")
    files.keep_completion(known.recipe.ask, content, came.model_dump_json())


def _stages() -> Iterable[Any]:
    """Bring a batch through all stages."""
    written = Written()
    begun = written.begin().ask("file-1", MOMENT)
    submitted = begun.submit("batch-1", MOMENT)
    collected = submitted.collect(2, "completed", MOMENT, given_up=False)
    withdrawn = begun.withdraw("too large", given_up=True)
    return written, begun, submitted, submitted.hold(1, "failed"), collected, withdrawn, collected.end()


class _Post:
    """As much of SQS as takes messages."""

    def __init__(self) -> None:
        self.bodies: list[str] = []

    def send_message_batch(self, *, Entries: list[dict[str, Any]], **_: Any) -> dict[str, Any]:  # noqa: N803
        self.bodies.extend(one["MessageBody"] for one in Entries)
        return {}


def _search(store: Store) -> None:
    """Pack what is searched so far; what comes later lies by itself."""
    turn = store.segments.take_turn("news")
    store.segments.pack(turn, time.monotonic() + _MINUTE, whole=False)
    store.segments.give_back(turn)


def _text(data: bytes) -> str:
    """Write an object as text, one that is none in Base64."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return f"{_BASE64}{base64.b64encode(data).decode()}"


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.removeprefix(_BASE64)) if text.startswith(_BASE64) else text.encode()


def _messages() -> list[str]:
    """Send a message of each kind."""
    post = _Post()
    Queue(cast("Any", post), "drops", "links").send(
        [
            DocumentMessage(key=COUNCIL, plan=PLAN, attempt=3, alone=True),
            RowsMessage(plan=PLAN, number=4, ask="ask", start=9, end=90, first=0, attempt=1),
            TidyMessage(document_id=place(COUNCIL).document_id, attempt=1),
            LinkMessage(key=COUNCIL, attempt=1),
            EditMessage(key=DECISION, by="an editor", attempt=1),
            TidyOccurrencesMessage(occurrences=("occ_aaaaaaaaaaaaaaaaaaaa",), attempt=1),
            PackMessage(collection="news", whole=True, attempt=1),
            RebuildMessage(collection="news", after="2026-01-02T03:04:05.000000#doc", first=10_000, attempt=1),
            SweepMessage(after=COUNCIL, collection="news", asked=MOMENT, patience=60, attempt=1),
        ]
    )
    return post.bodies


if __name__ == "__main__":
    FIXTURE.write_text(f"{written_today().model_dump_json(indent=1)}\n", encoding="utf-8")
