"""Uploading in the page, over the running stack with its roles in force: what is sent, what is said, what is undone."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

import httpx2
import pytest
from playwright.sync_api import expect

from tests.local.page_site import looking, serious_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

    from tests.local.running import Running

DATED = "KELM, 3 May 2024 - The market hall of Kelm burned down on Friday. Nobody was hurt, the town said."
UNDATED = "The mayor of Velden resigned on Tuesday. The council will vote in the autumn, it said."
NUMBERS = count()
# Each file of the page comes through the gateway, and many at once start as many functions.
LOADED_MS = 120_000
# From the drop of a document to its state on a busy machine.
READ_MS = 120_000


@pytest.fixture
def collection(stack: Running) -> Iterator[str]:
    """Name a collection of the test's own; what was uploaded to it goes with the test."""
    name = f"up-{next(NUMBERS)}"
    yield name
    for one in documents(stack, name):
        stack.delete(f"{name}/{one['path']}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with two documents, one of a folder below, one that cannot be read, and a hidden file."""
    top = tmp_path / "letters"
    (top / "below").mkdir(parents=True)
    (top / "dated.txt").write_text(DATED)
    (top / "below" / "undated.txt").write_text(UNDATED)
    (top / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (top / "empty.txt").write_bytes(b"")
    (top / ".hidden.txt").write_text(DATED)
    return top


@pytest.fixture
def refused(wide: BrowserContext) -> Iterator[Page]:
    """A page that is refused something, of which the browser itself complains."""
    page = wide.new_page()
    yield page
    page.close()


def documents(stack: Running, collection: str) -> list[dict[str, str]]:
    answer = stack.api.get("/documents", params={"collection": collection})
    found: list[dict[str, str]] = answer.json()["documents"] if answer.is_success else []
    return found


def opened(page: Page, stack: Running, collection: str) -> Locator:
    """Open the page and its window for uploads, for a collection."""
    page.goto(f"{stack.api.base_url}", timeout=LOADED_MS)
    page.get_by_role("button", name="Upload", exact=True).click(timeout=LOADED_MS)
    window = page.get_by_role("dialog")
    window.get_by_label("Collection").fill(collection)
    return window


def start(window: Locator) -> None:
    window.locator("[type=submit].act").click()


def row(window: Locator, path: str) -> Locator:
    return window.locator(".uploads li", has=window.page.locator(".name", has_text=re.compile(f"^{re.escape(path)}$")))


def test_a_form_takes_its_file_and_no_other(stack: Running, collection: str) -> None:
    wanted = {"path": "a.txt", "size": len(DATED), "content_type": "text/plain"}
    made = stack.api.post(f"/collections/{collection}/uploads", json=wanted)
    assert made.status_code == 201, made.text
    form = made.json()["form"]

    def post(content: str, **fields: str) -> int:
        return httpx2.post(form["url"], data={**form["fields"], **fields}, files={"file": content.encode()}).status_code

    assert post(DATED[1:]) == 400
    assert post(DATED, key="links/up/join.json") == 403
    assert post(DATED, **{"Content-Type": "text/html"}) == 403
    assert post(DATED, **{"x-amz-meta-title": "Another"}) == 403
    assert documents(stack, collection) == []
    assert post(DATED) == 204
    assert stack.settled(f"{collection}/a.txt")["id"] == made.json()["document_id"]


def test_a_folder_is_uploaded_and_each_file_says_what_became_of_it(
    refused: Page, stack: Running, collection: str, folder: Path
) -> None:
    page = refused
    window = opened(page, stack, collection)
    window.get_by_label("Medium").fill("L’Écho")
    with page.expect_file_chooser() as chooser:
        window.get_by_role("button", name="Choose a folder…").click()
    chooser.value.set_files(folder)
    expect(window.locator(".picked")).to_contain_text("4 files")
    expect(window.locator(".picked")).to_contain_text("1 hidden file left out")

    start(window)

    expect(row(window, "letters/dated.txt").get_by_role("link")).to_contain_text("1 event", timeout=READ_MS)
    expect(row(window, "letters/noise.txt")).to_contain_text("rejected: ", timeout=READ_MS)
    expect(row(window, "letters/empty.txt")).to_contain_text("an empty file says nothing")
    undated = row(window, "letters/below/undated.txt")
    expect(undated).to_contain_text("Its day of publication is not known.", timeout=READ_MS)
    assert {one["path"] for one in documents(stack, collection)} == {
        "letters/dated.txt",
        "letters/below/undated.txt",
        "letters/noise.txt",
    }
    found = stack.find(f"{collection}/letters/below/undated.txt")
    assert stack.get(f"/documents/{found['id']}")["run"]["source"] == "L’Écho"

    undated.get_by_label(re.compile("Day of publication")).fill("2024-05-24")
    undated.get_by_role("button", name="Give it").click()

    expect(undated.get_by_role("link")).to_be_visible(timeout=READ_MS)
    expect(undated).not_to_contain_text("Its day of publication is not known.")
    run = stack.get(f"/documents/{found['id']}")["run"]
    assert run["published"] == {"day": "2024-05-24", "source": "metadata"}
    assert run["source"] == "L’Écho"

    row(window, "letters/dated.txt").get_by_role("link").click()
    expect(page.locator("#panel .dateline")).to_contain_text("letters/dated.txt")
    expect(page.locator("#collection")).to_have_value(collection)


def test_an_upload_is_cancelled_and_tried_again(page: Page, stack: Running, collection: str, folder: Path) -> None:
    window = opened(page, stack, collection)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{stack.bucket}", hold)
    window.page.locator("input[type=file][multiple]").set_input_files(folder / "dated.txt")
    with page.expect_request(f"**/{stack.bucket}"):
        start(window)

    row(window, "dated.txt").get_by_role("button", name="Cancel").click()

    expect(row(window, "dated.txt")).to_contain_text("cancelled")
    expect(row(window, "dated.txt")).to_be_focused()
    assert documents(stack, collection) == []
    page.unroute_all(behavior="ignoreErrors")

    row(window, "dated.txt").get_by_role("button", name="Try again").click()

    expect(row(window, "dated.txt").get_by_role("link")).to_contain_text("1 event", timeout=READ_MS)


def test_a_document_is_replaced_only_by_who_says_so_and_deleted(
    page: Page, stack: Running, collection: str, folder: Path
) -> None:
    stack.drop(f"{collection}/dated.txt", UNDATED.encode())
    before = stack.settled(f"{collection}/dated.txt")
    window = opened(page, stack, collection)
    window.page.locator("input[type=file][multiple]").set_input_files(folder / "dated.txt")

    start(window)
    expect(row(window, "dated.txt")).to_contain_text("A document of this name is there already.", timeout=READ_MS)
    assert stack.find(f"{collection}/dated.txt")["dropped"] == before["dropped"]
    row(window, "dated.txt").get_by_role("button", name="Replace it").click()

    row(window, "dated.txt").get_by_role("link").click(timeout=READ_MS)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text("market hall of Kelm")
    panel.get_by_role("button", name="Delete…").click()
    panel.get_by_role("button", name="Delete", exact=True).click()

    expect(panel.locator(".dateline")).to_have_count(0, timeout=READ_MS)
    assert stack.find(f"{collection}/dated.txt") is None


def test_files_and_folders_are_dropped_anywhere_on_the_page(
    refused: Page, stack: Running, collection: str, folder: Path
) -> None:
    page = refused
    page.goto(f"{stack.api.base_url}", timeout=LOADED_MS)
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_visible(timeout=LOADED_MS)
    devtools = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})

    window = page.get_by_role("dialog")
    expect(window.locator(".picked")).to_contain_text("4 files")
    window.get_by_label("Collection").fill(collection)
    start(window)

    expect(row(window, "letters/dated.txt").get_by_role("link")).to_be_visible(timeout=READ_MS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_by_keys_alone_in_a_narrow_window_and_without_serious_faults(
    browser: Browser, stack: Running, collection: str, folder: Path, scheme: str
) -> None:
    with looking(browser, 360, 740, color_scheme=scheme) as page:
        page.goto(f"{stack.api.base_url}", timeout=LOADED_MS)
        page.get_by_role("button", name="Upload", exact=True).focus(timeout=LOADED_MS)
        page.keyboard.press("Enter")
        window = page.get_by_role("dialog", name="Upload")
        window.get_by_label("Collection").fill(collection)
        window.page.locator("input[type=file][multiple]").set_input_files([folder / "dated.txt", folder / "noise.txt"])
        expect(window.locator("[type=submit].act")).to_be_focused()
        page.keyboard.press("Enter")
        expect(row(window, "dated.txt").get_by_role("link")).to_be_visible(timeout=READ_MS)
        expect(row(window, "noise.txt")).to_contain_text("rejected: ", timeout=READ_MS)

        assert serious_faults(page) == []
        assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        expect(window).to_be_hidden()
