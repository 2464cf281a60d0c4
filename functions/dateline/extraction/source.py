"""What an answer is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.extraction.words import Mentions


@dataclass(frozen=True, slots=True)
class Source:
    """The document with what it mentions, the language it is in, and that of titles and summary (both BCP 47)."""

    document: Document
    mentions: Mentions
    language: str
    output_language: str

    @property
    def is_in_output_language(self) -> bool:
        """Whether titles are written in the document's own language, so that names stand in it as they are written."""
        return self.language.split("-")[0].lower() == self.output_language.split("-")[0].lower()
