"""How much of a document is read: constants, with the reason of each. Both lanes read alike, whoever deploys them."""

from __future__ import annotations

from dataclasses import dataclass

# A report of 300 pages is about 1.5 MB as text; ten times that still decodes and splits within 1 GB of memory.
MAX_BYTES = 10_000_000
# Three times a long report; beyond it somebody has bound an archive into one file.
MAX_PAGES = 1_000
# Some 2 s a page, four pages at a time, within the two minutes that a function has at the least.
MAX_RECOGNISED_PAGES = 40
# The one limit of a text's length: about what the tokens of a document's budget cover. A report of 200,000 words has
# 1.5 million characters.
MAX_CHARACTERS = 4_000_000
# A DOCX packs its text about ten times; an honest one of the largest size stays below, a bomb packs a thousand times.
MAX_INFLATED_BYTES = 100_000_000
# Elements in elements, parts in parts. Pages of the web stay below 100; the HTML parser itself gives up at 256.
MAX_NESTING = 200
# A page of the web takes half a second, a report of 300 pages three; several such documents share a function's time.
MAX_READ_SECONDS = 30.0
# The address space of a process that reads. Two of them fit into a function with 1 GB: most of it is never touched.
MAX_READ_MEMORY = 768_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may be at most; beyond it the document is rejected with that reason."""

    max_bytes: int = MAX_BYTES
    max_pages: int = MAX_PAGES
    max_recognised_pages: int = MAX_RECOGNISED_PAGES
    max_characters: int = MAX_CHARACTERS
    max_inflated_bytes: int = MAX_INFLATED_BYTES
    max_nesting: int = MAX_NESTING
    max_read_seconds: float = MAX_READ_SECONDS
    max_read_memory: int = MAX_READ_MEMORY
