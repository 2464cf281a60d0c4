"""What TimelineJS 3 is given. It shows headline, text and display date as HTML, so they are read as HTML here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from dateline.exports.model import Exported
from dateline.exports.sources import address
from dateline.exports.timelinejs import write
from dateline.records import About
from tests.factories import finding, reported
from tests.unit.exports.entries import HOSTILE, SOURCE, at, exported, hostile, lasting


def read(made: Exported) -> Any:
    return json.loads(write(made))


class Tags(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(f"{tag} {attrs}" if attrs else tag)


def text_of(html: str) -> str:
    """Take the text of HTML, as TimelineJS does of dates and groups before it shows that as HTML."""
    return unescape(re.sub("<[^>]*>", "", html))


def test_a_span_is_shown_with_the_words_of_the_source_and_marked_uncertain() -> None:
    (one,) = read(exported(lasting("Meeting", "2023-09-01", "2023-12-31", "within")))["events"]

    assert one["start_date"] == {"year": 2023, "month": 9, "day": 1}
    assert one["end_date"] == {"year": 2023, "month": 12, "day": 31}
    assert one["display_date"] == "“the words” (some time between 1 Sep 2023 and 31 Dec 2023)"
    assert one["unique_id"] == "evt_aaaaaaaaaaaaaaaaaaaa_00001"
    assert "date uncertain" in one["text"]["text"]


def test_a_day_has_no_end_and_an_open_start_stands_at_its_end() -> None:
    day, until = read(exported(finding("Day"), lasting("Until", None, "2014-12-31", "throughout")))["events"]

    assert "end_date" not in day
    assert "end_date" not in until
    assert until["start_date"] == {"year": 2014, "month": 12, "day": 31}
    assert until["display_date"].endswith("(until 31 Dec 2014)")


def test_years_before_the_first_are_counted_as_historians_do() -> None:
    (one,) = read(exported(finding("Crossing", "-0051-06-01", "0000-08-31")))["events"]

    assert (one["start_date"]["year"], one["end_date"]["year"]) == (-52, -1)
    assert "1 Jun 52 BCE" in one["display_date"]


@pytest.mark.parametrize(("documents", "groups"), [(1, 0), (2, 2), (6, 6), (7, 0)])
def test_a_few_documents_are_a_group_each(documents: int, groups: int) -> None:
    made = exported(*[finding(f"Event {number}") for number in range(documents)])
    named = [replace(SOURCE, about=About(medium=f"<{number}>")) for number in range(documents)]
    entries = [replace(one, source=source) for one, source in zip(made.entries, named, strict=True)]

    found = [one["group"] for one in read(replace(made, entries=entries))["events"] if "group" in one]

    assert [unescape(text_of(one)) for one in found] == [f"<{number}>" for number in range(groups)]
    assert [Tags(text_of(one)).found for one in found] == [set()] * groups


def test_undated_events_are_counted_on_the_title() -> None:
    made = read(exported(finding("Undated", None, None), finding("Dated")))

    assert len(made["events"]) == 1
    assert made["title"]["text"]["text"] == "1 events have no date and are not shown."


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_no_tags(words: str) -> None:
    made = read(exported(hostile(words), title=words))

    (one,) = made["events"]
    shown = [text_of(one["display_date"]), one["text"]["headline"], made["title"]["text"]["headline"]]
    assert [Tags(text).found for text in shown] == [set()] * 3
    link = f"a {[('href', address(SOURCE)), ('rel', 'noopener noreferrer')]}"
    assert Tags(one["text"]["text"]).found == {"p", "em", "blockquote", link}
    assert len(one["text"]["headline"]) < 2_000


def test_what_was_only_reported_stands_on_that_day_and_says_so() -> None:
    (one,) = read(exported(reported("Bridge falls")))["events"]

    assert one["start_date"] == {"year": 2024, "month": 5, "day": 24}
    assert "end_date" not in one
    assert one["display_date"] == "reported 24 May 2024"


def test_a_time_of_day_is_kept() -> None:
    (one,) = read(exported(at("Train leaves", "2024-05-24", "14:30")))["events"]

    assert one["start_date"] == {"year": 2024, "month": 5, "day": 24, "hour": 14, "minute": 30}
