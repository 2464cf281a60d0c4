"""The page while documents come, change and go: what it says, when it asks, and that nothing that is read moves."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dateline.store import keys
from tests.local.page_documents import Citations, Written, dated, finding, stored
from tests.local.page_site import Site, looking, row, serious_faults, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SOON_MS, LATER_MS = 5_000, 60_000
NUMBERS = count()
MANY = 60


@pytest.fixture(scope="module")
def serving() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.fixture
def site(serving: Site) -> tuple[Site, str]:
    """Publish a document in a collection of the test's own; return it with the site."""
    collection = f"news-{next(NUMBERS)}"
    serving.publish(telling(collection, "first", "Hall opens", "Hall closes"))
    return serving, collection


def telling(collection: str, name: str, *titles: str, year: int = 2024) -> Written:
    days = [f"{year}-{number // 28 + 1:02}-{number % 28 + 1:02}" for number in range(len(titles))]
    sentences = tuple(f"On {day}: {title}." for day, title in zip(days, titles, strict=True))
    text = stored(sentences)
    cite = Citations(sentences, text)
    found = [
        finding(title, dated(day, day, day, edtf=day), cite(number))
        for number, (day, title) in enumerate(zip(days, titles, strict=True), 1)
    ]
    return Written(f"drop/{collection}/{name}.txt", name, text, None, tuple(found))


def receive(site: Site, collection: str, name: str) -> None:
    """Have a document wait, as from its receipt on."""
    place = keys.place(f"drop/{collection}/{name}.txt")
    assert place is not None
    held = site.store.heads.take(place, 60)
    site.store.heads.write(held, held.head.model_copy(update={"waiting_for": "an answer"}))


def opened(page: Page, site: Site, collection: str, more: str = "") -> None:
    """Open a collection with a clock that goes only when told to, and wait until the page follows it."""
    page.clock.install()
    page.goto(f"{site.url}#in={collection}&view=events{more}")
    expect(row(page, "Hall opens")).to_be_visible()
    page.wait_for_function("name => localStorage.getItem(name) !== null", arg=f"dateline.visit:{collection}")


def pass_time(page: Page, milliseconds: int = SOON_MS) -> None:
    page.clock.run_for(milliseconds)


@contextmanager
def asking(page: Page) -> Iterator[list[str]]:
    """Note what is asked of the API."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield asked


def test_events_come_by_themselves_where_nothing_is_disturbed(site: tuple[Site, str], page: Page) -> None:
    serving, collection = site
    opened(page, serving, collection)
    serving.publish(telling(collection, "second", "Bridge opens"))

    pass_time(page)

    expect(row(page, "Bridge opens")).to_be_visible()
    expect(page.locator("#count")).to_have_text("3 events")
    expect(page.locator("#news")).to_be_hidden()
    expect(page.locator("#panel .document")).to_have_count(2)


def test_what_is_read_stays_in_its_place_until_the_reader_asks_for_what_is_new(
    site: tuple[Site, str], page: Page
) -> None:
    serving, collection = site
    # Rows are of different height, as none is known to be before it is seen.
    titles = [f"Meeting {number}{' of the council about roof and harbour' * (number % 4)}" for number in range(MANY)]
    serving.publish(telling(collection, "long", *titles))
    opened(page, serving, collection)
    read = row(page, f"Meeting {MANY // 2}")
    read.click()
    expect(page.locator("#panel-body h2")).to_have_text(titles[MANY // 2])
    before = read.bounding_box()

    serving.publish(telling(collection, "early", *(f"Earlier {number}" for number in range(5)), year=2020))
    pass_time(page)
    news = page.locator("#news")
    expect(news).to_have_text("5 new events")
    expect(page.locator("#said")).to_have_text("5 new events")
    expect(row(page, "Earlier 0")).to_have_count(0)
    assert serious_faults(page) == []
    news.click()

    expect(row(page, "Earlier 0")).to_have_count(1)
    expect(news).to_be_hidden()
    after = read.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2
    expect(page.locator("#panel-body h2")).to_have_text(titles[MANY // 2])


def test_the_page_says_how_far_the_documents_are_and_what_became_of_each(site: tuple[Site, str], page: Page) -> None:
    serving, collection = site
    for name in ("second", "third"):
        receive(serving, collection, name)
    opened(page, serving, collection)
    expect(page.locator("#live")).to_have_text("1 of 3 documents done")
    listed = page.locator("#panel .document")
    expect(listed.filter(has_text="second.txt")).to_contain_text("waiting for an answer")

    page.clock.run_for(1)
    serving.publish(telling(collection, "second", "Bridge opens"))
    serving.reject(f"drop/{collection}/third.txt", "it is an image")
    pass_time(page)

    expect(listed.filter(has_text="third.txt")).to_contain_text("rejected: it is an image")
    expect(listed.filter(has_text="second.txt")).to_contain_text("1 event")
    expect(page.locator("#live")).to_have_text("")


def test_a_document_that_is_gone_leaves_the_list(site: tuple[Site, str], page: Page) -> None:
    serving, collection = site
    written = telling(collection, "second", "Bridge opens")
    serving.publish(written)
    opened(page, serving, collection)
    expect(page.locator("#panel .document")).to_have_count(2)

    place = keys.place(written.key)
    assert place is not None
    held = serving.store.heads.take(place, 60)
    serving.store.heads.write(held, held.head.model_copy(update={"state": "deleted", "current": None}))
    pass_time(page)

    expect(page.locator("#panel .document")).to_have_count(1)
    expect(row(page, "Bridge opens")).to_have_count(0)


def test_a_hidden_tab_asks_nothing_and_asks_at_once_when_it_is_seen_again(site: tuple[Site, str], page: Page) -> None:
    serving, collection = site
    receive(serving, collection, "second")
    opened(page, serving, collection)
    show = "seen => { Object.defineProperty(document, 'hidden', {value: !seen, configurable: true});"
    show += " document.dispatchEvent(new Event('visibilitychange')); }"

    with asking(page) as asked:
        page.evaluate(show, False)
        pass_time(page, 10 * LATER_MS)
        assert asked == []
        serving.publish(telling(collection, "second", "Bridge opens"))
        page.evaluate(show, True)
        pass_time(page, 1)

        expect(row(page, "Bridge opens")).to_be_visible()
    assert any("changed_since=" in one for one in asked)


def test_the_page_asks_once_a_minute_where_nothing_waits(site: tuple[Site, str], page: Page) -> None:
    serving, collection = site
    document = keys.Place(f"drop/{collection}/first.txt", collection, "first.txt").document_id
    held = serving.store.heads.get(document)
    assert held is not None
    serving.store.heads.note_folded(held, is_open=False)
    opened(page, serving, collection)

    with asking(page) as asked:
        pass_time(page, LATER_MS - SOON_MS)
        assert asked == []
        with page.expect_request(lambda request: "changed_since=" in request.url):
            pass_time(page, SOON_MS)
    assert len(asked) == 1


def test_what_was_dropped_since_the_last_visit_is_marked_as_new(site: tuple[Site, str], browser: Browser) -> None:
    serving, collection = site
    with looking(browser) as page:
        page.goto(f"{serving.url}#in={collection}&view=events")
        expect(row(page, "Hall opens")).to_be_visible()
        expect(page.locator(".fresh")).to_have_count(0)
        visit = {"to": "2020-01-01T00:00:00Z", "from": None, "seen": 0}
        page.wait_for_function("name => localStorage.getItem(name) !== null", arg=f"dateline.visit:{collection}")
        page.evaluate(
            "([name, text]) => localStorage.setItem(name, text)", [f"dateline.visit:{collection}", json.dumps(visit)]
        )

        page.reload()

        expect(row(page, "Hall opens").locator(".fresh")).to_have_text("new")
        expect(page.locator("#live")).to_have_text("1 new document since your last visit")
        page.reload()
        expect(page.locator("#panel .document .fresh")).to_have_text("new")


def test_a_blocked_storage_does_no_harm(site: tuple[Site, str], browser: Browser) -> None:
    serving, collection = site
    with looking(browser) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})")
        page.clock.install()
        page.goto(f"{serving.url}#in={collection}&view=events")
        expect(row(page, "Hall opens")).to_be_visible()
        expect(page.locator("#panel .document")).to_have_count(1)
        page.locator("#theme").click()
        serving.publish(telling(collection, "second", "Bridge opens"))
        pass_time(page)

        expect(row(page, "Bridge opens")).to_be_visible()
