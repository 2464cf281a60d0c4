"""DynamoDB's write units for an article: the run, its timeline and its head, and what linking adds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from dateline.answer import Completion
from dateline.records import Usage
from dateline.store import keys
from summarize.linking import link
from tests.benchmarks.dated_article import EVENTS, Telling
from tests.benchmarks.row import Row, script
from tests.functions.newsroom import Newsroom, place
from tests.memory_table import Counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.ask.request import Request

WRITES = Row(f"write units of a 900-word article with {EVENTS} events", "115", "≤ 80")
LINKED = Row("of these and more when it is linked; index entries; calls to the table", "–")
_MOST = 80
_KEY = "drop/news/article.txt"


class Answering:
    """A model that knows the article."""

    name = "a-model"

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer about the article."""
        del deadline
        return Completion(text=Telling().said(request), finish="stop", usage=Usage(calls=1, input=2_000, output=2_500))


def rows() -> Iterator[Row]:
    """Process the article once, then link it."""
    newsroom = Newsroom()
    newsroom.model = Answering()  # type: ignore[assignment]
    newsroom.drop(_KEY, Telling().text)
    newsroom.work(_KEY, upload=newsroom.upload(_KEY))
    written = newsroom.table.counted
    found = len(newsroom.titles(_KEY))
    assert found == EVENTS, found
    newsroom.table.counted = Counted()
    link(place(_KEY), newsroom.tools(newsroom.store), time.monotonic() + 60)
    linked = newsroom.table.counted
    words, items = len(Telling().text.split()), _items_of_events(newsroom)
    yield WRITES.measured(
        f"{written.write_units}",
        reached=written.write_units <= _MOST,
        note=f"{words} words; {items} are one unit for each place where an event stands to be read in order: under its "
        "document, by date and, if it takes several days, by length",
    )
    yield LINKED.measured(
        f"{written.write_units} + {linked.write_units}; {written.index_units} + {linked.index_units}; "
        f"{written.calls} + {linked.calls}"
    )


def _items_of_events(newsroom: Newsroom) -> int:
    shelves = (f"{keys.EVENTS.all}#", f"{keys.EVENTS.by_length}#")
    return sum(pk.startswith(shelves) or "#EVENT#" in sk for pk, sk in newsroom.table.contents())


if __name__ == "__main__":
    script(rows)
