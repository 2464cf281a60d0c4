import pytest

from dateline.store import keys
from dateline.store.store import open_store
from infra.local.cloud.leases import end_leases
from tests.aws import BUCKET, TABLE, simulated_aws


def test_a_lease_that_nobody_holds_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    place = keys.place("drop/news/a.txt")
    assert place is not None
    with simulated_aws(monkeypatch) as (dynamodb, s3):
        store = open_store(dynamodb, s3, TABLE, BUCKET)
        first = store.heads.take(place, 60)

        end_leases(dynamodb, TABLE)

        assert store.heads.take(place, 60).fence == first.fence + 1
