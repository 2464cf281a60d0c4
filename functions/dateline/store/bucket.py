"""S3 as the store needs it: whole objects and streams of one bucket, a condition on writes, versions, batches."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from dateline.errors import Retryable
from dateline.store.table import aws_errors, code_of, is_transient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from _typeshed import WriteableBuffer
    from boto3.s3.transfer import TransferConfig
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import (
        GetObjectOutputTypeDef,
        GetObjectRequestTypeDef,
        ListObjectsV2RequestTypeDef,
        ListObjectVersionsRequestTypeDef,
    )

# How S3 answers who asks for what is not there, or not for them, where an answer has no body to say which.
_NOT_HANDED_OUT = {"400", "403", "404", "405"}
_GONE = {"NoSuchKey", "404", "NotFound", "NoSuchVersion", "MethodNotAllowed"}
# Archived, encrypted with a key of its uploader (SSE-C), forbidden; an error that AWS KMS made begins with `KMS.`.
_WITHHELD = {"InvalidObjectState", "InvalidRequest", "AccessDenied"}
_KMS = "KMS."
# S3 answers so where two conditional writes of a key meet: neither need have won, and both are to try again.
_UNDECIDED = {"ConditionalRequestConflict", "OperationAborted"}
_PAUSES_SECONDS = (0.05, 0.1, 0.2)
_DELETE_AT_ONCE = _NAMES_AT_ONCE = 1_000
_PIECE = 1 << 16  # bytes


class TooLarge(Exception):
    """An object is larger than asked for; `size` is its bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


class Withheld(Exception):
    """S3 does not hand an object out, and will not until somebody changes it or the right to it; `code` is S3's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as S3 has it now. `metadata` is what the uploader said of it, in lower-case names."""

    data: bytes
    version: str
    modified: datetime
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """An object, or its deletion, as a listing shows it."""

    key: str
    version: str
    deleted: bool
    modified: datetime


class Bucket:
    """The one bucket. Reading what is gone gives None or nothing.

    Retryable: S3 is busy, broken or out of reach. Withheld: it does not hand out what was to be read.
    """

    def __init__(self, client: S3Client, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: str, max_bytes: int | None = None) -> StoredObject | None:
        """Read an object. TooLarge: it has more than `max_bytes`, and was not read."""
        with aws_errors():
            answer = self._open(key)
            if answer is None:
                return None
            size = answer["ContentLength"]
            if max_bytes is not None and size > max_bytes:
                answer["Body"].close()
                raise TooLarge(size)
            data = answer["Body"].read()
        metadata = {name.lower(): value for name, value in answer["Metadata"].items()}
        return StoredObject(data, answer.get("VersionId", "null"), answer["LastModified"], metadata)

    def part(self, key: str, start: int, end: int) -> bytes | None:
        """Read the bytes from `start` to below `end`."""
        with aws_errors():
            answer = self._open(key, f"bytes={start}-{end - 1}")
            return answer["Body"].read() if answer is not None else None

    def lines(self, key: str) -> Iterator[bytes]:
        """Yield an object's lines with their ends, one chunk of it in memory at a time."""
        with aws_errors():
            answer = self._open(key)
            if answer is not None:
                yield from answer["Body"].iter_lines(_PIECE, keepends=True)

    def _open(self, key: str, span: str = "") -> GetObjectOutputTypeDef | None:
        asked: GetObjectRequestTypeDef = {"Bucket": self._name, "Key": key}
        if span:
            asked["Range"] = span
        try:
            return self._client.get_object(**asked)
        except ClientError as error:
            code = code_of(error)
            if code in _GONE:
                return None
            if code in _WITHHELD or (code.startswith(_KMS) and not is_transient(error)):
                raise Withheld(code) from error
            raise

    def exists(self, key: str) -> bool:
        """Return whether there is such an object."""
        with aws_errors():
            try:
                self._client.head_object(Bucket=self._name, Key=key)
            except ClientError as error:
                if code_of(error) in _GONE:
                    return False
                raise
        return True

    def link(self, key: str, version: str, disposition: str, seconds: int) -> str | None:
        """Sign a link by which anybody gets a version of an object for a while, as a file; None: it is not handed out.

        Its type is that of no format, so that no browser shows it, whatever its uploader said that it is.
        """
        with aws_errors():
            try:
                self._client.head_object(Bucket=self._name, Key=key, VersionId=version)
            except ClientError as error:
                if code_of(error) in _GONE | _NOT_HANDED_OUT | _WITHHELD:
                    return None
                raise
            asked = {
                "Bucket": self._name,
                "Key": key,
                "VersionId": version,
                "ResponseContentDisposition": disposition,
                "ResponseContentType": "application/octet-stream",
            }
            return self._client.generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds)

    def put(self, key: str, data: bytes) -> None:
        """Write an object, over what may lie there."""
        with aws_errors():
            self._client.put_object(Bucket=self._name, Key=key, Body=data)

    def put_new(self, key: str, data: bytes) -> None:
        """Write an object where none lies. LostRace: one does."""
        for pause in (*_PAUSES_SECONDS, None):
            with aws_errors():
                try:
                    self._client.put_object(Bucket=self._name, Key=key, Body=data, IfNoneMatch="*")
                except ClientError as error:
                    if code_of(error) not in _UNDECIDED or pause is None:
                        raise
                else:
                    return
            time.sleep(pause)

    def upload(self, key: str, path: Path) -> None:
        """Write a file of this machine, in parts where it is large."""
        # Not `upload_file`, which hides the code of S3's answer in an exception of its own.
        with aws_errors(), path.open("rb") as file:
            self._client.upload_fileobj(file, self._name, key, Config=_transfer())

    def upload_chunks(self, key: str, chunks: Iterable[bytes]) -> None:
        """Write what arrives in chunks, whole or not at all, without holding it in memory."""
        with aws_errors(), io.BufferedReader(_Stream(chunks), _PIECE) as stream:
            self._client.upload_fileobj(stream, self._name, key, Config=_transfer())

    def download(self, key: str, path: Path) -> None:
        """Write an object to a file of this machine."""
        with aws_errors():
            self._client.download_file(self._name, key, str(path), Config=_transfer())

    def newest_versions(self, prefix: str, after: str | None, limit: int) -> tuple[list[Seen], str | None]:
        """List the newest version of each key below a prefix, deletions too, and the key to go on after, if any.

        The newest version of a key comes first in S3's own order, so that going on after a key misses none.
        """
        asked: ListObjectVersionsRequestTypeDef = {"Bucket": self._name, "Prefix": prefix, "MaxKeys": limit}
        if after is not None:
            asked["KeyMarker"] = after
        with aws_errors():
            answer = self._client.list_object_versions(**asked)
        there = [(one, False) for one in answer.get("Versions", ()) if one["IsLatest"]]
        gone = [(one, True) for one in answer.get("DeleteMarkers", ()) if one["IsLatest"]]
        found = [Seen(one["Key"], one["VersionId"], deleted, one["LastModified"]) for one, deleted in (*there, *gone)]
        return found, answer.get("NextKeyMarker") if answer.get("IsTruncated") else None

    def names(self, prefix: str, at_most: int) -> list[str] | None:
        """List the keys below a prefix without it; None: there are more than so many."""
        asked: ListObjectsV2RequestTypeDef = {"Bucket": self._name, "Prefix": prefix, "MaxKeys": _NAMES_AT_ONCE}
        found: list[str] = []
        while len(found) <= at_most:
            with aws_errors():
                answer = self._client.list_objects_v2(**asked)
            found += [one["Key"].removeprefix(prefix) for one in answer.get("Contents", ())]
            if not answer["IsTruncated"]:
                break
            asked["ContinuationToken"] = answer["NextContinuationToken"]
        return found if len(found) <= at_most else None

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects in batches of 1,000; deleting what is gone already succeeds."""
        names = list(keys)
        for start in range(0, len(names), _DELETE_AT_ONCE):
            some = names[start:][:_DELETE_AT_ONCE]
            with aws_errors():
                answer = self._client.delete_objects(
                    Bucket=self._name, Delete={"Objects": [{"Key": key} for key in some], "Quiet": True}
                )
            if answer.get("Errors"):
                raise Retryable(f"S3 left {len(answer['Errors'])} objects undeleted")


def _transfer() -> TransferConfig:
    """Send and fetch in parts of 8 MiB, two at a time: they are in memory meanwhile. Readers need not import this."""
    from boto3.s3.transfer import TransferConfig

    return TransferConfig(multipart_threshold=8 << 20, multipart_chunksize=8 << 20, max_concurrency=2)


class _Stream(io.RawIOBase):
    """Chunks as a file that is read once."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as the next chunk goes; 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        view = memoryview(buffer).cast("B")
        taken, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def get_as_reader(bucket: Bucket, key: str) -> StoredObject | None:
    """Read an object; None: it is gone.

    To who may not list the bucket, as readers may not, S3 says of what is gone that access is denied.
    """
    try:
        return bucket.get(key)
    except Withheld as error:
        if error.code != "AccessDenied":
            raise
        return None
