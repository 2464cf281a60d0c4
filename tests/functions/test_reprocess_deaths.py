"""A run of the function that is killed at any write: the next ones find their way, and ask about nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.functions.dying import Gate
from tests.functions.reprocessing import Paper, paper_with
from tests.misbehaving_batches import expires, misbehaving_batches

DOCUMENTS = 2


@pytest.fixture
def paper(environment: pytest.MonkeyPatch) -> Iterator[Paper]:
    with misbehaving_batches() as provider, paper_with(provider, environment, DOCUMENTS) as paper:
        yield paper


def test_whatever_write_a_run_dies_at_the_next_ones_bring_all_documents_through(paper: Paper) -> None:
    for writes in count():
        model = f"extractive-{writes + 2}"
        paper.deploy(model)
        paper.begin()
        gate = Gate(writes)

        plan = paper.bring_through(expires(1), gate=gate)
        paper.drain()  # what was sent twice

        assert plan.tally is not None
        assert plan.tally.outcomes == {"done": DOCUMENTS}, writes
        assert paper.models() == {model: DOCUMENTS}, writes
        assert paper.asked == (writes + 1, writes + 1)
        assert (paper.provider.done["create"], paper.left_behind()) == (writes + 1, [])
        paper.forget_recipes()
        if gate.passed < writes:
            return
