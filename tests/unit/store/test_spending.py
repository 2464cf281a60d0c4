from datetime import UTC, datetime
from threading import Thread

import pytest

from dateline.errors import Retryable
from dateline.store.spending import Spending
from dateline.store.table import Table
from tests.unit.aws import TABLE, simulated_aws

EVENING = datetime(2026, 1, 2, 21, 0, tzinfo=UTC)


@pytest.fixture
def spending(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    with simulated_aws(monkeypatch) as (dynamodb, _):
        yield Spending(Table(dynamodb, TABLE), lambda: EVENING)


def test_what_was_reserved_is_corrected_to_what_was_used(spending: Spending) -> None:
    day = spending.reserve(500, 1_000)
    spending.settle(day, 500, 620)

    assert (day, spending.of(day)) == ("2026-01-02", 620)


def test_a_spent_day_tells_when_it_goes_on(spending: Spending) -> None:
    spending.reserve(1_000, 1_000)

    with pytest.raises(Retryable, match=r"budget of 1,000 tokens is spent; it goes on at 2026-01-03 00:00 UTC") as full:
        spending.reserve(1, 1_000)

    assert full.value.after == 3 * 3600
    assert spending.of("2026-01-02") == 1_000


def test_two_workers_at_once_lose_no_token(spending: Spending) -> None:
    workers = [Thread(target=lambda: [spending.reserve(1, 10_000) for _ in range(20)]) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert spending.of("2026-01-02") == 80


def test_what_is_reserved_whole_must_fit_into_the_day_unless_the_day_is_not_begun(spending: Spending) -> None:
    spending.reserve(900, 1_000)
    day = spending.reserve_whole(600, 1_000, "reprocess")

    with pytest.raises(Retryable, match="it goes on at"):
        spending.reserve_whole(401, 1_000, "reprocess")
    spending.reserve_whole(400, 1_000, "reprocess")
    spending.reserve_whole(5_000, 1_000, "larger than any day")

    assert [spending.of(day), spending.of(day, "reprocess")] == [900, 1_000]
