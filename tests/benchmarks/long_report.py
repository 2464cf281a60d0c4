"""A report of many pages, every fourth line of it dated, and a model that answers at once."""

from __future__ import annotations

import re

from dateline.answer import Completion
from dateline.ask.request import Request
from tests.unit.judge.answers import answer, completion, event

DATED = 3_000

_FILLER = "The regional council discussed at length the state of the roads and bridges in its wide district"
_LINE = re.compile(r"^(\d+): (.*)$", re.MULTILINE)
_DATE = re.compile(r"on (\d+ \w+ \d{4})")


class Fast:
    """A model that makes an event of every dated line."""

    name = "a-model"
    calls = 0

    def complete(self, request: Request, deadline: float) -> Completion:
        self.calls += 1
        lines = [(int(number), text) for number, text in _LINE.findall(request.messages[1].content)]
        dated = [(number, found[1]) for number, text in lines if (found := _DATE.search(text))]
        events = [event(f"Council votes about item {number}", number, d=words) for number, words in dated]
        first = {"t": "Council discusses roads", "s": [lines[0][0]]}
        return completion(answer(*events, lang="en", head=first, sum=[first]))


def report(dated_lines: int = DATED, after: int = 0) -> str:
    """Write a report in which every fourth line is dated; its items are numbered on `after` another's."""
    lines = []
    for number in range(after + 1, after + 4 * dated_lines + 1):
        day, year = number % 28 + 1, 1800 + number // 60
        dated = f"The council voted on {day} May {year} about item {number}, with many members and guests in the hall."
        lines.append(f"{_FILLER} again, item {number}." if number % 4 else dated)
    return "\n".join(lines)
