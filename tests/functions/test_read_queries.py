"""Queries as they are read and what they want, without any store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from dateline.dates import Day
from dateline.records import About, Event, SaidBy
from dateline.store.heads import Head, Held
from dateline.store.lease import Lease
from read.queries import TimelineQuery
from tests.factories import event, finding


def made(title: str, **fields: Any) -> Event:
    return event(finding(title).model_copy(update=fields), f"evt_{title}", "doc")


_DAY = finding("").when
EVENTS = [
    made("Bridge OPENED", status="confirmed", place="İzmir, Turkey"),
    made(
        "Brücke gesperrt",
        when=_DAY.model_copy(update={"precision": "month"}),
        said_by=(SaidBy(who="A court", words="Das Gericht", kind="named", stance="asserts", via="Reuters"),),
    ),
    made("Tram planned", course="planned", status="claimed"),
    made("Tram called off", course="called_off", status="denied"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "opened"}, [0]),
        ({"q": "BRÜCKE"}, [1]),
        ({"q": "Bru\u0308cke"}, [1]),
        ({"status": "confirmed,denied"}, [0, 3]),
        ({"course": "planned"}, [2]),
        ({"place": "turkey"}, [0]),
        ({"min_precision": "day"}, [0, 2, 3]),
        ({"min_precision": "month"}, [0, 1, 2, 3]),
        ({"q": "tram", "course": "done"}, []),
    ],
)
def test_filters_want_what_they_say(query: dict[str, str], found: list[int]) -> None:
    wanted = TimelineQuery.model_validate(query).search.wanted

    assert wanted is not None
    assert [number for number, one in enumerate(EVENTS) if wanted(one)] == found


@pytest.mark.parametrize(
    ("who", "found"), [("court", [1]), ("das gericht", [1]), ("reuters", [1]), ("KELM", [0, 1, 2, 3]), ("nobody", [])]
)
def test_who_finds_speakers_and_the_medium_of_the_document(who: str, found: list[int]) -> None:
    owned = TimelineQuery.model_validate({"who": who}).search.owned
    head = Head(key="drop/news/a", state="done", dropped=datetime.now(UTC), about=About(medium="Kelm Courier"))

    assert owned is not None
    assert [n for n, one in enumerate(EVENTS) if owned(one, Held(head, Lease(1, 0), untidy=False))] == found


@pytest.mark.parametrize("query", [{}, {"status": "", "course": ","}, {"from": "2024"}, {"order": "desc"}])
def test_without_filters_nothing_is_sorted_out(query: dict[str, str]) -> None:
    assert TimelineQuery.model_validate(query).search.wanted is None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"status": "true"}, "status"),
        ({"min_precision": "exact"}, "min_precision"),
        ({"order": "up"}, "order"),
        ({"q": ""}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"form": "2024"}, "form"),
    ],
)
def test_a_wrong_parameter_is_named(query: dict[str, str], name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TimelineQuery.model_validate(query)

    assert [one["loc"][0] for one in caught.value.errors()] == [name]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", Day(2024, 1, 1), Day(2024, 12, 31)),
        ("2024-02", Day(2024, 2, 1), Day(2024, 2, 29)),
        ("-0043-03-15", Day(-43, 3, 15), Day(-43, 3, 15)),
    ],
)
def test_a_year_or_a_month_means_all_of_it(text: str, first: Day, last: Day) -> None:
    query = TimelineQuery.model_validate({"from": text, "to": text})

    assert (query.from_, query.to) == (first, last)


def test_pages_of_a_query_share_its_name_and_other_queries_do_not() -> None:
    def name(**query: str) -> str:
        return TimelineQuery.model_validate(query).name

    assert name(q="a", limit="3", cursor="x") == name(q="a")
    assert len({name(), name(q="a"), name(who="a"), name(order="desc"), name(to="2024"), name(status="denied")}) == 6


def test_a_query_says_by_what_it_chooses_and_not_in_which_order_or_pages() -> None:
    asked = {"from": "2024", "status": "denied,disputed", "who": "Norhaven", "order": "desc", "limit": "7"}

    chosen = TimelineQuery.model_validate(asked).chosen

    assert chosen == ("from: 2024-01-01", "status: denied, disputed", "who: Norhaven")
    assert TimelineQuery.model_validate({"view": "occurrences"}).of_occurrences.chosen == ()
