"""Document and answer to records: every check, no model, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.extraction.answer import StoredAnswer
    from dateline.records import Extraction


def judge(document: Document, answer: StoredAnswer) -> Extraction:
    """Return what of the answer holds. Rejected (`nothing_usable`) where neither a summary nor an event is left."""
    raise NotImplementedError
