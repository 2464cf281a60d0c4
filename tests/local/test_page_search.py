"""Searching in a real browser: hits, their places lit in the source, all collections, and hostile words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.local import page_documents
from tests.local.page_site import Site, looking, serious_faults, served, window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as one:
        for written in (page_documents.article(), page_documents.report(), page_documents.hostile()):
            one.publish(written)
        yield one


def look_for(page: Page, words: str) -> None:
    expect(page.locator("#panel-body h2")).to_be_visible()
    page.locator("#find").fill(words)
    page.locator("#find").press("Enter")


def test_a_reader_finds_words_opens_a_hit_and_sees_it_lit_in_its_source(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn")
    look_for(page, "INTERMEDIARIES brev*")
    panel = page.locator("#panel-body")
    expect(panel.locator("h2")).to_have_text("Found: INTERMEDIARIES brev*")
    expect(panel).to_contain_text("1 document in sarn")

    panel.locator("a.hit", has_text="quoted by an event").first.click()

    source = page.locator("#source-body")
    expect(panel.locator("h2")).to_have_text("Intermediaries meet at Lake Breven")
    expect(source.locator(".lit mark")).to_have_text(["Intermediaries", "Breven"])
    expect(source.locator("mark").first).to_be_in_viewport()
    assert "🏞" in (source.text_content() or "")

    page.reload()
    expect(source.locator(".lit mark")).to_have_text(["Intermediaries", "Breven"])
    expect(page.locator("#find")).to_have_value("INTERMEDIARIES brev*")

    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(panel.locator("h2")).to_have_text("Found: INTERMEDIARIES brev*")
    page.keyboard.press("Escape")
    expect(panel.locator("h2")).to_have_text("Documents")
    expect(page.locator("#find")).to_have_value("")


def test_a_hit_of_the_text_leaves_the_results_beside_its_source(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn")
    look_for(page, '"what is known"')

    page.locator("a.hit", has=page.locator(".told", has_text=re.compile(r"^\s*text$"))).first.click()

    expect(page.locator("#source-body mark").first).to_be_in_viewport()
    expect(page.locator("#panel-body")).to_contain_text("Found:")


def test_all_collections_are_searched_where_a_reader_asks_for_them(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=hostile")
    look_for(page, "intermediaries")
    expect(page.locator("#panel-body")).to_contain_text("No document in hostile")

    page.get_by_role("link", name="Search all collections").click()

    expect(page.locator("#panel-body")).to_contain_text("in all collections")
    page.locator("a.hit").first.click()
    expect(page.locator("#collection")).to_have_value("sarn")


def test_what_cannot_be_looked_for_is_said(site: Site, browser: Browser) -> None:
    # Not `page`: the browser itself complains of an answer that is an error.
    with window(browser) as context:
        page = context.new_page()
        page.goto(f"{site.url}#in=sarn")

        look_for(page, "...")

        expect(page.get_by_role("alert")).to_contain_text("write a word")


def test_hostile_words_stay_words(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=hostile&scope=all&find=%3Cscript%3E")
    expect(page.locator("a.hit").first).to_contain_text("<script>")
    page.locator("a.hit").first.click()
    expect(page.locator("#panel-body h2")).to_be_visible()

    assert page.evaluate("window.hurt") is None


@pytest.mark.parametrize("width", [1280, 360])
def test_results_are_accessible_and_fit(site: Site, browser: Browser, width: int) -> None:
    with looking(browser, width) as page:
        page.goto(f"{site.url}#in=sarn&find=sarn")
        expect(page.locator("a.hit").first).to_be_visible()

        assert serious_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
