"""Texts of one sign or word over and over: reading and checking them takes no longer than prose, or little."""

from __future__ import annotations

import pytest

from tests.unit.judge.hostile_texts import LENGTH, PROSE, REPEATED, seconds, text_of, work_on

# Measured: at most 1.7, of a text of nothing but dates; rules whose time grew with the square took 6 to 30.
MOST = 2


@pytest.fixture(scope="module")
def prose() -> float:
    """Measure prose, each sentence with other figures, since texts that repeat are found in caches."""
    texts = [
        "".join(
            PROSE.replace("12", str(n)).replace("4.5", str(n / 10)) for n in range(start, start + LENGTH // len(PROSE))
        )
        for start in (0, 1000)
    ]
    work_on(texts[0][:2_000])
    return max(map(seconds, texts))


@pytest.mark.parametrize("piece", REPEATED, ids=ascii)
def test_a_hostile_text_takes_little_longer_than_prose(piece: str, prose: float) -> None:
    text = text_of(piece)

    assert any(seconds(" " * again + text) < MOST * prose for again in range(3))
