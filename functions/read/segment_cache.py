"""What is searched, kept in memory from one request to the next, within what the function has."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.search.segment import Segment
    from dateline.store.search.segments import SearchedObject, Segments

# What Python, the SDK and one answer take of the function's memory. The rest is for what is searched: with the
# template's 512 MB some 25,000 documents of 1,000 words.
_OTHERS_MB = 256
_LEAST_MB = 64
_AT_ONCE = 8


class SegmentCache:
    """Objects of manifests by their S3 keys; what was not used for the longest time goes first."""

    def __init__(self, megabytes: int = _LEAST_MB) -> None:
        self.most_bytes = megabytes << 20
        self._kept: OrderedDict[str, Segment] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def fit(self, memory_megabytes: int) -> None:
        """Take what is left of the memory of a function."""
        self.most_bytes = max(_LEAST_MB, int(memory_megabytes) - _OTHERS_MB) << 20

    def read(
        self, parts: Sequence[SearchedObject], segments: Segments, deadline: float
    ) -> Iterator[tuple[SearchedObject, Segment | None]]:
        """Yield parts as they come, until `deadline` (`time.monotonic`); None: it was packed meanwhile."""
        missing = []
        for part in parts:
            segment = self._get(part)
            if segment is not None:
                yield part, segment
            else:
                missing.append(part)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for start in range(0, len(missing), _AT_ONCE):
                if monotonic() > deadline:
                    return
                some = missing[start:][:_AT_ONCE]
                for part, segment in zip(some, pool.map(segments.load, some), strict=True):
                    if segment is not None:
                        self._keep(part, segment)
                    yield part, segment

    def _get(self, part: SearchedObject) -> Segment | None:
        with self._lock:
            segment = self._kept.get(part.object)
            if segment is not None:
                self._kept.move_to_end(part.object)
            return segment

    def _keep(self, part: SearchedObject, segment: Segment) -> None:
        with self._lock:
            if part.object not in self._kept:
                self._kept[part.object] = segment
                self._bytes += len(segment.data)
            while self._bytes > self.most_bytes and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.data)
