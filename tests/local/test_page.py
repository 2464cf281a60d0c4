"""The page in a real browser: chosen, zoomed, opened, filtered, reloaded, by keyboard alone, and under attack."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from dateline.records import About
from tests.local import page_documents
from tests.local.page_site import Site, drawn, looking, row, serious_faults, served
from tests.local.running import Running, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as one:
        for written in (page_documents.article(), page_documents.report(), page_documents.hostile()):
            one.publish(written)
        for name in ("first", "second"):
            one.publish(replace(page_documents.article(), key=f"drop/scans/{name}.txt", title=name, summary=None))
        one.reject("drop/scans/photo.jpg", "it is an image")
        about = About(
            medium="Kelm Courier", author="Mara Lind", recipients="the desk", url="https://kelm.example/bridge"
        )
        one.publish(replace(page_documents.report(), key="drop/sources/bridge.eml", about=about))
        one.publish(replace(page_documents.report(), key="drop/odd/z.txt", about=About(url="javascript:alert(1)")))
        crowd = page_documents.crowd(60)
        long_ago = page_documents.finding(
            "Long ago", page_documents.dated("1650", "1650-01-01", "1650-12-31"), crowd.findings[0].evidence
        )
        one.publish(replace(crowd, key="drop/outlier/many.txt", findings=(long_ago, *crowd.findings)))
        for number in range(12):
            one.publish(replace(page_documents.report(), key=f"drop/oneday/{number}.txt"))
        yield one


@contextmanager
def failing(site: Site, start: str) -> Iterator[None]:
    """Answer what begins so with an error."""
    site.failing.add(start)
    try:
        yield
    finally:
        site.failing.discard(start)


@contextmanager
def holding(site: Site, start: str) -> Iterator[None]:
    """Let what begins so wait until the end of the block."""
    released = threading.Event()
    site.held[start] = released
    try:
        yield
    finally:
        site.held.pop(start, None)
        released.set()


def test_a_reader_chooses_zooms_opens_a_quote_filters_and_sends_the_address(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#view=events")
    page.locator("#collection").select_option("sarn")
    expect(page.locator("#count")).to_have_text("15 events")

    page.locator("#zoom-all").click()
    page.locator("#zoom-in").click()
    expect(page).to_have_url(re.compile("see=-?[0-9]{4}"))

    row(page, "Intermediaries meet").click()
    panel = page.locator("#panel-body")
    expect(panel).to_contain_text("two Ostranan officials asserted it")
    expect(panel).to_contain_text("via Sarnbote")
    expect(panel).to_contain_text("a spokeswoman for Velmark denied it")
    expect(panel.locator("mark").first).to_have_text("in late 2023")

    panel.locator("a.quote").first.click()
    lit = page.locator("#source .lit")
    expect(lit).to_have_text(
        "Intermediaries met at Lake Breven in late 2023, two Ostranan officials told the Sarnbote."
    )
    expect(lit).to_be_in_viewport()

    page.get_by_label("disputed").check(force=True)
    expect(page.locator("#count")).to_have_text("1 event of 15")

    with_filter = page.url
    page.reload()
    expect(page.locator("#count")).to_have_text("1 event of 15")
    expect(page.get_by_label("disputed")).to_be_checked()
    expect(page.locator("#panel-body h2")).to_have_text("Intermediaries meet at Lake Breven")
    expect(page.locator("#source .lit")).to_be_in_viewport()
    assert page.url == with_filter

    page.go_back()
    page.go_back()
    expect(page.locator("#source")).to_be_hidden()


def test_a_reader_sees_how_speakers_are_known_and_where_they_are_introduced(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    panel = page.locator("#panel-body")

    row(page, "Intermediaries meet").click()
    expect(panel).to_contain_text("a spokeswoman for Velmark denied it by office")

    row(page, "Cracks are seen").click()
    expect(panel).to_contain_text("the document made no finding")

    row(page, "Water ministers").click()
    expect(panel).to_contain_text("a person who was in the room asserted it unnamed")
    panel.get_by_role("link", name="sentence 9", exact=True).first.click()
    expect(page.locator("#source .lit")).to_contain_text("Oren Vask, the minister of Ostrana")


def test_the_address_holds_the_window_of_the_drawing(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&see=2023-01-01..2024-12-31")

    expect(page.locator("#drawing .axis .major").filter(has_text="2024").last).to_be_visible()
    expect(drawn(page, "Water ministers")).to_be_visible()
    expect(drawn(page, "Caesar")).to_have_count(0)


def test_a_long_event_alone_is_seen_whole(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&status=disputed")
    drawing = page.locator("#drawing").bounding_box()
    shape = drawn(page, "Intermediaries").locator(".shape").bounding_box()

    assert drawing is not None
    assert shape is not None
    assert drawing["x"] < shape["x"] < shape["x"] + shape["width"] < drawing["x"] + drawing["width"]


def test_every_kind_of_event_has_its_mark(site: Site, page: Page) -> None:
    marks = {
        "Court cancels": ".mark.done circle",
        "Water ministers": ".mark rect[mask='url(#soft-both)']",
        "Velmark pays": ".mark rect:not([mask])",
        "Quarrel": ".mark .arrow",
        "The river is a border": ".mark .arrow",
        "Intermediaries": ".mark.disputed",
        "Cracks": ".mark.denied",
        "Hearing": ".mark.planned",
        "Reservoir": ".mark.planned circle + .arrow",
        "Conference": ".mark.called_off .cross",
    }
    for title, shape in marks.items():
        page.goto(f"{site.url}#in=sarn&view=events&q={title}")
        expect(drawn(page, title).locator(shape)).to_have_count(1)
        expect(row(page, title).locator(shape)).to_have_count(1)


def test_rows_and_events_say_whose_document_tells_them_and_lead_to_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sources&view=events")

    expect(row(page, "The bridge falls").locator(".told")).to_have_text(
        "stated by Kelm Courier · Mara Lind · The bridge over the Sarn has fallen · 9 Jul 2024"
    )
    row(page, "The bridge falls").click()
    panel = page.locator("#panel-body")
    expect(panel).to_contain_text("Kelm Courier, in its own voice.")
    expect(panel.locator("a.web")).to_have_attribute("href", "https://kelm.example/bridge")
    expect(panel.locator("a.web")).to_have_attribute("rel", "noopener noreferrer")
    expect(panel).to_contain_text("bridge.eml")
    expect(panel).to_contain_text("the desk")

    page.get_by_label("Speaker").fill("kelm")
    expect(page).to_have_url(re.compile("who=kelm"))
    expect(page.locator("#count")).to_have_text("5 events")
    page.locator("#close").click()
    expect(page.locator("#panel a.document").first).to_contain_text("Kelm Courier · Mara Lind")


def test_the_original_file_is_asked_for_when_it_is_wanted_and_the_page_stays(site: Site, page: Page) -> None:
    page.route(
        "https://*.amazonaws.com/**",
        lambda route: route.fulfill(
            status=200, body="the file", headers={"Content-Disposition": 'attachment; filename="bridge.eml"'}
        ),
    )
    page.goto(f"{site.url}#in=sources&view=events")
    row(page, "The bridge falls").click()

    with page.expect_download() as saved:
        page.locator("#panel-body button.original").click()

    assert "versionId=" in saved.value.url
    assert saved.value.suggested_filename == "bridge.eml"
    expect(page.locator("#panel-body h2")).to_have_text("The bridge falls")


def test_an_address_that_is_none_of_the_web_is_no_link(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=odd&view=events")
    row(page, "The last train").click()

    expect(page.locator("#panel-body")).to_contain_text("In the source")
    expect(page.locator("#panel-body a.web")).to_have_count(0)


def test_an_event_says_why_it_has_its_date(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")

    row(page, "Water ministers").click()
    panel = page.locator("#panel-body")
    expect(panel).to_contain_text("worked out from the day of publication, 9 Jul 2024 (known from: caller)")
    expect(panel).to_contain_text("Velmark's foreign ministry declined to comment")

    row(page, "Court cancels").click()
    expect(panel.locator("mark").nth(1)).to_have_text("12 March 2024")
    expect(panel).to_contain_text("worked out from a date nearby")

    row(page, "Old bridge").click()
    table = panel.locator("table")
    expect(table).to_contain_text("Jun–Aug 2023")
    expect(table).to_contain_text("24 Jun 2022")

    row(page, "Reservoir").click()
    expect(panel).to_contain_text("On the timeline it stands on the last day that it can have been.")


def test_a_day_s_dated_events_stand_in_order_of_their_time_before_what_was_only_reported(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.url}#in=report&view=events")

    expect(page.locator("#list .title")).to_have_text(
        [
            "Lorries are kept off the bridge",
            "The bridge is repaired",
            "Inspectors come",
            "The last train crosses",
            "The bridge falls",
        ]
    )
    expect(page.locator("#list .when")).to_have_text(
        ["from Jan 2022", "May 2023", "24 May 2024", "24 May 2024, 14:30", "reported 24 May 2024"]
    )
    expect(drawn(page, "The bridge falls").locator("circle + .arrow")).to_have_count(1)
    row(page, "The bridge falls").click()
    expect(page.locator("#panel-body")).to_contain_text("No words date it. It is this document’s news")
    page.goto(f"{site.url}#in=report&view=events&from=2000&to=2024-05-23")
    expect(page.locator("#list a")).to_have_count(2)


def test_where_the_model_s_date_is_shown_the_rules_stand_beside_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=report&view=events")

    row(page, "The bridge is repaired").click()

    expect(page.locator("#panel-body tbody tr")).to_have_text(
        ["ModelMay 20232023-05~shown", "RulesMay 20242024-05~kept"]
    )
    expect(page.locator("#panel-body")).to_contain_text("The timeline shows what the model says")


def test_a_planned_event_whose_day_has_passed_has_no_reported_outcome(site: Site, page: Page) -> None:
    page.clock.set_fixed_time("2030-01-01")
    page.goto(f"{site.url}#in=sarn&view=events&course=planned")

    expect(row(page, "Hearing")).to_contain_text("outcome not reported")
    expect(row(page, "Reservoir")).to_contain_text("outcome not reported")
    expect(row(page, "Parliaments")).not_to_contain_text("outcome not reported")


def test_a_document_opens_to_its_summary_and_what_was_left_out(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    page.locator("#panel a.document").click()
    expect(row(page, "Something is signed")).to_be_visible()
    expect(page.locator("#source-body")).to_contain_text("Intermediaries met")

    page.locator("#panel p.cited").nth(1).hover()
    expect(page.locator("#source .glow")).to_have_count(2)
    expect(page.locator("#source .glow").first).to_contain_text("Intermediaries met")

    expect(page.locator("#panel-body")).to_contain_text("a spokeswoman for Velmark: There have been no talks")
    expect(page.locator("#panel-body")).to_contain_text("0.0012 US dollars, by the prices of 23 Nov 2026")
    notes = page.locator("#panel .notes")
    for words in ("Dates of the text that no event uses", "Garbled sentences", "Talks at Lake Brevin"):
        expect(notes).to_contain_text(words)


def test_filters_are_of_dates_status_and_speakers(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")

    page.get_by_label("From", exact=True).fill("2024-06")
    page.get_by_label("To", exact=True).fill("2024-06")
    expect(page.locator("#count")).to_have_text("2 events of 15")
    expect(row(page, "Quarrel")).to_be_visible()

    page.get_by_label("To", exact=True).fill("soon")
    expect(page.locator("#date-help")).to_be_visible()
    expect(page.get_by_label("To", exact=True)).to_have_attribute("aria-invalid", "true")

    page.locator("#clear").click()
    page.get_by_label("Speaker").fill("sarnbote")
    expect(page.locator("#list a")).to_have_count(1)
    expect(page).to_have_url(re.compile("who=sarnbote"))


def test_the_keyboard_alone_is_enough(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#count")).to_have_text("15 events")

    page.locator("#drawing").focus()
    page.keyboard.press("0")
    page.keyboard.press("+")
    page.keyboard.press("Shift+ArrowRight")
    expect(page).to_have_url(re.compile("see="))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).not_to_be_empty()
    expect(page.locator("#drawing .selected")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#panel-body h2")).to_be_focused()

    for _ in range(20):
        page.keyboard.press("Tab")
        if "quote" in (page.evaluate("document.activeElement.className") or ""):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#source .lit")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#panel-body h2")).to_have_text("Documents")
    expect(page.locator("#drawing")).to_be_focused()


def test_dragging_pans_and_the_wheel_zooms(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&see=2015-01-01..2025-01-01")
    expect(drawn(page, "Water ministers")).to_be_visible()
    expect(page.locator("#count")).to_have_text("15 events")
    box = page.locator("#drawing").bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 300, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 620, box["y"] + 60, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"see=2012-[0-9-]+\.\.2022-"))

    page.mouse.wheel(0, -800)
    expect(page).to_have_url(re.compile(r"see=201[3-6]"))


def test_two_fingers_zoom_and_keep_the_days_under_them(site: Site, browser: Browser) -> None:
    with looking(browser, 360, 740, has_touch=True, is_mobile=True) as page:
        page.goto(f"{site.url}#in=sarn&view=events&see=2015-01-01..2025-01-01")
        expect(page.locator("#drawing .axis text").first).to_be_visible()
        expect(page.locator("#count")).to_have_text("15 events")
        box = page.locator("#drawing").bounding_box()
        assert box is not None
        fingers = page.context.new_cdp_session(page)

        def touch(kind: str, *places: float) -> None:
            points = [{"x": box["x"] + x, "y": box["y"] + 60, "id": id_} for id_, x in enumerate(places)]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", 140, 220)
        for step in range(1, 11):
            touch("touchMove", 140 - 8 * step, 220 + 8 * step)
        touch("touchEnd")

        # Three times as far apart: a third of ten years, its middle where it was.
        expect(page).to_have_url(re.compile(r"see=2018-0[4-6]-[0-9]{2}\.\.2021-(0[7-9]|10)"))
        expect(page.locator("#panel-body h2")).to_have_text("Documents")


def test_hostile_words_are_words_and_no_more(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=hostile&view=events")
    title = page_documents.HOSTILE_TITLE.replace(page_documents.OVERRIDE, "\ufffd")
    first = page.locator("#list a").first
    expect(first.locator(".title bdi")).to_have_text(title, use_inner_text=False)
    first.click()
    page.locator("#panel a.quote").first.click()
    expect(page.locator("#source .lit")).to_have_text(title)
    page.locator("#panel dl a").first.click()
    expect(page.locator("#panel p.cited")).to_contain_text("y" * 10_000)

    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.querySelectorAll('img, #page script, #page style, iframe').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    # Whatever comes from a document stands in an isolated element of its own, or in a drawn text of its own.
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


def test_the_stand_in_says_that_it_is_none(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=hostile&view=events")
    expect(page.locator("#stand-in")).to_contain_text("no language model was configured")
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#stand-in")).to_be_hidden()


def test_exports_are_links_to_what_is_looked_at(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&status=disputed")
    page.get_by_text("Export", exact=True).click()

    links = page.locator("#exports a")
    expect(links).to_have_count(7)
    for address in links.evaluate_all("links => links.map((link) => link.href)"):
        answer = page.request.get(address)
        assert answer.ok, address
        assert "Lake Breven" in answer.text()
        assert "Caesar" not in answer.text()


def test_what_the_browser_keeps_is_asked_about_and_used_again(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#count")).to_have_text("15 events")
    site.statuses.clear()

    page.reload()
    expect(page.locator("#count")).to_have_text("15 events")
    page.locator("#collection").select_option("hostile")
    expect(page.locator("#count")).to_have_text("4 events")
    page.locator("#collection").select_option("sarn")
    expect(page.locator("#count")).to_have_text("15 events")

    expect(page.locator("#problem")).to_be_hidden()
    assert 304 in site.statuses


def test_a_collection_that_cannot_be_loaded_shows_no_other_ones_events(site: Site, wide: BrowserContext) -> None:
    # Not `page`: the browser itself complains of an answer that is an error.
    page = wide.new_page()
    page.goto(f"{site.url}#in=sarn&view=events")
    row(page, "Court cancels").click()
    page.locator("#panel a.quote").first.click()
    expect(page.locator("#source .lit")).to_be_visible()

    with failing(site, "/collections/hostile/"):
        page.locator("#collection").select_option("hostile")
        expect(page.locator("#problem")).to_be_visible()
        expect(page.locator("#count")).to_have_text("hostile could not be loaded.")
        expect(page.locator("#list a")).to_have_count(0)
        expect(page.locator("#drawing g.event")).to_have_count(0)
        expect(page.locator("#panel-body")).to_be_empty()
        expect(page.locator("#close")).to_be_hidden()
        expect(page.locator("#source")).to_be_hidden()

    page.locator("#collection").select_option("sarn")
    expect(page.locator("#count")).to_have_text("15 events")
    page.locator("#collection").select_option("hostile")
    expect(page.locator("#count")).to_have_text("4 events")
    expect(page.locator("#problem")).to_be_hidden()
    page.close()


def test_documents_that_cannot_be_loaded_leave_no_other_collections_documents(site: Site, wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#panel a.document")).to_have_count(1)

    with failing(site, "/documents?collection=hostile"):
        page.locator("#collection").select_option("hostile")
        expect(page.locator("#problem")).to_be_visible()
        expect(page.locator("#panel-body")).to_be_empty()
        expect(page.locator("#list a")).to_have_count(4)
    page.close()


def test_while_a_collection_is_loaded_the_one_before_is_not_shown_under_its_name(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#count")).to_have_text("15 events")

    with holding(site, "/collections/hostile/"):
        page.locator("#collection").select_option("hostile")
        expect(page.locator("#count")).to_have_text("Loading …")
        expect(page.locator("#list a")).to_have_count(0)
        expect(page.locator("#panel-body")).to_be_empty()

    expect(page.locator("#count")).to_have_text("4 events")
    expect(page.locator("#panel a.document")).to_have_count(1)


def test_a_list_of_documents_that_comes_late_does_not_replace_that_of_another_collection(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#panel a.document")).to_contain_text("what-is-known.txt")

    with (
        holding(site, "/documents?collection=scans"),
        page.expect_event("requestfailed", lambda request: "documents?collection=scans" in request.url),
    ):
        page.locator("#collection").select_option("scans")
        expect(page.locator("#count")).to_have_text("30 events")
        page.locator("#collection").select_option("sarn")
        expect(page.locator("#panel a.document")).to_contain_text("what-is-known.txt")
        site.held.pop("/documents?collection=scans").set()

    page.wait_for_load_state("networkidle")
    expect(page.locator("#panel a.document")).to_have_count(1)


def test_a_rejected_document_has_no_text_beside_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=scans&view=events")
    page.locator("#panel a.document", has_text="first.txt").click()
    expect(page.locator("#source-body")).to_contain_text("Elvry")
    page.locator("#close").click()

    page.locator("#panel a.document", has_text="photo.jpg").click()

    expect(page.locator("#panel-body")).to_contain_text("rejected: it is an image")
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator("#source-body")).to_be_empty()
    assert "source=" not in page.url
    expect(page.locator("#problem")).to_be_hidden()


def test_an_address_with_the_text_of_a_rejected_document_opens_without_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=scans&view=events")
    page.locator("#panel a.document", has_text="photo.jpg").click()
    expect(page).to_have_url(re.compile("doc=doc_"))
    (photo,) = re.findall("doc_[a-z2-7]+", page.url)

    page.goto(f"{site.url}#in=scans&view=events&source={photo}&at=3-7")

    expect(page.locator("#source")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("source="))
    expect(page.locator("#problem")).to_be_hidden()


def test_until_a_text_is_there_the_pane_holds_no_other(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=scans&view=events")
    page.locator("#panel a.document", has_text="first.txt").click()
    expect(page.locator("#source-title")).to_have_text("first")
    page.locator("#close").click()
    link = page.locator("#panel a.document", has_text="second.txt")
    (second,) = set(re.findall("doc_[a-z2-7]+", link.get_attribute("href") or ""))

    with holding(site, f"/documents/{second}/text"):
        link.click()
        expect(page.locator("#source")).to_be_visible()
        expect(page.locator("#source-body")).to_be_empty()

    expect(page.locator("#source-title")).to_have_text("second")
    expect(page.locator("#source-body")).to_contain_text("Elvry")


@pytest.mark.parametrize(
    "opened",
    [
        "event=evt_nothing_00001",
        "view=&occurrence=occ_nothing",
        "doc=doc_nothing&source=doc_nothing",
        "source=doc_nothing",
    ],
)
def test_what_has_gone_is_told_in_words_and_the_rest_of_the_view_is_shown(
    site: Site, wide: BrowserContext, opened: str
) -> None:
    # Not `page`: the browser itself complains of an answer that is an error.
    page = wide.new_page()
    page.goto(f"{site.url}#in=sarn&view=events&{opened}")

    expect(page.locator("#problem")).to_be_visible()
    expect(page.locator("#panel-body h2")).to_have_text("Documents")
    expect(page.locator("#close")).to_be_hidden()
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator("#list a")).not_to_have_count(0)
    assert "nothing" not in page.url
    page.close()


def test_a_collection_that_is_none_is_told_in_words_and_others_can_be_chosen(site: Site, wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto(f"{site.url}#in=nowhere&view=events")

    expect(page.locator("#problem")).to_contain_text("There is no such collection")
    expect(page.locator("#collection option:checked")).to_have_text("Choose …")
    page.locator("#collection").select_option("sarn")
    expect(page.locator("#count")).to_have_text("15 events")
    page.close()


def test_single_keys_search_step_and_explain_unless_somebody_types_or_has_switched_them_off(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    expect(page.locator("#count")).to_have_text("15 events")
    titles = page.locator("#list .title").evaluate_all(
        """all => all.map((one) => {
             const bare = one.cloneNode(true);
             bare.querySelector(".fresh")?.remove();
             return bare.textContent;
           })"""
    )
    heading = page.locator("#panel-body h2")

    page.keyboard.press("j")
    expect(heading).to_have_text(titles[0])
    page.keyboard.press("j")
    expect(heading).to_have_text(titles[1])
    expect(heading).to_be_focused()
    page.keyboard.press("k")
    expect(heading).to_have_text(titles[0])
    page.locator("#next").click()
    expect(heading).to_have_text(titles[1])

    page.keyboard.press("/")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type("j/k?")
    expect(page.get_by_label("Title", exact=True)).to_have_value("j/k?")
    page.get_by_label("Title", exact=True).fill("")
    page.locator("#drawing").focus()
    page.keyboard.press("?")
    expect(page.locator("#key-words")).to_contain_text("Asserted by some and denied or doubted by others.")
    page.get_by_label("these keys work").uncheck()
    page.locator("#drawing").focus()
    page.keyboard.press("/")
    expect(page.locator("#drawing")).to_be_focused()
    page.get_by_label("these keys work").check()


def test_the_tab_says_what_is_looked_at(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&status=disputed")
    expect(page).to_have_title("disputed · sarn · Dateline")

    row(page, "Intermediaries").click()

    expect(page).to_have_title("Intermediaries meet at Lake Breven · disputed · sarn · Dateline")


def test_a_collection_that_the_address_names_need_not_wait_for_the_names_of_all(site: Site, page: Page) -> None:
    with holding(site, "/collections?"):
        page.goto(f"{site.url}#in=sarn&view=events")
        expect(row(page, "Intermediaries meet")).to_be_visible()

    expect(page.locator("#collection")).to_have_value("sarn")


def test_rows_stand_under_their_months_with_how_many_there_are(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=oneday&view=events")

    expect(page.locator("#list h3")).to_have_text(["2022 (12)", "May 2023 (12)", "May 2024 (36)"])


def test_documents_are_found_by_state_and_words_and_sorted_by_their_day(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=scans&view=events")
    listed = page.locator("#panel a.document")
    expect(listed).to_have_count(3)

    page.get_by_label("Documents’ state").select_option("rejected")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("photo.jpg")
    page.get_by_label("Documents’ state").select_option("")
    page.get_by_label("Documents that hold").fill("SECOND")
    expect(listed).to_have_count(1)
    page.get_by_label("Documents that hold").fill("")
    page.get_by_label("Documents’ order").select_option("oldest")
    expect(listed.last).to_contain_text("photo.jpg")


def test_the_drawing_has_lanes_by_what_the_reader_wants(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events")
    page.locator("#lanes").select_option("status")

    expect(page).to_have_url(re.compile("lanes=status"))
    names = page.locator("#drawing .lanes text")
    expect(names).to_have_count(5)
    expect(names.first).to_contain_text("stated (9)")
    tops = page.evaluate(
        """() => Object.fromEntries(["Cracks", "Intermediaries"].map((words) => {
             const all = [...document.querySelectorAll("#drawing g.event")];
             return [words, all.find((one) => one.textContent.includes(words)).getBoundingClientRect().top];
           }))"""
    )
    lines = [one.bounding_box() for one in page.locator("#drawing .lanes line").all()]
    assert len({sum(1 for line in lines if line and line["y"] < top + 8) for top in tops.values()}) == 2

    page.reload()
    expect(names).to_have_count(5)


def test_a_title_is_whole_where_nothing_stands_beside_it(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&q=measurements&see=2022-01-01..2026-12-31")

    expect(drawn(page, "Governments").locator("text")).to_have_text("Governments agree to share measurements")


def test_all_leaves_out_what_lies_far_off_at_first(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=outlier&view=events&see=2015-01-01..2016-01-01")
    expect(page.locator("#count")).to_have_text("61 events")

    page.locator("#zoom-all").click()
    expect(page).to_have_url(re.compile(r"see=201[45]-.*\.\.20(19|20)"))
    expect(page.locator("#drawing .beyond")).to_have_text("‹ 1 earlier")

    page.locator("#zoom-all").click()
    expect(page).to_have_url(re.compile("see=16"))


def test_a_print_holds_every_row_and_where_it_is_from(site: Site, browser: Browser) -> None:
    with looking(browser) as page:
        page.goto(f"{site.url}#in=oneday&view=events")
        expect(page.locator("#count")).to_have_text("60 events")
        assert read_pdf(page.pdf()).count("The bridge falls") >= 12
        page.goto(f"{site.url}#in=sources&view=events")
        expect(page.locator("#count")).to_have_text("5 events")

        printed = read_pdf(page.pdf())

    assert "stated by Kelm Courier · Mara Lind" in printed
    assert "https://kelm.example/bridge" in printed
    assert "Conflict" not in printed
    assert "Export" not in printed


def read_pdf(data: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(data))


def test_what_has_no_room_in_the_drawing_is_listed_where_it_lies(site: Site, page: Page) -> None:
    page.goto(f"{site.url}#in=oneday&view=events&see=2024-05-21..2024-05-27")
    group = page.locator("#drawing .group").last
    expect(group).to_be_visible()
    count = int((group.text_content() or "").partition("+")[2].split("more")[0])

    group.click(force=True)

    listed = page.locator("#bubble a")
    expect(listed.first).to_be_focused()
    assert listed.count() == count
    page.keyboard.press("Escape")
    expect(page.locator("#bubble")).to_be_hidden()
    expect(page.locator("#drawing")).to_be_focused()

    group.click(force=True)
    title = listed.last.locator("bdi").text_content()
    listed.last.click()
    expect(page.locator("#panel-body h2")).to_have_text(title or "")
    expect(page.locator("#bubble")).to_be_hidden()
    # What was opened has no mark of its own: its group bears the selection.
    expect(page.locator("#drawing .group.selected")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#drawing")).to_be_focused()


def test_a_filter_that_finds_nothing_says_so_in_drawing_and_list_and_offers_to_be_cleared(
    site: Site, page: Page
) -> None:
    page.goto(f"{site.url}#in=sarn&view=events&status=disputed&q=nothing+like+it")

    expect(page.locator("#nothing")).to_have_text("Nothing passes these filters.")
    expect(page.locator("#list")).to_contain_text("Nothing passes these filters.")
    page.locator("#list").get_by_role("button", name="Clear filters").click()

    expect(page.locator("#count")).to_have_text("15 events")
    expect(page.locator("#nothing")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_date_field_has_room_for_a_whole_day(site: Site, browser: Browser, width: int) -> None:
    with looking(browser, width) as page:
        page.goto(f"{site.url}#in=sarn&view=events")
        expect(page.locator("#count")).to_have_text("15 events")
        page.locator("#filter-box").evaluate("box => box.open = true")

        for name in ("From", "To"):
            field = page.get_by_label(name, exact=True)
            field.fill("-0043-03-15")
            assert field.evaluate("field => field.scrollWidth - field.clientWidth") <= 0


def test_everything_has_room_at_360_pixels_and_touch_opens_and_closes(site: Site, browser: Browser) -> None:
    with looking(browser, 360, 740, has_touch=True, is_mobile=True) as page:
        page.goto(f"{site.url}#in=sarn&view=events")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        row(page, "Intermediaries").tap()
        expect(page.locator("#panel-body h2")).to_be_in_viewport()
        page.locator("#panel a.quote").first.tap()
        expect(page.locator("#source .lit")).to_be_in_viewport()
        page.locator("#close-source").tap()
        page.locator("#close").tap()
        expect(page.locator("#list a").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("view", "width", "scheme"),
    [
        ("#in=sarn&view=events&event={event}&source={document}&at=376-463", 1280, "dark"),
        ("#in=sarn&view=events&doc={document}&source={document}", 1280, "light"),
        ("#in=sarn&view=events&event={event}", 360, "light"),
    ],
)
def test_axe_finds_no_serious_fault(site: Site, browser: Browser, view: str, width: int, scheme: str) -> None:
    with looking(browser, width, 800, color_scheme=scheme) as page:
        page.goto(f"{site.url}#in=sarn&view=events")
        href = row(page, "Intermediaries").get_attribute("href") or ""
        event = href.partition("event=")[2]
        page.goto(f"{site.url}{view.format(event=event, document='doc_' + event.split('_')[1])}")
        expect(page.locator("#panel-body h2")).to_be_attached()
        assert serious_faults(page) == []


def test_the_deployed_function_serves_the_page_and_its_files(stack: Running, browser: Browser) -> None:
    text = "Dam opens\n\nThe dam at Aldermoor opened on 6 June 2024, the company said. Nobody denied it."
    # A percent sign in the name, which gateways hand on in more than one way.
    stack.drop("page 100%/dam.txt", text.encode(), published="2024-07-01")
    until(lambda: (line := stack.find("page 100%/dam.txt")) and line["linking"] == "done")

    with looking(browser) as page:
        page.goto(f"{stack.api.base_url}#in=page+100%25")
        row(page, "Aldermoor").click()
        expect(page.locator("#panel-body")).to_contain_text("no language model was configured")
        page.locator("#panel a.quote").first.click()
        expect(page.locator("#source .lit")).to_contain_text("The dam at Aldermoor opened on 6 June 2024")
