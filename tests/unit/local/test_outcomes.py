from __future__ import annotations

from unittest.mock import Mock

import pytest

from dateline.errors import Retryable
from dateline.provider.client import KEY_REFUSED
from dateline.store import keys
from dateline.store.heads import Rejection
from dateline.store.store import open_store
from infra.local.outcomes import Outcomes
from infra.local.waits import Waits
from tests.aws import BUCKET, TABLE, simulated_aws


def test_what_became_of_a_drop_is_told_once_and_of_the_last_version_only(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    with simulated_aws(monkeypatch) as (dynamodb, s3):
        heads = open_store(dynamodb, s3, TABLE, BUCKET).heads
        outcomes = Outcomes(heads, said.append, Waits(pytest.fail))

        def settle(key: str, version: str, rejection: Rejection | None) -> None:
            place = keys.place(key)
            assert place is not None
            held = heads.take(place, 60)
            state = {"state": "rejected" if rejection else "done", "rejection": rejection, "version": version}
            heads.write(held, held.head.model_copy(update=state))
            outcomes.tell()

        outcomes.expect("drop/mine/a.txt", "1")
        outcomes.expect("drop/mine/a.txt", "2")
        outcomes.expect("drop/mine/bad.json", "1")
        outcomes.expect("drop/mine/gone.txt", "1")
        outcomes.forget("drop/mine/gone.txt")
        settle("drop/mine/a.txt", "1", None)
        settle("drop/mine/a.txt", "2", None)
        settle("drop/mine/bad.json", "1", Rejection(code="no_record", reason="bad.json: it holds no\n`text`"))
        settle("drop/mine/gone.txt", "1", None)

    assert said == ["done mine/a.txt", "rejected mine/bad.json: it holds no `text`"]


def test_what_the_user_has_to_mend_is_told_once_for_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    with simulated_aws(monkeypatch) as (dynamodb, s3):
        heads = open_store(dynamodb, s3, TABLE, BUCKET).heads
        outcomes = Outcomes(heads, pytest.fail, Waits(said.append))
        reasons = ("an answer of a-model", f"{KEY_REFUSED} (401, x): check the key", f"{KEY_REFUSED} (403, y)")
        for number, reason in enumerate(reasons):
            key = f"drop/mine/{number}.txt"
            place = keys.place(key)
            assert place is not None
            held = heads.take(place, 60)
            heads.write(held, held.head.model_copy(update={"state": "waiting", "waiting_for": reason, "version": "1"}))
            outcomes.expect(key, "1")
            outcomes.tell()

    assert len(said) == 1
    assert KEY_REFUSED in said[0]
    assert "OPENAI_API_KEY=" in said[0]


def test_what_cannot_be_looked_up_now_is_left_for_later() -> None:
    heads = Mock()
    heads.get_many.side_effect = Retryable("AWS is out of reach")
    outcomes = Outcomes(heads, pytest.fail, Waits(pytest.fail))

    outcomes.expect("drop/mine/a.txt", "1")
    outcomes.tell()
    outcomes.tell()

    assert heads.get_many.call_count == 2
