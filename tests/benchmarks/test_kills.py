"""Three hundred kills of real function processes, spread over runs of 200 documents: the store is as without a kill.

Printed: for each run its kills, documents that were begun anew and paid twice, dead letters. Set DATELINE_KILLS,
DATELINE_KILLS_A_RUN and DATELINE_KILLS_DOCUMENTS for fewer.
"""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.benchmarks.live_lane import LiveLane, ids_of, live_lane
from tests.benchmarks.model import SlowModel
from tests.local.articles import article
from tests.picture import picture

if TYPE_CHECKING:
    from pathlib import Path

_KILLS = int(os.environ.get("DATELINE_KILLS", "300"))
_KILLS_A_RUN = int(os.environ.get("DATELINE_KILLS_A_RUN", "60"))
_DOCUMENTS = int(os.environ.get("DATELINE_KILLS_DOCUMENTS", "200"))
# A kill meets a worker at a call of the model as often as at its own work.
_MODEL_SECONDS = 0.3
# As the template has it, a message comes again only when its worker is gone for certain, and with it the lease.
_FUNCTION_SECONDS, _VISIBILITY_SECONDS = 40, 46
# Kills end before a message of this run can have met a third: it is a dead letter after five.
_SECONDS_OF_KILLS = 2 * _VISIBILITY_SECONDS - 8
_SETTLED_WITHIN_SECONDS = 600.0
_MOST_RUNS = 3 * -(-_KILLS // _KILLS_A_RUN)


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    picture: dict[str, Any]
    left_over: list[str]
    kills: int
    again: int
    paid_twice: int
    dead_letters: int
    seconds: float

    @property
    def line(self) -> str:
        return (
            f"{self.kills:5} {self.again:12} {self.paid_twice:10} {self.dead_letters:12} {len(self.left_over):9} "
            f"{self.seconds:7.0f}"
        )


def test_after_hundreds_of_kills_the_store_is_what_it_is_after_none(tmp_path: Path) -> None:
    with live_lane(tmp_path, SlowModel(_MODEL_SECONDS, {})) as lane:
        lane.shorten(_FUNCTION_SECONDS, _VISIBILITY_SECONDS)
        print(f"\n{_DOCUMENTS} documents a run\nkills begun anew  paid twice dead letters left over seconds")
        calm = _run(lane, "calm", 0)
        print(calm.line, flush=True)
        outcomes: list[Outcome] = []
        while (left := _KILLS - sum(one.kills for one in outcomes)) > 0:
            assert len(outcomes) < _MOST_RUNS, "kills find no workers"
            outcomes.append(_run(lane, f"run{len(outcomes)}", min(_KILLS_A_RUN, left)))
            print(outcomes[-1].line, flush=True)
    twice = sum(one.paid_twice for one in outcomes)
    print(f"{_KILLS} kills: {twice} of {_DOCUMENTS * len(outcomes):,} documents were paid for twice")
    for one in (calm, *outcomes):
        assert (one.left_over, one.dead_letters) == ([], 0)
        assert one.picture == calm.picture
    assert sum(one.kills for one in outcomes) == _KILLS


def _run(lane: LiveLane, collection: str, kills: int) -> Outcome:
    """Drop documents one after the other while workers are killed at random, and wait for what becomes of them."""
    chance = random.Random(collection)
    lane.forget_answers()
    lane.model.answered.clear()
    paths = [f"{number}.txt" for number in range(_DOCUMENTS)]
    texts = [(path, article(number)) for number, path in enumerate(paths)]
    began = time.monotonic()
    rounds = max(kills, 1)
    killed = 0
    for number in range(rounds):
        lane.drop(collection, texts[number::rounds])
        if kills:
            ends = began + (number + 1) * _SECONDS_OF_KILLS / rounds
            time.sleep(chance.uniform(0, max(0.0, ends - time.monotonic())))
            killed += _kill_one(lane, chance, ends)
            time.sleep(max(0.0, ends - time.monotonic()))
    heads = lane.settle(ids_of(collection, paths), _SETTLED_WITHIN_SECONDS)
    seconds = time.monotonic() - began
    return Outcome(
        picture=picture(lane.store, collection, paths),
        left_over=lane.left_over(collection, heads),
        kills=killed,
        again=sum(held.fence > 1 for held in heads.values()),
        paid_twice=lane.model.paid_twice,
        dead_letters=lane.dead_letters(),
        seconds=seconds,
    )


def _kill_one(lane: LiveLane, chance: random.Random, ends: float) -> bool:
    """Kill one of the processes that work on documents, at once and without a word, if there is one in time."""
    while time.monotonic() < ends:
        workers = lane.workers()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                return True
    return False
