"""Editors' decisions on the page: who is offered them, what they ask for, what is said, and what is shown then."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from dateline.lane import decisions
from dateline.lane.decisions import NewDecision
from tests.local.page_documents import HOSTILE_TITLE, OVERRIDE, Citations, Written, dated, finding, stored
from tests.local.page_site import Site, looking, serious_faults, served

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

BURNS, RESIGNS = "Market hall of Kelm burns down", "Mayor of Velden resigns"
# By a document each: which thing it tells, as it calls it.
TOLD = (
    ("Kelm Courier", BURNS, "2024-05-03"),
    ("Abendblatt", BURNS, "2024-05-03"),
    ("Feuille", BURNS, "2024-05-03"),
    ("Gazette", RESIGNS, "2024-07-09"),
    ("Anything", HOSTILE_TITLE, "2024-09-09"),
)
NUMBERS = count()


@pytest.fixture(scope="module")
def serving() -> Iterator[Site]:
    with served(EDITING="on") as one:
        yield one


@pytest.fixture
def site(serving: Site) -> Iterator[tuple[Site, str]]:
    """Publish a collection of the test's own; return it with the site."""
    collection = f"news-{next(NUMBERS)}"
    publish(serving, collection, TOLD)
    serving.delays = False
    yield serving, collection
    serving.delays = False


def publish(site: Site, collection: str, told: Sequence[tuple[str, str, str]]) -> list[str]:
    """Write a document for each that tells a thing; return the ids of the things' occurrences."""
    occurrences: dict[str, list[str]] = {}
    for medium, title, day in told:
        sentences = ("What is new", f"It happened on {day}: {title}.")
        text = stored(sentences)
        found = finding(title, dated(day, day, day, edtf=day), Citations(sentences, text)(2))
        written = Written(
            f"drop/{collection}/{medium}.txt", "News", text, None, (found,), medium=medium, published=date(2024, 10, 1)
        )
        occurrences.setdefault(title, []).append(f"evt_{site.publish(written).removeprefix('doc_')}_00001")
    return site.link(collection, list(occurrences.values()))


@pytest.fixture
def refused(wide: BrowserContext) -> Iterator[Page]:
    """A page that may be refused something, of which the browser itself complains."""
    page = wide.new_page()
    yield page
    page.close()


def opened(page: Page, site: tuple[Site, str], title: str = BURNS) -> Locator:
    """Open an occurrence; return what it is shown as."""
    page.goto(f"{site[0].url}#in={site[1]}")
    page.locator("#list a", has_text=title[:30]).click()
    panel = page.locator("#panel")
    expect(panel.locator(".editing")).to_be_visible()
    return panel


def form(panel: Locator, name: str) -> Locator:
    panel.get_by_role("button", name=f"{name}…").click()
    return panel.get_by_role("form", name=name)


def decide(asked: Locator, reason: str) -> None:
    """Give the reason and send the form off."""
    asked.locator("[name=reason]").fill(reason)
    asked.locator("[type=submit]").click()


def test_where_nobody_decides_a_decision_is_shown_with_its_author_and_reason_but_no_button(browser: Browser) -> None:
    with served() as site, looking(browser) as page:
        burns, *_ = publish(site, "news", TOLD)
        new = NewDecision(kind="note", occurrences=(burns,), reason="<b>Asked</b> the mayor.")
        _, note = decisions.decide(new, "news", "Ada", site.store)
        site.note_decision("news", note.id)
        site.follow()

        page.goto(f"{site.url}#in=news")
        page.locator("#list a", has_text=BURNS).click()

        expect(page.locator("#panel .compare tbody tr")).to_have_count(3)
        expect(page.locator("#panel")).to_contain_text(
            re.compile(r"an editor's note, .* 20\d\d, Ada: <b>Asked</b> the")
        )
        expect(page.locator(".editing, .undo")).to_have_count(0)


def test_a_note_is_shown_as_text_and_undone(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site)

    decide(form(panel, "Note"), "<b>See</b> the minutes.")

    expect(panel).to_contain_text("AWS:the-function: <b>See</b> the minutes.")
    expect(page.locator("#said")).to_have_text("It has been followed.")
    expect(page.locator("#panel-body h2")).to_be_focused()
    panel.get_by_role("button", name="Undo: an editor's note").click()
    expect(panel.locator(".undo")).to_have_count(0)
    expect(panel.get_by_role("heading", name="What editors decided")).to_have_count(0)


def test_what_is_hidden_leaves_the_list_and_comes_back_when_that_is_undone(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site, RESIGNS)

    decide(form(panel, "Hide"), "Another Velden.")

    expect(page.locator("#list a")).to_have_count(2)
    expect(panel).to_contain_text("hidden by an editor")
    expect(panel.get_by_role("button", name="Hide…")).to_have_count(0)
    panel.locator(".undo").click()
    expect(page.locator("#list a")).to_have_count(3)
    expect(panel.get_by_role("button", name="Hide…")).to_be_visible()


def test_a_correction_sends_what_was_changed_alone(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site)
    asked = form(panel, "Correct")
    expect(asked.get_by_label("Title")).to_have_value(BURNS)
    expect(asked.get_by_label("Date")).to_have_value("2024-05-03")
    expect(asked.get_by_label("Status")).to_have_value("stated")
    asked.get_by_label("Date").fill("2024-05-04")

    with page.expect_request(lambda one: one.method == "POST") as sent:
        decide(asked, "The paper misprinted it.")

    decision = json.loads(sent.value.post_data or "")
    assert {name: decision[name] for name in decision if name != "occurrences"} == {
        "kind": "correct",
        "date": "2024-05-04",
        "reason": "The paper misprinted it.",
    }
    expect(panel.locator(".dateline strong")).to_have_text("4 May 2024")
    expect(page.locator("#list a", has_text=BURNS).locator(".when")).to_contain_text("4 May 2024")


def test_what_the_api_finds_wrong_stands_beside_the_field_and_what_was_typed_stays(
    site: tuple[Site, str], refused: Page
) -> None:
    asked = form(opened(refused, site), "Correct")
    asked.get_by_label("Date").fill("last spring")
    decide(asked, "It was then.")

    wrong = asked.get_by_label("Date")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("write a date as EDTF"))
    expect(asked.locator(".problem:visible")).to_have_count(1)
    expect(asked.locator("[name=reason]")).to_have_value("It was then.")

    wrong.fill("2024-03/2024-05")
    asked.locator("[type=submit]").click()
    expect(refused.locator("#panel .dateline strong")).to_have_text("Mar–May 2024")


def test_nothing_is_sent_that_lacks_something(site: tuple[Site, str], page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method))
    panel = opened(page, site)
    for name, field, words in (
        ("Hide", "reason", "Say why."),
        ("Note", "reason", "Write the note."),
        ("Split", "events", "Tick a report."),
        ("Join", "other", "Choose an occurrence, or paste its id."),
        ("Correct", "", "Change the title, the date or the status."),
    ):
        asked = form(panel, name)
        asked.locator("[type=submit]").click()
        expect(asked.locator(f'[data-of="{field}"]')).to_have_text(words)

    assert "POST" not in sent


def test_ticked_reports_become_an_occurrence_of_their_own(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site)
    asked = form(panel, "Split")
    expect(asked.get_by_role("checkbox")).to_have_count(3)
    asked.get_by_label("Feuille").check()

    decide(asked, "Another hall.")

    expect(page.locator("#list a", has_text=BURNS)).to_have_count(2)
    expect(panel.locator(".compare tbody tr")).to_have_count(2)


def test_an_occurrence_near_in_time_is_joined(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site)
    asked = form(panel, "Join")
    near = asked.get_by_label("near in time")
    expect(near.locator("option")).to_have_text(["choose …", f"9 Jul 2024 — {RESIGNS}", re.compile("^9 Sep 2024")])
    near.select_option(index=1)

    decide(asked, "One affair.")

    expect(panel.locator(".compare tbody tr")).to_have_count(4)
    expect(page.locator("#list a")).to_have_count(2)


def test_a_pasted_address_is_joined_and_the_one_that_ended_leads_to_the_other(
    site: tuple[Site, str], refused: Page
) -> None:
    opened(refused, site)
    (older,) = re.findall("occ_[a-z2-7]+", refused.url)
    address = refused.url
    panel = opened(refused, site, RESIGNS)
    asked = form(panel, "Join")
    asked.get_by_label("by its id").fill(f"occ_{'a' * 20}")
    decide(asked, "One affair.")
    expect(asked.locator("[data-of=other]")).to_contain_text("There is no occurrence occ_aaaa")

    asked.get_by_label("by its id").fill(address)
    asked.locator("[type=submit]").click()

    expect(panel.locator(".compare tbody tr")).to_have_count(4)
    expect(refused).to_have_url(re.compile(older))


def test_until_it_is_followed_the_page_says_so(site: tuple[Site, str], page: Page) -> None:
    site[0].delays = True
    panel = opened(page, site)
    decide(form(panel, "Note"), "See the minutes.")
    expect(panel.locator(".following")).to_have_text("It is being followed …")
    expect(panel.locator(".following")).to_be_focused()

    site[0].follow()

    expect(panel).to_contain_text("See the minutes.")


def test_what_takes_longer_is_said_to_be_written(site: tuple[Site, str], page: Page) -> None:
    page.clock.install()
    site[0].delays = True
    panel = opened(page, site)
    decide(form(panel, "Note"), "See the minutes.")
    expect(panel.locator(".following")).to_have_text("It is being followed …")

    page.clock.run_for(11_000)

    expect(panel.locator(".following")).to_contain_text("It is written, but not followed yet")


@pytest.mark.parametrize("status", [403, 503])
def test_a_refusal_is_told_in_the_form(site: tuple[Site, str], refused: Page, status: int) -> None:
    answer: dict[str, Any] = {"status": status, "content_type": "application/json", "body": '{"message": "No."}'}
    refused.route("**/decisions", lambda route: route.fulfill(**answer))
    asked = form(opened(refused, site), "Hide")

    decide(asked, "Another Velden.")

    told = "You may read here, but not change this." if status == 403 else "No."
    expect(asked.get_by_role("alert")).to_have_text(told)
    expect(asked.locator("[name=reason]")).to_have_value("Another Velden.")


def test_an_undoing_that_is_refused_is_told(site: tuple[Site, str], refused: Page) -> None:
    panel = opened(refused, site)
    decide(form(panel, "Note"), "See the minutes.")
    refused.route("**/decisions/*", lambda route: route.fulfill(status=403, body="{}"))

    panel.locator(".undo").click()

    expect(panel.locator(".following")).to_have_text("You may read here, but not change this.")
    expect(panel).to_contain_text("See the minutes.")


def test_a_draft_outlasts_a_look_at_a_report_and_its_source(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site)
    form(panel, "Note").locator("[name=reason]").fill("Half a thou")

    panel.locator("a.quote").first.click()
    expect(page.locator("#source .lit")).to_be_visible()
    page.keyboard.press("Escape")
    panel.locator("a.report").first.click()
    expect(panel).to_contain_text("Why this date")
    page.get_by_role("link", name="All its reports").click()

    expect(panel.locator("[name=reason]")).to_have_value("Half a thou")


def test_the_keyboard_alone_is_enough(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site)
    panel.get_by_role("button", name="Note…").focus()
    page.keyboard.press("Enter")
    expect(panel.locator("[name=reason]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel.get_by_role("button", name="Note…")).to_be_focused()
    expect(panel.get_by_role("button", name="Note…")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.type("See the minutes.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(panel).to_contain_text("an editor's note")


def test_hostile_words_are_words_in_forms_too(site: tuple[Site, str], page: Page) -> None:
    panel = opened(page, site, BURNS)
    option = form(panel, "Join").locator("option", has_text="9 Sep 2024")
    title = HOSTILE_TITLE.replace(OVERRIDE, "\ufffd")
    expect(option).to_have_text(re.compile(re.escape(title[:40])))
    panel = opened(page, site, "<img src=x")
    expect(form(panel, "Correct").get_by_label("Title")).to_have_value(HOSTILE_TITLE)

    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.querySelectorAll('#panel :is(img, script)').length") == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_axe_finds_no_serious_fault_and_nothing_is_wider_than_the_window(
    site: tuple[Site, str], browser: Browser, width: int, scheme: str
) -> None:
    with looking(browser, width, 800, color_scheme=scheme) as page:
        panel = opened(page, site)
        for name in ("Correct", "Split", "Join"):
            form(panel, name).locator("[type=submit]").click()
            assert page.locator("#panel").evaluate("panel => panel.scrollWidth <= panel.clientWidth")
            assert serious_faults(page) == []
