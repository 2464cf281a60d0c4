"""A document that outlives the function's time: nothing is paid for twice, and the second time it is rejected."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from dateline.errors import OutOfTime
from summarize import document
from tests.functions.dying import Killed
from tests.functions.newsroom import FIRST, FIRST_TITLES, SECOND, SECOND_TITLES, Newsroom

KEY = "drop/news/a.txt"
LONG = "".join(
    f"The council of Aldermoor met on {n % 28 + 1} May {1950 + n // 28} about item {n}.\n" for n in range(60)
)
PART = 1_000


@pytest.fixture
def newsroom() -> Newsroom:
    made = Newsroom()
    made.drop(KEY, FIRST)
    return made


def slow_from_now_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all further looks at the clock find that the time is up."""
    late = time.monotonic() + 1_000
    monkeypatch.setattr("dateline.deadline.monotonic", lambda: late)


def test_a_document_whose_time_is_up_comes_once_more_and_is_then_rejected_with_the_reason(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_from_now_on(monkeypatch)
    with pytest.raises(OutOfTime):
        newsroom.work(KEY)
    waiting = newsroom.held(KEY).head

    assert newsroom.work(KEY).outcome == "rejected"

    rejection = newsroom.held(KEY).head.rejection
    assert (waiting.state, waiting.waiting_for is not None) == ("waiting", True)
    assert rejection is not None
    assert rejection.code == "too_slow"
    assert "Split it" in rejection.reason


@pytest.mark.parametrize(("step", "asked"), [("open_dropped", 0), ("judge", 1)])
def test_reading_and_judging_that_take_too_long_put_a_document_off(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, step: str, asked: int
) -> None:
    work: Callable[..., object] = getattr(document, step)

    def slowly(*given: object) -> object:
        slow_from_now_on(monkeypatch)
        return work(*given)

    monkeypatch.setattr(document, step, slowly)

    with pytest.raises(OutOfTime):
        newsroom.work(KEY)

    assert newsroom.model.calls == asked


def test_another_upload_has_its_time_again(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as slow:
        slow_from_now_on(slow)
        with pytest.raises(OutOfTime):
            newsroom.work(KEY)
        newsroom.drop(KEY, SECOND)
        with pytest.raises(OutOfTime):
            newsroom.work(KEY)

    assert newsroom.work(KEY).outcome == "done"
    assert (newsroom.titles(KEY), newsroom.held(KEY).head.late) == (SECOND_TITLES, None)


def test_what_was_paid_for_before_the_time_was_up_is_not_asked_for_again(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.drop(KEY, LONG)
    with monkeypatch.context() as slow:
        newsroom.model.before = lambda: slow_from_now_on(slow)
        with pytest.raises(OutOfTime):
            newsroom.work(KEY, part_characters=PART)
    newsroom.model.before = lambda: None
    paid = newsroom.model.calls

    assert newsroom.work(KEY, part_characters=PART).outcome == "done"

    head = newsroom.held(KEY).head
    run = newsroom.store.runs.get(head.document_id, head.current or 0)
    assert paid > 0
    assert run is not None
    assert run.usage.calls == newsroom.model.calls


def test_a_worker_that_dies_twice_of_one_document_is_its_rejection(newsroom: Newsroom) -> None:
    newsroom.model.fault = Killed()  # type: ignore[assignment]
    for _ in range(2):
        with pytest.raises(Killed):
            newsroom.work(KEY, after_death=True)
        newsroom.later += timedelta(seconds=100)
    asked = newsroom.model.calls

    assert newsroom.work(KEY, after_death=True).outcome == "rejected"

    rejection = newsroom.held(KEY).head.rejection
    assert rejection is not None
    assert rejection.code == "too_slow"
    assert newsroom.model.calls == asked


def test_a_worker_that_dies_once_costs_the_document_nothing(newsroom: Newsroom) -> None:
    newsroom.model.fault = Killed()  # type: ignore[assignment]
    with pytest.raises(Killed):
        newsroom.work(KEY)
    newsroom.later += timedelta(seconds=100)
    newsroom.model.fault = None

    assert newsroom.work(KEY).outcome == "done"
    assert newsroom.timeline("news") == FIRST_TITLES
