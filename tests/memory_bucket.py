"""The one bucket in memory: what `Bucket` promises, with versions and delete markers, without a server."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from botocore.exceptions import ClientError

from dateline.store.bucket import Bucket, Seen, StoredObject, TooLarge, Withheld
from dateline.store.table import LostRace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class _Deleted:
    version: str
    modified: datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


class MemoryBucket(Bucket):
    """A bucket that needs no client. `now` is when an object is written, in whole seconds as S3 has it."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._versions: dict[str, list[StoredObject | _Deleted]] = {}
        self._numbers = count(1)
        self._lock = RLock()
        self._now = now
        self._before_write: Callable[[], None] = lambda: None
        self.withheld: dict[str, str] = {}  # keys that are not handed out, and S3's code for it

    def written_by(self, before_write: Callable[[], None]) -> MemoryBucket:
        """Return the same bucket as another writer has it; something is called before each object that he writes."""
        other = copy(self)
        other._before_write = before_write
        return other

    def drop(self, key: str, data: str | bytes, **metadata: str) -> None:
        """Write an object as whoever drops documents does."""
        self._put(key, data.encode() if isinstance(data, str) else data, **metadata)

    def keys(self, prefix: str) -> list[str]:
        """Return the keys of the objects below a prefix."""
        with self._lock:
            return sorted(key for key in self._versions if key.startswith(prefix) and self._there(key))

    def get(self, key: str, max_bytes: int | None = None) -> StoredObject | None:
        found = self._there(key)
        if found is not None and key in self.withheld:
            raise Withheld(self.withheld[key])
        if found is not None and max_bytes is not None and len(found.data) > max_bytes:
            raise TooLarge(len(found.data))
        return found and replace(found, metadata=dict(found.metadata))

    def link(self, key: str, version: str, disposition: str, seconds: int) -> str | None:
        if key in self.withheld or version not in {one.version for one in self._versions.get(key, [])}:
            return None
        asked = {"versionId": version, "response-content-disposition": disposition, "X-Amz-Expires": seconds}
        return f"https://memory.example/{quote(key)}?{urlencode(asked)}"

    def forget(self, key: str, version: str) -> None:
        """Delete a version for good, as its end of life does."""
        self._versions[key] = [one for one in self._versions[key] if one.version != version]

    def part(self, key: str, start: int, end: int) -> bytes | None:
        found = self._there(key)
        if found is None:
            return None
        if start >= len(found.data):
            raise _refused("InvalidRange", "GetObject")
        return found.data[start:end]

    def lines(self, key: str) -> Iterator[bytes]:
        found = self._there(key)
        if found is not None:
            yield from found.data.splitlines(keepends=True)

    def exists(self, key: str) -> bool:
        return self._there(key) is not None

    def put(self, key: str, data: bytes) -> None:
        self._before_write()
        self._put(key, data)

    def put_new(self, key: str, data: bytes) -> None:
        self._before_write()
        with self._lock:
            if self._there(key) is not None:
                raise LostRace
            self._put(key, data)

    def upload(self, key: str, path: Path) -> None:
        self._before_write()
        self._put(key, path.read_bytes())

    def upload_chunks(self, key: str, chunks: Iterable[bytes]) -> None:
        self._before_write()
        self._put(key, b"".join(chunks))

    def download(self, key: str, path: Path) -> None:
        found = self._there(key)
        if found is None:
            raise _refused("404", "HeadObject")
        path.write_bytes(found.data)

    def newest_versions(self, prefix: str, after: str | None, limit: int) -> tuple[list[Seen], str | None]:
        with self._lock:
            names = sorted(key for key in self._versions if key.startswith(prefix) and (after is None or key > after))
            listed = [(key, number) for key in names for number in range(len(self._versions[key]))]
            page = listed[:limit]
            newest = [(key, self._versions[key][-1]) for key, number in page if number == 0]
        found = [Seen(key, one.version, isinstance(one, _Deleted), one.modified) for key, one in newest]
        return sorted(found, key=lambda one: one.deleted), page[-1][0] if len(page) < len(listed) else None

    def names(self, prefix: str, at_most: int) -> list[str] | None:
        found = [key.removeprefix(prefix) for key in self.keys(prefix)]
        return found if len(found) <= at_most else None

    def delete(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            self._before_write()
            with self._lock:
                self._versions.setdefault(key, []).append(_Deleted(self._version(), self._moment()))

    def _there(self, key: str) -> StoredObject | None:
        newest = self._versions.get(key, [None])[-1]
        return newest if isinstance(newest, StoredObject) else None

    def _put(self, key: str, data: bytes, **metadata: str) -> None:
        said = {name.lower(): value for name, value in metadata.items()}
        with self._lock:
            written = StoredObject(data, self._version(), self._moment(), said)
            self._versions.setdefault(key, []).append(written)

    def _moment(self) -> datetime:
        return self._now().replace(microsecond=0)

    def _version(self) -> str:
        return f"version-{next(self._numbers)}"


def _refused(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": ""}}, operation)
