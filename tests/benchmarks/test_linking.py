"""Ten thousand documents linked in one collection: what a document costs must not grow with the collection.

Seven documents come a day and tell of that day and the two weeks before, so that a larger collection is a longer one.
The table is in memory and counts DynamoDB's units, as the table of AWS would charge them; the time is our own.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date, timedelta

from dateline.answer import Completion
from dateline.ask.request import Request
from dateline.linking.model import Occurrence
from dateline.records import Finding, Name, Usage
from dateline.store.overlap import Position, Search
from tests.factories import finding
from tests.functions.press import COLLECTION, Press
from tests.functions.story import disturbed, undisturbed
from tests.memory_table import Counted

DOCUMENTS, EVENTS = 10_000, 3
DOCUMENTS_A_DAY, TOLD_WITHIN = 7, 14
MOST_REPORTS = 200
ORDERS = 200
LOOKED_AT = (100, 1_000, 5_000, 10_000)
COLUMNS = ("documents", "calls", "items read", "read units", "written", "write units", "tokens", "CPU ms")
CHARACTERS_A_TOKEN = 4
LAST = 100  # documents that a line of the table is the mean of

_SYLLABLES = (
    "ar",
    "bel",
    "cor",
    "dun",
    "el",
    "fen",
    "gar",
    "hol",
    "ist",
    "jor",
    "kel",
    "lun",
    "mor",
    "nes",
    "ost",
    "per",
)
_ACTS = (
    "The {0} bridge in {1} opens",
    "Mayor {0} of {1} resigns",
    "Fire destroys the {0} mill in {1}",
    "The ferry {0} sinks off {1}",
    "Police arrest {0} in {1}",
    "The {0} festival begins in {1}",
)


def subjects(dice: random.Random) -> list[Finding]:
    """Make things that happen; the first are told by many documents, most by one."""
    made: list[Finding] = []
    reports = 0
    while reports < DOCUMENTS * EVENTS:
        reports += _reports(len(made))
        name, town = (_name(dice) for _ in range(2))
        day = (date(2022, 1, 1) + timedelta(days=dice.randrange(DOCUMENTS // DOCUMENTS_A_DAY))).isoformat()
        one = finding(dice.choice(_ACTS).format(name, town), day, day)
        made.append(one.model_copy(update={"names": tuple(Name(name=n, words=n) for n in (name, town)), "place": town}))
    return made


def _day(one: Finding) -> int:
    assert one.when.earliest is not None
    return one.when.earliest.ordinal()


def _name(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(3)).title()


def _reports(place: int) -> int:
    return max(1, int(MOST_REPORTS / (1 + place) ** 0.75))


class SeesNothingInCommon:
    """A model that joins no pair that it is asked about, and counts a request's tokens."""

    name = "a-model"

    def complete(self, request: Request, deadline: float) -> Completion:
        del deadline
        read = sum(len(one.content) for one in request.messages) // CHARACTERS_A_TOKEN
        return Completion(text='{"same": []}', finish="stop", usage=Usage(calls=1, input=read, output=5))


def test_two_hundred_random_orders_end_in_the_same_occurrences() -> None:
    expected = undisturbed().joined()

    assert all(disturbed(seed).joined() == expected for seed in range(ORDERS))


def test_a_document_costs_the_same_in_a_large_collection_as_in_a_small_one() -> None:
    dice = random.Random(15)
    made = subjects(dice)
    told = [one for place, one in enumerate(made) for _ in range(_reports(place))][: DOCUMENTS * EVENTS]
    told.sort(key=lambda one: _day(one) + dice.uniform(0, TOLD_WITHIN))
    press, costs = Press(), list[tuple[float, ...]]()
    print(f"\nLinking, means of {LAST} documents with {EVENTS} events; an occurrence has 1 to {MOST_REPORTS} reports")
    print("".join(f"{name:>12}" for name in COLUMNS))
    for number in range(DOCUMENTS):
        name = f"{number:05}.txt"
        press.publish(name, told[number * EVENTS : (number + 1) * EVENTS])
        press.table.counted = Counted()
        began = time.process_time()
        linked = press.link(name, SeesNothingInCommon, called="a-model")
        spent = (time.process_time() - began) * 1000
        costs.append((*astuple(press.table.counted), linked.tokens, spent))
        if number + 1 in LOOKED_AT:
            means = [sum(column) / LAST for column in zip(*costs[-LAST:], strict=True)]
            print(f"{number + 1:>12,}" + "".join(f"{value:>12.1f}" for value in means), flush=True)
    began = time.process_time()
    press.table.counted = Counted()
    everything: Search[Occurrence] = Search()
    page = press.store.links.rows.page(COLLECTION, everything, None, 50)
    page_ms = (time.process_time() - began) * 1000

    print(f"a page of 50 occurrences: {page_ms:.0f} ms, {press.table.counted.items_read} items read")
    assert len(page.rows) == 50
    assert max(row.reports for row in _all(press)) > MOST_REPORTS / 2


def _all(press: Press) -> Iterator[Occurrence]:
    after: Position | None = None
    everything: Search[Occurrence] = Search()
    while True:
        page = press.store.links.rows.page(COLLECTION, everything, after, 200)
        yield from page.rows
        after = page.next
        if after is None:
            return
