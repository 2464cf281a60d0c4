"""How commands find a stack, a deployed one or the local one, and what of it they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from dateline.errors import Retryable
from dateline.store.store import open_store
from infra.local.cloud.aws import STACK, Aws
from infra.local.cloud.emulator import serves
from infra.local.isolation import isolate
from infra.local.paths import DEFAULT_STATE, State
from infra.local.ports import HOST, last_used

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_sqs.client import SQSClient

    from dateline.store.store import Store

REFUSED, USAGE = 1, 2
_NESTED = "AWS::CloudFormation::Stack"


class NotFound(Exception):
    """The stack, or credentials to look it up with, are missing; the message says which, and what to do."""


def session_of(region: str | None, profile: str | None) -> boto3.Session:
    """Open a session with the caller's own AWS configuration. NotFound: it has no such profile, or names no region."""
    try:
        session = boto3.Session(region_name=region, profile_name=profile)
    except BotoCoreError as error:
        raise NotFound(f"the AWS configuration cannot be used: {error}") from error
    if session.region_name is None:
        raise NotFound("your AWS configuration names no region: name the stack's with --region")
    return session


def output_of(session: boto3.Session, stack: str, name: str, endpoint: str | None = None) -> str:
    """Read one output of a stack. NotFound: it cannot be looked up, or is none of Dateline's."""
    try:
        found = session.client("cloudformation", endpoint_url=endpoint).describe_stacks(StackName=stack)["Stacks"][0]
    except (BotoCoreError, ClientError) as error:
        raise NotFound(f"the stack {stack} cannot be looked up: {error}") from error
    for output in found.get("Outputs", []):
        if output["OutputKey"] == name:
            return output["OutputValue"]
    raise NotFound(f"the stack {stack} has no output {name}: it is not one of Dateline, or an older one")


def local_aws(state: State) -> Aws:
    """Find the emulator of the local stack that runs on a state. NotFound: none does."""
    ports = last_used(state.ports)
    if ports is None or not serves(ports.emulator):
        raise NotFound(
            f"no local stack runs on {state.folder}: start it with `make run`, or name a deployed one with --stack"
        )
    return Aws(f"http://{HOST}:{ports.emulator}")


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack by its name, reached with the caller's own keys; `local` is the emulator that it lies in, if one."""

    name: str
    session: boto3.Session
    local: Aws | None = None

    @property
    def endpoint(self) -> str | None:
        """Where the emulator serves; None: AWS itself."""
        return self.local.url if self.local else None

    @property
    def sqs(self) -> SQSClient:
        """Queues."""
        return self.session.client("sqs", endpoint_url=self.endpoint)

    @property
    def s3(self) -> S3Client:
        """Objects."""
        return self.local.s3 if self.local else self.session.client("s3")

    @property
    def dynamodb(self) -> DynamoDBClient:
        """Tables."""
        return self.session.client("dynamodb", endpoint_url=self.endpoint)

    @property
    def api(self) -> str:
        """The URL of the HTTP API, without a slash at its end. NotFound: there is none."""
        url = self.output("ApiUrl")
        return self.local.api(url) if self.local else url.rstrip("/")

    def output(self, name: str) -> str:
        """Read an output. NotFound: there is none."""
        return output_of(self.session, self.name, name, self.endpoint)

    def parameters(self) -> dict[str, str]:
        """Read the parameters that it was deployed with."""
        client = self.session.client("cloudformation", endpoint_url=self.endpoint)
        (found,) = client.describe_stacks(StackName=self.name)["Stacks"]
        return {one["ParameterKey"]: one.get("ParameterValue", "") for one in found.get("Parameters", [])}

    def resources(self, kind: str) -> list[str]:
        """Name its resources of a kind, those of its nested stacks too, as AWS knows them."""
        client = self.session.client("cloudformation", endpoint_url=self.endpoint)
        listing = client.get_paginator("list_stack_resources")
        names, stacks = [], [self.name]
        for stack in stacks:
            for page in listing.paginate(StackName=stack):
                for one in page["StackResourceSummaries"]:
                    name = one.get("PhysicalResourceId", "")
                    names += [name] if one["ResourceType"] == kind else []
                    stacks += [name] if one["ResourceType"] == _NESTED and name else []
        return names

    def ringing(self) -> list[tuple[str, str]]:
        """Read the alarms that ring, by name and what they mean; the emulator has none."""
        names = [] if self.local else self.resources("AWS::CloudWatch::Alarm")
        if not names:
            return []
        answer = self.session.client("cloudwatch").describe_alarms(AlarmNames=names, StateValue="ALARM")
        return [(one["AlarmName"], one.get("AlarmDescription", "")) for one in answer["MetricAlarms"]]

    def store(self) -> Store:
        """Open its store."""
        return open_store(self.dynamodb, self.s3, self.output("TableName"), self.output("BucketName"))


def stack_of(options: argparse.Namespace) -> Stack:
    """Find the stack that the command line names. NotFound: there is none, or nobody's keys."""
    if options.stack:
        return Stack(options.stack, session_of(options.region, options.profile))
    isolate()
    aws = local_aws(State((options.state or DEFAULT_STATE).resolve()))
    return Stack(STACK, aws.session(), aws)


def failing(act: Callable[[], int], fail: Callable[[str, int], int]) -> int:
    """Do something with a stack, and say what was in the way: 2 where there is none, 1 where AWS does not do it."""
    try:
        return act()
    except NotFound as error:
        return fail(str(error), USAGE)
    except Retryable as error:
        return fail(f"AWS cannot do it now: {error.reason}", REFUSED)
    except (BotoCoreError, ClientError) as error:
        return fail(f"AWS refuses: {error}", REFUSED)
