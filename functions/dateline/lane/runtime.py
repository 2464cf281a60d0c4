"""What every function has around its work: clients of AWS that outlive a run, and one way to report a bug."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config
from pydantic_core import from_json

from dateline.errors import Unreadable, fingerprint
from dateline.store.store import Store, open_store

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger, Metrics
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client

    from dateline.lane.queue import Queue
    from dateline.lane.settings import LaneSettings

# AWS answers within milliseconds or not at all.
_CONNECT_SECONDS, _READ_SECONDS = 2, 10
# For signed links, where boto3 would go older ways: KMS heeds no other signature, new buckets no other region's host.
_S3 = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
# Else botocore puts its own name together anew for each call, which is a quarter of its work.
_USER_AGENT = f"dateline Boto3/{boto3.__version__}"
_READS = ("GetItem", "BatchGetItem", "Query")


@dataclass(frozen=True, slots=True)
class Clients:
    """What outlives a single run of a function that writes."""

    store: Store
    queue: Queue


def aws_config(connections: int, read_seconds: int = _READ_SECONDS, *, parameters_checked: bool = True) -> Config:
    """Configure a client of AWS that may be asked by so many threads at a time."""
    return Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"mode": "standard"},
        max_pool_connections=connections,
        parameter_validation=parameters_checked,
        user_agent=_USER_AGENT,
    )


def make_store(table: str, bucket: str, config: Config) -> Store:
    """Make a store with clients of its own. boto3 must not make clients in several threads at once."""
    return open_store(make_dynamodb(config), make_s3(config), table, bucket)


def make_dynamodb(config: Config) -> DynamoDBClient:
    """Make a client of DynamoDB whose answers are read as the JSON that they are: boto3 looks up each attribute."""
    client = boto3.client("dynamodb", config=config)
    for operation in _READS:
        client.meta.events.register(f"before-parse.dynamodb.{operation}", _read_json)
    return client


def _read_json(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object) -> None:
    """Read an answer for botocore, to which nothing is left then. Bytes would stay base64; the table has none."""
    if response_dict["status_code"] == HTTPStatus.OK:
        customized_response_dict.update(from_json(response_dict["body"]))
        response_dict["body"] = b"{}"


def make_s3(config: Config) -> S3Client:
    """Make a client of S3 whose signatures are taken everywhere."""
    return boto3.client("s3", config=config.merge(_S3))


def make_clients(settings: LaneSettings, connections: int) -> Clients:
    """Make the store and the queue of a function that writes. Readers need not import the queue."""
    from dateline.lane.queue import Queue

    config = aws_config(connections)
    store = make_store(settings.table, settings.bucket, config)
    return Clients(store, Queue(boto3.client("sqs", config=config), settings.queue_url, settings.link_queue_url))


def report_bug(error: Exception, logger: Logger, metrics: Metrics, **where: str) -> None:
    """Log and count a bug, without its message, which may hold text of a document."""
    logger.error("bug", extra=fingerprint(error) | where)
    metrics.add_metric("Bugs", MetricUnit.Count, 1)
    if isinstance(error, Unreadable):
        metrics.add_metric("Unreadable", MetricUnit.Count, 1)
