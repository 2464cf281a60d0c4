"""Calendars, read by `icalendar`."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.ics import write
from dateline.exports.model import Exported
from dateline.exports.text import headline
from tests.factories import finding, reported
from tests.unit.exports.entries import HOSTILE, at, exported, hostile, lasting


def read(made: Exported) -> tuple[Any, list[Any]]:
    calendar = icalendar.Calendar.from_ical(write(made))
    return calendar, list(calendar.walk("VEVENT"))


def test_what_lasted_takes_all_its_days() -> None:
    _, (one,) = read(exported(lasting("Strike", "2024-05-01", "2024-05-03", "throughout")))

    assert (one["dtstart"].dt, one["dtend"].dt) == (date(2024, 5, 1), date(2024, 5, 4))
    assert str(one["summary"]) == "Strike"
    assert str(one["uid"]) == "evt_aaaaaaaaaaaaaaaaaaaa_00001@dateline"
    assert one["dtstamp"].dt.isoformat() == "2026-01-02T03:04:05+00:00"


def test_what_happened_once_within_a_span_says_so_and_is_no_long_appointment() -> None:
    _, (one,) = read(exported(lasting("Meeting", "2023-09-01", "2023-12-31", "within")))

    assert (one["dtstart"].dt, one["dtend"].dt) == (date(2023, 9, 1), date(2023, 9, 2))
    assert str(one["summary"]) == "Meeting (some time between 1 Sep 2023 and 31 Dec 2023)"


def test_an_open_end_is_one_day_that_says_so() -> None:
    _, events = read(
        exported(lasting("A", "2015-01-01", None, "throughout"), lasting("B", None, "2014-12-31", "within"))
    )

    assert [str(one["summary"]) for one in events] == ["A (from 1 Jan 2015 on)", "B (by 31 Dec 2014)"]
    assert [one["dtend"].dt - one["dtstart"].dt for one in events] == [date(2, 1, 2) - date(2, 1, 1)] * 2


def test_plans_and_cancellations_have_their_status() -> None:
    _, events = read(exported(finding("A", course="planned"), finding("B", course="called_off"), finding("C")))

    assert [str(one["status"]) for one in events] == ["TENTATIVE", "CANCELLED", "CONFIRMED"]
    assert str(events[0]["summary"]) == "A (planned; outcome not reported)"


@pytest.mark.parametrize("status", ["disputed", "denied", "withdrawn"])
def test_what_is_contested_is_not_confirmed(status: str) -> None:
    contested = finding("A").model_copy(update={"status": status})

    _, (one, another) = read(exported(contested, finding("B")))

    assert (str(one["status"]), str(another["status"])) == ("TENTATIVE", "CONFIRMED")


def test_an_appointment_leads_to_the_page_for_people() -> None:
    _, (one,) = read(exported(finding("A"), address="https://times.example/"))

    assert str(one["url"]) == "https://times.example/#in=news&view=events&event=evt_aaaaaaaaaaaaaaaaaaaa_00001"


def test_what_no_calendar_can_hold_is_counted() -> None:
    calendar, events = read(
        exported(
            finding("Undated", None, None),
            finding("BCE", "-0043-03-15", "-0043-03-15"),
            finding("The last day", "9999-12-31", "9999-12-31"),
            finding("79", "0079-08-24", "0079-08-24"),
        )
    )

    assert [one["dtstart"].dt for one in events] == [date(79, 8, 24)]
    assert str(calendar["x-wr-caldesc"]).startswith("Left out: 3 events")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_in_their_place(words: str) -> None:
    made = exported(hostile(words), finding("Another"), title=words)

    calendar, events = read(made)

    assert [str(one["uid"])[-14:] for one in events] == ["00001@dateline", "00002@dateline"]
    assert set(calendar) == {"VERSION", "PRODID", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "X-WR-CALNAME"}
    assert str(events[1]["summary"]) == "Another"
    assert all(len(line) <= 75 for line in write(made).split(b"\r\n"))
    assert len(str(events[0]["summary"])) < 400


@given(st.text())
def test_a_title_is_read_back_as_it_was_written(title: str) -> None:
    made = exported(finding(title))

    _, (one,) = read(made)

    assert str(one["summary"]) == headline(title)
    assert all(len(line) <= 75 for line in write(made).split(b"\r\n"))


def test_what_was_only_reported_stands_on_that_day_and_says_so() -> None:
    _, (one,) = read(exported(reported("Bridge falls")))

    assert (one["dtstart"].dt, one["dtend"].dt) == (date(2024, 5, 24), date(2024, 5, 25))
    assert str(one["summary"]) == "Bridge falls (reported 24 May 2024)"


def test_a_time_of_day_stands_in_the_description() -> None:
    _, (one,) = read(exported(at("Train leaves", "2024-05-24", "14:30")))

    assert "24 May 2024, 14:30" in str(one["description"])
