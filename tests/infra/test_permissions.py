"""Who may do what: each role its actions on its resources, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dateline.store import keys
from smoke.steps import COLLECTION
from tests.infra.conftest import IN_USE, listed, of_type, without

if TYPE_CHECKING:
    from collections.abc import Iterator

Resources = dict[str, dict[str, Any]]

# AWS offers no finer resource for these.
_NO_FINER_RESOURCE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "textract:DetectDocumentText"}
# What a role may do only where a deployer says so: by the condition that its statement stands under.
_WITH_KEY = {("kms:Decrypt", "KmsKeyArn"), ("kms:GenerateDataKey", "KmsKeyArn")}
_CONDITIONAL = {
    ("SummarizeRole", "RecogniseByTextract"): {("textract:DetectDocumentText", "*")},
    ("SummarizeRole", "OwnKey"): _WITH_KEY,
    ("ReprocessRole", "OwnKey"): _WITH_KEY,
    ("ReadRole", "OwnKey"): _WITH_KEY,
    ("EditRole", "OwnKey"): _WITH_KEY,
    ("UploadRole", "OwnKey"): _WITH_KEY,
    ("SweepRole", "OwnKey"): _WITH_KEY,
    ("ReprocessScheduleRole", "OwnKey"): _WITH_KEY,
    ("SmokeRole", "OwnKey"): _WITH_KEY,
    ("SmokeScheduleRole", "OwnKey"): _WITH_KEY,
}

_BUCKET = "arn:${AWS::Partition}:s3:::${Bucket}"
_TABLE = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}"
_QUEUES = "DropQueue.Arn", "LinkQueue.Arn"
_READ_INDEXES = [f"{_TABLE}/index/{one.name}" for one in (keys.BY_DROP, keys.BY_CHANGE, keys.BY_STATE)]
_TRACING = {("xray:PutTraceSegments", "*"), ("xray:PutTelemetryRecords", "*")}


def on(resources: list[str] | tuple[str, ...], *actions: str) -> set[tuple[str, str]]:
    return {(action, resource) for action in actions for resource in resources}


_ALLOWED = {
    "SummarizeRole": on([f"{_BUCKET}/drop/*", f"{_BUCKET}/links/*"], "s3:GetObject")
    | on([f"{_BUCKET}/texts/*", f"{_BUCKET}/answers/*"], "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    | on([f"{_BUCKET}/search/*"], "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    | on([f"{_BUCKET}/reprocess/*"], "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    | on([_BUCKET], "s3:ListBucket", "s3:ListBucketVersions")
    | on([_TABLE], "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")
    | on([_TABLE], "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:Query")
    | on([f"{_TABLE}/index/by_drop"], "dynamodb:Query")
    | on(_QUEUES, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage")
    | on(_QUEUES, "sqs:ChangeMessageVisibility")
    | on(["ModelSecret.Id"], "secretsmanager:GetSecretValue")
    | on(["SummarizeLogs.Arn"], "logs:CreateLogStream", "logs:PutLogEvents")
    | _TRACING,
    "ReprocessRole": on([f"{_BUCKET}/drop/*", f"{_BUCKET}/answers/*"], "s3:GetObject")
    | on([f"{_BUCKET}/reprocess/*"], "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
    | on([_BUCKET], "s3:ListBucket")
    | on([_TABLE], "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")
    | on([_TABLE], "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:Query")
    | on([f"{_TABLE}/index/by_recipe"], "dynamodb:Query")
    | on(["DropQueue.Arn"], "sqs:SendMessage")
    | on(["ModelSecret.Id"], "secretsmanager:GetSecretValue")
    | on(["ReprocessLogs.Arn"], "logs:CreateLogStream", "logs:PutLogEvents")
    | _TRACING,
    "ReadRole": on([_TABLE], "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
    | on(_READ_INDEXES, "dynamodb:Query")
    | on([f"{_BUCKET}/texts/*", f"{_BUCKET}/search/*"], "s3:GetObject")
    | on([f"{_BUCKET}/drop/*"], "s3:GetObjectVersion")
    | on(["ReadLogs.Arn"], "logs:CreateLogStream", "logs:PutLogEvents")
    | _TRACING,
    "EditRole": on([_TABLE], "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
    | on([f"{_BUCKET}/links/*"], "s3:PutObject", "s3:DeleteObject")
    | on(["EditLogs.Arn"], "logs:CreateLogStream", "logs:PutLogEvents")
    | _TRACING,
    "UploadRole": on([_TABLE], "dynamodb:GetItem")
    | on([f"{_BUCKET}/drop/*"], "s3:PutObject", "s3:DeleteObject")
    | on(["UploadLogs.Arn"], "logs:CreateLogStream", "logs:PutLogEvents")
    | _TRACING,
    "SmokeRole": on([f"{_BUCKET}/drop/{COLLECTION}/*"], "s3:PutObject", "s3:DeleteObject")
    | on(["arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Read}"], "lambda:InvokeFunction")
    | on(["SmokeLogs.Arn"], "logs:CreateLogStream", "logs:PutLogEvents")
    | _TRACING,
    "SmokeScheduleRole": on(["Smoke.Arn"], "lambda:InvokeFunction") | on(["ScheduleLetters.Arn"], "sqs:SendMessage"),
    "SweepRole": on(["DropQueue.Arn", "ScheduleLetters.Arn"], "sqs:SendMessage"),
    "ReprocessScheduleRole": on(["Reprocess.Arn"], "lambda:InvokeFunction")
    | on(["ScheduleLetters.Arn"], "sqs:SendMessage"),
}


@pytest.fixture(scope="module")
def resources(template: dict[str, Any]) -> Resources:
    """Return all that has rights: alarms have none."""
    return without(template, ("Alarms",))


def test_there_are_no_other_roles(resources: Resources) -> None:
    assert set(of_type(resources, "AWS::IAM::Role")) == set(_ALLOWED)
    for role in of_type(resources, "AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role["Properties"]


@pytest.mark.parametrize("role", sorted(_ALLOWED))
def test_a_role_may_do_exactly_its_work(resources: Resources, role: str) -> None:
    assert allowed(resources[role]) == _ALLOWED[role]


def test_what_depends_on_a_parameter_is_allowed_only_with_it(template: dict[str, Any], resources: Resources) -> None:
    found = {
        (name, condition): pairs(statement)
        for name, role in of_type(resources, "AWS::IAM::Role").items()
        for condition, statement in statements(role)
        if condition
    }

    assert found == _CONDITIONAL
    assert template["Conditions"]["RecogniseByTextract"] == {"Fn::Equals": [{"Ref": "Recogniser"}, "textract"]}


def test_no_action_is_a_wildcard_and_no_resource_where_aws_has_a_finer_one(resources: Resources) -> None:
    for role in of_type(resources, "AWS::IAM::Role").values():
        for action, resource in set().union(*(pairs(statement) for _, statement in statements(role))):
            assert "*" not in action
            assert resource != "*" or action in _NO_FINER_RESOURCE


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("Summarize", "SummarizeRole"),
        ("Reprocess", "ReprocessRole"),
        ("Read", "ReadRole"),
        ("Edit", "EditRole"),
        ("Upload", "UploadRole"),
        ("Smoke", "SmokeRole"),
    ],
)
def test_a_function_runs_under_its_own_role(resources: Resources, function: str, role: str) -> None:
    assert resources[function]["Properties"]["Role"] == {"Fn::GetAtt": [role, "Arn"]}
    assert "Policies" not in resources[function]["Properties"]


@pytest.mark.parametrize(("role", "prefixes"), [("EditRole", ["OCCURRENCE#*", "DOC#*"]), ("UploadRole", ["DOC#*"])])
def test_a_function_that_writes_over_http_reads_no_other_items_than_it_needs(
    resources: Resources, role: str, prefixes: list[str]
) -> None:
    (reading,) = (
        one
        for _, one in statements(resources[role])
        if any(action.startswith("dynamodb:") for action in listed(one["Action"]))
    )

    assert reading["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": prefixes}}
    held = [
        pk for pk in (keys.occurrence_pk("occ_a"), keys.document_pk("doc_a")) if f"{pk.partition('#')[0]}#*" in prefixes
    ]
    assert len(held) == len(prefixes)


def test_only_its_own_service_may_take_a_role(resources: Resources) -> None:
    trusted = {
        name: [one["Principal"] for one in role["Properties"]["AssumeRolePolicyDocument"]["Statement"]]
        for name, role in of_type(resources, "AWS::IAM::Role").items()
    }
    assert trusted == {
        "SummarizeRole": [{"Service": "lambda.amazonaws.com"}],
        "ReprocessRole": [{"Service": "lambda.amazonaws.com"}],
        "ReadRole": [{"Service": "lambda.amazonaws.com"}],
        "EditRole": [{"Service": "lambda.amazonaws.com"}],
        "UploadRole": [{"Service": "lambda.amazonaws.com"}],
        "SmokeRole": [{"Service": "lambda.amazonaws.com"}],
        "SmokeScheduleRole": [{"Service": "scheduler.amazonaws.com"}],
        "SweepRole": [{"Service": "scheduler.amazonaws.com"}],
        "ReprocessScheduleRole": [{"Service": "scheduler.amazonaws.com"}],
    }


def test_a_schedule_takes_its_role_for_this_account_alone(resources: Resources) -> None:
    for role in ("SweepRole", "ReprocessScheduleRole", "SmokeScheduleRole"):
        (statement,) = resources[role]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_every_function_logs_to_a_group_that_forgets(resources: Resources) -> None:
    for name, function in of_type(resources, "AWS::Serverless::Function").items():
        assert function["Properties"]["LoggingConfig"]["LogGroup"] == {"Ref": f"{name}Logs"}
    for group in of_type(resources, "AWS::Logs::LogGroup").values():
        assert group["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def allowed(role: dict[str, Any]) -> set[tuple[str, str]]:
    """Write what a role's policies always allow as pairs of action and resource."""
    return set().union(*(pairs(statement) for condition, statement in statements(role) if not condition))


def statements(role: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the statements of a role's policies, each with the condition that it stands under, if any."""
    for policy in role["Properties"]["Policies"]:
        for one in policy["PolicyDocument"]["Statement"]:
            condition, statement, other = one.get("Fn::If", ("", one, {"Ref": "AWS::NoValue"}))
            assert other == {"Ref": "AWS::NoValue"}
            yield condition, statement


def pairs(statement: dict[str, Any]) -> set[tuple[str, str]]:
    assert statement["Effect"] == "Allow"
    assert not {"NotAction", "NotResource"} & set(statement)
    return on([name(resource) for resource in listed(statement["Resource"])], *listed(statement["Action"]))


def name(resource: str | dict[str, Any]) -> str:
    """Write `!GetAtt X.Arn`, `!Ref X` and `!Sub "…"` as what stands in them; only what may be adopted is filled in."""
    match resource:
        case {"Fn::Sub": [str(text), dict(filled)]}:
            assert filled == {one: IN_USE.get(one, {"Ref": one}) for one in filled}
            return text
        case {"Fn::GetAtt": [of, attribute]}:
            return f"{of}.{attribute}"
        case {"Fn::Sub": str(text)} | {"Ref": str(text)} | str(text):
            return text
    raise AssertionError(resource)
