"""The project's own template, deployed to the emulator with plain CloudFormation calls."""

from __future__ import annotations

import json
import platform
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

from infra.local.cloud.aws import REGION, STACK
from infra.local.cloud.nested import inlined
from infra.local.failure import Trouble
from infra.local.paths import ROOT, TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

    from infra.local.cloud.aws import Aws

_CODE_BUCKET = "dateline-code"
# All in one it is longer than a request may be.
_WRITTEN = "template.json"
_WITH_BATCHES = {"sqs:SendMessage", "sqs:ChangeMessageVisibility"}
_DEPLOY_SECONDS = 120.0
# One works, one is asked for a report, and one comes from a schedule.
_REPROCESS_AT_ONCE = 3
# A laptop has a few cores, and starting a function takes one of them for a second; nobody waits there for ten minutes.
_LOCAL = {
    "HttpApiAuth": "none",
    "Editing": "on",
    "Uploading": "on",
    "SummarizeConcurrency": "2",
    "ReprocessCollect": "rate(1 minute)",
}
# Nested stacks that watch a deployment.
WATCHING = ("Alarms", "Smoke")
# Where files are uploaded to, in the template. Here names below `localhost` need not resolve, so paths name the bucket.
_BUCKET_ON_AWS = "https://${Bucket}.s3.${AWS::Region}.${AWS::URLSuffix}"
# States in which a stack was never whole: nothing is lost with it.
_NEVER_WHOLE = {"CREATE_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}


@dataclass(frozen=True, slots=True)
class Deployed:
    """The stack's outputs."""

    api: str
    bucket: str
    table: str
    queue_url: str
    link_queue_url: str
    secret: str


def code_folders() -> list[str]:
    """Return the folders of the functions that the template deploys, as it names them."""
    return [one["Properties"]["CodeUri"] for one in _functions(_template())]


def deploy(aws: Aws, packages: Mapping[str, Path], parameters: Mapping[str, str]) -> Deployed:
    """Create the stack, or bring it up to date. `packages` holds the zip of each code folder.

    Trouble: the template or a function cannot be deployed.
    """
    template = _template()
    given = {**_LOCAL, **parameters}
    _must_be_known(template, given)
    _upload(aws, list(packages.values()))
    for one in _functions(template):
        one["Properties"]["CodeUri"] = f"s3://{_CODE_BUCKET}/{packages[one['Properties']['CodeUri']].name}"
    written = json.dumps(_localised(template, given)).replace(_BUCKET_ON_AWS, f"{aws.url}/${{Bucket}}")
    outputs = _apply(aws, written, given)
    # A schedule's minute may last seconds here, and a cold start as long: what it starts must not pile up. The emulator
    # reads no `ReservedConcurrentExecutions` in a template.
    aws.functions.put_function_concurrency(
        FunctionName=outputs["ReprocessFunction"], ReservedConcurrentExecutions=_REPROCESS_AT_ONCE
    )
    return Deployed(
        api=aws.api(outputs["ApiUrl"]),
        bucket=outputs["BucketName"],
        table=outputs["TableName"],
        queue_url=outputs["DropQueueUrl"],
        link_queue_url=outputs["LinkQueueUrl"],
        secret=outputs["ModelSecretArn"],
    )


def _template() -> dict[str, Any]:
    """Read the template as the SAM translator reads it, with its short forms (`!Ref`) written out, and all in one."""
    template: dict[str, Any] = yaml_parse(TEMPLATE.read_text())
    # Each zip brings its own runtime, see `packages`, for this machine's processor.
    template["Globals"]["Function"] |= {"Runtime": "provided.al2023", "Architectures": [_architecture()]}
    # Nobody is told of anything here.
    for watching in WATCHING:
        del template["Resources"][watching]
    return inlined(template, ROOT)


def _must_be_known(template: dict[str, Any], given: Mapping[str, str]) -> None:
    """Raise Trouble for a parameter that the template has not, or a number that is none: the emulator takes both."""
    for name, value in given.items():
        parameter = template["Parameters"].get(name)
        if parameter is None:
            raise Trouble(f"template.yaml has no parameter {name}; it has {', '.join(template['Parameters'])}.")
        if parameter["Type"] == "Number" and not value.isdecimal():
            raise Trouble(f"The parameter {name} is a number, not {value!r}.")


def _localised(template: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """Work around what the emulator reads differently from AWS: numbers given by a parameter, and one action of SQS."""
    numbers = {
        name: int(given.get(name, parameter["Default"]))
        for name, parameter in template["Parameters"].items()
        if parameter["Type"] == "Number"
    }

    def write_out(node: Any) -> Any:
        match node:
            case {"Variables": _}:
                # An environment holds strings alone, which is what a parameter is there.
                return node
            case {"Ref": str(name)} if name in numbers:
                return numbers[name]
            case {"Action": str() | list() as actions, **rest}:
                return {**write_out(rest), "Action": _with_batches(actions)}
            case dict():
                return {key: write_out(value) for key, value in node.items()}
            case list():
                return [write_out(value) for value in node]
            case _:
                return node

    return {**template, "Resources": write_out(template["Resources"])}


def _with_batches(actions: str | list[str]) -> str | list[str]:
    """Name the calls about several messages: on AWS the action for one covers them."""
    listed = [actions] if isinstance(actions, str) else actions
    batches = [f"{one}Batch" for one in listed if one in _WITH_BATCHES]
    return [*listed, *batches] if batches else actions


def _functions(template: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in template["Resources"].values() if one["Type"] == "AWS::Serverless::Function"]


def _architecture() -> str:
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


def _upload(aws: Aws, packages: list[Path]) -> None:
    s3 = aws.s3
    try:
        s3.head_bucket(Bucket=_CODE_BUCKET)
    except ClientError:
        s3.create_bucket(Bucket=_CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    there = {found["Key"] for found in s3.list_objects_v2(Bucket=_CODE_BUCKET).get("Contents", [])}
    names = {package.name for package in packages}
    for package in packages:
        if package.name not in there:
            s3.put_object(Bucket=_CODE_BUCKET, Key=package.name, Body=package.read_bytes())
    for old in there - names:
        s3.delete_object(Bucket=_CODE_BUCKET, Key=old)


def _apply(aws: Aws, template: str, parameters: Mapping[str, str]) -> dict[str, str]:
    cloudformation = aws.cloudformation
    stack = _stack(cloudformation)
    if stack is not None and stack["StackStatus"] in _NEVER_WHOLE:
        cloudformation.delete_stack(StackName=STACK)
        stack = _settled(cloudformation)
    aws.s3.put_object(Bucket=_CODE_BUCKET, Key=_WRITTEN, Body=template.encode())
    change = cloudformation.create_stack if stack is None else cloudformation.update_stack
    try:
        change(
            StackName=STACK,
            TemplateURL=f"{aws.url}/{_CODE_BUCKET}/{_WRITTEN}",
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except ClientError as error:
        if "No updates" not in error.response["Error"].get("Message", ""):
            raise Trouble(f"The emulator refuses template.yaml: {error}") from error
    stack = _settled(cloudformation)
    if stack is None or stack["StackStatus"] not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise Trouble(f"template.yaml could not be deployed to the emulator.\n{_failures(cloudformation)}")
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _stack(cloudformation: CloudFormationClient) -> StackTypeDef | None:
    try:
        return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in error.response["Error"].get("Message", ""):
            return None
        raise


def _settled(cloudformation: CloudFormationClient) -> StackTypeDef | None:
    until = time.monotonic() + _DEPLOY_SECONDS
    while (stack := _stack(cloudformation)) is not None and stack["StackStatus"].endswith("_IN_PROGRESS"):
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    return stack


def _failures(cloudformation: CloudFormationClient) -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    return "\n".join(
        f"  {event.get('LogicalResourceId')}: {event.get('ResourceStatusReason')}"
        for event in reversed(events)
        if event.get("ResourceStatus", "").endswith("_FAILED")
    )
