"""A minute of changed files, dates and answers, the same ones every time: they are read, rejected or left out."""

from __future__ import annotations

import pytest

from tests.fuzzing.targets import TARGETS, fuzz

_SECONDS = 60.0


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_read_or_rejected(name: str) -> None:
    print(f"\n{name}: {fuzz(TARGETS[name], _SECONDS / len(TARGETS))} inputs")
