"""Messages that come twice and in any order, and workers whose clocks are a minute apart: the end is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from random import Random
from types import ModuleType
from typing import Any

import pytest

from dateline.errors import Retryable
from dateline.lane.queue import Queue
from dateline.lane.runtime import Clients
from dateline.store.store import Store, store_over
from tests.functions.conftest import Context
from tests.functions.newsroom import FIRST, FIRST_TITLES, SECOND, SECOND_TITLES, Newsroom, place
from tests.functions.week import HOUR, MONDAY, Week
from tests.picture import picture

MINUTE = timedelta(seconds=60)
PATHS = ("a.txt", "b.txt", "c.txt", "d.txt")
# What is done to documents within two minutes, in seconds; None: it is deleted.
HISTORY: list[tuple[float, str, str | None]] = [
    (0, "a.txt", FIRST),
    (1, "b.txt", SECOND),
    (2, "c.txt", FIRST),
    (30, "a.txt", SECOND),
    (40, "b.txt", None),
    (50, "c.txt", None),
    (55, "d.txt", FIRST),
    (70, "b.txt", FIRST),
    (90, "a.txt", FIRST),
    (100, "d.txt", None),
    (110, "d.txt", SECOND),
]


@pytest.fixture
def week() -> Week:
    return Week()


@pytest.fixture
def app(week: Week, environment: pytest.MonkeyPatch) -> ModuleType:
    return week.deploy(environment)


def live_through(app: ModuleType, week: Week, *stores: Store) -> dict[str, Any]:
    """Let the history happen, and its messages be worked on; runs of the function have these stores in turn."""
    for after, path, text in HISTORY:
        week.clock.after(MONDAY + after - week.clock.now, changed(week, f"drop/news/{path}", text))
    app.limiter.cache_clear()
    app._provider.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "OpenAIModel", lambda name, *_: week.model(name))
        workers = cycle(Clients(one, Queue(week.sqs, "drops", "links")) for one in stores)  # type: ignore[arg-type]

        def handler(event: dict[str, Any]) -> dict[str, Any]:
            clients = next(workers)
            patch.setattr(app, "clients", lambda: clients)
            answer: dict[str, Any] = app.handler(event, Context())
            return answer

        week.begin(handler)
        week.run(3 * HOUR)
    assert (week.drops.dead, week.links.dead, dict(week.drops.messages)) == ([], [], {})
    return picture(week.store, "news", PATHS)


def changed(week: Week, key: str, text: str | None) -> Callable[[], None]:
    def change() -> None:
        if text is None:
            week.bucket.delete([key])
        else:
            week.bucket.drop(key, text)
        week.notify(key)

    return change


@pytest.mark.parametrize("seed", range(8))
def test_messages_that_come_twice_and_in_any_order_change_nothing_of_the_end(
    app: ModuleType, week: Week, seed: int
) -> None:
    calm = live_through(app, week, week.store)
    chance, unruly = Random(seed), Week()
    for queue in (unruly.drops, unruly.links):
        queue.deliveries = lambda: [chance.uniform(0, 120) for _ in range(chance.choice((1, 2)))]

    assert live_through(app, unruly, unruly.store) == calm
    assert unruly.calls <= week.calls


@pytest.mark.parametrize("seed", range(8))
def test_workers_whose_clocks_are_a_minute_apart_come_to_the_same_end(app: ModuleType, week: Week, seed: int) -> None:
    calm = live_through(app, week, week.store)
    chance, apart = Random(seed), Week()
    for queue in (apart.drops, apart.links):
        queue.deliveries = lambda: [chance.uniform(0, 120)]
    clocks = [timedelta(0), MINUTE, -MINUTE]
    chance.shuffle(clocks)

    stores = [store_by(apart, clock) for clock in clocks]

    assert live_through(app, apart, *stores) == calm
    assert apart.calls <= week.calls


def store_by(week: Week, clock: timedelta) -> Store:
    return store_over(week.table, week.bucket, lambda: week.clock.moment + clock)


def test_of_a_worker_and_one_that_holds_its_lease_for_over_a_minute_early_the_later_one_publishes(
    newsroom: Newsroom,
) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)

    def meanwhile() -> None:
        newsroom.model.before = lambda: None
        newsroom.drop(key, SECOND)
        newsroom.later = timedelta(seconds=6)
        work(newsroom, key, ahead=MINUTE)

    newsroom.model.before = meanwhile
    with pytest.raises(Retryable, match="taken this document over"):
        newsroom.work(key)

    assert (newsroom.titles(key), newsroom.timeline("news")) == (SECOND_TITLES, SECOND_TITLES)
    assert newsroom.work(key).outcome == "unchanged"
    newsroom.store.runs.tidy(place(key).document_id)
    assert newsroom.leftovers(key) == []


def test_the_lease_of_a_worker_that_died_with_a_clock_a_minute_ahead_holds_others_up_for_a_minute_more(
    newsroom: Newsroom,
) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    ahead = store_over(newsroom.table, newsroom.bucket, lambda: newsroom.now() + MINUTE)
    ahead.heads.take(place(key), 65)
    newsroom.later = timedelta(seconds=120)
    with pytest.raises(Retryable, match="another worker has this document"):
        newsroom.work(key)

    newsroom.later = timedelta(seconds=126)

    assert newsroom.work(key).outcome == "done"
    assert newsroom.titles(key) == FIRST_TITLES


def test_a_document_that_comes_again_goes_on_from_the_tombstone_of_a_clock_a_minute_ahead(newsroom: Newsroom) -> None:
    key = "drop/news/a.txt"
    newsroom.drop(key, FIRST)
    newsroom.work(key)
    newsroom.delete(key)
    work(newsroom, key, ahead=MINUTE)
    fence = newsroom.held(key).fence
    newsroom.drop(key, SECOND)

    assert newsroom.work(key).outcome == "done"

    assert newsroom.held(key).fence > fence
    assert newsroom.timeline("news") == SECOND_TITLES
    newsroom.store.runs.tidy(place(key).document_id)
    assert newsroom.leftovers(key) == []


def work(newsroom: Newsroom, key: str, *, ahead: timedelta) -> None:
    """Have a document worked on by somebody whose clock is ahead."""
    replace(newsroom, later=newsroom.later + ahead).work(key)
