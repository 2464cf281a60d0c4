"""What S3 answers, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from boto3.exceptions import Boto3Error, RetriesExceededError
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError

from dateline.errors import Retryable
from dateline.store.bucket import Bucket, Withheld
from dateline.store.table import LostRace
from tests.aws import BUCKET, simulated_aws

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


class Faults:
    """Answers the next calls of an operation of S3 with errors, before they are sent."""

    def __init__(self, client: S3Client) -> None:
        self._register: Any = client.meta.events.register

    def order(self, operation: str, *codes: str, status: int = 400) -> None:
        left = list(codes)

        def answer(**_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
            if not left:
                return None
            said = {"Error": {"Code": left.pop(0), "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
            return AWSResponse("https://s3.example", status, HTTPHeaders(), None), said

        self._register(f"before-call.s3.{operation}", answer)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Client]:
    with simulated_aws(monkeypatch) as (_, client):
        yield client


@pytest.fixture
def faults(s3: S3Client) -> Faults:
    return Faults(s3)


@pytest.fixture
def bucket(s3: S3Client) -> Bucket:
    return Bucket(s3, BUCKET)


def data(bucket: Bucket, key: str) -> bytes | None:
    found = bucket.get(key)
    return found.data if found is not None else None


def test_a_conditional_write_that_met_another_is_tried_again(faults: Faults, bucket: Bucket) -> None:
    faults.order("PutObject", "ConditionalRequestConflict", "OperationAborted", status=409)

    bucket.put_new("answers/a", b"paid for")

    assert data(bucket, "answers/a") == b"paid for"


def test_a_conditional_write_that_meets_others_again_and_again_comes_later(faults: Faults, bucket: Bucket) -> None:
    faults.order("PutObject", *["ConditionalRequestConflict"] * 10, status=409)

    with pytest.raises(Retryable):
        bucket.put_new("answers/a", b"paid for")


def test_of_two_conditional_writes_the_first_stays(bucket: Bucket) -> None:
    bucket.put_new("answers/a", b"first")

    with pytest.raises(LostRace):
        bucket.put_new("answers/a", b"second")

    assert data(bucket, "answers/a") == b"first"


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout"])
def test_a_fault_of_s3_while_a_file_is_sent_passes(faults: Faults, bucket: Bucket, tmp_path: Path, code: str) -> None:
    (tmp_path / "file").write_bytes(b"{}\n")
    faults.order("PutObject", code)

    with pytest.raises(Retryable, match=code):
        bucket.upload("reprocess/a", tmp_path / "file")


def test_a_file_that_may_not_be_sent_is_a_bug(faults: Faults, bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"{}\n")
    faults.order("PutObject", "AccessDenied")

    with pytest.raises(ClientError):
        bucket.upload("reprocess/a", tmp_path / "file")


def test_a_file_that_breaks_off_again_and_again_comes_later(
    s3: S3Client, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise RetriesExceededError(Boto3Error())

    monkeypatch.setattr(s3, "download_file", break_off)

    with pytest.raises(Retryable):
        bucket.download("reprocess/a", tmp_path / "file")


@pytest.mark.parametrize(
    "code",
    ["InvalidObjectState", "InvalidRequest", "AccessDenied", "KMS.DisabledException", "KMS.KMSInvalidStateException"],
)
def test_what_s3_does_not_hand_out_is_withheld(faults: Faults, bucket: Bucket, code: str) -> None:
    bucket.put("drop/a", b"text")
    faults.order("GetObject", code, status=403)

    with pytest.raises(Withheld) as withheld:
        bucket.get("drop/a")

    assert withheld.value.code == code


def test_an_archived_object_is_withheld_until_it_is_restored(s3: S3Client, bucket: Bucket) -> None:
    s3.put_object(Bucket=BUCKET, Key="drop/a", Body=b"text", StorageClass="GLACIER")
    with pytest.raises(Withheld):
        bucket.get("drop/a")

    s3.restore_object(Bucket=BUCKET, Key="drop/a", RestoreRequest={"Days": 1})

    assert data(bucket, "drop/a") == b"text"


@pytest.mark.parametrize(
    ("code", "status"), [("KMS.ThrottlingException", 400), ("KMS.KMSInternalException", 500), ("SlowDown", 503)]
)
def test_what_s3_cannot_hand_out_now_comes_later(faults: Faults, bucket: Bucket, code: str, status: int) -> None:
    bucket.put("drop/a", b"text")
    faults.order("GetObject", code, status=status)

    with pytest.raises(Retryable, match=code):
        bucket.get("drop/a")


def test_what_is_gone_is_nothing_however_it_is_read(bucket: Bucket) -> None:
    assert bucket.get("never") is None
    assert bucket.part("never", 0, 5) is None
    assert list(bucket.lines("never")) == []
    assert not bucket.exists("never")


def test_more_is_deleted_than_one_call_takes(bucket: Bucket) -> None:
    bucket.put("texts/1000", b"the last")

    bucket.delete(f"texts/{number}" for number in range(1_001))

    assert not bucket.exists("texts/1000")
