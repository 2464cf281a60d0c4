"""The exported page in a real browser: opened from a disk, asked of nobody."""

from __future__ import annotations

import codecs
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.local import page_documents
from tests.local.page_site import Site, looking, serious_faults, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served(FRAME_ANCESTORS="'self'") as one:
        for written in (page_documents.article(), page_documents.hostile()):
            one.publish(written)
        yield one


@contextmanager
def from_disk(site: Site, browser: Browser, folder: Path, export: str) -> Iterator[Page]:
    """Export a page and open it from a disk; nothing but the file may be asked for."""
    file = folder / "timeline.html"
    with urlopen(f"{site.url}{export}") as answer:
        file.write_bytes(answer.read())
    asked: list[str] = []
    with looking(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        yield page
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]


def test_a_page_opens_from_a_disk_with_its_drawing_events_and_quotes(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    with from_disk(site, browser, tmp_path, "collections/sarn/timeline.html") as page:
        expect(page.get_by_role("heading", name="Intermediaries meet at Lake Breven")).to_be_visible()
        quote = page.locator("blockquote", has_text="Intermediaries met at Lake Breven in late 2023")
        expect(quote.first).to_be_visible()
        expect(page.locator("#drawing svg .event").first).to_be_visible()

        page.locator("#drawing").press("ArrowRight")
        page.locator("#drawing").press("Enter")
        expect(page.locator(".entry:target")).to_be_in_viewport()
        quote.first.locator(".cite").click()
        expect(page.locator(".sources li:target")).to_be_in_viewport()

        assert serious_faults(page) == []


def test_a_saved_table_begins_with_the_mark_that_spreadsheets_want_and_the_apis_does_not(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&status=disputed")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as saved:
        page.locator("#exports a", has_text="CSV").click()
    with urlopen(f"{site.url}collections/sarn/timeline.csv?status=disputed") as answer:
        plain = answer.read()

    assert saved.value.suggested_filename == "sarn.csv"
    assert saved.value.path().read_bytes() == codecs.BOM_UTF8 + plain
    assert plain.startswith(b'"id"')


def test_filters_of_a_view_hold_for_its_page(site: Site, browser: Browser, tmp_path: Path) -> None:
    with from_disk(site, browser, tmp_path, "collections/sarn/timeline.html?status=disputed") as page:
        shown = page.locator(".entry h3").all_text_contents()

    assert "Intermediaries meet at Lake Breven" in shown
    assert len(shown) < 15


def test_hostile_words_are_words_and_no_more(site: Site, browser: Browser, tmp_path: Path) -> None:
    with from_disk(site, browser, tmp_path, "collections/hostile/timeline.html") as page:
        expect(page.locator(".entry h3").first).to_contain_text("<img src=x onerror=")
        assert page.evaluate("window.hurt") is None
        assert page.locator("img, .entry script").count() == 0


def test_a_page_that_is_framed_has_no_part_in_the_origin_of_the_api(site: Site, browser: Browser) -> None:
    with looking(browser) as page:
        page.goto(f"{site.url}collections/sarn/timeline.html")
        expect(page.locator("#drawing svg .event").first).to_be_visible()

        assert page.evaluate("self.origin") == "null"
