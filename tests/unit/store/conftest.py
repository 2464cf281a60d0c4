from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dateline.store.store import Store, open_store
from tests.aws import BUCKET, TABLE, simulated_aws


class Clock:
    """A clock that goes only when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Store]:
    with simulated_aws(monkeypatch) as (dynamodb, s3):
        yield open_store(dynamodb, s3, TABLE, BUCKET, clock)
