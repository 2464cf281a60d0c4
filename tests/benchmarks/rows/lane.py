"""The local stack under a model of set latency: one document after another, then 400 at once.

The emulator, the model and the functions share this machine's processors: only what stands beside another figure of
the same run says something.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.paths import RUNTIME_PYTHON, STACK_PYTHON
from tests.benchmarks.live_lane import ids_of, live_lane
from tests.benchmarks.model import SlowModel
from tests.benchmarks.row import Row, script
from tests.benchmarks.trivial import deploy
from tests.local.articles import article
from tests.local.running import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.benchmarks.live_lane import LiveLane

WARM = Row("put to readable, warm, a model of 0 s", "207–274 ms", "≤ 2 ×")
OWN = Row("own CPU a document, linking included", "76 ms")
CROWD = Row("400 documents at once, a model of 2 s with 5 % 500s and 2 % 429s", "5.6 a second, 20 in flight", "≥ 65 %")
IN_FLIGHT = Row("of these in flight at most", "20 (ten threads)", "20")
WORKER = Row("peak memory of a worker at work", "192 MB")
_TWICE, _SHARE, _IN_FLIGHT = 2.0, 0.65, 20
_DOCUMENTS, _SECONDS, _FAULTS = int(os.environ.get("DATELINE_BENCH_CROWD", "400")), 2.0, {500: 0.05, 429: 0.02}
_WARMED, _TIMES = 5, 25
_MOST_SECONDS = 400.0
_FIRST = 0.9  # of the documents; some of the last ones failed once and wait for their time
_POLL_SECONDS = 0.005
_TICKS, _PROCESSORS = os.sysconf("SC_CLK_TCK"), os.cpu_count() or 1
# Where a process's own times stand in its line, and behind them those of its children that have ended.
_OWN_TIMES, _ALL_TIMES = slice(11, 13), slice(11, 15)


def rows() -> Iterator[Row]:
    """Measure with one stack, first warm and idle, then flooded."""
    if not (STACK_PYTHON.exists() and RUNTIME_PYTHON.exists()):
        missing = "without the local stack's environments: `make setup` makes them"
        yield from (row.skipped(missing) for row in (WARM, OWN, CROWD, IN_FLIGHT, WORKER))
        return
    model = SlowModel(0.0, {})
    with tempfile.TemporaryDirectory() as folder, live_lane(Path(folder), model) as lane:
        yield from _one_by_one(lane)
        model.become(_SECONDS, _FAULTS)
        yield from _at_once(lane)


def _one_by_one(lane: LiveLane) -> Iterator[Row]:
    ours, before = [], 0.0
    for number in range(_WARMED + _TIMES):
        if number == _WARMED:
            before = _used(lane.workers())
        path = f"{number}.txt"
        (document,) = ids_of("warm", [path])
        put = partial(lane.stack.drop, f"warm/{path}", article(number).encode())
        ours.append(_seconds(put, partial(_is_done, lane, document)))
        lane.stack.settled(f"warm/{path}")
    used = (_used(lane.workers()) - before) / _TIMES
    theirs = _trivial(lane)
    mine, floor = (statistics.median(several[_WARMED:]) for several in (ours, theirs))
    yield WARM.measured(
        f"{1000 * mine:.0f} ms",
        f"the emulator's own way with trivial handlers: {1000 * floor:.0f} ms",
        f"{mine / floor:.1f}",
        reached=mine <= _TWICE * floor,
        note=f"medians of {_TIMES}, {1000 * min(ours):.0f} and {1000 * min(theirs):.0f} ms at best",
    )
    yield OWN.measured(f"{1000 * used:.0f} ms")


def _is_done(lane: LiveLane, document: str) -> bool:
    answer = lane.stack.api.get(f"/documents/{document}")
    return answer.status_code == 200 and answer.json()["state"] == "done"


def _answers(lane: LiveLane, url: str) -> bool:
    return lane.stack.api.get(url).status_code == 200


def _trivial(lane: LiveLane) -> list[float]:
    """Have what is the least go the same way."""
    bucket, api = deploy(lane.stack.aws)
    found = []
    for number in range(_WARMED + _TIMES):
        key = f"{number}.txt"
        put = partial(lane.stack.s3.put_object, Bucket=bucket, Key=key, Body=b"text")
        found.append(_seconds(put, partial(_answers, lane, f"{api}/{key}")))
    return found


def _seconds(put: Callable[[], object], is_there: Callable[[], bool]) -> float:
    began = time.monotonic()
    put()
    until(is_there, every=_POLL_SECONDS)
    return time.monotonic() - began


def _used(processes: Iterable[int], times: slice = _OWN_TIMES) -> float:
    """Add up the processor seconds of processes."""
    ticks = 0
    for pid in processes:
        with suppress(FileNotFoundError, ProcessLookupError):
            line = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, line[times]))
    return ticks / _TICKS


def _used_by_all(lane: LiveLane) -> float:
    """Add up the processor seconds of the stack, the emulator's among them, and of the model here."""
    return _used(lane.stack.processes(), _ALL_TIMES) + time.process_time()


def _at_once(lane: LiveLane) -> Iterator[Row]:
    paths = [f"{number}.txt" for number in range(_DOCUMENTS)]
    # As many collections as a newsroom's, so that linking has its turn.
    groups = {f"c{place}": paths[place::4] for place in range(4)}
    began, before = time.time(), _used_by_all(lane)
    for collection, some in groups.items():
        lane.drop(collection, ((path, article(1_000 + int(path.removesuffix(".txt")))) for path in some))
    ids = [one for collection, some in groups.items() for one in ids_of(collection, some)]
    heads = lane.settle(ids, _MOST_SECONDS)
    each = (_used_by_all(lane) - before) / len(ids)
    memory = max(_peak(pid) for pid in lane.workers())
    outcomes = Counter(held.head.state for held in heads.values())
    dead, model = lane.dead_letters(), lane.model
    done = sorted(held.head.switched_at.timestamp() - began for held in heads.values() if held.head.switched_at)
    rate, most = len(done) / done[-1], _IN_FLIGHT / _SECONDS
    first = round(_FIRST * len(done))
    whole = outcomes == {"done": len(ids)} and dead == 0 and model.paid_twice == 0
    yield CROWD.measured(
        f"{rate:.1f} a second",
        f"in flight ÷ {_SECONDS:.0f} s: {most:.0f} a second",
        f"{rate / most:.0%}",
        reached=whole and rate >= _SHARE * most,
        note=f"{outcomes['done']} done, {dead} dead letters, {model.answered.total() / len(ids):.2f} answered calls "
        f"each, {model.paid_twice} paid twice, {model.failed.total()} failed; the first {_FIRST:.0%} at "
        f"{first / done[first - 1]:.1f} a second, then those that were put off; all that runs here takes "
        f"{1000 * each:.0f} ms of a processor a document, linking included: no more than {_PROCESSORS / each:.1f} a "
        f"second on {_PROCESSORS}",
    )
    note = "calls that the model waits with, those of linking included"
    yield IN_FLIGHT.measured(str(model.most_at_once), reached=model.most_at_once >= _IN_FLIGHT, note=note)
    yield WORKER.measured(f"{memory:.0f} MB", note="after the flood")


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    script(rows)
