"""Segments of what is searched, over a table and a bucket in memory: writers that die, and two of them at a time."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from dateline.errors import Retryable
from dateline.lane.messages import PackMessage, RebuildMessage
from dateline.search.query import read_query
from dateline.store import keys
from dateline.store.bucket import Withheld
from dateline.store.search import segments
from dateline.store.search.segments import Segments
from dateline.store.store import store_over
from summarize.searching import pack, rebuild
from tests.functions.dying import Gate, Killed
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable
from tests.unit.search.words import piece
from tests.unit.store.conftest import Clock

SARN = "sarn"
DOCUMENTS = [f"doc_{number}" for number in range(5)]


class Shelf:
    """The segments of one collection, as writers and readers have them."""

    def __init__(self) -> None:
        self.table, self.bucket, self.clock = MemoryTable(), MemoryBucket(), Clock()

    @property
    def store(self) -> Segments:
        return Segments(self.table, self.bucket, self.clock)

    def behind(self, gate: Gate) -> Segments:
        return Segments(self.table.written_by(gate.step), self.bucket.written_by(gate.step), self.clock)

    def add(self, *documents: str, run: int = 1, text: str = "the council") -> None:
        for one in documents:
            self.table.put(self.store.put_loose(SARN, piece(one, text, run=run)))

    def pack(self, store: Segments | None = None, *, whole: bool = False) -> bool:
        store = store or self.store
        turn = store.take_turn(SARN)
        done = store.pack(turn, time.monotonic() + 60, whole=whole)
        store.give_back(turn)
        return done

    def found(self, query: str = "council") -> list[tuple[str, int]]:
        """Search all objects of the manifest, as a reader does."""
        seen = set()
        for part in self.store.manifest(SARN):
            segment = self.store.load(part)
            assert segment is not None
            for number, _ in segment.scan(read_query(query)):
                seen.add((segment.entries[number].document, segment.entries[number].run))
        return sorted(seen)

    @property
    def objects(self) -> list[int]:
        """How many runs each object of the manifest holds, the newest first."""
        return [part.runs for part in self.store.manifest(SARN)]

    @property
    def orphans(self) -> set[str]:
        return set(self.bucket.keys(keys.SEARCH_PREFIX)) - {part.object for part in self.store.manifest(SARN)}


class Sleeper:
    """A writer that sleeps before one of his writes until his turn is over, and another has packed meanwhile."""

    def __init__(self, shelf: Shelf, writes: int) -> None:
        self.gate, self.slept = Gate(10_000, self.look), False
        self._shelf, self._writes = shelf, writes

    def look(self) -> None:
        if self.gate.passed == self._writes and not self.slept:
            self.slept = True
            self._shelf.clock.wait(3_600)
            self._shelf.pack()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_run_is_found_before_and_after_it_is_packed(shelf: Shelf) -> None:
    shelf.add(*DOCUMENTS)
    before, loose = shelf.found(), shelf.objects

    shelf.pack()

    assert (loose, shelf.objects) == ([1, 1, 1, 1, 1], [5])
    assert before == shelf.found() == [(one, 1) for one in DOCUMENTS]
    assert shelf.orphans == set()


def test_small_segments_grow_and_large_ones_stay(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    size = piece("doc_0", "the council").size
    monkeypatch.setattr(segments, "_SEGMENT_BYTES", 3 * size - 20)
    monkeypatch.setattr(segments, "_SMALL_BYTES", 2 * size)
    shelf.add(*DOCUMENTS[:3])
    shelf.pack()
    large = shelf.store.manifest(SARN)
    for one in DOCUMENTS[3:]:
        shelf.add(one)
        shelf.pack()

    assert large == shelf.store.manifest(SARN)[-1:]
    assert sum(shelf.objects) == 5
    assert shelf.found() == [(one, 1) for one in DOCUMENTS]


def test_packing_what_is_packed_writes_no_segment(shelf: Shelf) -> None:
    shelf.add(*DOCUMENTS)
    shelf.pack(whole=True)
    packed = shelf.store.manifest(SARN)

    shelf.pack(whole=True)

    assert shelf.store.manifest(SARN) == packed
    assert not shelf.store.is_unpacked(SARN)


def test_what_nobody_sees_any_more_leaves_the_segments_when_these_are_packed_whole(shelf: Shelf) -> None:
    shelf.add(*DOCUMENTS)
    shelf.pack()
    shelf.store.withdraw(SARN, "doc_1", [1])
    shelf.add("doc_2", run=2)
    shelf.store.withdraw(SARN, "doc_2", [1])

    shelf.pack(whole=True)

    assert shelf.found() == [("doc_0", 1), ("doc_2", 2), ("doc_3", 1), ("doc_4", 1)]
    assert not any(b"doc_1" in found.data for key in shelf.bucket.keys("") if (found := shelf.bucket.get(key)))
    assert not shelf.store.is_unpacked(SARN)


def test_a_segment_of_which_nothing_is_left_goes(shelf: Shelf) -> None:
    shelf.add("doc_1")
    shelf.pack()
    shelf.store.withdraw(SARN, "doc_1", [1])

    shelf.pack(whole=True)

    assert shelf.store.manifest(SARN) == []
    assert shelf.orphans == set()


def test_a_run_that_was_never_packed_goes_at_once(shelf: Shelf) -> None:
    shelf.add("doc_1")

    shelf.store.withdraw(SARN, "doc_1", [1])

    assert shelf.found() == []
    assert shelf.bucket.keys(keys.SEARCH_PREFIX) == []


def test_a_packer_killed_at_any_write_loses_nothing_and_leaves_nothing(shelf: Shelf) -> None:
    for writes in range(40):
        shelf = Shelf()
        shelf.add(*DOCUMENTS[:3])
        shelf.pack()
        shelf.add(*DOCUMENTS[3:])
        shelf.store.withdraw(SARN, "doc_0", [1])
        expected = [(one, 1) for one in DOCUMENTS[1:]]
        gate = Gate(writes)
        try:
            shelf.pack(shelf.behind(gate), whole=True)
        except Killed:
            assert [one for one in shelf.found() if one[0] != "doc_0"] == expected, writes
            shelf.clock.wait(3_600)
            shelf.pack(whole=True)
        else:
            assert writes > 5
            break
        assert shelf.found() == expected, writes
        assert shelf.objects == [4]
        for one in DOCUMENTS:
            shelf.store.withdraw(SARN, one, [1])
        assert shelf.orphans == set(), writes
    else:
        pytest.fail("packing never ended")


def test_only_one_packs_at_a_time(shelf: Shelf) -> None:
    turn = shelf.store.take_turn(SARN)

    with pytest.raises(Retryable):
        shelf.store.take_turn(SARN)

    shelf.store.give_back(turn)
    shelf.store.take_turn(SARN)


def test_a_packer_that_was_overtaken_at_any_write_loses_nothing() -> None:
    for writes in range(40):
        shelf = Shelf()
        shelf.add(*DOCUMENTS)
        sleeper = Sleeper(shelf, writes)
        with suppress(Retryable):
            shelf.pack(shelf.behind(sleeper.gate))
        assert shelf.found() == [(one, 1) for one in DOCUMENTS], writes
        if not sleeper.slept:
            assert writes > 5
            return
    pytest.fail("packing never ended")


def test_what_takes_longer_than_there_is_time_for_is_left_to_another_run(shelf: Shelf) -> None:
    shelf.add(*DOCUMENTS)
    turn = shelf.store.take_turn(SARN)

    done = shelf.store.pack(turn, time.monotonic(), whole=True)

    assert not done
    assert shelf.found() == [(one, 1) for one in DOCUMENTS]


def test_an_object_that_was_packed_meanwhile_is_none(shelf: Shelf) -> None:
    shelf.add("doc_1")
    (part,) = shelf.store.manifest(SARN)
    shelf.pack()

    assert shelf.store.load(part) is None


def test_to_who_may_not_list_what_is_gone_is_denied(shelf: Shelf) -> None:
    shelf.add("doc_1")
    (part,) = shelf.store.manifest(SARN)
    shelf.bucket.withheld[part.object] = "AccessDenied"

    assert shelf.store.load(part) is None


def test_what_the_packer_may_not_read_is_not_removed(shelf: Shelf) -> None:
    shelf.add(*DOCUMENTS)
    (part, *_) = shelf.store.manifest(SARN)
    shelf.bucket.withheld[part.object] = "AccessDenied"

    with pytest.raises(Withheld):
        shelf.pack()

    shelf.bucket.withheld.clear()
    assert shelf.found() == [(one, 1) for one in DOCUMENTS]


def test_runs_in_no_segment_yet_are_searched_first_and_then_the_newest_segments(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "_SMALL_BYTES", 0)
    for document in DOCUMENTS[:3]:
        shelf.add(document)
        shelf.pack()
    shelf.add(DOCUMENTS[3])

    loose, *packed = shelf.store.manifest(SARN)

    assert loose.number is None
    assert [part.number for part in packed] == sorted((part.number or 0 for part in packed), reverse=True)
    assert len(packed) == 3


def test_a_turn_is_given_back_where_packing_or_making_anew_fails(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_over(shelf.table, shelf.bucket, shelf.clock)
    shelf.add("doc_1")

    def fail(*_: object, **__: object) -> None:
        raise Retryable("the table is busy")

    monkeypatch.setattr(Segments, "pack", fail)
    monkeypatch.setattr(Segments, "write_all", fail)
    for work in (
        lambda: pack(PackMessage(collection=SARN), store, time.monotonic() + 60),
        lambda: rebuild(RebuildMessage(collection=SARN), store),
    ):
        with pytest.raises(Retryable, match="busy"):
            work()

    store.segments.take_turn(SARN)


def test_a_document_costs_a_fixed_number_of_writes(shelf: Shelf) -> None:
    shelf.add("doc_1")
    added = shelf.table.counted.items_written
    shelf.pack()
    packed = shelf.table.counted.items_written - added
    shelf.store.withdraw(SARN, "doc_1", [1])
    withdrawn = shelf.table.counted.items_written - added - packed

    # A segment's item is written twice, and the turn's twice, however many runs are packed.
    assert (added, packed, withdrawn) == (1, 1 + 4, 2)


def test_a_collection_of_any_name_has_room_in_a_key() -> None:
    assert len(keys.segment_object("ж" * 500, 10**15)) < 1_024
    assert keys.segment_object("a", 1) != keys.segment_object("b", 1)
