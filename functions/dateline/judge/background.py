"""What a document tells as background: it is not its news, so the day of publication says nothing about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.dates import Day
    from dateline.documents import Sentence
    from dateline.judge.source import Source


def is_background(cited: Sequence[Sentence], source: Source, published: Day) -> bool:
    """Return whether the main cited sentence tells of something older than the document's news."""
    return False
