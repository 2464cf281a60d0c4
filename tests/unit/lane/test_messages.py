import json
from datetime import UTC, datetime

import pytest

from dateline.errors import Unreadable
from dateline.lane.messages import (
    DocumentMessage,
    EditMessage,
    NotifiedUpload,
    SweepMessage,
    TidyMessage,
    is_foreign,
    read_body,
)
from tests.functions.conftest import sample

KEY = "drop/news/Kyjiw + München 100%.txt"
UPLOAD = NotifiedUpload(version="096fKKXTRTtl3on89fVO.nfljtsv6qko", at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("event", "messages"),
    [
        ("summarize-created", [DocumentMessage(key=KEY, upload=UPLOAD)]),
        ("summarize-removed", [DocumentMessage(key=KEY)]),
        ("summarize-put-off", [DocumentMessage(key=KEY, attempt=3)]),
        ("summarize-tidy", [TidyMessage(document_id="doc_aaaaaaaaaaaaaaaaaaaa")]),
        ("summarize-sweep", [SweepMessage()]),
        ("summarize-test", []),
    ],
)
def test_every_sample_event_is_understood(event: str, messages: list[object]) -> None:
    body = sample(event)["Records"][0]["body"]

    assert read_body(body) == messages


@pytest.mark.parametrize("event", ["ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated"])
def test_a_notification_below_links_asks_to_follow_an_editor_and_says_who_it_was(event: str) -> None:
    notification = {
        "eventName": event,
        "userIdentity": {"principalId": "AWS:AIDAEXAMPLE"},
        "s3": {"object": {"key": "links/my+news/one%2Dfire.json"}},
    }

    (message,) = read_body(json.dumps({"Records": [notification]}))

    assert message == EditMessage(key="links/my news/one-fire.json", by="AWS:AIDAEXAMPLE")


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"kind": "other"}', '{"Records": [{"s3": {}}]}'])
def test_what_nobody_sends_is_an_error(body: str) -> None:
    with pytest.raises(Unreadable):
        read_body(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "some words",
        "[]",
        "null",
        "{}",
        '{"source": "aws.s3", "detail-type": "Object Created", "detail": {"object": {"key": "drop/a.txt"}}}',
        '{"Type": "Notification", "Message": "{}"}',
        '{"Records": [{"EventSource": "aws:sns", "Sns": {"Message": "{}"}}]}',
        '{"Records": []}',
    ],
)
def test_what_neither_s3_nor_a_function_sends_is_foreign(body: str) -> None:
    assert is_foreign(body)


@pytest.mark.parametrize("body", ['{"kind": "of a newer version"}', '{"Records": [{"s3": {}}]}'])
def test_what_another_version_may_have_sent_is_not_foreign(body: str) -> None:
    assert not is_foreign(body)


@pytest.mark.parametrize("event", ["created", "removed", "put-off", "tidy", "sweep", "rows", "test"])
def test_no_sample_event_is_foreign(event: str) -> None:
    assert not is_foreign(sample(f"summarize-{event}")["Records"][0]["body"])
