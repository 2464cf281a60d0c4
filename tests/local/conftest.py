"""One stack for all tests that leave it as they found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.local.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    # With the roles of the template in force: a permission that is missing there fails here.
    with running(tmp_path_factory.mktemp("stack"), "--enforce-roles") as one:
        yield one
