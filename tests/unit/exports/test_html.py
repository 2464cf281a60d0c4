"""One page, read by a parser of HTML."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from dateline.exports.html import policy, write
from tests.factories import finding
from tests.unit.exports.entries import HOSTILE, exported, exported_occurrences, hostile, lasting, occurrence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from dateline.exports.model import Exported

SCRIPT, STYLE = "draw();", "body { margin: 0 }"


def parsed(made: Exported) -> HtmlElement:
    return lxml_html.document_fromstring(write(made, SCRIPT, STYLE).decode())


def words(node: HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in found(node, path)]


def found(node: HtmlElement, path: str) -> list[HtmlElement]:
    return list(node.xpath(path))


def test_events_stand_below_their_month_with_quotes_that_lead_to_numbered_sources() -> None:
    page = parsed(exported(finding("Meeting", "2023-09-01", "2023-09-01"), finding("Nobody knows when", None, None)))

    assert words(page, "//h1") == ["news"]
    assert words(page, "//h2") == ["Sep 2023", "Undated", "Sources"]
    assert words(page, "//h3") == ["Meeting", "Nobody knows when"]
    assert words(page, "//blockquote")[0] == "“Quote of Meeting.” Kelm Courier, sentence 1 [1]"
    (cite, *_) = found(page, "//blockquote//a")
    source = page.get_element_by_id(cite.get("href", "").removeprefix("#"))
    assert "Kelm Courier, Mara Lind" in source.text_content()
    assert found(source, ".//a")[0].get("href") == "https://kelm.example/ferry?a=1&b=%282%29"


def test_an_occurrence_quotes_each_of_its_samples_and_tells_where_they_part() -> None:
    page = parsed(exported_occurrences(occurrence()))

    assert words(page, "//blockquote") == [
        "“It sank.” a.txt, sentence 1 [1]",
        "“Le bac a coulé.” Kelm Post, sentence 1 [2]",
    ]
    assert "6 reports, 4 independent sources, 2 languages (en, fr)" in words(page, "//article//p")
    (row,) = json.loads(page.get_element_by_id("rows").text)
    assert (row["independent_sources"], len(row["conflicts"])) == (4, 5)


def test_the_drawing_is_given_what_has_a_date() -> None:
    page = parsed(exported(lasting("Dated", "2023-09-01", None, "throughout"), finding("Undated", None, None)))

    rows = json.loads(page.get_element_by_id("rows").text)

    assert [(row["title"], row["when"]["earliest"], row["when"]["latest"]) for row in rows] == [
        ("Dated", "2023-09-01", None)
    ]


def test_links_lead_back_where_readers_have_an_address_and_nowhere_else() -> None:
    made = finding("Meeting")

    there = parsed(exported(made, address="https://time.example/")).xpath("//article//a[not(@class)]")
    alone = parsed(exported(made)).xpath("//article//a[not(@class)]")

    assert [one.get("href") for one in there] == [
        "https://time.example/#in=news&view=events&event=evt_aaaaaaaaaaaaaaaaaaaa_00001"
    ]
    assert alone == []


def test_the_page_runs_its_own_script_alone() -> None:
    page = parsed(exported(finding("Meeting")))
    (meta,) = found(page, "//meta[@http-equiv]")

    said = dict(rule.strip().split(" ", 1) for rule in meta.get("content", "").split(";"))

    assert meta.get("content") == policy(SCRIPT, STYLE)
    assert said["default-src"] == "'none'"
    assert said["script-src"] == f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
    assert [one.text for one in found(page, "//script[not(@type)]")] == [SCRIPT]
    assert found(page, "//*[@src] | //link[not(@rel='icon')] | //iframe | //object | //base") == []


@pytest.mark.parametrize("hurt", HOSTILE)
def test_hostile_words_are_words_and_no_more(hurt: str) -> None:
    page, plain = (write(exported(hostile(one), title=one), SCRIPT, STYLE).decode() for one in (hurt, "plain"))

    assert [one.tag for one in lxml_html.fromstring(page).iter()] == [
        one.tag for one in lxml_html.fromstring(plain).iter()
    ]
    assert len(re.findall("<[/!a-z]", page)) == len(re.findall("<[/!a-z]", plain))
