"""Runs as they are written: whole, with their events, their text and what is searched of them."""

from __future__ import annotations

from datetime import date

from dateline.search.segment import Piece
from dateline.search.words import RunWords
from dateline.store import keys
from dateline.store.blobs import StoredSentence, StoredText
from dateline.store.store import store_over
from tests.factories import event, finding, run
from tests.memory_bucket import MemoryBucket
from tests.memory_table import MemoryTable

DOCUMENT, SARN = "doc_aaaaaaaaaaaaaaaaaaaa", "sarn"
TEXT = StoredText(text="Council met.", sentences=(StoredSentence(number=1, start=0, end=12, role="body"),))


def test_a_run_is_read_with_its_events_as_both_are_read_apart() -> None:
    store = store_over(MemoryTable(), MemoryBucket())
    events = [event(finding(f"Council met {number}"), keys.event_id(DOCUMENT, number), DOCUMENT) for number in (1, 2)]
    for number in (1, 10):
        store.runs.write(SARN, run(DOCUMENT, number), events[:number])

    assert store.runs.whole(DOCUMENT, 1) == (store.runs.get(DOCUMENT, 1), store.runs.events(DOCUMENT, 1))
    assert store.runs.whole(DOCUMENT, 10) == (run(DOCUMENT, 10), events)
    assert store.runs.whole(DOCUMENT, 2) is None


def test_what_others_find_of_a_run_is_written_after_what_tidying_finds_it_by() -> None:
    """Die at each write in turn: rows, texts and searched objects never stand without an item under the document."""
    table, bucket = MemoryTable(), MemoryBucket()
    told = event(finding("Council met"), keys.event_id(DOCUMENT, 1), DOCUMENT)
    made = run(DOCUMENT, 1)
    piece = Piece.of(RunWords.of(made, [told], TEXT.text, date(2026, 1, 1)))
    seen: list[tuple[list[str], list[str]]] = []

    def look() -> None:
        seen.append((sorted({pk.partition("#")[0] for pk, _ in table.contents()}), bucket.keys("")))

    store_over(table.written_by(look), bucket.written_by(look)).runs.write(SARN, made, [told], TEXT, piece)
    look()

    text, searched = f"texts/{DOCUMENT}/0000000001.json", f"search/runs/{DOCUMENT}/0000000001"
    assert seen == [
        ([], []),
        (["DOC"], []),
        (["DOC"], []),
        (["DOC"], [text]),
        (["DOC"], [searched, text]),
        (["DOC", "TIMELINE"], [searched, text]),
        (["DOC", "SEARCH", "TIMELINE"], [searched, text]),
    ]
