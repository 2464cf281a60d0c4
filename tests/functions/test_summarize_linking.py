"""Documents folded into their collection's occurrences, over moto: one thing that happened, with all of its reports."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from dateline.dates import Day
from dateline.errors import Retryable
from dateline.linking.model import Occurrence
from dateline.store.overlap import Search, Window
from summarize.linking import Linked, link
from tests.aws import simulated_aws
from tests.functions.newsroom import FIRST, SECOND, Newsroom, place

ONE, TWO, THREE = "drop/news/one.txt", "drop/news/two.txt", "drop/news/three.txt"
STANDIN = "extractive"
ALL: Search[Occurrence] = Search()


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    with simulated_aws(monkeypatch) as (dynamodb, s3):
        yield Newsroom(dynamodb, s3)


def publish(newsroom: Newsroom, key: str, text: str = FIRST) -> Linked:
    newsroom.drop(key, text)
    newsroom.work(key)
    return linked(newsroom, key)


def linked(newsroom: Newsroom, key: str) -> Linked:
    return link(place(key), newsroom.tools(newsroom.store, STANDIN), time.monotonic() + 60)


def rows(newsroom: Newsroom, search: Search[Occurrence] = ALL) -> dict[str, int]:
    """Read a collection's occurrences: how many reports each has, by title."""
    page = newsroom.store.links.rows.page("news", search, None, 50)
    assert len({row.id for row in page.rows}) == len(page.rows)
    return {row.title: row.reports for row in page.rows}


def ids(newsroom: Newsroom) -> dict[str, str]:
    return {row.title: row.id for row in newsroom.store.links.rows.page("news", ALL, None, 50).rows}


def test_each_dated_event_is_an_occurrence_of_its_own_at_first(newsroom: Newsroom) -> None:
    assert publish(newsroom, ONE).documents == 1

    assert rows(newsroom) == {"Council met": 1, "Council voted": 1}
    assert rows(newsroom, Search(Window(Day(2024, 5, 4), None))) == {"Council voted": 1}


def test_what_two_documents_tell_is_one_occurrence_under_the_older_id(newsroom: Newsroom) -> None:
    publish(newsroom, ONE)
    before = ids(newsroom)

    publish(newsroom, TWO, SECOND)

    assert rows(newsroom) == {"Council met": 2, "Council voted": 1, "Council adjourned": 1}
    assert before.items() <= ids(newsroom).items()
    told = newsroom.store.links.reports(before["Council met"])
    assert {one.report.path for one in told} == {"one.txt", "two.txt"}


def test_linking_twice_changes_nothing(newsroom: Newsroom) -> None:
    publish(newsroom, ONE)
    publish(newsroom, TWO)
    before = newsroom.store.links.rows.page("news", ALL, None, 50).rows

    again = linked(newsroom, TWO)

    assert again == Linked()
    assert newsroom.store.links.rows.page("news", ALL, None, 50).rows == before


def test_a_deleted_documents_reports_leave_their_occurrences(newsroom: Newsroom) -> None:
    publish(newsroom, ONE)
    publish(newsroom, TWO, SECOND)
    before = ids(newsroom)

    newsroom.delete(ONE)
    assert newsroom.work(ONE).to_link
    linked(newsroom, ONE)

    assert rows(newsroom) == {"Council met": 1, "Council adjourned": 1}
    assert ids(newsroom)["Council met"] == before["Council met"]
    ended = newsroom.store.links.heads([before["Council voted"]])[before["Council voted"]]
    assert (ended.shown, ended.into) == (None, None)


def test_a_document_that_changed_is_linked_by_what_it_tells_now(newsroom: Newsroom) -> None:
    publish(newsroom, ONE)
    publish(newsroom, TWO)

    publish(newsroom, TWO, SECOND)

    assert rows(newsroom) == {"Council met": 2, "Council voted": 1, "Council adjourned": 1}


def test_documents_that_arrive_together_are_folded_in_together(newsroom: Newsroom) -> None:
    for key in (ONE, TWO, THREE):
        newsroom.drop(key, FIRST)
        newsroom.work(key)
    store = newsroom.store
    turn = store.links.take_turn("news", 60)
    for key in (ONE, TWO):
        with pytest.raises(Retryable):
            linked(newsroom, key)
    store.links.give_back(turn)

    assert linked(newsroom, THREE).documents == 3

    assert rows(newsroom) == {"Council met": 3, "Council voted": 3}
    assert [linked(newsroom, key) for key in (ONE, TWO)] == [Linked(), Linked()]
    assert all(newsroom.held(key).is_linked for key in (ONE, TWO, THREE))
