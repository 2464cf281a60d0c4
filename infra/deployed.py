"""How commands find a stack: a deployed one by its outputs, and the local one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.cloud.aws import Aws
from infra.local.cloud.emulator import serves
from infra.local.ports import HOST, last_used

if TYPE_CHECKING:
    from infra.local.paths import State


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
