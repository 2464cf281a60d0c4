"""Objects in S3: dropped files, texts of runs, and the model's answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from dateline.errors import Retryable
from dateline.records import Record
from dateline.store.table import Conflict, aws_errors
from dateline.stored import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mypy_boto3_s3.client import S3Client

_GONE = {"NoSuchKey", "404", "NotFound", "NoSuchVersion", "MethodNotAllowed"}
_DELETE_AT_ONCE = 1_000


class TooLarge(Exception):
    """An object is larger than asked for; `size` is its bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


@dataclass(frozen=True, slots=True)
class Dropped:
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


class StoredSentence(Record):
    """A numbered span of a stored text, in code points, with the page on which it begins where there are pages."""

    number: int
    start: int
    end: int
    role: Literal["body", "heading", "boilerplate"]
    page: int | None = None


class StoredText(Record):
    """The text of a run with its sentences, as readers get it."""

    text: str
    sentences: tuple[StoredSentence, ...]


class Blobs:
    """The bucket. Only keys under `drop/` trigger anything."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def dropped(self, key: str, max_bytes: int) -> Dropped | None:
        """Read what lies at a key now; None where nothing does. TooLarge: more than `max_bytes`, and not read."""
        with aws_errors():
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in _GONE:
                    return None
                raise
            size = answer["ContentLength"]
            if size > max_bytes:
                answer["Body"].close()
                raise TooLarge(size)
            data = answer["Body"].read()
        metadata = {name.lower(): value for name, value in answer["Metadata"].items()}
        return Dropped(data, answer.get("VersionId", "null"), answer["LastModified"], metadata)

    def listing(self, prefix: str, after: str | None, limit: int) -> tuple[list[Seen], str | None]:
        """List the newest version of each key below a prefix, deletions too, and the key to go on after, if any.

        The newest version of a key comes first in S3's own order, so that going on after a key misses none.
        """
        with aws_errors():
            answer = (
                self._client.list_object_versions(Bucket=self._bucket, Prefix=prefix, MaxKeys=limit)
                if after is None
                else self._client.list_object_versions(
                    Bucket=self._bucket, Prefix=prefix, MaxKeys=limit, KeyMarker=after
                )
            )
        there = [
            Seen(one["Key"], one["VersionId"], deleted=False) for one in answer.get("Versions", ()) if one["IsLatest"]
        ]
        gone = [
            Seen(one["Key"], one["VersionId"], deleted=True)
            for one in answer.get("DeleteMarkers", ())
            if one["IsLatest"]
        ]
        return [*there, *gone], answer.get("NextKeyMarker") if answer.get("IsTruncated") else None

    def text(self, document_id: str, run: int) -> StoredText | None:
        """Read the text of a run; None where the run has been tidied away."""
        data = self._read(_text_key(document_id, run))
        return read_stored(StoredText, data) if data is not None else None

    def put_text(self, document_id: str, run: int, text: StoredText) -> None:
        """Keep the text of a run."""
        with aws_errors():
            self._client.put_object(
                Bucket=self._bucket, Key=_text_key(document_id, run), Body=text.model_dump_json().encode()
            )

    def delete_texts(self, document_id: str, runs: Iterable[int]) -> None:
        """Delete the texts of runs."""
        self._delete([_text_key(document_id, run) for run in runs])

    def answer(self, ask: str, content: str) -> str | None:
        """Read what the model said to a content under an ask, as JSON; None if it was never kept."""
        data = self._read(_answer_key(ask, content))
        return data.decode() if data is not None else None

    def keep_answer(self, ask: str, content: str, answer: str) -> str:
        """Keep an answer unless another was kept first, and return the one that is kept."""
        try:
            with aws_errors():
                self._client.put_object(
                    Bucket=self._bucket, Key=_answer_key(ask, content), Body=answer.encode(), IfNoneMatch="*"
                )
        except Conflict:
            kept = self.answer(ask, content)
            if kept is None:
                raise Retryable("an answer was deleted while it was being kept", after=1.0) from None
            return kept
        return answer

    def unfinished(self, document_id: str) -> str | None:
        """Read what was paid for of a document whose answer is not whole yet, as JSON."""
        data = self._read(_unfinished_key(document_id))
        return data.decode() if data is not None else None

    def keep_unfinished(self, document_id: str, answer: str) -> None:
        """Keep what was paid for so far; only the holder of the document's lease does."""
        with aws_errors():
            self._client.put_object(Bucket=self._bucket, Key=_unfinished_key(document_id), Body=answer.encode())

    def delete_unfinished(self, document_id: str) -> None:
        """Delete what was kept of an unfinished answer."""
        self._delete([_unfinished_key(document_id)])

    def delete_answers(self, names: Iterable[tuple[str, str]]) -> None:
        """Delete answers, each named by ask and content."""
        self._delete([_answer_key(ask, content) for ask, content in names])

    def _read(self, key: str) -> bytes | None:
        with aws_errors():
            try:
                return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in _GONE:
                    return None
                raise

    def _delete(self, names: Sequence[str]) -> None:
        for start in range(0, len(names), _DELETE_AT_ONCE):
            some = names[start:][:_DELETE_AT_ONCE]
            with aws_errors():
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in some], "Quiet": True}
                )
            if answer.get("Errors"):
                raise Retryable(f"S3 left {len(answer['Errors'])} objects undeleted")


def _text_key(document_id: str, run: int) -> str:
    return f"texts/{document_id}/{run:010}.json"


def _unfinished_key(document_id: str) -> str:
    return f"answers/unfinished/{document_id}.json"


def _answer_key(ask: str, content: str) -> str:
    return f"answers/{ask}/{content}.json"
