"""The command `dateline adopt`: a bucket and a table from elsewhere get what the template gives to a stack's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError
from rich.console import Console

from dateline.lane.messages import SweepMessage
from infra.operating.lines import show
from infra.stack import REFUSED, failing, stack_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from infra.stack import Stack

T = TypeVar("T")

# What S3 says where a bucket lacks a setting. The emulator sets up no expiry.
_UNSET = {
    "NoSuchBucketPolicy",
    "NoSuchLifecycleConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "OwnershipControlsNotFoundError",
    "ServerSideEncryptionConfigurationNotFoundError",
}


class Unfit(Exception):
    """What was named cannot be used; the message says which and why."""


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Set up what the stack was told to use. Status 0: done; 1: it cannot be; 2: no such stack."""

    def act() -> int:
        stack, console = stack_of(options), Console(highlight=False)
        try:
            for line in adopt(stack):
                show(console, line)
        except Unfit as error:
            return fail(str(error), REFUSED)
        return 0

    return failing(act, fail)


def adopt(stack: Stack) -> Iterator[str]:
    """Do it, step by step, and say what was done. Unfit: it cannot be, and nothing was changed."""
    (own_bucket,), (own_table,) = stack.resources("AWS::S3::Bucket"), stack.resources("AWS::DynamoDB::Table")
    bucket, table = stack.output("BucketName"), stack.output("TableName")
    if (bucket, table) == (own_bucket, own_table):
        raise Unfit("the stack uses its own bucket and table: deploy it with ExistingBucket or ExistingTable first")
    if table != own_table:
        _must_fit(stack, own_table, table)
    if bucket != own_bucket:
        yield from _bucket(stack, own_bucket, bucket)
    if table != own_table:
        yield from _table(stack, own_table, table)
    sweep = SweepMessage(patience=0)  # nothing is on its way about what another stack was told
    stack.sqs.send_message(QueueUrl=stack.output("DropQueueUrl"), MessageBody=sweep.model_dump_json())
    yield "a sweep is on its way: it compares each document in the bucket with the table"


def _bucket(stack: Stack, own: str, other: str) -> Iterator[str]:
    s3 = stack.s3
    s3.put_bucket_versioning(Bucket=other, VersioningConfiguration={"Status": "Enabled"})
    encryption = _set(lambda: s3.get_bucket_encryption(Bucket=own)["ServerSideEncryptionConfiguration"])
    if encryption:
        s3.put_bucket_encryption(Bucket=other, ServerSideEncryptionConfiguration=encryption)
    public = _set(lambda: s3.get_public_access_block(Bucket=own)["PublicAccessBlockConfiguration"])
    if public:
        s3.put_public_access_block(Bucket=other, PublicAccessBlockConfiguration=public)
    owners = _set(lambda: s3.get_bucket_ownership_controls(Bucket=own)["OwnershipControls"])
    if owners:
        s3.put_bucket_ownership_controls(Bucket=other, OwnershipControls=owners)
    rules: Any = _set(lambda: s3.get_bucket_lifecycle_configuration(Bucket=own)["Rules"])
    if rules:
        s3.put_bucket_lifecycle_configuration(Bucket=other, LifecycleConfiguration={"Rules": rules})
    # Who is told comes last: nothing is to be worked on before old versions are kept.
    told = s3.get_bucket_notification_configuration(Bucket=own).get("QueueConfigurations", [])
    s3.put_bucket_notification_configuration(Bucket=other, NotificationConfiguration={"QueueConfigurations": told})
    yield f"bucket {other}: versions, encryption, access, expiry and {len(told)} notifications as {own} has them"
    wanted = _set(lambda: s3.get_bucket_policy(Bucket=own)["Policy"].replace(f":::{own}", f":::{other}"))
    has = _set(lambda: s3.get_bucket_policy(Bucket=other)["Policy"])
    if wanted and has is None:
        s3.put_bucket_policy(Bucket=other, Policy=wanted)
        yield f"bucket {other}: the policy of {own}, for it had none"
    elif wanted and has and json.loads(has) != json.loads(wanted):
        yield f"bucket {other}: its policy is left; it should refuse requests without TLS, as that of {own} does"


def _set(read: Callable[[], T]) -> T | None:
    """Read a setting of a bucket; None where it has none."""
    try:
        return read()
    except ClientError as error:
        if error.response["Error"]["Code"] in _UNSET:
            return None
        raise


def _must_fit(stack: Stack, own: str, other: str) -> None:
    """Raise Unfit unless a table has the keys and the indexes of the stack's own."""
    wanted, has = _keys(stack, own), _keys(stack, other)
    lacking = [name or "its own keys" for name, keys in wanted.items() if has.get(name) != keys]
    if lacking:
        raise Unfit(f"the table {other} is none of Dateline, or of another version: it lacks {', '.join(lacking)}")


def _keys(stack: Stack, table: str) -> dict[str, list[tuple[str, str]]]:
    """Return what a table and each of its indexes are sorted by; the table is named by nothing."""
    about = stack.dynamodb.describe_table(TableName=table)["Table"]
    schemas: dict[str, Any] = {"": about["KeySchema"]}
    schemas |= {one["IndexName"]: one["KeySchema"] for one in about.get("GlobalSecondaryIndexes", [])}
    return {name: [(key["AttributeName"], key["KeyType"]) for key in keys] for name, keys in schemas.items()}


def _table(stack: Stack, own: str, other: str) -> Iterator[str]:
    dynamodb = stack.dynamodb
    expires = dynamodb.describe_time_to_live(TableName=own)["TimeToLiveDescription"].get("AttributeName")
    now = dynamodb.describe_time_to_live(TableName=other)["TimeToLiveDescription"]["TimeToLiveStatus"]
    # DynamoDB refuses to switch on what is on. The emulator switches nothing on in the stack's own.
    if expires and now not in {"ENABLED", "ENABLING"}:
        dynamodb.update_time_to_live(
            TableName=other, TimeToLiveSpecification={"Enabled": True, "AttributeName": expires}
        )
    dynamodb.update_continuous_backups(
        TableName=other, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    protected = dynamodb.describe_table(TableName=own)["Table"].get("DeletionProtectionEnabled", False)
    if protected:
        dynamodb.update_table(TableName=other, DeletionProtectionEnabled=True)
    yield f"table {other}: expiry of items, backups{' and deletion protection' if protected else ''} as {own} has them"
