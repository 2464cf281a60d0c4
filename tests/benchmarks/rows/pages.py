"""A page of a timeline: the read function's own time against that of pydantic-core alone, and what it reads."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
import pytest
from pydantic import TypeAdapter

from dateline.records import Event
from dateline.store.store import open_store, store_over
from dateline.store.table import Table
from read.answers import Timeline
from tests.aws import BUCKET, TABLE, noted_calls
from tests.benchmarks.dated_collection import COLLECTION, items
from tests.benchmarks.dynamo import DYNALITE, MISSING, running
from tests.benchmarks.row import Row, script
from tests.functions.reading import ask
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from dateline.store.table import Item
    from tests.functions.reading import Answered

PAGES = {
    50: (Row("own CPU of a page of 50 events, all under way", "21 ms", "≤ 15 ms"), 15),
    200: (Row("own CPU of a page of 200 events, all under way", "36 ms", "≤ 28 ms"), 28),
}
READ = Row("items read ÷ events returned, at 1,000 and at 100,000 events", "1.02", "≤ 1.05")
UNDER_WAY = Row("items read ÷ events returned, all under way", "2.3–2.8", "≤ 1.8")
_MOST_READ, _MOST_UNDER_WAY = 1.05, 1.8
_SOME, _MANY, _LONG = 1_000, 100_000, 2_000
# So many last long that two hundred are under way on one day.
_LENGTHS: dict[int | None, int] = {1: 5, 7: 5, 31: 10, 92: 10, 366: 20, 3_660: 40, 20_000: 5, None: 5}
_FROM = "2012-06"
_LIMIT, _PAGES = 50, 5
# Other processes make a page longer, never shorter: the shortest of so many counts.
_TIMES = 30


class Noting(MemoryTable):
    """A table that counts the rows of timelines that are read."""

    rows = 0

    def _read(self, items: Sequence[Item], calls: int) -> None:
        self.rows += sum(not str(item["pk"]).startswith(("DOC", "LIST")) and "body" in item for item in items)
        super()._read(items, calls)


def rows() -> Iterator[Row]:
    """Count reads in memory, then measure time over a DynamoDB that answers through boto3."""
    with pytest.MonkeyPatch.context() as patch:
        _surround(patch)
        yield from _reads(patch)
    if not DYNALITE.exists():
        yield from (row.skipped(MISSING) for row, _ in PAGES.values())
        return
    with pytest.MonkeyPatch.context() as patch, running(patch) as dynamodb:
        _surround(patch)
        open_store(dynamodb, boto3.client("s3"), TABLE, BUCKET).listing.register(COLLECTION)
        Table(dynamodb, TABLE).put_many(items(_LONG, _LENGTHS))
        call = _call_time(dynamodb)
        for limit, (row, most) in PAGES.items():
            yield _page_row(row, limit, most, call)


def _surround(patch: pytest.MonkeyPatch) -> None:
    """Give the function its settings; it starts anew for each name of a test."""
    for name, value in {
        "DATELINE_TABLE": TABLE,
        "DATELINE_BUCKET": BUCKET,
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }.items():
        patch.setenv(name, value)


@contextmanager
def _named(name: str) -> Iterator[None]:
    os.environ["PYTEST_CURRENT_TEST"] = name
    yield
    del os.environ["PYTEST_CURRENT_TEST"]


def _reads(patch: pytest.MonkeyPatch) -> Iterator[Row]:
    plain, under_way = [], []
    for count in (_SOME, _MANY):
        table = Noting()
        store = store_over(table, MemoryBucket())
        store.listing.register(COLLECTION)
        table.put_many(items(count))
        patch.setattr("dateline.lane.runtime.make_store", lambda *_, store=store: store)
        with _named(f"{count} events"):
            plain.append(_ratio(table, {}))
            under_way.append(_ratio(table, {"from": _FROM}))
    said = [" and ".join(f"{one:.2f}" for one in several) for several in (plain, under_way)]
    note = f"the first {_PAGES} pages of {_LIMIT}"
    yield READ.measured(said[0], "1", said[0], reached=max(plain) <= _MOST_READ, note=note)
    note += ", as far as they are under way when the interval begins"
    yield UNDER_WAY.measured(said[1], "1", said[1], reached=max(under_way) <= _MOST_UNDER_WAY, note=note)


def _ratio(table: Noting, query: Mapping[str, str]) -> float:
    """Read pages, and return the rows that were read for an event that was shown."""
    read, shown, cursor = 0, 0, None
    for _ in range(_PAGES):
        table.rows = 0
        answer = _page({**query, "limit": str(_LIMIT)} | ({"cursor": cursor} if cursor else {})).json
        events, cursor = answer["events"], answer["cursor"]
        if query and shown and any((one["when"]["earliest"] or "") >= query["from"] for one in events):
            break
        read, shown = read + table.rows, shown + len(events)
        if cursor is None:
            break
    return read / shown


def _page_row(row: Row, limit: int, most: int, call: float) -> Row:
    """Measure pages of a length; `call` are the seconds that any call of DynamoDB takes."""
    query = {"from": _FROM, "limit": str(limit)}
    with _named(f"page of {limit}"):
        answer = _page(query)
        own = min(_own_time(query) for _ in range(_TIMES))
        with noted_calls() as calls:
            _page(query)
    events = answer.json["events"]
    assert len(events) == limit
    assert all((one["when"]["earliest"] or "") < _FROM for one in events)
    core = _core_time(answer)
    return row.measured(
        f"{own * 1000:.1f} ms",
        f"pydantic-core reading and writing the same: {core * 1000:.1f} ms",
        f"{own / core:.1f}",
        reached=own * 1000 <= most,
        note=f"{len(calls)} calls of DynamoDB, each of which takes boto3 {call * 1000:.1f} ms at least",
    )


def _page(query: Mapping[str, str]) -> Answered:
    answer = ask("/collections/{name}/{view}", {"name": COLLECTION, "view": "timeline"}, query=query)
    assert answer.status == 200, answer.body
    return answer


def _own_time(query: Mapping[str, str]) -> float:
    """Take the processor's seconds for a page, all threads and what the system does for them included."""
    began = time.process_time()
    _page(query)
    return time.process_time() - began


def _call_time(dynamodb: DynamoDBClient) -> float:
    """Take the processor's seconds for asking for an item that is not there."""
    taken = []
    for _ in range(_TIMES):
        began = time.process_time()
        dynamodb.get_item(TableName=TABLE, Key={"pk": {"S": "none"}, "sk": {"S": "none"}})
        taken.append(time.process_time() - began)
    return min(taken)


def _core_time(answer: Answered) -> float:
    """Take the processor's seconds for reading the page's events one by one, and writing the page as one."""
    bodies = [json.dumps(one).encode() for one in answer.json["events"]]
    events, page = TypeAdapter(Event), Timeline.model_validate_json(answer.body)
    taken = []
    for _ in range(_TIMES):
        began = time.process_time()
        for body in bodies:
            events.validate_json(body)
        page.model_dump_json()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    script(rows)
