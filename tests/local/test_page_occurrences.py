"""Occurrences on the page: a row each with where its sources part, reports side by side, filters and the drawing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dateline.store.links import Changes, OccurrenceHead
from tests.local import page_documents, page_occurrences
from tests.local.page_site import Site, drawn, looking, row, serious_faults, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

GONE = f"occ_{'a' * 20}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with page_occurrences.linked_as_told(), served() as one:
        page_occurrences.publish(one)
        page_occurrences.publish_hostile(one)
        one.publish(page_documents.article())
        yield one


def opened(page: Page, site: Site, title: str = "Ferry Aurelia sinks") -> Locator:
    """Open an occurrence; return the rows of its reports."""
    page.goto(f"{site.url}#in=aurelia")
    row(page, title).click()
    reports = page.locator("#panel .compare tbody tr")
    expect(reports.first).to_be_attached()
    return reports


def test_a_row_is_one_occurrence_with_its_dates_reports_and_where_its_sources_part(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=aurelia")

    expect(page.locator("#count")).to_have_text("6 occurrences")
    sunk = row(page, "Ferry Aurelia sinks off Kelm")
    expect(sunk.locator(".when")).to_have_text("3 Mar 2025 · 4 Mar (1)")
    expect(sunk).to_contain_text(
        "6 reports, 4 independent, 4 languages · Kelm Courier; Abendblatt; Feuille de Dorvik · Kelm"
    )
    expect(sunk.locator(".conflict")).to_have_text(
        ["≠ sources part on the date", "≠ sources part on a number: 14 / 16 dead"]
    )
    expect(row(page, "Norvik Lines").locator(".conflict")).to_have_text("≠ denied by some")
    expect(row(page, "Norvik Lines")).to_contain_text("disputed")
    expect(row(page, "pumps").filter(has_text="Dorvik").locator(".conflict")).to_have_text(
        ["≠ sources part on the date", "≠ sources part on the place: Dorvik / Norvand"]
    )
    expect(row(page, "visit").locator(".conflict")).to_have_text("≠ called off by some")
    expect(row(page, "refitted")).to_contain_text("1 report · entrevista.html")
    expect(row(page, "refitted").locator(".conflict")).to_have_count(0)


def test_the_switch_shows_single_reports_and_the_address_holds_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=aurelia&conflict=any")
    expect(page.locator("#count")).to_have_text("4 occurrences of 6")

    page.get_by_role("button", name="Single reports").click()
    expect(page.locator("#count")).to_have_text("14 events")
    expect(page).to_have_url(re.compile("view=events"))
    expect(page.locator("#source-filters")).to_be_hidden()
    page.reload()
    expect(page.locator("#count")).to_have_text("14 events")
    expect(page.get_by_role("button", name="Single reports")).to_have_attribute("aria-pressed", "true")

    page.locator("#collection").select_option("sarn")
    expect(page.locator("#count")).to_have_text("15 events")
    page.go_back()
    page.get_by_role("button", name="Occurrences").click()
    expect(page.locator("#count")).to_have_text("4 occurrences of 6")
    assert "view=" not in page.url


def test_an_occurrence_opens_to_its_reports_side_by_side(site: Site, page: Page) -> None:
    reports = opened(page, site)

    expect(reports.locator("th .report")).to_have_text(
        ["Kelm Courier", "Abendblatt", "Feuille de Dorvik", "entrevista.html", "Kelm Courier", "am-kai-blog.txt"]
    )
    expect(reports.nth(2).locator("th")).to_contain_text("published 9 Mar 2025, fr")
    expect(reports.nth(2).locator("td").nth(0)).to_contain_text("4 Mar 2025le 4 mars")
    expect(reports.nth(2).locator("td").nth(1)).to_contain_text("16 dead")
    expect(reports.nth(2).locator("td").nth(2)).to_contain_text("Kelm")
    expect(reports.nth(2).locator("td").nth(3)).to_contain_text("the coast guard asserted it")
    expect(reports.nth(3).locator("td").nth(0)).to_contain_text("1–10 Mar 2025a principios de marzo")
    expect(reports.nth(0).locator("td").nth(3)).to_contain_text("Kelm Courier, in its own voice")
    expect(reports.nth(5).locator("th")).to_contain_text("day of publication unknown")

    parts = page.locator("#panel .parting")
    expect(parts.nth(0).locator("li")).to_have_text(
        ["3 Mar 2025 Kelm Courier; Abendblatt", "4 Mar 2025 Feuille de Dorvik"]
    )
    expect(parts.nth(1).locator("li")).to_have_text(["14 dead Kelm Courier; Abendblatt", "16 dead Feuille de Dorvik"])


def test_what_some_deny_or_call_off_is_told_with_who_does(site: Site, page: Page) -> None:
    opened(page, site, "Norvik Lines receives")
    expect(page.locator("#panel .parting li")).to_have_text(["asserted Kelm Courier", "denied Abendblatt"])
    expect(page.locator("#panel")).to_contain_text("an inspector asserted it via Kelm Courier")
    expect(page.locator("#panel")).to_contain_text("Norvik Lines denied it")

    opened(page, site, "visit")
    expect(page.locator("#panel .parting li")).to_have_text(["called off Feuille de Dorvik", "planned Abendblatt"])


def test_a_quote_is_shown_in_its_source_while_the_reports_stay_where_they_are(site: Site, page: Page) -> None:
    reports = opened(page, site)
    page.locator("#panel").evaluate("panel => { panel.scrollTop = 260; }")

    reports.nth(2).locator("a.quote").click()

    expect(page.locator("#source .lit")).to_have_text("Le 4 mars, le naufrage de l’Aurelia a fait seize morts.")
    expect(reports.nth(2).locator("a.quote")).to_be_focused()
    assert page.locator("#panel").evaluate("panel => panel.scrollTop") > 200
    page.reload()
    expect(page.locator("#source .lit")).to_be_in_viewport()
    expect(reports).to_have_count(6)
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(reports).to_have_count(6)


def test_a_report_opens_as_an_event_and_leads_back_to_all_of_them(site: Site, page: Page) -> None:
    reports = opened(page, site)

    reports.nth(2).locator("a.report").click()
    expect(page.locator("#panel h2")).to_have_text("Shipwreck of the Aurelia kills 16")
    expect(page.locator("#panel")).to_contain_text("Why this date")
    expect(row(page, "Ferry Aurelia sinks")).to_have_attribute("aria-current", "true")

    page.get_by_role("link", name="All its reports").click()
    expect(page.locator("#panel h2")).to_have_text("Ferry Aurelia sinks off Kelm, 14 dead")
    expect(reports).to_have_count(6)


def test_filters_are_of_conflicts_and_of_what_one_source_tells(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=aurelia")

    page.get_by_label("Conflict").select_option(label="sources part on a number")
    expect(page.locator("#list .title")).to_have_text(["Ferry Aurelia sinks off Kelm, 14 dead"])
    expect(page).to_have_url(re.compile("conflict=number"))
    page.get_by_label("Conflict").select_option(label="in anything")
    expect(page.locator("#count")).to_have_text("4 occurrences of 6")
    page.get_by_label("told by one source only").check(force=True)
    expect(page.locator("#list")).to_have_text("Nothing passes these filters.Clear filters")

    page.locator("#clear").click()
    page.get_by_label("told by one source only").check(force=True)
    expect(page.locator("#list .title")).to_have_text(["Aurelia sails between Kelm and Dorvik", "Aurelia is refitted"])
    expect(page).to_have_url(re.compile("max_sources=1"))
    page.get_by_label("told by one source only").uncheck(force=True)
    page.get_by_label("Speaker").fill("abendblatt")
    expect(page.locator("#count")).to_have_text("3 occurrences of 6")


def test_exports_are_of_the_occurrences_that_are_looked_at(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=aurelia&conflict=number")
    page.get_by_text("Export", exact=True).click()

    links = page.locator("#exports a")
    expect(links).to_have_count(7)
    for address in links.evaluate_all("links => links.map((link) => link.href)"):
        answer = page.request.get(address)
        assert answer.ok, address
        assert urlsplit(address).path.startswith("/collections/aurelia/occurrences.")
        assert "Ferry Aurelia sinks" in answer.text()
        assert "refitted" not in answer.text()


def test_a_whisker_spans_the_dates_that_are_told(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=aurelia&see=2025-02-01..2025-04-01")
    sunk = drawn(page, "Ferry Aurelia sinks")
    whisker, mark = sunk.locator(".whisker").bounding_box(), sunk.locator(".shape").bounding_box()
    assert whisker is not None
    assert mark is not None

    day = 1280 / 59
    assert whisker["width"] == pytest.approx(10 * day, rel=0.05)
    assert mark["x"] + mark["width"] / 2 == pytest.approx(whisker["x"] + 2.5 * day, abs=3)
    expect(drawn(page, "Minister").locator(".whisker")).to_have_count(0)
    expect(sunk.locator("text")).to_have_text(re.compile("^≠ Ferry Aurelia"))
    expect(row(page, "Ferry Aurelia sinks").locator(".glyph .whisker")).to_have_count(1)


def test_hostile_words_are_words_and_no_more(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=hostile")
    title = page_documents.HOSTILE_TITLE.replace(page_documents.OVERRIDE, "\ufffd")
    first = page.locator("#list a").first
    expect(first.locator(".title bdi")).to_have_text(title, use_inner_text=False)
    first.click()
    reports = page.locator("#panel .compare tbody tr")
    expect(reports).to_have_count(2)
    expect(reports.first.locator(".report bdi")).to_have_text(title, use_inner_text=False)

    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.querySelectorAll('img, #page script, #page style, #page b, iframe').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    loose = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const loose = [];
          while (walker.nextNode()) {
            const { data, parentElement } = walker.currentNode;
            const isolated = parentElement.closest("bdi, svg text, svg title, option");
            if (/[\\u202a-\\u202e\\ufffd]/.test(data) && !isolated) loose.push(data);
          }
          return loose;
        }"""
    )
    assert loose == []


def test_an_occurrence_that_was_joined_to_another_leads_to_it(site: Site, wide: BrowserContext) -> None:
    # Not `page`: the browser itself complains of an answer that is an error.
    page = wide.new_page()
    opened(page, site)
    (lasting,) = re.findall("occ_[a-z2-7]+", page.url)
    turn = site.store.links.take_turn("aurelia", 60)
    head = OccurrenceHead(id=GONE, collection="aurelia", born=99, shown=None, switched_at=None, into=lasting)
    site.store.links.write(turn, Changes(shrunk=[head]))
    site.store.links.give_back(turn)

    page.goto(f"{site.url}#in=aurelia&occurrence={GONE}")

    expect(page.locator("#panel h2")).to_have_text("Ferry Aurelia sinks off Kelm, 14 dead")
    expect(page).to_have_url(re.compile(lasting))
    page.close()


def test_where_the_reports_cannot_be_had_the_row_s_summary_stays_until_they_can(
    site: Site, wide: BrowserContext
) -> None:
    page = wide.new_page()
    page.goto(f"{site.url}#in=aurelia")
    site.failing.add("/occurrences/")
    row(page, "Ferry Aurelia sinks").click()
    expect(page.locator("#problem")).to_be_visible()
    expect(page.locator("#panel h2")).to_have_text("Ferry Aurelia sinks off Kelm, 14 dead")

    site.failing.clear()
    row(page, "Ferry Aurelia sinks").click()
    expect(page.locator("#panel .compare tbody tr")).to_have_count(6)
    expect(page.locator("#problem")).to_be_hidden()
    page.close()


def test_before_anything_is_linked_the_page_says_where_the_reports_are(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn")
    expect(page.locator("#count")).to_have_text("0 occurrences")
    expect(page.locator("#list")).to_contain_text("Single reports are there before.")
    expect(page.locator("#panel a.document")).to_contain_text("still to be linked")


def test_the_keyboard_alone_is_enough(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=aurelia&see=2025-02-20..2025-03-15")
    expect(page.locator("#count")).to_have_text("6 occurrences")
    page.locator("#drawing").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).to_contain_text("3 Mar 2025 · 4 Mar (1): Ferry Aurelia")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-body h2")).to_be_focused()
    expect(page.locator("#panel .compare tbody tr")).to_have_count(6)

    page.keyboard.press("Tab")
    expect(page.locator("#panel .compare")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("Why this date")
    expect(page.locator("#panel-body h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel a.report").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel-body h2")).to_have_text("Documents")
    expect(page.locator("#drawing")).to_be_focused()


def test_at_360_pixels_the_reports_are_cards_under_each_other(site: Site, browser: Browser) -> None:
    with looking(browser, 360, 740, has_touch=True, is_mobile=True) as page:
        page.goto(f"{site.url}#in=aurelia")
        expect(page.locator("#list a").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        row(page, "Ferry Aurelia sinks").tap()
        reports = page.locator("#panel .compare tbody tr")
        expect(reports).to_have_count(6)
        one, other = reports.nth(0).bounding_box(), reports.nth(1).bounding_box()
        assert one is not None
        assert other is not None
        assert other["y"] >= one["y"] + one["height"]
        assert one["x"] + one["width"] <= 360
        assert page.locator("#panel").evaluate("panel => panel.scrollWidth <= panel.clientWidth")
        expect(reports.first.locator(".label").first).to_have_text("Date")
        page.locator("#close").tap()
        expect(page.locator("#list a").first).to_be_visible()


def test_on_paper_an_opened_occurrence_stands_alone(site: Site, page: Page) -> None:
    opened(page, site)
    page.emulate_media(media="print")

    expect(page.locator("#panel .compare")).to_be_visible()
    for hidden in ("#filters", "#drawn", "#events", ".tools", "#close"):
        expect(page.locator(hidden)).to_be_hidden()


@pytest.mark.parametrize(
    ("opens", "width", "scheme"), [(False, 1280, "light"), (True, 1280, "dark"), (True, 360, "light")]
)
def test_axe_finds_no_serious_fault(site: Site, browser: Browser, opens: bool, width: int, scheme: str) -> None:
    with looking(browser, width, 800, color_scheme=scheme) as page:
        page.goto(f"{site.url}#in=aurelia")
        expect(page.locator("#list a")).to_have_count(6)
        if opens:
            row(page, "Ferry Aurelia sinks").click()
            expect(page.locator("#panel .compare tbody tr")).to_have_count(6)
        assert serious_faults(page) == []
