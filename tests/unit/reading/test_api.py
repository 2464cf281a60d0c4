"""The HTTP API as the commands that read ask it."""

from __future__ import annotations

from itertools import chain, repeat

import httpx2
import pytest

from infra.reading.api import Api, ApiFailed


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("infra.reading.api.time.sleep", slept.append)
    return slept


def api(*statuses: int) -> Api:
    """Make an API that answers with these statuses, and with the last one for ever."""
    following = chain(statuses, repeat(statuses[-1]))
    transport = httpx2.MockTransport(lambda _: httpx2.Response(next(following), json={"detail": "as it is"}))
    return Api("https://api.example", None, None, httpx2.Client(transport=transport))


def test_a_busy_or_throttled_api_is_asked_again_and_waited_for_longer_each_time(waits: list[float]) -> None:
    assert api(429, 503, 200).get("/collections") == {"detail": "as it is"}
    assert waits == [1.0, 2.0]


def test_an_api_that_stays_busy_is_given_up_after_half_a_minute(waits: list[float]) -> None:
    with pytest.raises(ApiFailed, match="503"):
        api(503).get("/collections")

    assert sum(waits) == 31


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_not_let_in_is_told_what_it_takes(status: int, waits: list[float]) -> None:
    with pytest.raises(ApiFailed, match="execute-api:Invoke"):
        api(status).get("/collections")

    assert waits == []


def test_what_is_not_there_is_none() -> None:
    assert api(404).get("/documents/doc_a") is None
