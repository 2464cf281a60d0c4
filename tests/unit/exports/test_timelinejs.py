"""What TimelineJS 3 is given. It shows headline, text and display date as HTML, so they are read as HTML here."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest

from dateline.exports.model import Exported
from dateline.exports.timelinejs import write
from tests.factories import finding
from tests.unit.exports.entries import HOSTILE, exported, hostile, lasting


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


def test_a_span_is_shown_with_the_words_of_the_source_and_marked_uncertain() -> None:
    (one,) = read(exported(lasting("Meeting", "2023-09-01", "2023-12-31", "within")))["events"]

    assert one["start_date"] == {"year": 2023, "month": 9, "day": 1}
    assert one["end_date"] == {"year": 2023, "month": 12, "day": 31}
    assert one["display_date"] == "“the words” (some time between 2023-09-01 and 2023-12-31)"
    assert one["unique_id"] == "evt_aaaaaaaaaaaaaaaaaaaa_00001"
    assert "date uncertain" in one["text"]["text"]


def test_a_day_has_no_end_and_an_open_start_stands_at_its_end() -> None:
    day, until = read(exported(finding("Day"), lasting("Until", None, "2014-12-31", "throughout")))["events"]

    assert "end_date" not in day
    assert "end_date" not in until
    assert until["start_date"] == {"year": 2014, "month": 12, "day": 31}
    assert until["display_date"].endswith("(until 2014-12-31)")


def test_undated_events_are_counted_on_the_title() -> None:
    made = read(exported(finding("Undated", None, None), finding("Dated")))

    assert len(made["events"]) == 1
    assert made["title"]["text"]["text"] == "1 events have no date and are not shown."


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_no_tags(words: str) -> None:
    made = read(exported(hostile(words), title=words))

    (one,) = made["events"]
    shown = [one["display_date"], one["group"], one["text"]["headline"], made["title"]["text"]["headline"]]
    assert [Tags(text).found for text in shown] == [set()] * 4
    assert Tags(one["text"]["text"]).found == {"p", "em", "blockquote"}
    assert len(one["text"]["headline"]) < 2_000
