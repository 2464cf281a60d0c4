"""One stack for all tests that leave it as they found it, and a browser for each file of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.local.page_site import browsing, tab, window
from tests.local.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    # With the roles of the template in force: a permission that is missing there fails here.
    with running(tmp_path_factory.mktemp("stack"), "--enforce-roles") as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as one:
        yield one


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    with window(browser) as one:
        yield one


@pytest.fixture
def page(wide: BrowserContext) -> Iterator[Page]:
    with tab(wide) as one:
        yield one
