"""Two thousand documents dropped at once, and a model that takes 2 s and fails 7 calls of 100: all are processed.

Printed: documents a second, calls a document, faults, how long a document waited, dead letters. Set
DATELINE_LOAD_DOCUMENTS for fewer.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING

from tests.benchmarks.live_lane import ids_of, live_lane
from tests.benchmarks.model import SlowModel
from tests.local.articles import article

if TYPE_CHECKING:
    from pathlib import Path

_DOCUMENTS = int(os.environ.get("DATELINE_LOAD_DOCUMENTS", "2000"))
# As a newsroom's: several, none of them small.
_A_COLLECTION = 100
_MODEL_SECONDS, _FAULTS = 2.0, {500: 0.05, 429: 0.02}
# Beyond one call each and one more for each that failed: nothing is asked twice.
_MOST_CALLS = 1.15
_MOST_SECONDS = 1_800


def test_a_flood_under_a_slow_model_that_fails_is_processed_whole(tmp_path: Path) -> None:
    model = SlowModel(_MODEL_SECONDS, _FAULTS)
    collections = [f"c{number}" for number in range(-(-_DOCUMENTS // _A_COLLECTION))]
    paths = [f"{number}.txt" for number in range(_DOCUMENTS)]
    groups = {one: paths[place :: len(collections)] for place, one in enumerate(collections)}
    with live_lane(tmp_path, model) as lane:
        began = time.time()
        for collection, some in groups.items():
            lane.drop(collection, ((path, article(int(path.removesuffix(".txt")))) for path in some))
        dropped = time.time() - began
        ids = [one for collection, some in groups.items() for one in ids_of(collection, some)]
        heads = lane.settle(ids, _MOST_SECONDS)
        linked = time.time() - began
        dead = lane.dead_letters()
    outcomes = Counter(held.head.state for held in heads.values())
    switched = [(held.head.switched_at, held.head.dropped) for held in heads.values()]
    waits = sorted((at - since).total_seconds() for at, since in switched if at is not None)
    took = max(at.timestamp() for at, _ in switched if at is not None) - began
    calls, rate = model.calls / len(ids), len(ids) / took
    for name, value in (
        ("documents", f"{len(ids):,}, dropped within {dropped:.0f} s"),
        (
            "processed",
            f"{outcomes['done']:,} in {took:.0f} s, {rate:.1f} a second; linked after {linked:.0f} s",
        ),
        ("rejected, waiting", f"{outcomes['rejected']}, {outcomes['waiting']}"),
        ("calls a document", f"{calls:.3f}, {model.paid_twice} of them paid for twice"),
        ("calls that failed", f"{dict(sorted(model.failed.items()))}, {model.failed.total() / model.calls:.1%}"),
        ("wait in s", f"median {waits[len(waits) // 2]:.0f}, longest {waits[-1]:.0f}"),
        ("dead letters", str(dead)),
    ):
        print(f"{name:18} {value}")
    assert outcomes == {"done": len(ids)}
    assert dead == 0
    assert model.paid_twice == 0
    assert calls < _MOST_CALLS
