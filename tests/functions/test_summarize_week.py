"""A week of the whole live lane on a simulated clock: an outage, a wrong key, lost notices, kills, throttles."""

from __future__ import annotations

import math
from itertools import count, pairwise, takewhile
from random import Random
from types import ModuleType
from typing import Any

import pytest

from dateline.documents.model import Document
from dateline.errors import Retryable
from dateline.lane.intake import open_dropped
from dateline.provider.client import KEY_REFUSED, OPERATOR_SECONDS, UNREACHABLE
from dateline.store import keys
from summarize import document
from tests.functions.conftest import Context
from tests.functions.dying import Killed
from tests.functions.week import DAY, HOUR, MONDAY, VISIBILITY, Week

OUTAGE = (1 * DAY + 9 * HOUR, 1 * DAY + 15 * HOUR)
WRONG_KEY = (3 * DAY + 8 * HOUR, 6 * DAY + 8 * HOUR)
LONGEST_DELAY = 900.0


@pytest.fixture
def week() -> Week:
    return Week()


@pytest.fixture
def app(week: Week, environment: pytest.MonkeyPatch) -> ModuleType:
    return week.deploy(environment)


def names(number: int) -> list[str]:
    """Name documents, four of a collection: linking many is another test's."""
    return [f"drop/c{one // 4}/{one}.txt" for one in range(number)]


def wrong_key(begin: float, end: float) -> tuple[float, float, Retryable]:
    return begin, end, Retryable(KEY_REFUSED, OPERATOR_SECONDS)


def most_tries(seconds: float) -> int:
    """Count the tries that waiting so long takes at most: after 2, 4, 8 … seconds, and then every 15 minutes."""
    growing = list(takewhile(lambda delay: delay < LONGEST_DELAY, (2.0 ** (one + 1) for one in count())))
    return 1 + len(growing) + math.ceil((seconds - sum(growing)) / LONGEST_DELAY)


def drop_times() -> list[float]:
    """Spread 200 documents: each half hour, and every twelve hours while the key is wrong, since all of these wait."""
    before = [one * HOUR / 2 for one in range(160)]
    meanwhile = [WRONG_KEY[0] + one * 12 * HOUR for one in range(6)]
    return [*before, *meanwhile, *(WRONG_KEY[1] + one * HOUR / 2 for one in range(34))]


@pytest.mark.usefixtures("read_once")
def test_a_week_with_an_outage_and_a_wrong_key_loses_no_document_and_multiplies_no_message(
    app: ModuleType, week: Week
) -> None:
    documents = names(200)
    unnoticed = set(documents[7::40])
    week.troubles = [(*OUTAGE, Retryable(UNREACHABLE)), wrong_key(*WRONG_KEY)]
    for key, after in zip(documents, drop_times(), strict=True):
        week.drop(key, after, notice=key not in unnoticed)
    week.begin(lambda event: app.handler(event, Context()))

    week.run(9 * DAY)

    assert week.drops.dead == week.links.dead == []
    assert {key: week.state(key) for key in documents} == dict.fromkeys(documents, "done")
    assert not week.drops.messages
    assert not week.links.messages
    assert week.swept() == dict.fromkeys(unnoticed, 1), "nobody else was sent a second message"
    most = most_tries(WRONG_KEY[1] - WRONG_KEY[0])
    sent = week.messages()
    assert max(sent.values()) <= most == 297, "a try every 15 minutes for three days, and nine quicker ones at first"
    assert sum(sent.values()) <= 6 * most + 12 * most_tries(OUTAGE[1] - OUTAGE[0]) + 200 * 2
    assert max(week.messages("link").values()) == 1


def test_a_document_whose_versions_are_all_gone_while_nobody_was_told_is_unreadable_within_nine_days(
    app: ModuleType, week: Week
) -> None:
    kept, gone = names(2)
    week.drop(kept, 0)
    week.drop(gone, 0)
    week.begin(lambda event: app.handler(event, Context()))
    week.run(DAY)
    assert week.state(gone) == "done"

    week.forget(gone)
    week.run(9 * DAY)

    assert (week.state(kept), week.state(gone)) == ("done", "deleted")
    assert week.swept() == {gone: 1}


def test_what_fails_comes_back_soon_and_is_a_dead_letter_only_after_two_thirds_of_an_hour(
    app: ModuleType, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def fail(*_: object) -> None:
        tries.append(week.clock.now - MONDAY)
        raise KeyError

    monkeypatch.setattr(app, "bring_up_to_date", fail)
    (key,) = names(1)
    week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()))

    week.run(2 * HOUR)

    assert [round(later - one) for one, later in pairwise(tries)] == [30, 120, 480, 1_800]
    assert len(week.drops.dead) == 1


def test_after_a_kill_a_message_comes_back_when_its_visibility_times_out(app: ModuleType, week: Week) -> None:
    (key,) = names(1)
    runs: list[float] = []

    def handler(event: dict[str, Any]) -> dict[str, Any]:
        runs.append(week.clock.now - MONDAY)
        if len(runs) == 1:
            raise Killed
        return app.handler(event, Context())  # type: ignore[no-any-return]

    week.drop(key, 0)
    week.begin(handler)

    week.run(HOUR)

    assert runs[1] - runs[0] == VISIBILITY
    assert week.state(key) == "done"
    assert week.drops.dead == []


def test_sends_that_sqs_refuses_and_receives_that_lambda_throttles_lose_nothing(app: ModuleType, week: Week) -> None:
    documents = names(12)
    week.troubles = [(0.0, HOUR, Retryable(UNREACHABLE))]
    chance = Random(1)
    week.sqs.refuse = lambda _body: chance.random() < 1 / 10
    for key in documents:
        week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()), throttled=lambda: chance.random() < 1 / 10)

    week.run(2 * DAY)

    assert week.drops.dead == week.links.dead == []
    assert {week.state(key) for key in documents} == {"done"}


def test_with_lambdas_detection_of_loops_whatever_waits_for_long_would_be_a_dead_letter(
    app: ModuleType, week: Week
) -> None:
    (key,) = names(1)
    week.troubles = [(0.0, DAY, Retryable(UNREACHABLE))]
    week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()), ends_loops=True)

    week.run(DAY)

    assert len(week.drops.dead) == 1, "so the template switches it off"


def test_a_document_that_kills_every_worker_is_rejected_before_it_is_a_dead_letter_and_others_beside_it_are_done(
    app: ModuleType, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile, *others = names(4)

    def dies(where: keys.Place, *rest: Any) -> Document:
        if where.key == hostile:
            raise Killed
        return open_dropped(where, *rest)

    monkeypatch.setattr(document, "open_dropped", dies)
    for key in (hostile, *others):
        week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()))

    week.run(DAY)

    assert week.drops.dead == []
    assert [week.state(key) for key in (hostile, *others)] == ["rejected", "done", "done", "done"]


def test_a_document_that_meets_a_bug_each_time_is_a_dead_letter_and_not_at_fault(
    app: ModuleType, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError

    (key,) = names(1)
    monkeypatch.setattr(document, "judge", fails)
    week.drop(key, 0)
    week.begin(lambda event: app.handler(event, Context()))

    week.run(2 * HOUR)

    assert (len(week.drops.dead), week.state(key), week.calls) == (1, "waiting", 1)
