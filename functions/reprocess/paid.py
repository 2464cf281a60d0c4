"""Which contents a model was paid for under an ask: listed once where they are few, as of a new ask, else looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dateline.store.batch_files import first_digits

if TYPE_CHECKING:
    from dateline.store.store import Store

# Some twenty calls of S3 at most, in place of two for each document.
_LISTED_AT_MOST: Final = 10_000


class Paid:
    """What is kept under one ask, as it was when this was made.

    What is kept later may be missed: it is found when the document's turn comes, after it was asked about once more.
    """

    def __init__(self, store: Store, ask: str) -> None:
        self._store = store
        self._ask = ask
        self._answered = store.blobs.answered(ask, _LISTED_AT_MOST)
        self._completed = store.batch_files.completed(ask, _LISTED_AT_MOST)

    def holds(self, content: str) -> bool:
        """Return whether what a model said to a content is kept."""
        return self._is_answered(content) or self._is_completed(content)

    def _is_answered(self, content: str) -> bool:
        if self._answered is None:
            return self._store.blobs.answer(self._ask, content) is not None
        return content in self._answered

    def _is_completed(self, content: str) -> bool:
        if self._completed is None:
            return self._store.batch_files.completion(self._ask, content) is not None
        return first_digits(content) in self._completed
