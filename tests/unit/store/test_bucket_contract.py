"""What `Bucket` promises, of S3 and of the bucket in memory that stands in for it in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError

from dateline.errors import Retryable
from dateline.store.bucket import Bucket, Seen, TooLarge
from dateline.store.table import LostRace
from tests.aws import BUCKET, simulated_aws
from tests.memory_bucket import MemoryBucket

Drop = Callable[..., None]


@pytest.fixture(params=["S3", "memory"])
def stored(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bucket, Drop]]:
    if request.param == "memory":
        memory = MemoryBucket()
        yield memory, memory.drop
        return
    with simulated_aws(monkeypatch) as (_, s3):

        def drop(key: str, data: bytes, **metadata: str) -> None:
            s3.put_object(Bucket=BUCKET, Key=key, Body=data, Metadata=metadata)

        yield Bucket(s3, BUCKET), drop


@pytest.fixture
def bucket(stored: tuple[Bucket, Drop]) -> Bucket:
    return stored[0]


def data(bucket: Bucket, key: str) -> bytes | None:
    found = bucket.get(key)
    return found.data if found is not None else None


def listed(bucket: Bucket, prefix: str, limit: int) -> list[list[tuple[str, bool]]]:
    """List page by page: keys, and whether they are deleted."""
    pages, after = [], None
    while True:
        seen, after = bucket.newest_versions(prefix, after, limit)
        pages.append([(one.key, one.deleted) for one in seen])
        if after is None:
            return pages


def test_an_object_is_read_as_it_was_written_last_with_what_was_said_of_it(stored: tuple[Bucket, Drop]) -> None:
    bucket, drop = stored
    drop("drop/a", b"first", Title="Council met")
    first = bucket.get("drop/a")
    drop("drop/a", b"second", Published="2024-05-31")

    second = bucket.get("drop/a")

    assert first is not None
    assert second is not None
    assert (first.data, first.metadata) == (b"first", {"title": "Council met"})
    assert (second.data, second.metadata) == (b"second", {"published": "2024-05-31"})
    assert first.version != second.version
    assert second.modified.microsecond == 0
    assert timedelta(seconds=-2) < datetime.now(UTC) - second.modified < timedelta(minutes=5)


def test_what_is_gone_is_nothing_however_it_is_read(stored: tuple[Bucket, Drop], tmp_path: Path) -> None:
    bucket, drop = stored
    drop("gone", b"text")
    bucket.delete(["gone"])

    for key in ("gone", "never"):
        assert bucket.get(key, 1) is None
        assert bucket.part(key, 0, 5) is None
        assert list(bucket.lines(key)) == []
        assert not bucket.exists(key)
        with pytest.raises(ClientError):
            bucket.download(key, tmp_path / "file")
    assert not (tmp_path / "file").exists()


def test_names_below_a_prefix_are_listed_unless_they_are_too_many(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.store.bucket._NAMES_AT_ONCE", 2)
    for key in ("a/1", "a/2", "a/3", "a/gone", "b/1"):
        bucket.put(key, b"")
    bucket.delete(["a/gone"])

    assert bucket.names("a/", 3) == ["1", "2", "3"]
    assert bucket.names("a/", 2) is None
    assert bucket.names("c/", 0) == []


def test_a_large_object_is_not_read(bucket: Bucket) -> None:
    bucket.put("a", b"123456")

    with pytest.raises(TooLarge) as error:
        bucket.get("a", 5)

    assert error.value.size == 6
    assert bucket.get("a", 6) is not None


def test_a_part_ends_where_the_object_does(bucket: Bucket) -> None:
    bucket.put("a", b"0123456789")

    assert [bucket.part("a", *span) for span in ((0, 1), (3, 5), (8, 10), (8, 20))] == [b"0", b"34", b"89", b"89"]


def test_a_part_behind_the_end_is_a_bug(bucket: Bucket) -> None:
    bucket.put("a", b"0123456789")

    with pytest.raises(ClientError):
        bucket.part("a", 10, 12)


@pytest.mark.parametrize("text", [b"", b"a", b"a\n", b"a\n\nb", b"a\r\nb\rc\n", "ä\u2028b\x0bc\n".encode()])
def test_lines_come_with_their_ends(bucket: Bucket, text: bytes) -> None:
    bucket.put("a", text)

    assert list(bucket.lines("a")) == text.splitlines(keepends=True)
    assert bucket.exists("a")


def test_a_new_object_replaces_none_but_a_deleted_one(bucket: Bucket) -> None:
    bucket.put_new("a", b"first")
    with pytest.raises(LostRace):
        bucket.put_new("a", b"second")
    assert data(bucket, "a") == b"first"

    bucket.delete(["a"])
    bucket.put_new("a", b"third")

    assert data(bucket, "a") == b"third"


def test_files_are_sent_and_fetched_over_what_is_there(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("a", b"old")
    (tmp_path / "sent").write_bytes(b"new\n")
    (tmp_path / "fetched").write_bytes(b"older and longer")

    bucket.upload("a", tmp_path / "sent")
    bucket.download("a", tmp_path / "fetched")

    assert (tmp_path / "fetched").read_bytes() == data(bucket, "a") == b"new\n"


def test_chunks_are_written_whole_or_not_at_all(bucket: Bucket) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b"half"
        raise Retryable("the provider hung up")

    bucket.upload_chunks("whole", iter([b"one ", b"", b"two"]))
    bucket.upload_chunks("empty", [])
    with pytest.raises(Retryable, match="hung up"):
        bucket.upload_chunks("half", breaks_off())

    assert [data(bucket, key) for key in ("whole", "empty", "half")] == [b"one two", b"", None]


def test_what_is_deleted_is_gone_and_deleting_what_is_gone_succeeds(bucket: Bucket) -> None:
    for key in ("a", "b", "c"):
        bucket.put(key, b"text")

    bucket.delete(["a", "b", "never"])
    bucket.delete(["a"])
    bucket.delete([])

    assert [bucket.exists(key) for key in ("a", "b", "c", "never")] == [False, False, True, False]


def test_a_listing_shows_the_newest_version_of_each_key_below_a_prefix(stored: tuple[Bucket, Drop]) -> None:
    bucket, drop = stored
    for key in ("drop/b", "drop/a", "drop/c", "drop", "dropped", "drop/ä", "drop/Z", "texts/a"):
        drop(key, b"old")
    drop("drop/a", b"new")
    bucket.delete(["drop/c"])
    for key in ("drop/b", "drop/back"):
        drop(key, b"new")
        bucket.delete([key])
    drop("drop/back", b"back")

    seen, following = bucket.newest_versions("drop/", None, 100)

    assert following is None
    there, gone = ["drop/Z", "drop/a", "drop/back", "drop/ä"], ["drop/b", "drop/c"]
    assert [(one.key, one.deleted) for one in seen] == [
        *((key, False) for key in there),
        *((key, True) for key in gone),
    ]
    now = {key: (found.version, found.modified) for key in there if (found := bucket.get(key))}
    assert {one.key: (one.version, one.modified.replace(microsecond=0)) for one in seen if not one.deleted} == now
    assert all(one.modified <= datetime.now(UTC) for one in seen)
    assert len({one.version for one in seen}) == len(seen)
    assert bucket.newest_versions("never/", None, 5) == ([], None)


@pytest.mark.parametrize("limit", [2, 3, 4, 7])  # moto gets past no key that has as many versions as a page
def test_a_listing_goes_on_after_a_key_and_misses_none(stored: tuple[Bucket, Drop], limit: int) -> None:
    bucket, drop = stored
    for _ in range(2):
        drop("drop/b", b"text")
    for key in ("drop/a", "drop/c", "drop/d", "drop/e"):
        drop(key, b"text")
    bucket.delete(["drop/d"])

    pages = listed(bucket, "drop/", limit)

    found = [one for page in pages for one in page]
    assert sorted(found) == [(f"drop/{name}", name == "d") for name in "abcde"]
    assert all(len(page) <= limit for page in pages)


def test_a_listing_in_memory_goes_on_after_a_key_as_s3_does_and_moto_does_not() -> None:
    bucket = MemoryBucket()
    for name in "aaaccce":
        bucket.put(name, b"text")

    assert [one.key for one in bucket.newest_versions("", "b", 10)[0]] == ["c", "e"]
    assert [one.key for one in bucket.newest_versions("", "c", 10)[0]] == ["e"]
    assert listed(bucket, "", 1) == [[("a", False)], [("c", False)], [("e", False)]]


def test_a_writer_is_asked_before_each_object_and_another_is_not(tmp_path: Path) -> None:
    asked: list[int] = []
    bucket: Any = MemoryBucket()
    watched = bucket.written_by(lambda: asked.append(len(bucket.keys(""))))
    (tmp_path / "file").write_bytes(b"text")

    bucket.put("a", b"text")
    watched.put("b", b"text")
    watched.put_new("c", b"text")
    watched.upload("d", tmp_path / "file")
    watched.upload_chunks("e", [b"text"])
    watched.delete(["a", "b"])
    with pytest.raises(LostRace):
        watched.put_new("c", b"text")

    assert asked == [1, 2, 3, 4, 5, 4, 3]
    assert watched.keys("") == bucket.keys("") == ["c", "d", "e"]
    assert isinstance(watched.newest_versions("a", None, 1)[0][0], Seen)


def test_a_link_leads_to_one_version_as_a_file_of_no_type_and_to_nothing_that_is_gone(bucket: Bucket) -> None:
    bucket.put("a b", b"first")
    found = bucket.get("a b")
    assert found is not None
    bucket.put("a b", b"second")

    link = bucket.link("a b", found.version, 'attachment; filename="a"', 60)

    assert link is not None
    asked = parse_qs(urlsplit(link).query)
    assert asked["versionId"] == [found.version]
    assert asked["response-content-disposition"] == ['attachment; filename="a"']
    assert asked.get("response-content-type", ["application/octet-stream"]) == ["application/octet-stream"]
    assert asked["X-Amz-Expires"] == ["60"]
    assert bucket.link("a b", "version-0", "attachment", 60) is None
    assert bucket.link("c", found.version, "attachment", 60) is None
