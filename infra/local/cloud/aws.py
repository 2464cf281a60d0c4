"""Clients for the emulated AWS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_lambda.client import LambdaClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_secretsmanager.client import SecretsManagerClient
    from mypy_boto3_sqs.client import SQSClient

REGION: Final = "eu-central-1"
# The name of the one CloudFormation stack there.
STACK: Final = "dateline"
# The emulator's own pair. It checks none unless roles are enforced; then this one may do everything.
ACCESS_KEY = SECRET_KEY = "test"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Aws:
    """The emulator's services behind one address."""

    url: str

    @property
    def s3(self) -> S3Client:
        """Objects. Paths name the bucket, since `<bucket>.localhost` need not resolve."""
        return self.session().client("s3", endpoint_url=self.url, config=Config(s3={"addressing_style": "path"}))

    @property
    def sqs(self) -> SQSClient:
        """Queues."""
        return self.session().client("sqs", endpoint_url=self.url)

    @property
    def dynamodb(self) -> DynamoDBClient:
        """Tables."""
        return self.session().client("dynamodb", endpoint_url=self.url)

    @property
    def secrets(self) -> SecretsManagerClient:
        """Secrets."""
        return self.session().client("secretsmanager", endpoint_url=self.url)

    @property
    def functions(self) -> LambdaClient:
        """Functions of Lambda."""
        return self.session().client("lambda", endpoint_url=self.url)

    @property
    def cloudformation(self) -> CloudFormationClient:
        """Stacks."""
        return self.session().client("cloudformation", endpoint_url=self.url)

    def api(self, output: str) -> str:
        """Return where an HTTP API is served, by its URL as a stack's output; `<api>.….localhost` need not resolve."""
        api_id = (urlsplit(output).hostname or "").partition(".")[0]
        return f"{self.url}/_aws/execute-api/{api_id}"

    def session(self) -> boto3.Session:
        """Make a session with the emulator's keys; its clients need the address."""
        return boto3.Session(aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY, region_name=REGION)
