"""How an answer of AWS is classified: by its status, by its name, and as a bug where neither says that it passes."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from dateline.errors import Retryable
from dateline.store.table import LostRace, aws_errors


def answer(code: str, status: int) -> None:
    """Fail as a call of AWS does."""
    said = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    with aws_errors():
        raise ClientError(said, "AnOperation")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("ProvisionedThroughputExceededException", 400),
        ("ThrottlingException", 400),
        ("Throttling", 400),
        ("RequestThrottled", 403),
        ("RequestLimitExceeded", 400),
        ("TooManyRequestsException", 400),
        ("KMSThrottlingException", 400),
        ("AWS.SimpleQueueService.KmsThrottled", 400),
        ("SlowDown", 503),
        ("RequestTimeout", 400),
        ("OperationAborted", 409),
        ("ConditionalRequestConflict", 409),
        ("InternalFailure", 500),
        ("InternalError", 200),
        ("429", 429),
        ("502", 502),
        ("504", 504),
        ("ANameOfNextYear", 503),
        ("", 500),
    ],
)
def test_what_passes_comes_later(code: str, status: int) -> None:
    with pytest.raises(Retryable, match=code or "with a fault"):
        answer(code, status)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("AccessDenied", 403),
        ("ValidationException", 400),
        ("ExpiredToken", 400),
        ("NoSuchBucket", 404),
        ("MalformedXML", 400),
        ("NotImplemented", 501),
        ("", 400),
    ],
)
def test_what_does_not_pass_is_a_bug(code: str, status: int) -> None:
    with pytest.raises(ClientError):
        answer(code, status)


@pytest.mark.parametrize(("code", "status"), [("ConditionalCheckFailedException", 400), ("PreconditionFailed", 412)])
def test_a_condition_that_did_not_hold_is_a_lost_race(code: str, status: int) -> None:
    with pytest.raises(LostRace):
        answer(code, status)


def test_an_error_without_a_status_is_told_by_its_name() -> None:
    with pytest.raises(Retryable), aws_errors():
        raise ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "AnOperation")
