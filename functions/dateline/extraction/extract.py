"""Document to stored answer: one call, and one repair call where something failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.extraction.answer import StoredAnswer
    from dateline.extraction.client import Model


def extract(document: Document, model: Model, *, output_language: str, deadline: float) -> StoredAnswer:
    """Ask the model about a document before `deadline` (seconds of `time.monotonic()`); Retryable or Rejected."""
    raise NotImplementedError
