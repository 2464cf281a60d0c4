"""A little of what `make proof` does for a minute: changed files, dates and answers are read, rejected or left out."""

from __future__ import annotations

import pytest

from tests.fuzzing.targets import READERS, TARGETS, fuzz, is_read

_SECONDS = 2.0


@pytest.mark.parametrize("name", READERS)
def test_every_seed_can_be_read(name: str) -> None:
    assert is_read(name)


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_read_or_rejected(name: str) -> None:
    assert fuzz(TARGETS[name], _SECONDS / len(TARGETS)) > 0
