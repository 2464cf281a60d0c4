"""The key of the model's provider is changed while documents come: nothing is rejected, and nothing waits for long."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters

from dateline.lane.messages import DocumentMessage, Message
from tests.functions.conftest import Cloud, Context, fresh
from tests.functions.drop_events import batch, document
from tests.functions.newsroom import FIRST, SECOND, answer_to
from tests.misbehaving import Behaviour, Call, Server, misbehaving, says, status

KEY, NEXT = "drop/news/first.txt", "drop/news/next.txt"
OLD_KEY, NEW_KEY = "the key", "another key"


@pytest.fixture
def cloud(aws: Cloud) -> Cloud:
    return aws


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving() as server:
        yield server


@pytest.fixture
def app(cloud: Cloud, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Start the function, and have it read the key for a document that it brings through."""
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    monkeypatch.setenv("DATELINE_MODEL_URL", server.url)
    module = fresh("summarize.app")
    cloud.drop(KEY, FIRST)
    server.order(takes(OLD_KEY, FIRST))
    module.handler(batch((document(KEY), 1)), Context())
    assert states(cloud) == ["done"]
    cloud.drop(NEXT, SECOND)
    yield module
    module.clients.cache_clear()
    parameters.clear_caches()  # type: ignore[no-untyped-call]


def takes(key: str, text: str) -> Behaviour:
    """Answer about a text under one key, and refuse any other."""

    def behave(call: Call) -> None:
        (says(answer_to(text)) if call.headers["authorization"] == f"Bearer {key}" else status(401))(call)

    return behave


def rotate() -> None:
    boto3.client("secretsmanager").put_secret_value(SecretId="key", SecretString=NEW_KEY)


def states(cloud: Cloud) -> list[str]:
    return [held.head.state for held in cloud.store.listing.documents("news", None, 10).documents]


def test_a_key_that_was_replaced_is_read_again_when_the_old_one_is_refused_and_nothing_waits(
    app: ModuleType, cloud: Cloud, server: Server, sent: list[Message]
) -> None:
    rotate()
    server.order(*[takes(NEW_KEY, SECOND)] * 2)

    assert app.handler(batch((document(NEXT), 1)), Context()) == {"batchItemFailures": []}

    assert states(cloud) == ["done", "done"]
    assert not [one for one in sent if isinstance(one, DocumentMessage)]
    assert len(server.calls) == 1 + 2, "one with each key"


def test_a_key_that_the_provider_takes_no_more_before_the_next_is_in_its_place_makes_a_document_wait(
    app: ModuleType, cloud: Cloud, server: Server, sent: list[Message]
) -> None:
    server.order(takes(NEW_KEY, SECOND))
    app.handler(batch((document(NEXT), 1)), Context())
    assert sorted(states(cloud)) == ["done", "waiting"]
    (again,) = [one for one in sent if isinstance(one, DocumentMessage)]

    rotate()
    server.order(*[takes(NEW_KEY, SECOND)] * 2)
    app.handler(batch((again.model_dump_json(), 1)), Context())

    assert states(cloud) == ["done", "done"]
