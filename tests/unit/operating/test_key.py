"""The command `dateline key check`, over moto's KMS; dry runs, which moto has none of, end as a test says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from infra.cli import main
from infra.operating.key import check
from tests.aws import REGION, simulated_aws

if TYPE_CHECKING:
    from infra.operating.findings import Found

ACCOUNT = "123456789012"
GROUPS = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:"

Statement = dict[str, Any]


def allow(principal: dict[str, Any] | str, *actions: str, **more: Any) -> Statement:
    return {"Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*", **more}


ROOT = allow({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "kms:*")
S3 = allow(
    {"Service": "s3.amazonaws.com"},
    "kms:GenerateDataKey*",
    "kms:Decrypt",
    Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}},
)
LOGS = allow(
    {"Service": f"logs.{REGION}.amazonaws.com"},
    "kms:Encrypt*",
    "kms:Decrypt*",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:Describe*",
    Condition={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"{GROUPS}*"}},
)

Refuse = Callable[[str], str]


@pytest.fixture
def dry_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Say how a dry run of an operation ends; by default as one that would succeed."""
    ends: dict[str, str] = {}
    call = BaseClient._make_api_call  # type: ignore[attr-defined]

    def answer(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        if parameters.get("DryRun"):
            code = ends.get(operation, "DryRunOperationException")
            raise ClientError({"Error": {"Code": code, "Message": ""}}, operation)
        return call(client, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)
    with simulated_aws(monkeypatch):
        yield ends


def made(*policy: Statement, **key: Any) -> str:
    written = json.dumps({"Version": "2012-10-17", "Statement": list(policy)})
    arn: str = boto3.client("kms").create_key(Policy=written, **key)["KeyMetadata"]["Arn"]
    return arn


def found(key: str, stack: str = "mine") -> dict[str, Found]:
    return {one.name: one for one in check(boto3.Session(region_name=REGION), key, stack)}


def states(key: str) -> dict[str, str]:
    return {name: one.state for name, one in found(key).items()}


@pytest.mark.usefixtures("dry_runs")
def test_a_key_whose_policy_has_all_of_it_holds_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", "check", "--key", made(ROOT, S3, LOGS), "--region", REGION]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["holds", one] for one in ("key", "roles", "s3", "logs", "you")]


@pytest.mark.usefixtures("dry_runs")
@pytest.mark.parametrize(("name", "statement"), [("roles", ROOT), ("s3", S3), ("logs", LOGS)])
def test_what_a_policy_lacks_is_shown_as_a_statement_that_mends_it(name: str, statement: Statement) -> None:
    others = [one for one in (ROOT, S3, LOGS) if one is not statement]

    said = found(made(*others))

    assert {one for one, its in said.items() if its.state == "fails"} == {name}
    lacking = json.loads(said[name].todo.removeprefix("Add: "))
    assert states(made(*others, lacking))[name] == "holds"


@pytest.mark.usefixtures("dry_runs")
@pytest.mark.parametrize(
    ("statement", "state"),
    [
        (LOGS | {"Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"{GROUPS}other-*"}}}, "fails"),
        (LOGS | {"Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"{GROUPS}mine-*"}}}, "fails"),
        (LOGS | {"Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"{GROUPS}*mine*"}}}, "holds"),
        (LOGS | {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}, "unknown"),
        (LOGS | {"Action": ["kms:Decrypt"]}, "fails"),
        (LOGS | {"Principal": {"Service": "logs.us-east-1.amazonaws.com"}}, "fails"),
        (LOGS | {"Principal": "*", "Condition": {}}, "holds"),
    ],
)
def test_a_statement_counts_as_far_as_it_reaches(statement: Statement, state: str) -> None:
    assert states(made(ROOT, S3, statement))["logs"] == state


@pytest.mark.usefixtures("dry_runs")
def test_a_statement_that_forbids_wins_and_one_that_may_leaves_it_open() -> None:
    forbid = {**allow("*", "kms:Decrypt"), "Effect": "Deny"}
    perhaps = forbid | {"Condition": {"Bool": {"aws:ViaAWSService": "false"}}}

    assert states(made(ROOT, S3, LOGS, forbid)) == {
        "key": "holds", "roles": "fails", "s3": "fails", "logs": "fails", "you": "holds",
    }  # fmt: skip
    assert states(made(ROOT, S3, LOGS, perhaps))["s3"] == "unknown"


@pytest.mark.parametrize("operation", ["GenerateDataKey", "CreateGrant"])
def test_what_you_may_not_is_named_and_nothing_is_done(dry_runs: dict[str, str], operation: str) -> None:
    dry_runs[operation] = "AccessDeniedException"
    key = made(ROOT, S3, LOGS)

    said = found(key)["you"]

    assert (said.state, said.said) == ("fails", f"you may not kms:{operation}")
    assert boto3.client("kms").list_grants(KeyId=key)["Grants"] == []


@pytest.mark.usefixtures("dry_runs")
def test_a_key_that_cannot_encrypt_a_deployment_is_told_with_the_reason() -> None:
    signing = made(ROOT, S3, LOGS, KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    disabled = made(ROOT, S3, LOGS)
    boto3.client("kms").disable_key(KeyId=disabled.rpartition("/")[2])

    assert "RSA_2048" in found(signing)["key"].said
    assert found(disabled)["key"].said == "it is Disabled"


@pytest.mark.usefixtures("dry_runs")
def test_an_id_is_told_to_be_no_arn_and_a_key_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    arn = made(ROOT, S3, LOGS)

    assert found(arn.rpartition("/")[2])["key"].todo == f"Deploy with KmsKeyArn={arn}: no id and no alias."
    assert main(["key", "check", "--key", arn[:-4] + "0000", "--region", REGION]) == 1
    assert "AWS refuses" in capsys.readouterr().err
