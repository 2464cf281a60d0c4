"""How a bug is reported, and what the client of DynamoDB reads."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools import Logger, Metrics
from botocore.exceptions import ClientError

from dateline.errors import Unreadable
from dateline.lane.runtime import aws_config, make_dynamodb, report_bug
from dateline.store.table import code_of
from tests.aws import TABLE, simulated_aws

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient


def reported(error: Exception, caplog: pytest.LogCaptureFixture) -> tuple[str, set[str]]:
    """Report a bug, and return what was logged and which metrics were counted."""
    metrics = Metrics(namespace="Test", service="test")
    metrics.clear_metrics()
    with caplog.at_level(logging.ERROR):
        report_bug(error, Logger(service="test"), metrics, document_id="doc_a")
    counted: dict[str, Any] = metrics.metric_set
    names = set(counted)
    metrics.clear_metrics()
    return json.dumps([vars(record) for record in caplog.records], default=str), names


def test_a_bug_is_logged_without_its_message_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    logged, counted = reported(KeyError("words of a document"), caplog)

    assert "KeyError" in logged
    assert "doc_a" in logged
    assert "words of a document" not in logged
    assert counted == {"Bugs"}


def test_stored_data_that_cannot_be_read_is_counted_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    _, counted = reported(Unreadable("Head", "key (missing)"), caplog)

    assert counted == {"Bugs", "Unreadable"}


def test_the_client_of_dynamodb_reads_answers_and_errors_as_boto3_does(monkeypatch: pytest.MonkeyPatch) -> None:
    with simulated_aws(monkeypatch) as (plain, _):
        for number in range(3):
            plain.put_item(TableName=TABLE, Item={"pk": {"S": "ä"}, "sk": {"S": f"{number}"}, "count": {"N": "17"}})

        assert answers(make_dynamodb(aws_config(1))) == answers(plain)


def answers(client: DynamoDBClient) -> list[Mapping[str, Any]]:
    """Read one item, one that is not there, several, a page that another follows, and a table that is not there."""
    there, nowhere = {"pk": {"S": "ä"}, "sk": {"S": "1"}}, {"pk": {"S": "ä"}, "sk": {"S": "9"}}
    found: list[Mapping[str, Any]] = [
        client.get_item(TableName=TABLE, Key=there),
        client.get_item(TableName=TABLE, Key=nowhere),
        client.batch_get_item(RequestItems={TABLE: {"Keys": [there, nowhere]}}),
        client.query(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": "ä"}},
            Limit=2,
            ReturnConsumedCapacity="TOTAL",
        ),
    ]
    with pytest.raises(ClientError) as missing:
        client.get_item(TableName="missing", Key=there)
    read = [{name: value for name, value in one.items() if name != "ResponseMetadata"} for one in found]
    return [*read, {"error": code_of(missing.value)}]
