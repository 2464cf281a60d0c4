"""A DynamoDB that keeps its keys in order and counts what is read as the real one does: `dynalite`."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from infra.local.paths import ROOT
from infra.local.ports import HOST
from tests.aws import REGION, TABLE, table_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb.client import DynamoDBClient

DYNALITE = ROOT / ".local" / "dynalite" / "node_modules" / "dynalite" / "cli.js"
MISSING = "dynalite is not there: `make proof` and `make bench` fetch it with npm"
_START_SECONDS = 20.0


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    """Run it with the template's own table, and point the AWS SDK at it."""
    if not DYNALITE.exists():
        pytest.skip(MISSING)
    port = _free_port()
    command = ["node", str(DYNALITE), "--host", HOST, "--port", str(port), "--createTableMs", "0"]
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
    }.items():
        monkeypatch.setenv(name, value)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            dynamodb = boto3.client("dynamodb")
            _wait(dynamodb)
            dynamodb.create_table(TableName=TABLE, **table_properties())
            dynamodb.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})
            yield dynamodb
        finally:
            process.terminate()


def _wait(dynamodb: DynamoDBClient) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            dynamodb.list_tables()
        except EndpointConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
