"""TimelineJS itself, in a real browser, over what the API exports for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from infra.local.paths import ROOT
from tests.local import page_documents
from tests.local.page_site import Site, looking, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

PACKAGE = ROOT / ".local" / "page" / "node_modules" / "@knight-lab" / "timelinejs" / "dist"
# Without a font of its own: those lie at its maker's.
HOST_PAGE = """<!doctype html>
<html lang="en"><title>A timeline</title>
<link rel="stylesheet" href="/timelinejs/css/timeline.css">
<div id="timeline" style="height: 600px"></div>
<script src="/timelinejs/js/timeline.js"></script>
<script>
addEventListener("load", () => {
  window.timeline = new TL.Timeline("timeline", decodeURIComponent(location.search.slice(1)), {font: null});
});
</script>
</html>"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    if not PACKAGE.exists():
        pytest.skip("TimelineJS is not installed: `make .local/page/made` (needs npm)")
    with served() as one:
        hostile = page_documents.hostile()
        # Two documents are two groups, each named by its medium, else its title.
        named = replace(hostile, key=f"drop/hostile/{page_documents.HOSTILE_TITLE}", medium="The Plain Paper")
        for written in (page_documents.article(), hostile, named, page_documents.crowd(200)):
            one.publish(written)
        yield one


@contextmanager
def timeline(site: Site, browser: Browser, export: str) -> Iterator[Page]:
    """Open a timeline as a newsroom's page would; nothing may be complained of, and no other host be asked."""
    asked: list[str] = []

    def hand_out(route: Route) -> None:
        name = route.request.url.removeprefix(f"{site.url}timelinejs/").partition("?")[0]
        if name == "":
            route.fulfill(body=HOST_PAGE, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(path=PACKAGE / name)

    with looking(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.route(f"{site.url}timelinejs/**", hand_out)
        page.goto(f"{site.url}timelinejs/?/{export}")
        page.wait_for_function("window.timeline?.ready")
        yield page
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []


def shown(page: Page, selector: str) -> list[str]:
    """Read the text of all slides in order, the title's first, also of those beside the one in view."""
    texts: list[str] = page.locator(f".tl-slide {selector}").all_text_contents()
    return texts


def test_every_dated_event_is_a_slide_with_the_words_of_its_date(site: Site, browser: Browser) -> None:
    with timeline(site, browser, "collections/sarn/timeline.timelinejs") as page:
        dates = shown(page, "h3.tl-headline-date")
        assert dates[:3] == [
            "",
            "“in the summer of 52 BC” (some time between Jun 52 BCE and Aug 52 BCE)",
            "“until 1921” (until 1921)",
        ]
        assert len(dates) == 1 + 15
        assert "“in late 2023” (some time between Sep 2023 and Dec 2023)" in dates
        assert "“since 2015” (from 2015 on)" in dates

        page.locator(".tl-slidenav-next").click()
        expect(page.locator(".tl-slide h2", has_text="Caesar's men cross the river")).to_be_in_viewport()
        first = page.evaluate("timeline.config.events[0].start_date.getDisplayDate(timeline.language)")
        assert first == "June 1, 52 <span>BCE</span>"


def test_hostile_words_are_words_and_no_more(site: Site, browser: Browser) -> None:
    with timeline(site, browser, "collections/hostile/timeline.timelinejs") as page:
        title = page_documents.HOSTILE_TITLE
        assert title in shown(page, "h2.tl-headline")[1]
        assert title[:20] in shown(page, "h3.tl-headline-date")[1]
        assert title in shown(page, "blockquote")[0]
        assert [title in one for one in page.locator(".tl-timegroup-message").all_text_contents()] == [False, True]

        assert page.evaluate("window.hurt") is None
        made = "#timeline :is(script, style, img, iframe, svg, .tl-slide a)"
        assert page.locator(made).count() == 0


def test_two_hundred_events_are_two_hundred_slides(site: Site, browser: Browser) -> None:
    with timeline(site, browser, "collections/crowd/timeline.timelinejs") as page:
        titles = shown(page, "h2.tl-headline")
        assert titles[0] == "crowd"
        assert len(set(titles[1:])) == 200

        page.locator("#timeline").press("ArrowRight")
        expect(page.locator(".tl-slide h2", has_text=titles[1]).first).to_be_in_viewport()
