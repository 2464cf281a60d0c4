"""A collection of many documents with dated events, as items of the table."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.store import keys
from dateline.store.heads import Head
from tests.factories import MOMENT, event, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dateline.store.table import Item

COLLECTION = "news"
_A_DOCUMENT = 50
_FIRST, _LAST = Day(2000, 1, 1).ordinal(), Day(2025, 12, 31).ordinal()
# Most reports name days and months.
LENGTHS: dict[int | None, int] = {1: 55, 7: 5, 31: 20, 92: 6, 366: 8, 3_660: 3, 20_000: 1, None: 2}


def items(count: int, lengths: Mapping[int | None, int] = LENGTHS) -> Iterator[Item]:
    """Make the heads and the timeline of a collection; what stands under the documents is not read by its readers.

    `lengths` are days that events last, with how many of a hundred do; None is an open end.
    """
    chance = random.Random(count)
    for number in range(count // _A_DOCUMENT):
        place = keys.place(f"drop/{COLLECTION}/{number}.txt")
        assert place is not None
        head = Head(key=place.key, state="done", dropped=MOMENT, current=1, switched_at=MOMENT)
        yield {
            "pk": keys.document_pk(place.document_id),
            "sk": keys.HEAD,
            "fence": 1,
            "lease": 0,
            "untidy": 0,
            "body": head.model_dump_json(exclude_defaults=True),
        }
        for one in range(1, _A_DOCUMENT + 1):
            yield from _event_items(chance, place.document_id, one, lengths)


def _event_items(
    chance: random.Random, document_id: str, number: int, lengths: Mapping[int | None, int]
) -> Iterator[Item]:
    (longest,) = chance.choices(list(lengths), weights=list(lengths.values()))
    start = chance.randint(_FIRST, _LAST)
    first = Day.from_ordinal(start)
    last = Day.from_ordinal(start + chance.randint((longest + 1) // 2, longest) - 1) if longest else None
    quotes = ("A sentence of the source as long as sentences of reports are, with a date and who says so. " * 2,) * 2
    made = finding(
        f"Something of note happened to number {number}", str(first), str(last) if last else None, quotes=quotes
    )
    name = keys.event_id(document_id, number)
    body = event(made, name, document_id).model_dump_json()
    for key in keys.EVENTS.keys(COLLECTION, name, 1, keys.TimelineSpan(first, last)):
        yield {"pk": key.pk, "sk": key.sk, "run": 1, "document": document_id, "body": body}
