"""Objects in S3: dropped files, texts of runs, and the model's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dateline.errors import Retryable
from dateline.records import Record
from dateline.store.bucket import get_as_reader
from dateline.store.table import LostRace
from dateline.stored import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.store.bucket import Bucket, Seen, StoredObject


class StoredSentence(Record):
    """A numbered span of a stored text, in code points, with the page on which it begins where there are pages.

    `recognised`: its words were recognised on an image by machine.
    """

    number: int
    start: int
    end: int
    role: Literal["body", "heading", "boilerplate"]
    page: int | None = None
    recognised: bool = False


class StoredText(Record):
    """The text of a run with its sentences, as readers get it."""

    text: str
    sentences: tuple[StoredSentence, ...]


class Blobs:
    """What the bucket keeps of documents. Only keys under `drop/` trigger anything."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def dropped(self, key: str, max_bytes: int) -> StoredObject | None:
        """Read what lies at a key now; None where nothing does.

        TooLarge: more than `max_bytes`, and not read. Withheld: S3 does not hand it out.
        """
        return self._bucket.get(key, max_bytes)

    def is_dropped(self, key: str) -> bool:
        """Return whether something lies at a key now."""
        return self._bucket.exists(key)

    def delete_dropped(self, key: str) -> None:
        """Delete what lies at a key; its versions stay for a while."""
        self._bucket.delete([key])

    def original(self, key: str, version: str, disposition: str, seconds: int) -> str | None:
        """Sign a link to a version of a dropped file, for so long; None: it is there no more, or S3 withholds it."""
        return self._bucket.link(key, version, disposition, seconds)

    def edit(self, key: str, max_bytes: int) -> StoredObject | None:
        """Read an editor's decision as it lies at a key now. TooLarge and Withheld: as for `dropped`."""
        return self._bucket.get(key, max_bytes)

    def put_edit(self, key: str, edit: str) -> None:
        """Write an editor's decision, as JSON."""
        self._bucket.put(key, edit.encode())

    def delete_edit(self, key: str) -> None:
        """Delete an editor's decision; its versions stay for a while."""
        self._bucket.delete([key])

    def listing(self, prefix: str, after: str | None, limit: int) -> tuple[list[Seen], str | None]:
        """List the newest version of each key below a prefix, deletions too, and the key to go on after, if any."""
        return self._bucket.newest_versions(prefix, after, limit)

    def text(self, document_id: str, run: int) -> StoredText | None:
        """Read the text of a run as readers may; None where the run has been tidied away."""
        found = get_as_reader(self._bucket, _text_key(document_id, run))
        return read_stored(StoredText, found.data) if found is not None else None

    def put_text(self, document_id: str, run: int, text: StoredText) -> None:
        """Keep the text of a run."""
        self._bucket.put(_text_key(document_id, run), text.model_dump_json().encode())

    def delete_texts(self, document_id: str, runs: Iterable[int]) -> None:
        """Delete the texts of runs."""
        self._bucket.delete(_text_key(document_id, run) for run in runs)

    def answer(self, ask: str, content: str) -> str | None:
        """Read what the model said to a content under an ask, as JSON; None if it was never kept."""
        return self._read(_answer_key(ask, content))

    def answered(self, ask: str, at_most: int) -> set[str] | None:
        """List the contents that an answer under an ask is kept to; None: they are more than so many."""
        names = self._bucket.names(f"answers/{ask}/", at_most)
        return None if names is None else {name.removesuffix(".json") for name in names}

    def keep_answer(self, ask: str, content: str, answer: str) -> str:
        """Keep an answer unless another was kept first, and return the one that is kept."""
        try:
            self._bucket.put_new(_answer_key(ask, content), answer.encode())
        except LostRace:
            kept = self.answer(ask, content)
            if kept is None:
                raise Retryable("an answer was deleted while it was being kept", after=1.0) from None
            return kept
        return answer

    def unfinished(self, document_id: str) -> str | None:
        """Read what was paid for of a document whose answer is not whole yet, as JSON."""
        return self._read(_unfinished_key(document_id))

    def keep_unfinished(self, document_id: str, answer: str) -> None:
        """Keep what was paid for so far; only the holder of the document's lease does."""
        self._bucket.put(_unfinished_key(document_id), answer.encode())

    def delete_unfinished(self, document_id: str) -> None:
        """Delete what was kept of an unfinished answer."""
        self._bucket.delete([_unfinished_key(document_id)])

    def recognised(self, document_id: str) -> str | None:
        """Read what was recognised in a document's images, as JSON."""
        return self._read(_recognised_key(document_id))

    def keep_recognised(self, document_id: str, pages: str) -> None:
        """Keep what was recognised, which is paid for, over what was kept of an earlier upload."""
        self._bucket.put(_recognised_key(document_id), pages.encode())

    def delete_recognised(self, document_id: str) -> None:
        """Delete what was recognised."""
        self._bucket.delete([_recognised_key(document_id)])

    def delete_answers(self, names: Iterable[tuple[str, str]]) -> None:
        """Delete answers, each named by ask and content."""
        self._bucket.delete(_answer_key(ask, content) for ask, content in names)

    def _read(self, key: str) -> str | None:
        found = self._bucket.get(key)
        return found.data.decode() if found is not None else None


def _text_key(document_id: str, run: int) -> str:
    return f"texts/{document_id}/{run:010}.json"


def _unfinished_key(document_id: str) -> str:
    return f"answers/unfinished/{document_id}.json"


def _recognised_key(document_id: str) -> str:
    return f"answers/recognised/{document_id}.json"


def _answer_key(ask: str, content: str) -> str:
    return f"answers/{ask}/{content}.json"
