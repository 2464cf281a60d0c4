from collections.abc import Iterator

import pytest

from dateline.store.blobs import Blobs, StoredSentence, StoredText
from dateline.store.bucket import Bucket, TooLarge, Withheld
from tests.aws import BUCKET, simulated_aws
from tests.memory_bucket import MemoryBucket

TEXT = StoredText(text="Ä. B.", sentences=(StoredSentence(number=1, start=0, end=2, role="body"),))


@pytest.fixture
def blobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Blobs]:
    with simulated_aws(monkeypatch) as (_, s3):
        s3.put_object(Bucket=BUCKET, Key="drop/a.txt", Body=b"first")
        s3.put_object(Bucket=BUCKET, Key="drop/a.txt", Body=b"second", Metadata={"Published": "2024-05-31"})
        s3.put_object(Bucket=BUCKET, Key="drop/gone.txt", Body=b"gone")
        s3.delete_object(Bucket=BUCKET, Key="drop/gone.txt")
        yield Blobs(Bucket(s3, BUCKET))


def test_the_present_object_is_read_with_its_metadata(blobs: Blobs) -> None:
    dropped = blobs.dropped("drop/a.txt", 100)

    assert dropped is not None
    assert (dropped.data, dropped.metadata) == (b"second", {"published": "2024-05-31"})


def test_a_deleted_and_an_unknown_object_are_nothing(blobs: Blobs) -> None:
    assert blobs.dropped("drop/gone.txt", 100) is None
    assert blobs.dropped("drop/never.txt", 100) is None


def test_a_large_object_is_not_read(blobs: Blobs) -> None:
    with pytest.raises(TooLarge) as error:
        blobs.dropped("drop/a.txt", 5)

    assert error.value.size == 6


def test_the_first_answer_that_is_kept_is_everybodys(blobs: Blobs) -> None:
    assert blobs.keep_answer("ask", "content", "mine") == "mine"
    assert blobs.keep_answer("ask", "content", "yours") == "mine"
    assert blobs.answer("ask", "content") == "mine"


def test_deleted_answers_and_texts_are_gone(blobs: Blobs) -> None:
    blobs.keep_answer("ask", "content", "mine")
    blobs.put_text("doc_a", 1, TEXT)

    blobs.delete_answers([("ask", "content"), ("ask", "never kept")])
    blobs.delete_texts("doc_a", [1])

    assert blobs.answer("ask", "content") is None
    assert blobs.text("doc_a", 1) is None


def test_a_text_is_read_back_as_it_was_put(blobs: Blobs) -> None:
    blobs.put_text("doc_a", 1, TEXT)

    assert blobs.text("doc_a", 1) == TEXT


def test_a_text_that_is_gone_is_nothing_also_to_who_may_not_list_the_bucket() -> None:
    bucket = MemoryBucket()
    blobs = Blobs(bucket)
    blobs.put_text("doc_a", 1, TEXT)
    (key,) = bucket.keys("texts/")

    bucket.withheld[key] = "AccessDenied"
    assert blobs.text("doc_a", 1) is None
    bucket.withheld[key] = "InvalidObjectState"
    with pytest.raises(Withheld):
        blobs.text("doc_a", 1)


def test_a_dropped_object_that_is_denied_is_not_taken_for_gone() -> None:
    bucket = MemoryBucket()
    bucket.drop("drop/a.txt", "Text.")
    bucket.withheld["drop/a.txt"] = "AccessDenied"

    with pytest.raises(Withheld):
        Blobs(bucket).dropped("drop/a.txt", 100)


def test_a_listing_shows_each_key_once_with_its_deletion(blobs: Blobs) -> None:
    seen, following = blobs.listing("drop/", None, 100)

    assert sorted((one.key, one.deleted) for one in seen) == [("drop/a.txt", False), ("drop/gone.txt", True)]
    assert following is None
