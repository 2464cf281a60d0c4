"""What reprocessing keeps in S3 below `reprocess/`: files of plans on their way, and answers that came in a batch.

None of it triggers anything, and all of it expires by the bucket's lifecycle.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from dateline.store.plans import PlannedDocument
from dateline.store.table import Conflict, aws_errors
from dateline.stored import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer
    from boto3.s3.transfer import TransferConfig
    from mypy_boto3_s3.client import S3Client

PREFIX = "reprocess/"
Name = Literal["documents", "requests", "output", "errors"]

_GONE = {"NoSuchKey", "404", "NotFound"}
_CONTENT_DIGITS = 32  # 128 bits of a content's hash: a custom id may have 64 characters
# A provider may send back any id, and what is read of it becomes part of keys of the table and the bucket.
_ROW_ID = re.compile(rf"(?P<document>doc_[a-z2-7]{{20}})\.(?P<content>[0-9a-f]{{{_CONTENT_DIGITS}}})")
_PIECE = 1 << 16  # bytes


def row_id(document_id: str, content: str) -> str:
    """Name a request of a batch: 57 characters."""
    return f"{document_id}.{content[:_CONTENT_DIGITS]}"


def read_row_id(row: str) -> tuple[str, str] | None:
    """Read a request's name into the document's id and the first digits of its content; None for what is none."""
    named = _ROW_ID.fullmatch(row)
    return (named["document"], named["content"]) if named else None


class Parcels:
    """The part of the bucket that reprocessing keeps for itself."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def key(self, plan_id: str, number: int, name: Name) -> str:
        """Where one thing of a plan's file lies."""
        return f"{PREFIX}{plan_id}/{number:05}.{name}.jsonl"

    def put(self, key: str, path: Path) -> None:
        """Keep a file of this machine, in parts where it is large."""
        with aws_errors():
            self._client.upload_file(str(path), self._bucket, key, Config=_transfer())

    def fetch(self, key: str, path: Path) -> None:
        """Write what is kept to a file of this machine."""
        with aws_errors():
            self._client.download_file(self._bucket, key, str(path), Config=_transfer())

    def copy(self, key: str, chunks: Iterable[bytes]) -> None:
        """Keep what arrives in chunks, whole or not at all, without holding it in memory."""
        with aws_errors(), io.BufferedReader(_Stream(chunks), _PIECE) as stream:
            self._client.upload_fileobj(stream, self._bucket, key, Config=_transfer())

    def exists(self, key: str) -> bool:
        """Tell whether something is kept."""
        with aws_errors():
            try:
                self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in _GONE:
                    return False
                raise
        return True

    def lines(self, key: str) -> Iterator[bytes]:
        """Yield the lines of what is kept, with their ends, one chunk of it in memory at a time; none if it is gone."""
        with aws_errors():
            try:
                body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in _GONE:
                    return
                raise
            yield from body.iter_lines(_PIECE, keepends=True)

    def part(self, key: str, start: int, end: int) -> bytes | None:
        """Read the bytes from `start` to below `end`; None if it is gone."""
        with aws_errors():
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=f"bytes={start}-{end - 1}")
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in _GONE:
                    return None
                raise
            return answer["Body"].read()

    def documents(self, plan_id: str, number: int) -> Iterator[PlannedDocument]:
        """Yield the documents of a plan's file in order."""
        for line in self.lines(self.key(plan_id, number, "documents")):
            yield read_stored(PlannedDocument, line)

    def delete(self, keys: Iterable[str]) -> None:
        """Delete; what is gone already is none the worse for it."""
        for key in keys:
            with aws_errors():
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def completion(self, ask: str, content: str) -> str | None:
        """Read what came in a batch for a content under an ask, as JSON; None if nothing did, or it was taken."""
        data = b"".join(self.lines(_completion_key(ask, content)))
        return data.decode() if data else None

    def keep_completion(self, ask: str, content: str, completion: str) -> None:
        """Keep what came in a batch, unless something did before. The first digits of the content are enough."""
        try:
            with aws_errors():
                self._client.put_object(
                    Bucket=self._bucket, Key=_completion_key(ask, content), Body=completion.encode(), IfNoneMatch="*"
                )
        except Conflict:
            return

    def delete_completion(self, ask: str, content: str) -> None:
        """Delete what came in a batch, once it is part of an answer."""
        self.delete([_completion_key(ask, content)])


def _completion_key(ask: str, content: str) -> str:
    return f"{PREFIX}answers/{ask}/{content[:_CONTENT_DIGITS]}.json"


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
