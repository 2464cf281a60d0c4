import pytest

from dateline.errors import Unreadable
from dateline.lane.messages import DocumentMessage, SweepMessage, TidyMessage, read_body
from tests.functions.conftest import sample

KEY = "drop/news/Kyjiw + München 100%.txt"


@pytest.mark.parametrize(
    ("event", "messages"),
    [
        ("summarize-created", [DocumentMessage(key=KEY)]),
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


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"kind": "other"}', '{"Records": [{"s3": {}}]}'])
def test_what_nobody_sends_is_an_error(body: str) -> None:
    with pytest.raises(Unreadable):
        read_body(body)
