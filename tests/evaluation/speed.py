"""How long dates take: to resolve an expression, to import the room, and at worst. Process time, in milliseconds."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from dateline.dates import resolve
from dateline.dates.context.thread import thread_of
from dateline.dates.grammar.chart import LONGEST as MOST_TOKENS
from dateline.dates.language.table import languages, table_for
from dateline.dates.resolver import LONGEST
from tests.evaluation.dates import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_PUBLISHED = date(2024, 5, 24)
_AROUND = 3_000  # code points; more than is looked at beside the words of a date
_RUNS, _TRIES = 5, 3
_MIXTURES = 150
_CHAINING = ("daypart", "month", "weekday", "unit", "oclock")
_SHOWN = 80  # code points
PIECES = (
    "(", "1", "1/", "1.", "1 ", "12:30 ", "9 pm ", "2023-", "2023 ", "of the ", "last last the ", "from 1 to 2 ",
    "between 1 and 2 ", "May 1, ", "Monday night ", "the first half of ", "two weeks after ", "XIX ",
    "M\u200ba\u200by ", "Decernber ", "Donaudampfschifffahrt",
)  # fmt: skip


class Times(NamedTuple):
    """Of a set: `middle` and `mean` of resolving an expression, and of `reading` a sentence, once a document."""

    expressions: int
    middle: float
    mean: float
    reading: float


class Worst(NamedTuple):
    """The slowest of the hostile inputs."""

    time: float
    language: str
    piece: str


def times(name: str) -> Times:
    """Resolve the expressions of a set of whole documents, in a process that has the language's table."""
    items = [json.loads(line) for line in unpacked(name).splitlines()]
    table_for(items[0]["language"])
    resolving, reading = [], 0.0
    sentences: dict[str, int] = {}
    for item in items:
        published = date.fromisoformat(item["published"]) if item["published"] else None
        start = _now()
        thread = thread_of(item["context"], item["language"], published)
        read = _now()
        resolve(item["expression"], item["sentence"], item["language"], published, thread)
        resolving.append(_now() - read)
        reading += read - start
        document = item["id"].rpartition("/")[0]
        sentences[document] = max(sentences.get(document, 0), len(item["context"]))
    return Times(len(items), median(resolving), fmean(resolving), reading / max(1, sum(sentences.values())))


def importing() -> float:
    """Import the room in a fresh process that has its bytecode, as `-X importtime` counts it; the best of some."""
    program = [sys.executable, "-S", "-X", "importtime", "-c", "import dateline.dates"]
    environment = {**os.environ, "PYTHONPATH": str(_FUNCTIONS), "PYTHONDONTWRITEBYTECODE": ""}
    runs = []
    for _ in range(_RUNS):
        done = subprocess.run(program, env=environment, capture_output=True, check=True, encoding="utf-8")
        runs.append(int(done.stderr.splitlines()[-1].split("|")[1]) / 1000)
    return min(runs)


def worst() -> Worst:
    """Find the slowest of hostile words in each language, and of a date amid such text."""
    found = []
    for language in sorted(languages()):
        for words in (*(piece * LONGEST for piece in PIECES), *_mixtures(language)):
            tried = [f"{number} {words}"[:LONGEST] for number in range(_TRIES)]  # what was read once is kept
            found.append(Worst(min(_resolving(one, one, language) for one in tried), language, words[:_SHOWN]))
    for piece in PIECES:
        around = [f"{number} {piece * _AROUND}"[:_AROUND] for number in range(_TRIES)]
        times = [_resolving("May", f"{one} May {one}", "en") for one in around]
        found.append(Worst(min(times), "en", f"May amid {piece}"))
    return max(found)


def _mixtures(language: str) -> Iterator[str]:
    """Mix words that dates are made of, a few in each: parts of days chain with hours, days and themselves."""
    table = table_for(language)
    assert table
    words = [key for key, forms in table.words.items() for _, own in forms for symbol, _ in own if symbol in _CHAINING]
    chosen = random.Random(language)
    for _ in range(_MIXTURES):
        few = chosen.choices([*sorted(words), "1", "3", "31", "1990", "12:30"], k=4)
        yield " ".join(chosen.choices(few, k=MOST_TOKENS))


def _resolving(words: str, sentence: str, language: str) -> float:
    start = _now()
    resolve(words, sentence, language, _PUBLISHED, [])
    return _now() - start


def _now() -> float:
    return 1000 * time.process_time()
