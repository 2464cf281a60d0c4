"""A reader's whole way over the running stack: from a file of their own to a timeline that opens without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.local.page_site import looking, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.local.running import Running

COLLECTION = "walk"
EARLIER = "KELM, 1 May 2024 - The bridge of Kelm opened on Wednesday, the town said."
FIRE = "KELM, 3 May 2024 - The market hall of Kelm burned down on Friday. Nobody was hurt, the town said."
BURNED = "The market hall of Kelm burned down on Friday."
# The page comes through the gateway, and a document is read, on a machine that may be busy.
LOADED_MS = READ_MS = 120_000


@pytest.fixture
def asked(stack: Running) -> Iterator[str]:
    """Give the address of a collection that somebody has dropped a document into."""
    stack.drop(f"{COLLECTION}/earlier.txt", EARLIER.encode())
    stack.settled(f"{COLLECTION}/earlier.txt")
    yield f"{stack.api.base_url}#in={COLLECTION}"
    for name in ("earlier.txt", "fire.txt"):
        stack.delete(f"{COLLECTION}/{name}")


def test_a_file_is_uploaded_comes_live_is_found_opened_quoted_exported_and_read_from_a_disk(
    page: Page, browser: Browser, asked: str, tmp_path: Path
) -> None:
    (tmp_path / "fire.txt").write_text(FIRE)
    page.goto(asked, timeout=LOADED_MS)
    expect(row(page, "bridge of Kelm")).to_be_visible(timeout=LOADED_MS)

    page.get_by_role("button", name="Upload", exact=True).click()
    window = page.get_by_role("dialog")
    window.get_by_label("Medium").fill("Kelm Courier")
    page.locator("input[type=file][multiple]").set_input_files(tmp_path / "fire.txt")
    window.locator("[type=submit].act").click()
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()

    expect(row(page, "market hall of Kelm")).to_contain_text("Kelm Courier", timeout=READ_MS)
    expect(row(page, "bridge of Kelm")).to_be_visible()

    page.locator("#find").fill("MARKET burn*")
    page.locator("#find").press("Enter")
    page.locator("a.hit", has_text="quoted by an event").first.click(timeout=READ_MS)
    expect(page.locator("#panel-body h2")).to_contain_text("market hall of Kelm")
    expect(page.locator("#source .lit")).to_contain_text(BURNED)
    expect(page.locator("#source .lit mark")).to_have_text(["market", "burned"])

    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Web page").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == f"{COLLECTION}.html"

    with looking(browser) as kept:
        kept.goto(file.as_uri())
        expect(kept.locator("blockquote", has_text=BURNED)).to_contain_text("Kelm Courier")
        expect(kept.locator("#drawing svg .event")).to_have_count(2)
