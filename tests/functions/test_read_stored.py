"""What readers get where the table and the bucket hold what another version wrote."""

from __future__ import annotations

import json

import boto3
import pytest
from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from dateline.store import keys
from tests.factories import finding
from tests.functions.conftest import Cloud
from tests.functions.reading import ask, publish
from tests.newer import rewrite_bucket, rewrite_table

KEY = "drop/news/a.txt"


@pytest.fixture
def cloud(aws: Cloud) -> Cloud:
    return aws


def change_body(cloud: Cloud, key: keys.Key, body: str) -> None:
    """Write another body into an item."""
    item = cloud.table.get(key)
    assert item is not None
    cloud.table.put({**item, "body": body})


def head_key(document_id: str) -> keys.Key:
    return keys.Key(keys.document_pk(document_id), keys.HEAD)


def test_fields_that_a_newer_version_wrote_change_no_answer(cloud: Cloud) -> None:
    document_id = publish(cloud, KEY, finding("Council met"), finding("Council voted", None, None))
    asked = [
        ("/documents", {}, {"collection": "news"}),
        ("/documents/{id}", {"id": document_id}, {}),
        ("/documents/{id}/timeline", {"id": document_id}, {}),
        ("/documents/{id}/text", {"id": document_id}, {}),
        ("/documents/{id}/runs", {"id": document_id}, {}),
        ("/collections/{name}/timeline", {"name": "news"}, {}),
        ("/events/{id}", {"id": keys.event_id(document_id, 1)}, {}),
    ]
    before = [ask(route, path, query=query) for route, path, query in asked]

    assert rewrite_table(boto3.client("dynamodb")) >= 4, "a head, a run and two events"
    assert rewrite_bucket(cloud.bucket, "texts/") == 1

    after = [ask(route, path, query=query) for route, path, query in asked]
    assert [one.status for one in before] == [one.status for one in after] == [200] * len(asked)
    assert [one.json for one in before] == [one.json for one in after]


@pytest.mark.parametrize("body", ['{"key": "drop/news/a.txt"}', '{"key": "secret", "state": 7}', "secret words", "[]"])
def test_a_record_that_cannot_be_read_is_a_fault_of_ours_counted_and_logged_without_its_text(
    cloud: Cloud, body: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    counted: list[str] = []
    add_metric = Metrics.add_metric

    def count(self: Metrics, name: str, unit: MetricUnit, value: float) -> None:
        counted.append(name)
        add_metric(self, name, unit, value)

    monkeypatch.setattr(Metrics, "add_metric", count)
    document_id = publish(cloud, KEY, finding("Council met"))
    change_body(cloud, head_key(document_id), body)

    for route, parameters in (
        ("/documents/{id}", {"id": document_id}),
        ("/collections/{name}/timeline", {"name": "news"}),
    ):
        answered = ask(route, parameters)
        assert answered.status == 500
        assert answered.headers["Content-Type"] == "application/problem+json"
        assert answered.json["detail"] == "A mistake of ours. Tell us the request's id."

    assert counted.count("Unreadable") == 2
    logged = str([vars(record) for record in caplog.records])
    assert "Head: " in logged
    assert "secret" not in logged


def test_an_event_with_a_field_of_the_wrong_type_is_named_in_the_log_without_its_title(
    cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    document_id = publish(cloud, KEY, finding("Secret meeting"))
    items = list(cloud.table.walk(keys.document_pk(document_id), keys.LOWEST, keys.HIGHEST, 50))
    (item,) = [one for one in items if "#EVENT#" in str(one["sk"])]
    broken = {**json.loads(str(item["body"])), "title": ["Secret meeting"]}
    cloud.table.put({**item, "body": json.dumps(broken)})

    assert ask("/documents/{id}/timeline", {"id": document_id}).status == 500

    logged = str([vars(record) for record in caplog.records])
    assert "Event: title (string_type)" in logged
    assert "Secret" not in logged


def test_a_parameter_that_nobody_knows_is_still_the_readers_mistake(cloud: Cloud) -> None:
    answered = ask("/documents", query={"collection": "news", "embargo": "x"})

    assert answered.status == 400
    assert "embargo" in answered.json["detail"]
