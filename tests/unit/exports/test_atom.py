"""Feeds, read by `feedparser`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import feedparser
import pytest

from dateline.exports.atom import write
from dateline.exports.model import Exported
from tests.factories import finding, reported
from tests.unit.exports.entries import HOSTILE, SOURCE, exported, hostile

ADDRESS = "https://a.example/x/collections/news/timeline.atom"


def read(made: Exported) -> Any:
    about = {"content-location": ADDRESS, "content-type": "application/atom+xml"}
    feed = feedparser.parse(write(made), response_headers=about)
    assert feed.version == "atom10"
    assert not feed.bozo
    return feed


def test_an_event_is_an_entry_with_a_lasting_id_and_links() -> None:
    feed = read(exported(finding("Meeting", "2024-05-01", "2024-05-01")))

    (one,) = feed.entries
    assert one.id == "urn:dateline:event:evt_aaaaaaaaaaaaaaaaaaaa_00001"
    assert one.title == "1 May 2024: Meeting"
    assert one.updated == feed.feed.updated == "2026-01-02T03:04:05Z"
    assert one.links[0].href == "https://a.example/x/events/evt_aaaaaaaaaaaaaaaaaaaa_00001"
    assert "“Quote of Meeting.”" in one.content[0].value


def test_what_has_changed_last_stands_first_and_the_newest_are_enough() -> None:
    old = exported(finding("Old", "2024-05-01", "2024-05-01"))
    late = [
        replace(old.entries[0], source=replace(SOURCE, updated=SOURCE.updated + timedelta(days=day)))
        for day in range(600)
    ]

    feed = read(replace(old, entries=late))

    moments = [one.updated for one in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 500
    assert moments[0] == feed.feed.updated


def test_people_are_led_to_the_page_where_it_has_an_address() -> None:
    (one,) = read(exported(finding("Meeting"), address="https://times.example/")).entries

    assert (one.links[0].type, one.links[0].href) == (
        "text/html", "https://times.example/#in=news&view=events&event=evt_aaaaaaaaaaaaaaaaaaaa_00001",
    )  # fmt: skip


def test_an_empty_timeline_is_a_feed_too() -> None:
    assert read(exported()).entries == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_text_and_no_markup(words: str) -> None:
    made = exported(hostile(words), finding("Another"), title=words)

    feed = read(made)

    tags = {element.tag.partition("}")[2] for element in Xml.fromstring(write(made)).iter()}
    assert tags == {"feed", "id", "title", "updated", "author", "name", "entry", "link", "category", "content"}
    assert [one.title_detail.type for one in feed.entries] == ["text/plain"] * 2
    assert [one.content[0].type for one in feed.entries] == ["text/plain"] * 2


def test_what_was_only_reported_says_so_in_its_title() -> None:
    (one,) = read(exported(reported("Bridge falls"))).entries

    assert one.title == "reported 24 May 2024: Bridge falls"
