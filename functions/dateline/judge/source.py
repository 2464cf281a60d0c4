"""What an answer is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.documents import Document
    from dateline.judge.mentions import Mentions
    from dateline.judge.readings import Readings


@dataclass(frozen=True, slots=True)
class Source:
    """The document with what it mentions, the language it is in, and that of titles and summary (both BCP 47)."""

    document: Document
    mentions: Mentions
    language: str
    output_language: str

    @property
    def readings(self) -> Readings:
        """What the document's sentences say in dates and numbers."""
        return self.mentions.readings
