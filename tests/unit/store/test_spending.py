from datetime import UTC, datetime
from typing import Any

import pytest

from dateline.errors import Retryable
from dateline.store.spending import Spending
from dateline.store.table import Table
from tests.aws import TABLE, simulated_aws

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


def test_a_worker_that_comes_between_two_calls_of_another_loses_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have another worker reserve right before every write: a sum that was read before it would be stale."""

    class Raced:
        def __init__(self, client: Any, other: Spending) -> None:
            self._client, self._other = client, other

        def __getattr__(self, name: str) -> Any:
            return getattr(self._client, name)

        def update_item(self, **arguments: Any) -> Any:
            self._other.reserve(1, 10_000)
            return self._client.update_item(**arguments)

    with simulated_aws(monkeypatch) as (dynamodb, _):
        other = Spending(Table(dynamodb, TABLE), lambda: EVENING)
        raced: Any = Raced(dynamodb, other)
        spending = Spending(Table(raced, TABLE), lambda: EVENING)

        for _ in range(5):
            day = spending.reserve(10, 10_000)
        spending.settle(day, 10, 7)

        assert other.of(day) == 5 * (10 + 1) - 3 + 1


def test_what_is_reserved_whole_must_fit_into_the_day_unless_the_day_is_not_begun(spending: Spending) -> None:
    spending.reserve(900, 1_000)
    day = spending.reserve_whole(600, 1_000, "reprocess")

    with pytest.raises(Retryable, match="it goes on at"):
        spending.reserve_whole(401, 1_000, "reprocess")
    spending.reserve_whole(400, 1_000, "reprocess")
    spending.reserve_whole(5_000, 1_000, "larger than any day")

    assert [spending.of(day), spending.of(day, "reprocess")] == [900, 1_000]
