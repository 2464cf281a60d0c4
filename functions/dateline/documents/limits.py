"""How much of a document is read. Settings may change each limit; the reason for its default stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

# A report of 300 pages is about 1.5 MB as text; ten times that still decodes and splits within 1 GB of memory.
MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may be at most; beyond it the document is rejected with that reason."""

    max_bytes: int = MAX_BYTES
