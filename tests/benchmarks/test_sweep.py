"""The sweep of a large bucket: at most one message a document, and memory that does not grow with the bucket.

Printed: for 20,000 and for 200,000 versions the pages, seconds, messages and the most memory.
"""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dateline.lane.messages import DocumentMessage, SweepMessage
from dateline.lane.queue import Queue
from dateline.store import keys
from dateline.store.bucket import Seen
from dateline.store.store import store_over
from summarize.sweep import sweep
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from dateline.lane.messages import Message

_FEW, _MANY, _VERSIONS_EACH = 20_000, 200_000, 20
_MODIFIED = datetime(2026, 1, 5, tzinfo=UTC)
_ASKED = _MODIFIED + timedelta(days=2)
# Every tenth document was done with; of the others nobody was ever told.
_KNOWN = 10
# A page's listing, heads and messages: a hundredth of the function's memory.
_MOST_BYTES = 10 << 20
_STEEPEST = 1.3


class Listed(MemoryBucket):
    """A bucket of so many versions that only lists them; each is made when it is asked for."""

    def __init__(self, versions: int) -> None:
        super().__init__()
        self.documents = versions // _VERSIONS_EACH

    def newest_versions(self, prefix: str, after: str | None, limit: int) -> tuple[list[Seen], str | None]:
        if prefix != keys.PREFIX:
            return [], None
        first = 0 if after is None else _number(after) + 1
        end = min(first + limit // _VERSIONS_EACH, self.documents)
        found = [Seen(_key(number), "version", deleted=False, modified=_MODIFIED) for number in range(first, end)]
        return found, _key(end - 1) if end < self.documents else None


class Counting(Queue):
    """A queue that counts its messages by document and keeps none."""

    def __init__(self) -> None:
        self.sent: Counter[int] = Counter()

    def send(self, messages: Sequence[Message], delay: float = 0) -> None:
        for one in messages:
            assert isinstance(one, DocumentMessage)
            self.sent[_number(one.key)] += 1


@dataclass(frozen=True)
class Took:
    pages: int
    seconds: float
    most_bytes: int


def _key(number: int) -> str:
    return f"drop/c{number // 1_000:04}/{number:07}.txt"


def _number(key: str) -> int:
    return int(key.rpartition("/")[2].removesuffix(".txt"))


def _place(number: int) -> keys.Place:
    place = keys.place(_key(number))
    assert place is not None
    return place


def swept(versions: int) -> tuple[Took, Counter[int]]:
    bucket, queue = Listed(versions), Counting()
    store = store_over(MemoryTable(), bucket, lambda: _MODIFIED)
    for number in range(0, bucket.documents, _KNOWN):
        place = _place(number)
        held = store.heads.take(place, 60)
        done = {"state": "deleted"} if number % 100 == 0 else {"state": "rejected", "version": "version"}
        store.heads.write(held, held.head.model_copy(update=done))
    # What the doubles keep of a document that is looked for is theirs.
    store.heads.get_each(_place(number).document_id for number in range(bucket.documents))
    queue.sent.update(dict.fromkeys(range(bucket.documents), 0))
    tracemalloc.start()
    begun = time.perf_counter()
    done_by = sweep(SweepMessage(asked=_ASKED), store, queue, _MODIFIED, time.monotonic() + 3_600)
    seconds, (_, most) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done_by.ended
    return Took(done_by.pages, seconds, most), queue.sent


def test_a_sweep_sends_one_message_a_document_and_takes_as_much_memory_for_any_bucket(
    capsys: pytest.CaptureFixture[str],
) -> None:
    few, _ = swept(_FEW)
    many, sent = swept(_MANY)

    with capsys.disabled():
        print("\nA sweep       versions  pages  seconds  messages  most memory")
        for versions, took, number in ((_FEW, few, 0), (_MANY, many, sum(sent.values()))):
            messages = f"{number:,}" if number else ""
            print(f"{versions:22,} {took.pages:6,} {took.seconds:8.1f} {messages:>9} {took.most_bytes / 1e6:9.1f} MB")
    documents = _MANY // _VERSIONS_EACH
    behind = {number for number in range(documents) if number % _KNOWN or number % 100 == 0}
    assert {number: count for number, count in sent.items() if count} == dict.fromkeys(behind, 1)
    assert many.most_bytes < min(_MOST_BYTES, few.most_bytes * _STEEPEST)
