"""Reads are in proportion to the page, however large a collection is: counted where keys stand in order.

Printed: items read of each partition for a page, and the function's own time for one.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from dateline.store.store import open_store
from dateline.store.table import Table
from tests.aws import BUCKET, TABLE
from tests.benchmarks.dated_collection import COLLECTION, items
from tests.benchmarks.dynamo import running
from tests.functions.reading import Answered, ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PAGES = 5
# One item more than a page holds is read, to know if there is a next one.
_READ_FOR_ONE = 1.05
_USUAL_LIMIT = 50
_OWN_TIME = 0.030
# Other processes make a page longer, never shorter: the shortest of so many counts.
_TIMES = 30


class Reads:
    """Counts the items that were read, by partition: `TIMELINE`, `SPAN#31`, heads under `DOC`."""

    def __init__(self, session: boto3.Session) -> None:
        self.items: Counter[str] = Counter()
        self.units = 0.0
        session.events.register("before-parameter-build.dynamodb.Query", self._note)
        session.events.register("after-call.dynamodb.Query", self._count_query)
        session.events.register("before-parameter-build.dynamodb.BatchGetItem", self._note)
        session.events.register("after-call.dynamodb.BatchGetItem", self._count_batch)

    def _note(self, params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"
        context["partition"] = params.get("ExpressionAttributeValues", {}).get(":pk", {}).get("S", "")

    def _count_query(self, parsed: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        self.items[context["partition"].removesuffix(f"#{COLLECTION}")] += parsed["ScannedCount"]
        self.units += parsed["ConsumedCapacity"]["CapacityUnits"]

    def _count_batch(self, parsed: dict[str, Any], **_: object) -> None:
        self.items["heads"] += len(parsed["Responses"][TABLE])
        self.units += sum(one["CapacityUnits"] for one in parsed["ConsumedCapacity"])


@pytest.fixture(scope="module", params=[1_000, 100_000], ids=lambda one: f"{one:,} events")
def collection(request: pytest.FixtureRequest) -> Iterator[Reads]:
    """Fill a collection, and count what the function reads of it."""
    with pytest.MonkeyPatch.context() as patch, running(patch) as dynamodb:
        began = time.monotonic()
        open_store(dynamodb, boto3.client("s3"), TABLE, BUCKET).listing.register(COLLECTION)
        Table(dynamodb, TABLE).put_many(items(request.param))
        print(f"\n{request.param:,} events, written in {time.monotonic() - began:.0f} s")
        session = boto3.Session()
        patch.setattr(boto3, "DEFAULT_SESSION", session)
        patch.setenv("DATELINE_TABLE", TABLE)
        patch.setenv("DATELINE_BUCKET", BUCKET)
        yield Reads(session)


def _page(query: Mapping[str, str], cursor: str | None) -> Answered:
    asked = {**query, "cursor": cursor} if cursor else query
    return ask("/collections/{name}/{view}", {"name": COLLECTION, "view": "timeline"}, query=asked)


def test_a_page_reads_what_it_shows(collection: Reads) -> None:
    for limit in (_USUAL_LIMIT, 200):
        for asked in ({"from": "2012-06"}, {"from": "2012-06", "order": "desc"}, {}):
            query = {"limit": str(limit), **asked}
            print(f"{limit} events a page, asked for {asked}")
            for page in _pages(query):
                _read_page(collection, query, page)


def test_a_page_takes_little_time_of_the_function_s_own(collection: Reads) -> None:
    for limit in (_USUAL_LIMIT, 200):
        for under_way, asked in ((True, {"from": "2020-06"}), (False, {})):
            query = {"limit": str(limit), **asked}
            own = min(_own_time(query) for _ in range(_TIMES))
            what = "the first under way at its beginning" if under_way else "none under way"
            print(f"{limit} events a page, {what}: {own * 1000:.0f} ms, the goal is {_OWN_TIME * 1000:.0f} ms")
            if limit == _USUAL_LIMIT:
                assert own <= _OWN_TIME


def _own_time(query: Mapping[str, str]) -> float:
    """Take the processor's seconds for a page, all threads and what the system does for them included."""
    began = time.process_time()
    _page(query, None)
    return time.process_time() - began


def _pages(query: Mapping[str, str]) -> Iterator[str | None]:
    """Yield the cursors of the first pages."""
    cursor: str | None = None
    for _ in range(_PAGES):
        yield cursor
        cursor = _page(query, cursor).json["cursor"]
        if cursor is None:
            return


def _read_page(collection: Reads, query: Mapping[str, str], cursor: str | None) -> None:
    """Read one page, and hold what was read against what it shows."""
    collection.items.clear()
    collection.units = 0
    answer = _page(query, cursor)
    shown = answer.json["events"]
    starting = sum((one["when"]["earliest"] or "") >= query.get("from", "") for one in shown)
    read = {name: count for name, count in sorted(collection.items.items()) if count}
    print(f"  {len(shown)} events, {starting} of them start in the interval; read {read}, {collection.units:g} units")
    assert collection.items["TIMELINE"] <= max(_READ_FOR_ONE * starting, starting + 1)
    assert collection.items["heads"] <= len({one["document_id"] for one in shown}) + 1
