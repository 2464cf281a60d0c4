"""The template's own table and bucket, made in moto."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import boto3
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from cfnlint.decode import cfn_yaml
from moto import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client

TABLE, BUCKET = "dateline-table", "dateline-bucket"
REGION: Literal["eu-central-1"] = "eu-central-1"
TEMPLATE = Path(__file__).parents[1] / "template.yaml"


def table_properties() -> dict[str, Any]:
    """Return what the template says of the table, for the caller alone."""
    return copy.deepcopy(_table_properties())


@cache
def _table_properties() -> dict[str, Any]:
    properties = cfn_yaml.load(str(TEMPLATE))["Resources"]["Table"]["Properties"]
    return {
        name: properties[name]
        for name in ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    }


@contextmanager
def simulated_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[DynamoDBClient, S3Client]]:
    """Give clients of an empty table and an empty versioned bucket."""
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", REGION),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        dynamodb.create_table(TableName=TABLE, **table_properties())
        s3 = boto3.client("s3", config=Config(signature_version="s3v4"))
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield dynamodb, s3


@contextmanager
def noted_calls() -> Iterator[list[tuple[str, Any]]]:
    """Note the calls of AWS that any client makes meanwhile: each operation, and what is asked of it."""
    calls: list[tuple[str, Any]] = []
    call = BaseClient._make_api_call  # type: ignore[attr-defined]

    def noting(self: Any, operation: str, asked: Any) -> Any:
        calls.append((operation, asked))
        return call(self, operation, asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", noting)
        yield calls
