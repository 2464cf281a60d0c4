"""What the template promises of the data: kept, encrypted, private, not lost."""

from __future__ import annotations

from itertools import product
from typing import Any

from dateline.store import batch_files, keys
from tests.infra.conftest import IN_USE, of_type

Resources = dict[str, dict[str, Any]]


def test_no_bucket_can_be_made_public(resources: Resources) -> None:
    for bucket in of_type(resources, "AWS::S3::Bucket").values():
        blocked = bucket["Properties"]["PublicAccessBlockConfiguration"]
        assert blocked == dict.fromkeys(
            ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"], True
        )
        assert bucket["Properties"]["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_a_bucket_answers_the_page_alone_and_only_where_files_are_uploaded(
    template: dict[str, Any], resources: Resources
) -> None:
    condition, cors, otherwise = resources["Bucket"]["Properties"]["CorsConfiguration"]["Fn::If"]
    assert (condition, otherwise) == ("Uploading", {"Ref": "AWS::NoValue"})
    (rule,) = cors["CorsRules"]
    assert rule["AllowedMethods"] == ["POST"]
    loopback, public = rule["AllowedOrigins"]
    assert loopback == {"Fn::If": ["AuthJwt", {"Ref": "AWS::NoValue"}, "http://127.0.0.1:*"]}
    assert public["Fn::If"][0] == "Public"
    assert "${PublicAddress}" in str(public["Fn::If"][1])
    # S3 takes no rule without an origin.
    (assertion,) = template["Rules"]["UploadsComeFromThePage"]["Assertions"]
    assert assertion["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "PublicAddress"}, ""]}]}


def test_every_bucket_refuses_plain_http(resources: Resources) -> None:
    policies = of_type(resources, "AWS::S3::BucketPolicy").values()
    assert {policy["Properties"]["Bucket"]["Ref"] for policy in policies} == set(of_type(resources, "AWS::S3::Bucket"))
    for policy in policies:
        (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
        assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
        assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        assert statement["Resource"] == [{"Fn::GetAtt": ["Bucket", "Arn"]}, {"Fn::Sub": "${Bucket.Arn}/*"}]


def test_an_existing_bucket_or_table_is_used_in_place_of_the_stacks_own_which_stays(
    template: dict[str, Any], resources: Resources
) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    for kind, variable in (("Bucket", "DATELINE_BUCKET"), ("Table", "DATELINE_TABLE")):
        assert variables[variable] == template["Outputs"][f"{kind}Name"]["Value"] == IN_USE[kind]
        assert template["Conditions"][f"Other{kind}"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": f"Existing{kind}"}, ""]}]}
        assert template["Parameters"][f"Existing{kind}"]["Default"] == ""
        # Its settings are what the other gets, and its contents are there when the parameter is emptied again.
        assert "Condition" not in resources[kind]


def test_old_versions_are_kept_and_expire(resources: Resources) -> None:
    properties = resources["Bucket"]["Properties"]
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    everything, _, plans = properties["LifecycleConfiguration"]["Rules"]
    assert everything["Status"] == plans["Status"] == "Enabled"
    assert everything["NoncurrentVersionExpiration"] == {"NoncurrentDays": {"Ref": "OldVersionDays"}}
    assert "ExpirationInDays" not in everything


def test_what_plans_leave_behind_expires_and_nothing_else_does(resources: Resources) -> None:
    _, segments, plans = resources["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert (plans["Prefix"], segments["Prefix"]) == (batch_files.PREFIX, keys.SEARCH_PREFIX)
    # Segments are rewritten whole, and what they hold can be made anew.
    assert "ExpirationInDays" not in segments
    assert segments["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    # A batch has a day, and its output lies at the provider until it was copied.
    assert plans["ExpirationInDays"] >= 7
    assert plans["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


_KEY, _NOTHING = {"Ref": "KmsKeyArn"}, {"Ref": "AWS::NoValue"}


def test_everything_at_rest_is_encrypted_by_the_deployers_key_or_one_of_aws(
    template: dict[str, Any], resources: Resources
) -> None:
    assert template["Conditions"]["OwnKey"] == {"Fn::Not": [{"Fn::Equals": [_KEY, ""]}]}
    for bucket in of_type(resources, "AWS::S3::Bucket").values():
        (rule,) = bucket["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": _KEY}
        assert rule["ServerSideEncryptionByDefault"] == {"Fn::If": ["OwnKey", by_key, {"SSEAlgorithm": "AES256"}]}
    for queue in of_type(resources, "AWS::SQS::Queue").values():
        assert queue["Properties"]["SqsManagedSseEnabled"] == {"Fn::If": ["OwnKey", _NOTHING, True]}
        assert queue["Properties"]["KmsMasterKeyId"] == {"Fn::If": ["OwnKey", _KEY, _NOTHING]}
    for table in of_type(resources, "AWS::DynamoDB::Table").values():
        own: dict[str, Any] = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": _KEY}
        assert table["Properties"]["SSESpecification"] == {"Fn::If": ["OwnKey", own, {"SSEEnabled": True}]}
    for group in of_type(resources, "AWS::Logs::LogGroup").values():
        assert group["Properties"]["KmsKeyId"] == {"Fn::If": ["OwnKey", _KEY, _NOTHING]}


def test_the_table_can_be_restored_and_outlives_the_stack(resources: Resources) -> None:
    table = resources["Table"]
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["BillingMode"] == "PAY_PER_REQUEST"
    for kept in (table, resources["Bucket"]):
        # A first deployment that failed leaves nothing behind.
        assert (kept["DeletionPolicy"], kept["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_the_table_has_the_indexes_that_the_store_asks_and_no_others(resources: Resources) -> None:
    properties = resources["Table"]["Properties"]
    assert {
        (one["IndexName"], *(key["AttributeName"] for key in one["KeySchema"]))
        for one in properties["GlobalSecondaryIndexes"]
    } == {(one.name, one.partition, one.order) for one in keys.INDEXES}
    assert {one["Projection"]["ProjectionType"] for one in properties["GlobalSecondaryIndexes"]} == {"KEYS_ONLY"}
    named = {name for one in keys.INDEXES for name in (one.partition, one.order)}
    assert {one["AttributeName"] for one in properties["AttributeDefinitions"]} == {"pk", "sk"} | named


def test_the_table_refuses_to_be_deleted_where_an_operator_says_so(
    template: dict[str, Any], resources: Resources
) -> None:
    protected = resources["Table"]["Properties"]["DeletionProtectionEnabled"]
    assert protected == {"Fn::If": ["ProtectTable", True, False]}
    assert template["Conditions"]["ProtectTable"] == {"Fn::Equals": [{"Ref": "DeletionProtection"}, "on"]}


def test_only_drops_and_editors_decisions_notify_and_all_of_them(resources: Resources) -> None:
    notified = resources["Bucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    about = {(one["Event"], rule["Value"]) for one in notified for rule in one["Filter"]["S3Key"]["Rules"]}
    # Of what a lifecycle rule does only that: old versions that it deletes change nothing.
    events = "s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:DeleteMarkerCreated"
    assert about == set(product(events, ("drop/", "links/")))
    assert all(one["Queue"] == {"Fn::GetAtt": ["DropQueue", "Arn"]} for one in notified)


def test_only_buckets_of_this_account_may_send_to_the_queue(resources: Resources) -> None:
    (statement,) = resources["DropQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_the_secret_has_no_value_in_the_template(resources: Resources) -> None:
    for secret in of_type(resources, "AWS::SecretsManager::Secret").values():
        assert set(secret["Properties"]) == {"Description"}
