"""The command `dateline key check`: whether a KMS key will do, before a deployment depends on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from rich.console import Console

from infra.operating.findings import Found, State, show_found
from infra.stack import failing, session_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import boto3

_DONE, _FAILED = 0, 1
_USE = ("kms:Decrypt", "kms:GenerateDataKey")
# What CloudWatch Logs asks for; `kms:ReEncrypt*` is a pair of actions.
_LOGS = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey")
_IN_A_POLICY = {"kms:ReEncryptFrom": "kms:ReEncrypt*", "kms:ReEncryptTo": "kms:ReEncrypt*"}
_SYMMETRIC, _ENCRYPTS = "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"
# KMS says so of a dry run that would have succeeded.
_WOULD_SUCCEED = "DryRunOperationException"
_FORBIDDEN = {"AccessDeniedException", "AccessDenied"}
_EQUAL, _LIKE = {"StringEquals", "ArnEquals"}, {"StringLike", "ArnLike"}

Statement = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Need:
    """Somebody that the policy has to let use the key: `contexts` are the circumstances in which each action is."""

    name: str
    who: str
    principal: Mapping[str, str]
    actions: tuple[str, ...]
    contexts: tuple[Mapping[str, str], ...]
    condition: Mapping[str, Mapping[str, str]] | None = None


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Check the key that is named. Status 0: it will do; 1: it will not, or AWS refuses; 2: nobody's keys."""

    def act() -> int:
        console = Console(highlight=False)
        found = list(check(session_of(options.region, options.profile), options.key, options.stack))
        for one in found:
            show_found(console, one)
        return _FAILED if any(one.state == "fails" for one in found) else _DONE

    return failing(act, fail)


def check(session: boto3.Session, key: str, stack: str) -> Iterator[Found]:
    """Say of a key what holds: what it is and, where it can be one, what its policy allows whom, and what you may."""
    kms = session.client("kms")
    meta: Mapping[str, Any] = kms.describe_key(KeyId=key)["KeyMetadata"]
    kind = _kind(meta, key, session.region_name)
    yield kind
    if kind.state == "fails":
        return
    needs = _needs(meta["Arn"], stack)
    try:
        policy = json.loads(kms.get_key_policy(KeyId=meta["Arn"], PolicyName="default")["Policy"])
    except ClientError as error:
        if error.response["Error"]["Code"] not in _FORBIDDEN:
            raise
        todo = "Ask whoever may (kms:GetKeyPolicy) to run this command."
        yield from (Found(one.name, "unknown", "you may not read the key's policy", todo) for one in needs)
    else:
        yield from (_allowed(_listed(policy["Statement"]), one, meta["Arn"]) for one in needs)
    yield _you(session, meta["Arn"])


def _kind(meta: Mapping[str, Any], given: str, region: str | None) -> Found:
    arn: str = meta["Arn"]
    if meta["KeyState"] != "Enabled":
        return Found("key", "fails", f"it is {meta['KeyState']}", "Enable it: what it has encrypted is unreadable now.")
    spec, usage = meta.get("KeySpec"), meta.get("KeyUsage")
    if (spec or _SYMMETRIC, usage or _ENCRYPTS) != (_SYMMETRIC, _ENCRYPTS):
        todo = "Make another: S3, DynamoDB, SQS and Logs take symmetric keys for encryption only."
        return Found("key", "fails", f"it is of the kind {spec}, for {usage}", todo)
    if arn.split(":")[3] != region:
        return Found("key", "fails", f"it lies in {arn.split(':')[3]}", f"Take one of the stack's region, {region}.")
    if given != arn:
        return Found("key", "holds", "enabled, symmetric", f"Deploy with KmsKeyArn={arn}: no id and no alias.")
    return Found("key", "holds", "enabled, symmetric, in the stack's region")


def _needs(arn: str, stack: str) -> Sequence[_Need]:
    _, partition, _, region, account, _ = arn.split(":", 5)
    groups = f"arn:{partition}:logs:{region}:{account}:log-group:"
    named = (f"{groups}{stack}-SummarizeLogs-AAAA", f"{groups}/aws/vendedlogs/{stack}/api")
    caller = {"kms:CallerAccount": account}
    return (
        _Need(
            "roles",
            "the functions' roles, and DynamoDB on behalf of who deploys",
            {"AWS": f"arn:{partition}:iam::{account}:root"},
            (*_USE, "kms:DescribeKey", "kms:CreateGrant"),
            (caller,),
        ),
        _Need(
            "s3",
            "S3, whose notifications go to an encrypted queue,",
            {"Service": "s3.amazonaws.com"},
            _USE,
            ({"aws:SourceAccount": account, "aws:SourceArn": f"arn:{partition}:s3:::{stack}-bucket-aaaa"},),
            {"StringEquals": {"aws:SourceAccount": account}},
        ),
        _Need(
            "logs",
            "CloudWatch Logs",
            {"Service": f"logs.{region}.amazonaws.com"},
            _LOGS,
            tuple({"kms:EncryptionContext:aws:logs:arn": one} for one in named),
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"{groups}*"}},
        ),
    )


def _allowed(policy: Sequence[Statement], need: _Need, arn: str) -> Found:
    """Say whether a policy allows all that somebody needs; a condition that cannot be told is named."""
    states = {action: _state(policy, need, action, arn) for action in need.actions}
    refused = [action for action, state in states.items() if state == "fails"]
    if refused:
        return Found(need.name, "fails", f"{need.who} may not {', '.join(refused)}", f"Add: {_statement(need)}")
    if "unknown" in states.values():
        todo = f"Read them again, or have instead: {_statement(need)}"
        return Found(need.name, "unknown", f"{need.who} may, under conditions that are not understood here", todo)
    return Found(need.name, "holds", f"{need.who} may use it")


def _state(policy: Sequence[Statement], need: _Need, action: str, arn: str) -> State:
    """Judge one action: a statement that forbids it wins, and what may or may not apply leaves it unknown."""
    about = [one for one in policy if _names(one, need.principal) and _covers(one, action, arn)]
    states: list[State] = []
    for context in need.contexts:
        forbid = {_applies(one, context) for one in about if one["Effect"] == "Deny"}
        allow = {_applies(one, context) for one in about if one["Effect"] == "Allow"}
        if True in forbid or not allow - {False}:
            states.append("fails")
        else:
            states.append("holds" if True in allow and None not in forbid else "unknown")
    return next((state for state in states if state == "fails"), "unknown" if "unknown" in states else "holds")


def _names(statement: Statement, principal: Mapping[str, str]) -> bool:
    named = statement.get("Principal", {})
    if named == "*":
        return True
    ((kind, who),) = principal.items()
    listed = _listed(named.get(kind, []))
    return who in listed or "*" in _listed(named.get("AWS", [])) or (kind == "AWS" and who.split(":")[4] in listed)


def _covers(statement: Statement, action: str, arn: str) -> bool:
    actions, resources = _listed(statement.get("Action", [])), _listed(statement.get("Resource", "*"))
    return any(fnmatchcase(action.lower(), one.lower()) for one in actions) and any(
        fnmatchcase(arn, one) for one in resources
    )


def _applies(statement: Statement, context: Mapping[str, str]) -> bool | None:
    """Say whether a statement's conditions are met; None: they hold something that is not known here."""
    known = {name.lower(): value for name, value in context.items()}
    met: list[bool | None] = []
    for operator, tests in statement.get("Condition", {}).items():
        for name, wanted in tests.items():
            said = known.get(name.lower())
            if said is None or operator not in _EQUAL | _LIKE:
                met.append(None)
            else:
                values = [str(one) for one in _listed(wanted)]
                # ArnEquals takes wildcards, too.
                met.append(said in values if operator == "StringEquals" else any(fnmatchcase(said, v) for v in values))
    return False if False in met else None if None in met else True


def _statement(need: _Need) -> str:
    """Write the statement that a policy lacks."""
    actions = list(dict.fromkeys(_IN_A_POLICY.get(action, action) for action in need.actions))
    statement = {"Effect": "Allow", "Principal": need.principal, "Action": actions, "Resource": "*"}
    return json.dumps(statement | ({"Condition": need.condition} if need.condition else {}))


def _you(session: boto3.Session, arn: str) -> Found:
    """Try, without doing it, what who deploys and drops needs: a grant for the table, and a key for an object."""
    kms = session.client("kms")
    me = session.client("sts").get_caller_identity()["Arn"]
    tries: dict[str, Callable[[], object]] = {
        "kms:GenerateDataKey": lambda: kms.generate_data_key(KeyId=arn, KeySpec="AES_256", DryRun=True),
        "kms:CreateGrant": lambda: kms.create_grant(
            KeyId=arn, GranteePrincipal=me, Operations=["Decrypt"], DryRun=True
        ),
    }
    refused = [action for action, attempt in tries.items() if not _would(attempt)]
    if refused:
        todo = "Whoever deploys needs both, whoever drops documents the first: in their IAM policy, for this key."
        return Found("you", "fails", f"you may not {', '.join(refused)}", todo)
    return Found("you", "holds", "you may encrypt by it, and grant its use to the table")


def _would(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code not in {_WOULD_SUCCEED, *_FORBIDDEN}:
            raise
        return code == _WOULD_SUCCEED
    return True


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
