"""Markdown, read by a CommonMark parser with tables and bare links."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from dateline.exports.markdown import write
from dateline.exports.model import Exported
from tests.factories import finding, reported
from tests.unit.exports.entries import DOCUMENT, HOSTILE, exported, hostile, lasting


def rendered(made: Exported) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(write(made).decode()))


def test_a_timeline_is_a_list_with_quotes_and_links_to_the_documents() -> None:
    html = rendered(exported(lasting("Meeting", "2023-09-01", "2023-12-31", "within")))

    assert "<h1>news</h1>" in html
    assert "<strong>“the words” (some time between 1 Sep 2023 and 31 Dec 2023)</strong> Meeting" in html
    assert "<blockquote>\n<p>Quote of Meeting. (sentence 1)</p>" in html
    assert f'<a href="../../documents/{DOCUMENT}">Kelm Courier, Mara Lind, to the desk, “A ferry sinks”' in html


def test_undated_events_stand_last_under_a_heading() -> None:
    html = rendered(exported(finding("Dated"), finding("Nobody knows when", None, None)))

    assert html.index("Dated") < html.index("<h2>Undated</h2>") < html.index("Nobody knows when")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_become_neither_html_nor_links_nor_structure(words: str) -> None:
    html = rendered(exported(hostile(words), title=words))

    plain = rendered(exported(hostile("plain"), title="plain"))
    assert [part.split(">")[0] for part in html.split("<")[1:]] == [part.split(">")[0] for part in plain.split("<")[1:]]


@pytest.mark.parametrize("words", ["http://evil.example", "www.evil.example", "somebody@evil.example"])
def test_bare_addresses_are_broken_up(words: str) -> None:
    assert words.encode() not in write(exported(hostile(words)))


def test_what_was_only_reported_says_so() -> None:
    assert "<strong>reported 24 May 2024</strong> Bridge falls" in rendered(exported(reported("Bridge falls")))
