"""The one bucket in memory: as much of what `Bucket` promises as editors' decisions need, without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dateline.store.bucket import Bucket, Seen, StoredObject, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEGAN = datetime(2026, 1, 2, tzinfo=UTC)


class MemoryBucket(Bucket):
    """A bucket that needs no client. Each write is a second after the one before."""

    def __init__(self) -> None:
        self._versions: dict[str, StoredObject | None] = {}
        self._writes = 0

    def get(self, key: str, max_bytes: int | None = None) -> StoredObject | None:
        found = self._versions.get(key)
        if found is not None and max_bytes is not None and len(found.data) > max_bytes:
            raise TooLarge(len(found.data))
        return found

    def put(self, key: str, data: bytes) -> None:
        self._writes += 1
        moment = _BEGAN + timedelta(seconds=self._writes)
        self._versions[key] = StoredObject(data, str(self._writes), moment, {})

    def delete(self, keys: Iterable[str]) -> None:
        self._versions |= dict.fromkeys(keys)

    def newest_versions(self, prefix: str, after: str | None, limit: int) -> tuple[list[Seen], str | None]:
        names = [key for key in sorted(self._versions) if key.startswith(prefix) and key > (after or "")]
        seen = []
        for key in names[:limit]:
            found = self._versions[key]
            modified = found.modified if found else _BEGAN
            seen.append(Seen(key, found.version if found else "", found is None, modified))
        return seen, names[limit - 1] if len(names) > limit else None
