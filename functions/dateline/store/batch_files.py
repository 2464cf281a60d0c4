"""What reprocessing keeps in S3 below `reprocess/`: files of plans on their way, and answers that came in a batch.

None of it triggers anything, and all of it expires by the bucket's lifecycle.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from dateline.store.plans import PlannedDocument
from dateline.store.table import LostRace
from dateline.stored import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dateline.store.bucket import Bucket

PREFIX = "reprocess/"
BatchFileName = Literal["documents", "requests", "output", "errors"]

_CONTENT_DIGITS = 32  # 128 bits of a content's hash: a custom id may have 64 characters
# A provider may send back any id, and what is read of it becomes part of keys of the table and the bucket.
_ROW_ID = re.compile(rf"(?P<document>doc_[a-z2-7]{{20}})\.(?P<content>[0-9a-f]{{{_CONTENT_DIGITS}}})")


def row_id(document_id: str, content: str) -> str:
    """Name a request of a batch: 57 characters."""
    return f"{document_id}.{first_digits(content)}"


def read_row_id(row: str) -> tuple[str, str] | None:
    """Read a request's name into the document's id and the first digits of its content; None for what is none."""
    named = _ROW_ID.fullmatch(row)
    return (named["document"], named["content"]) if named else None


class BatchFiles:
    """The part of the bucket that reprocessing keeps for itself. What each file is due for stands in the table."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def key(self, plan_id: str, number: int, name: BatchFileName) -> str:
        """Return where one thing of a plan's file lies."""
        return f"{PREFIX}{plan_id}/{number:05}.{name}.jsonl"

    def put(self, key: str, path: Path) -> None:
        """Keep a file of this machine."""
        self._bucket.upload(key, path)

    def fetch(self, key: str, path: Path) -> None:
        """Write what is kept to a file of this machine."""
        self._bucket.download(key, path)

    def copy(self, key: str, chunks: Iterable[bytes]) -> None:
        """Keep what arrives in chunks, whole or not at all, without holding it in memory."""
        self._bucket.upload_chunks(key, chunks)

    def exists(self, key: str) -> bool:
        """Return whether something is kept."""
        return self._bucket.exists(key)

    def lines(self, key: str) -> Iterator[bytes]:
        """Yield the lines of what is kept, with their ends; none if it is gone."""
        return self._bucket.lines(key)

    def part(self, key: str, start: int, end: int) -> bytes | None:
        """Read the bytes from `start` to below `end`; None if it is gone."""
        return self._bucket.part(key, start, end)

    def documents(self, plan_id: str, number: int) -> Iterator[PlannedDocument]:
        """Yield the documents of a plan's file in order."""
        for line in self.lines(self.key(plan_id, number, "documents")):
            yield read_stored(PlannedDocument, line)

    def delete(self, keys: Iterable[str]) -> None:
        """Delete; deleting what is gone already succeeds."""
        self._bucket.delete(keys)

    def completion(self, ask: str, content: str) -> str | None:
        """Read what came in a batch for a content under an ask, as JSON; None if nothing did, or it was taken."""
        kept = self._bucket.get(_completion_key(ask, content))
        return kept.data.decode() if kept is not None else None

    def completed(self, ask: str, at_most: int) -> set[str] | None:
        """List the first digits of the contents that something came for under an ask; None: they are more than so many.

        `first_digits` tells which those of a content are.
        """
        names = self._bucket.names(_completions(ask), at_most)
        return None if names is None else {name.removesuffix(".json") for name in names}

    def keep_completion(self, ask: str, content: str, completion: str) -> None:
        """Keep what came in a batch, unless something did before. The first digits of the content are enough."""
        with suppress(LostRace):
            self._bucket.put_new(_completion_key(ask, content), completion.encode())

    def delete_completion(self, ask: str, content: str) -> None:
        """Delete what came in a batch, once it is part of an answer."""
        self._bucket.delete([_completion_key(ask, content)])


def first_digits(content: str) -> str:
    """Return as much of a content as its completion is kept under."""
    return content[:_CONTENT_DIGITS]


def _completions(ask: str) -> str:
    return f"{PREFIX}answers/{ask}/"


def _completion_key(ask: str, content: str) -> str:
    return f"{_completions(ask)}{first_digits(content)}.json"
