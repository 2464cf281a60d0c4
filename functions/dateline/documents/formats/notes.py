"""Raised figures: one that counts a footnote must not grow onto the year or the word before it."""

from __future__ import annotations

import re
from typing import Final

_RAISED: Final = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
# After a year, a word or a full stop a raised figure counts a note; after another figure or a unit it is an exponent.
_BEFORE_NOTE = re.compile(r"(?:(?<!\d)\d{4}|[^\W\d_]{3}|[.,;:!?\"”’»)])$")


def raised(figures: str, before: str) -> str:
    """Write raised figures so that they stand apart from what is `before` them: as a note's number or an exponent."""
    return f"[{figures}]" if _BEFORE_NOTE.search(before) else figures.translate(_RAISED)
