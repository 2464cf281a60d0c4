"""The function that tries a deployment by schedule. It needs nothing but the runtime's own packages.

It reads through the read function itself, as the gateway calls it: no token and no signature would let it in where
the API takes the other.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import boto3

from smoke.steps import COLLECTION, Failed, steps

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_lambda.client import LambdaClient

logger = logging.getLogger("smoke")
logger.setLevel(logging.INFO)

# To delete what was dropped, and to say what failed.
_LAST_SECONDS = 20.0
# It is waited for twice: until the document is done, and until it is gone.
_WAITS = 2


@dataclass(frozen=True, slots=True)
class ReadFunction:
    """The read function, called with requests that the gateway would have let in."""

    client: LambdaClient
    name: str
    claim: str

    def get(self, path: str, /, **query: str) -> dict[str, Any] | None:
        """Ask for a route; None where there is no such thing (yet). Failed: the function is broken."""
        answer = self.client.invoke(FunctionName=self.name, Payload=json.dumps(self._request(path, query)).encode())
        said = json.loads(answer["Payload"].read())
        if answer.get("FunctionError"):
            raise Failed(f"the read function fails at GET {path}: {said.get('errorType')}")
        if said["statusCode"] == HTTPStatus.NOT_FOUND:
            return None
        if said["statusCode"] != HTTPStatus.OK:
            raise Failed(f"the read function answers {said['statusCode']} to GET {path}")
        body: dict[str, Any] = json.loads(said["body"])
        return body

    def _request(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        """Write a request as the gateway does (payload format 2.0), by a reader of our own collection."""
        claims = {self.claim: COLLECTION} if self.claim else {}
        return {
            "version": "2.0",
            "routeKey": f"GET {path}",
            "rawPath": path,
            "rawQueryString": urlencode(query),
            "queryStringParameters": query,
            "pathParameters": {},
            "headers": {"accept": "application/json"},
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "smoke",
                "stage": "$default",
                "http": {"method": "GET", "path": path},
                "authorizer": {"jwt": {"claims": claims}},
            },
        }


def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
    """Drop, wait, read, delete. Failed, which Lambda counts as an error: a step was not done."""
    seconds = (context.get_remaining_time_in_millis() / 1000 - _LAST_SECONDS) / _WAITS
    read = ReadFunction(boto3.client("lambda"), os.environ["SMOKE_READ"], os.environ["SMOKE_CLAIM"])
    for step, took in steps(boto3.client("s3"), os.environ["SMOKE_BUCKET"], read, seconds):
        logger.info("%s (%.1f s)", step, took)
    return {"smoke": "passed"}
