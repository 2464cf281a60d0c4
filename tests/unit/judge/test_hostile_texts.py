"""Texts of one sign or word over and over: reading and checking them takes no longer than prose, or little."""

from __future__ import annotations

import pytest

from tests.unit.judge.hostile_texts import LENGTH, REPEATED, prose, seconds, text_of, work_on

# Measured: at most 1.7, of a text of nothing but dates; rules whose time grew with the square took 6 to 30.
MOST = 2


@pytest.fixture(scope="module")
def plain() -> float:
    work_on(prose(2_000))
    return max(seconds(prose(LENGTH, seed)) for seed in (1, 2))


@pytest.mark.parametrize("piece", REPEATED, ids=ascii)
def test_a_hostile_text_takes_little_longer_than_prose(piece: str, plain: float) -> None:
    text = text_of(piece)

    assert any(seconds(" " * again + text) < MOST * plain for again in range(3))
