"""The folder `drop/`: what lies in it is uploaded, as soon as it is copied there, changed or deleted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from watchfiles import Change, watch

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Mapping

    from mypy_boto3_s3.client import S3Client

    from infra.local.outcomes import Outcomes

PREFIX = "drop/"
# S3's own limit, in bytes of UTF-8.
_LONGEST_KEY = 1024
# A copy in progress is waited for as long as its writes are closer than the step, at most for the debounce.
_STEP_MILLISECONDS = 60
_DEBOUNCE_MILLISECONDS = 1_000
_LOOK_UP_MILLISECONDS = 300


class DropFolder:
    """A folder on this machine whose files are kept in step with the bucket's `drop/`.

    Only what is seen to be deleted is deleted from the bucket: other clients drop there too, and a folder that has been
    moved away takes nothing with it.
    """

    def __init__(self, folder: Path, s3: S3Client, bucket: str, outcomes: Outcomes, say: Callable[[str], None]) -> None:
        self._folder = folder.resolve()
        self._s3 = s3
        self._bucket = bucket
        self._outcomes = outcomes
        self._say = say
        self._folder.mkdir(parents=True, exist_ok=True)

    def follow(self, stop: threading.Event) -> None:
        """Upload what the bucket lacks, and then every change, until told to stop; say what became of it."""
        begun = False
        for changes in watch(
            self._folder,
            stop_event=stop,
            step=_STEP_MILLISECONDS,
            debounce=_DEBOUNCE_MILLISECONDS,
            rust_timeout=_LOOK_UP_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if not begun:
                # The watch has begun by now, so nothing falls between the two.
                self._catch_up()
                begun = True
            for file, is_deleted in self._changed(changes):
                self._apply(file, is_deleted=is_deleted)
            self._outcomes.tell()

    def _catch_up(self) -> None:
        there = dict(self._listed())
        for file in self._files(self._folder):
            self._apply(file, there, is_deleted=False)

    def _changed(self, changes: Iterable[tuple[Change, str]]) -> Iterable[tuple[Path, bool]]:
        """Return each changed file once, and whether it was deleted.

        A new folder is told of once; what came in with it is told of too, or not.
        """
        return dict.fromkeys(
            (file, change == Change.deleted)
            for change, name in sorted(changes, key=lambda one: one[1])
            for file in (self._files(Path(name)) if change == Change.added else [Path(name)])
        )

    def _files(self, added: Path) -> Iterable[Path]:
        return sorted(added.rglob("*")) if added.is_dir() else [added]

    def _listed(self) -> Iterable[tuple[str, str]]:
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=PREFIX):
            for found in page.get("Contents", []):
                yield found["Key"], found["ETag"]

    def _apply(self, file: Path, there: Mapping[str, str] = MappingProxyType({}), *, is_deleted: bool) -> None:
        """Bring the bucket up to date with one file. `there` names what need not be uploaded again, key by ETag."""
        try:
            if not is_deleted and self._is_document(file):
                self._upload(file, there)
            elif is_deleted and self._is_visible(file):
                self._delete(file)
        except (OSError, UnicodeError, BotoCoreError, ClientError) as error:
            self._say(f"cannot take {self._name(file)!r}: {error}")

    def _upload(self, file: Path, there: Mapping[str, str]) -> None:
        key, content = self._key(file), file.read_bytes()
        if there.get(key) != etag(content):
            put = self._s3.put_object(Bucket=self._bucket, Key=key, Body=content)
            self._say(f"dropped {self._name(file)}")
            self._outcomes.expect(key, put["VersionId"])

    def _delete(self, file: Path) -> None:
        """Delete a file's object; of a folder that has gone, the objects of all that was in it."""
        key = self._key(file)
        listed = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=key).get("Contents", [])
        for name in (found["Key"] for found in listed):
            if name == key or name.startswith(f"{key}/"):
                self._s3.delete_object(Bucket=self._bucket, Key=name)
                self._say(f"deleted {name.removeprefix(PREFIX)}")
                self._outcomes.forget(name)

    def _is_document(self, file: Path) -> bool:
        return self._is_visible(file) and file.is_file()

    def _is_visible(self, file: Path) -> bool:
        """Return whether it is a document, not a hidden or backup file of an editor or file manager."""
        return not any(part.startswith(".") or part.endswith("~") for part in file.relative_to(self._folder).parts)

    def _key(self, file: Path) -> str:
        key = f"{PREFIX}{file.relative_to(self._folder).as_posix()}"
        if len(key.encode()) > _LONGEST_KEY:
            raise OSError(f"its name is longer than {_LONGEST_KEY} bytes, which S3 does not take")
        return key

    def _name(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix().encode(errors="replace").decode()


def etag(content: bytes) -> str:
    """Return the ETag that S3 gives to an object put in one piece: its MD5, in quotes."""
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
