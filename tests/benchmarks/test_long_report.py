"""A report of 300 pages through extraction and judgement with a model that answers at once: the overhead alone."""

from __future__ import annotations

import re
import resource
from time import monotonic, process_time

from dateline.answer import Completion
from dateline.ask.request import Request
from dateline.documents.read import read
from dateline.extract import extract
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, completion, event

WORDS, DATED = 200_000, 3_000
MOST_SECONDS = 300.0  # of a processor; a function has 900 s, most of which it waits for the model
MOST_BYTES = 1_000_000_000

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


def report(dated_lines: int = DATED) -> str:
    """Write a report in which every fourth line is dated."""
    lines = []
    for number in range(1, 4 * dated_lines + 1):
        day, year = number % 28 + 1, 1800 + number // 60
        dated = f"The council voted on {day} May {year} about item {number}, with many members and guests in the hall."
        lines.append(f"{_FILLER} again, item {number}." if number % 4 else dated)
    return "\n".join(lines)


def test_a_report_of_300_pages_takes_little_beside_the_models_time() -> None:
    text = report()
    model = Fast()
    began = process_time()

    document = read(text.encode(), name="report.txt", language="en")
    kept = extract(document, model, output_language="en", deadline=monotonic() + 900)
    extraction = judge(document, kept)

    seconds = process_time() - began
    most_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"\n{len(text.split()):,} words, {model.calls} calls: {seconds:.0f} s, {most_bytes / 1e6:.0f} MB")
    assert len(text.split()) >= WORDS
    assert len(extraction.findings) == DATED
    assert seconds < MOST_SECONDS
    assert most_bytes < MOST_BYTES
