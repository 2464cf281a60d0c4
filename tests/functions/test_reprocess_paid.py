"""What a model was paid for, known by listing it or by looking each content up."""

from __future__ import annotations

import pytest

from dateline.store.store import store_over
from reprocess.paid import Paid
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

ANSWERED, COMPLETED, NEITHER = ("a" * 64, "b" * 64, "c" * 64)


@pytest.mark.parametrize("at_most", [0, 1, 10_000], ids=["looked up", "just listed", "listed"])
def test_answers_and_completions_of_an_ask_are_known(at_most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprocess.paid._LISTED_AT_MOST", at_most)
    store = store_over(MemoryTable(), MemoryBucket())
    store.blobs.keep_answer("ask", ANSWERED, "{}")
    store.batch_files.keep_completion("ask", COMPLETED, "{}")

    paid, other = Paid(store, "ask"), Paid(store, "as")

    assert [paid.holds(one) for one in (ANSWERED, COMPLETED, NEITHER)] == [True, True, False]
    assert not any(other.holds(one) for one in (ANSWERED, COMPLETED, NEITHER))
