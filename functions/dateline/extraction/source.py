"""What an answer is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.documents import Document


@dataclass(frozen=True, slots=True)
class Source:
    """The document, the language it is in, and that of titles and summary (both BCP 47)."""

    document: Document
    language: str
    output_language: str
