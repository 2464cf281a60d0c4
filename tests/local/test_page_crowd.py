"""The page with a thousand events: drawn in time, none over another, the rest in groups, the first rows at once."""

from __future__ import annotations

import threading

from playwright.sync_api import expect

from tests.local import page_documents
from tests.local.page_site import browsing, looking, served


def test_a_thousand_events_are_drawn_soon_after_a_zoom_step() -> None:
    with browsing() as browser, served() as site, looking(browser) as page:
        site.publish(page_documents.crowd(1_000))
        page.goto(f"{site.url}#in=crowd&view=events")
        expect(page.locator("#count")).to_have_text("1,000 events")
        expect(page.locator("#drawing .group").first).to_be_visible()

        steps = page.evaluate(
            """async () => {
              const drawing = document.getElementById("drawing");
              const frame = () => new Promise((done) => requestAnimationFrame(done));
              const taken = [];
              for (const deltaY of [-300, -300, 300, -500, 500, 300]) {
                await frame();
                const began = performance.now();
                const wheel = { deltaY, clientX: 600, clientY: 200, cancelable: true };
                drawing.dispatchEvent(new WheelEvent("wheel", wheel));
                await frame();
                await frame();
                taken.push(performance.now() - began);
              }
              return taken.sort((a, b) => a - b);
            }"""
        )

        # Ten times the goal, which the benchmark of the page's speed holds on a quiet machine; here others work, too.
        assert steps[len(steps) // 2] < 1_000
        drawn_events = page.evaluate(
            """() => [...document.querySelectorAll("#drawing g.event")].map((one) => {
                 const { x, y, width, height } = one.querySelector(".ground").getBBox();
                 return [x + 5, y, width - 10, height];
               })"""
        )
        assert len(drawn_events) > 10
        assert not any(overlap(one, other) for one in drawn_events for other in drawn_events if one is not other)

        # What has no room is grouped, and a group opens by zooming in.
        page.locator("#zoom-all").click()
        before = page.locator("#drawing .group text").all_text_contents()
        assert sum(map(int, before)) > 500
        page.locator("#drawing .group").nth(3).click()
        expect(page.locator("#drawing .group text")).not_to_have_text(before)


def test_the_first_rows_are_read_while_others_are_on_their_way_and_filters_act_on_all() -> None:
    with browsing() as browser, served() as site, looking(browser) as page:
        site.publish(page_documents.crowd(1_000))
        released = site.held["/collections/crowd/timeline?limit=200&cursor="] = threading.Event()
        page.goto(f"{site.url}#in=crowd&view=events")
        expect(page.locator("#count")).to_have_text("50 events so far …")
        expect(page.locator("#list a")).to_have_count(50)
        expect(page.locator("#drawing g.event").first).to_be_visible()
        expect(page.locator("#panel a.document")).to_be_visible()
        page.locator("#list a").first.click()
        expect(page.locator("#panel-body h2")).to_be_focused()

        site.held.clear()
        released.set()
        expect(page.locator("#count")).to_have_text("1,000 events")
        expect(page.locator("#list a")).to_have_count(1_000)
        expect(page.locator("#panel-body h2")).to_have_text("Thing number 1 happens somewhere")

        for count in ("250 events of 1,000", "1,000 events"):
            page.locator("input[name=status][value=disputed]").evaluate("chip => chip.click()")
            expect(page.locator("#count")).to_have_text(count)


def overlap(one: list[float], other: list[float]) -> bool:
    return one[1] == other[1] and one[0] < other[0] + other[2] - 0.5 and other[0] < one[0] + one[2] - 0.5
