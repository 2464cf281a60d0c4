"""Segments: the folded words of many runs as bytes that are scanned as they are, and what is shown of each run.

A segment is the length of its header (four bytes), the header (JSON), the folded words of all entries, and for each
entry its content, compressed. Of an entry's folded words those of titles, names and the like stand before those of its
text; entries and fields are parted so that no phrase reaches over an end.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.records import Record
from dateline.search.folding import fold
from dateline.search.words import RunWords
from dateline.stored import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.search.query import Term

# What other code has folded compares with no query of today's: such entries are passed over until they are made anew.
VERSION = 1
_LENGTH_BYTES = 4
# No token has this character, and a phrase has nothing but tokens.
_BETWEEN_FIELDS = " \x1f "


class SegmentEntry(Record):
    """One run in a segment: bytes of folded words, how many of them are of titles and names, bytes of its content."""

    document: str
    run: int
    day: int
    folded: int
    head: int
    content: int


class Header(Record):
    """What a segment holds, in order."""

    version: int
    entries: tuple[SegmentEntry, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry with its bytes, as it stands in any segment."""

    entry: SegmentEntry
    folded: bytes
    content: bytes

    @property
    def size(self) -> int:
        """Its bytes in a segment."""
        return len(self.folded) + len(self.content)

    @classmethod
    def of(cls, run: RunWords) -> Piece:
        """Fold a run's words."""
        head = "".join(f" {folded}{_BETWEEN_FIELDS}" for _, _, words in run.fields() if (folded := fold(words)))
        front, text = head.encode(), f" {fold(run.text)} ".encode()
        packed = zlib.compress(run.model_dump_json().encode())
        entry = SegmentEntry(
            document=run.document,
            run=run.run,
            day=run.day,
            folded=len(front) + len(text),
            head=len(front),
            content=len(packed),
        )
        return cls(entry, front + text, packed)


def write_segment(pieces: Sequence[Piece]) -> bytes:
    """Put entries together."""
    header = Header(version=VERSION, entries=tuple(one.entry for one in pieces)).model_dump_json().encode()
    parts = [len(header).to_bytes(_LENGTH_BYTES), header, *(one.folded for one in pieces)]
    return b"".join([*parts, *(one.content for one in pieces)])


class Segment:
    """A segment that was read."""

    def __init__(self, data: bytes) -> None:
        begin = header_end(data)
        self.data = data
        header = read_header(data[:begin])
        self.entries: tuple[SegmentEntry, ...] = header.entries if header.version == VERSION else ()
        self._starts: list[int] = []
        self._contents: list[int] = []
        for entry in self.entries:
            self._starts.append(begin)
            begin += entry.folded
        self._end = begin
        for entry in self.entries:
            self._contents.append(begin)
            begin += entry.content

    def pieces(self) -> Iterator[Piece]:
        """Yield the entries with their bytes."""
        for entry, start, content in zip(self.entries, self._starts, self._contents, strict=True):
            yield Piece(entry, self.data[start : start + entry.folded], self.data[content : content + entry.content])

    def words(self, number: int) -> RunWords:
        """Read what is shown of an entry. Unreadable: it is not what was written."""
        start = self._contents[number]
        return read_stored(RunWords, zlib.decompress(self.data[start : start + self.entries[number].content]))

    def scan(self, terms: Sequence[Term]) -> Iterator[tuple[int, bool]]:
        """Yield the entries in which every term occurs, and whether all do in titles, names or the medium."""
        first, *others = (term.pattern.encode() for term in terms)
        data, at = self.data, self._starts[0] if self._starts else self._end
        while True:
            at = data.find(first, at, self._end)
            if at < 0:
                return
            number = bisect_right(self._starts, at) - 1
            start = self._starts[number]
            text, end = start + self.entries[number].head, start + self.entries[number].folded
            found = [at, *(data.find(other, start, end) for other in others)]
            if min(found) >= 0:
                yield number, max(found) < text
            at = end


def header_end(begin: bytes) -> int:
    """Return how many bytes of a segment are its header, by its first four."""
    return _LENGTH_BYTES + int.from_bytes(begin[:_LENGTH_BYTES])


def read_header(begin: bytes) -> Header:
    """Read a segment's header from its first bytes, the header whole."""
    return read_stored(Header, begin[_LENGTH_BYTES:])


def batches(pieces: Iterable[Piece], most: int) -> Iterator[list[Piece]]:
    """Part entries into segments of so many bytes or little more."""
    batch: list[Piece] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += piece.size
        if size >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
