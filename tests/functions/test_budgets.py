"""What a start, a page and a document may cost: generous limits, so that only a step in the wrong direction fails.

`make bench` measures the same closely. Hostile texts have their limits in `tests/unit/judge/test_hostile_texts.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dateline.dates import Day
from dateline.store.overlap import Search, Window
from dateline.store.store import store_over
from tests.aws import BUCKET, TABLE, noted_calls
from tests.benchmarks.dated_collection import COLLECTION, items
from tests.functions.conftest import Cloud, Context, fresh
from tests.functions.drop_events import batch, notification
from tests.functions.newsroom import FIRST, FakeModel
from tests.memory_bucket import MemoryBucket
from tests.memory_table import Counted, MemoryTable

if TYPE_CHECKING:
    from collections.abc import Mapping

# Measured: 0.6 to 0.8 of what others' imports and clients take before it in the same process.
_OWN_START = 1.3
# What is shown, one more to know if there is a next page, and the head of each document.
_READ_BESIDE = 1.05
# Measured: 15, of which 11 until readers see it.
_CALLS = 17
_EVENTS, _PAGE = 1_000, 50

_PLAIN = """
import sys, time
began = time.process_time()
import boto3, pydantic_settings, aws_lambda_powertools.event_handler, aws_lambda_powertools.metrics
import aws_lambda_powertools.utilities.batch, aws_lambda_powertools.utilities.parameters
made = [boto3.client(name) for name in ("dynamodb", "s3", "sqs")]
plain = time.process_time()
"""
_TELL = "\nprint((time.process_time() - plain) / (plain - began))"
_STARTS = {
    "read": "import read.app\nread.app.store()",
    "summarize": "import summarize.app\nsummarize.app.clients()",
}


@pytest.mark.parametrize("function", _STARTS)
def test_a_function_starts_in_little_more_than_what_it_imports(function: str) -> None:
    code = _PLAIN + _STARTS[function] + _TELL

    own = min(_started(code, _environment()) for _ in range(2))

    assert own < _OWN_START


def _started(code: str, environment: Mapping[str, str]) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return float(done.stdout.splitlines()[-1])


def _environment() -> dict[str, str]:
    settings = {
        "TABLE": TABLE,
        "BUCKET": BUCKET,
        "QUEUE_URL": "queue",
        "LINK_QUEUE_URL": "links",
        "MODEL": "a-model",
        "MODEL_URL": "http://127.0.0.1:9/v1",
        "MODEL_SECRET": "secret",
    }
    named = {f"DATELINE_{name}": value for name, value in settings.items()}
    return named | {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "AWS_DEFAULT_REGION": "eu-central-1",
    }


@pytest.mark.parametrize("first", [None, "2012-06-01"], ids=["from the beginning", "from a day on"])
def test_a_page_reads_what_it_shows_and_a_head_of_each_document(first: str | None) -> None:
    table = MemoryTable()
    store = store_over(table, MemoryBucket())
    table.put_many(items(_EVENTS))
    search: Search[Any] = Search(window=Window(Day.parse(first) if first else None), under_way=())
    table.counted = Counted()

    page = store.timeline.page(COLLECTION, search, None, _PAGE)

    assert len(page.rows) == _PAGE
    assert table.counted.items_read <= _READ_BESIDE * _PAGE + len(page.owners) + 1


def test_a_document_takes_few_calls_of_aws(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    app = fresh("summarize.app")
    monkeypatch.setattr(app, "_Live", lambda _name: FakeModel())

    for key in ("drop/news/first.txt", "drop/news/second.txt"):
        aws.drop(key, FIRST.replace("Aldermoor", key))
        dropped = aws.bucket.get(key)
        assert dropped is not None
        with noted_calls() as calls:
            assert app.handler(batch((notification(key, dropped.version), 1)), Context()) == {"batchItemFailures": []}

    assert len(calls) <= _CALLS, [operation for operation, _ in calls]
