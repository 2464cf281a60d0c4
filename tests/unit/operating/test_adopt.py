"""The command `dateline adopt`, over moto: what a bucket and a table from elsewhere get, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from infra.cli import main
from tests.aws import BUCKET, REGION, TABLE, table_properties

if TYPE_CHECKING:
    from tests.unit.operating.conftest import Simulated

KEPT, RESTORED = "a-kept-bucket", "a-restored-table"
QUEUE = f"arn:aws:sqs:{REGION}:123456789012:drops"
TLS = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}


def policy(bucket: str) -> str:
    statement = {**TLS, "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def told(simulated: Simulated, monkeypatch: pytest.MonkeyPatch) -> Simulated:
    """Have a stack whose own bucket and table are as the template makes them, and that was told to use others."""
    s3, dynamodb = simulated.s3, simulated.dynamodb
    encryption: Any = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration=encryption)
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    owners: Any = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=owners)
    expiry: Any = {"ID": "ForgetOldVersions", "Status": "Enabled", "Filter": {"Prefix": ""}}
    expiry["NoncurrentVersionExpiration"] = {"NoncurrentDays": 30}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [expiry]})
    notified: Any = {"QueueConfigurations": [{"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}]}
    s3.put_bucket_notification_configuration(Bucket=BUCKET, NotificationConfiguration=notified)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=policy(BUCKET))
    dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
    s3.create_bucket(Bucket=KEPT, CreateBucketConfiguration={"LocationConstraint": REGION})
    dynamodb.create_table(TableName=RESTORED, **table_properties())
    simulated.outputs.update({"BucketName": KEPT, "TableName": RESTORED})
    own = {"AWS::S3::Bucket": [BUCKET], "AWS::DynamoDB::Table": [TABLE]}
    monkeypatch.setattr(type(simulated), "resources", lambda _, kind: own[kind])
    return simulated


def sweeps(stack: Simulated) -> list[str]:
    found = stack.sqs.receive_message(QueueUrl=stack.output("DropQueueUrl"), MaxNumberOfMessages=10)
    return [one["Body"] for one in found.get("Messages", []) if "kind" in json.loads(one["Body"])]


def test_they_get_the_settings_of_the_stacks_own_and_everything_is_compared(told: Simulated) -> None:
    assert main(["adopt"]) == 0

    s3, dynamodb = told.s3, told.dynamodb
    assert s3.get_bucket_versioning(Bucket=KEPT)["Status"] == "Enabled"
    assert s3.get_public_access_block(Bucket=KEPT)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]
    assert [one["ID"] for one in s3.get_bucket_lifecycle_configuration(Bucket=KEPT)["Rules"]] == ["ForgetOldVersions"]
    (notified,) = s3.get_bucket_notification_configuration(Bucket=KEPT)["QueueConfigurations"]
    assert (notified["QueueArn"], notified["Events"]) == (QUEUE, ["s3:ObjectCreated:*"])
    assert json.loads(s3.get_bucket_policy(Bucket=KEPT)["Policy"]) == json.loads(policy(KEPT))
    assert dynamodb.describe_time_to_live(TableName=RESTORED)["TimeToLiveDescription"]["AttributeName"] == "expires"
    backups = dynamodb.describe_continuous_backups(TableName=RESTORED)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    (sweep,) = sweeps(told)
    assert (json.loads(sweep)["kind"], json.loads(sweep)["patience"]) == ("sweep", 0)


def test_it_may_be_called_again_and_a_policy_of_others_is_left(
    told: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = policy(KEPT).replace("Deny", "Allow")
    assert main(["adopt"]) == 0
    assert "policy" in capsys.readouterr().out

    assert main(["adopt"]) == 0
    assert "policy" not in capsys.readouterr().out
    told.s3.put_bucket_policy(Bucket=KEPT, Policy=theirs)
    assert main(["adopt"]) == 0

    assert "its policy is left" in capsys.readouterr().out
    assert json.loads(told.s3.get_bucket_policy(Bucket=KEPT)["Policy"]) == json.loads(theirs)


def test_a_table_without_the_indexes_is_refused_before_anything_is_changed(
    told: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    told.dynamodb.delete_table(TableName=RESTORED)
    properties = table_properties()
    del properties["GlobalSecondaryIndexes"]
    properties["AttributeDefinitions"] = properties["AttributeDefinitions"][:2]
    told.dynamodb.create_table(TableName=RESTORED, **properties)

    assert main(["adopt"]) == 1

    assert "it lacks by_drop, by_recipe" in capsys.readouterr().err
    assert "Status" not in told.s3.get_bucket_versioning(Bucket=KEPT)
    assert sweeps(told) == []


def test_a_stack_that_uses_its_own_is_told_what_to_do_first(
    told: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    told.outputs.update({"BucketName": BUCKET, "TableName": TABLE})

    assert main(["adopt"]) == 1

    assert "deploy it with ExistingBucket or ExistingTable first" in capsys.readouterr().err
