"""All that a document costs beside the model's time: reading, asking and judging, with the answer at hand."""

from __future__ import annotations

import gc
import json
import sys
import time
from dataclasses import dataclass
from functools import _lru_cache_wrapper, partial
from math import inf
from typing import TYPE_CHECKING

import dateline.lane.collector  # noqa: F401 - as a worker has it
from dateline.documents.read import read
from dateline.extract import extract
from dateline.judge.judge import judge
from dateline.judge.review import Reviews
from tests.evaluation.gold import answer, documents
from tests.evaluation.recorded import ARTICLES, Recorded, in_todays_form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.documents import Document
    from dateline.provider.client import Model
    from dateline.records import Extraction

# Caches of texts are at least so long; shorter ones hold tables, which a worker reads once in its life.
_CACHE_OF_TEXTS = 512
_SECONDS = 900.0
PASSES = 5


@dataclass(frozen=True)
class Article:
    """A document, how it is read, and a model that knows what to say of it."""

    name: str
    read: Callable[[], Document]
    model: Callable[[], Model]

    @property
    def words(self) -> int:
        """Count the words of the text."""
        return len(self.read().text.split())


def own_articles() -> list[Article]:
    """Return the project's own documents with flawless answers."""
    found = []
    for name, gold in documents().items():
        said = json.loads(answer(gold, gold.read()).model_dump_json())
        found.append(Article(name, gold.read, partial(Recorded, said, said)))
    return found


def recorded_articles() -> list[Article]:
    """Return the articles with a strong model's recorded answers, where they lie beside the project."""
    found = []
    for folder in (one for one in ARTICLES if one.exists()):
        for file in sorted((folder / "answers").glob("*.txt.json")):
            data, recorded = (folder / "docs" / file.stem).read_bytes(), json.loads(file.read_text(encoding="utf-8"))
            reading = partial(read, data, name=file.stem)
            document, again = reading(), (recorded.get("repair") or {}).get("answer")
            first = in_todays_form(recorded["answer"], document)
            repair = in_todays_form(again, document) if again else None
            found.append(Article(file.stem, reading, partial(Recorded, first, repair)))
    return found


def work(reading: Callable[[], Document], model: Model) -> Extraction:
    """Do all that is done with a document from its bytes to its records."""
    document = reading()
    reviews = Reviews(document)
    kept = extract(document, model, output_language="en", deadline=time.monotonic() + _SECONDS, reviews=reviews)
    return judge(document, kept, reviews)


def own_seconds(articles: Sequence[Article], passes: int = PASSES) -> float:
    """Return the processor seconds of several articles, one after the other, as a worker sees them.

    Each is the least of so many passes, none of which finds an article's text in a cache.
    """
    least = [inf] * len(articles)
    for _ in range(passes):
        _forget()
        for place, article in enumerate(articles):
            model = article.model()
            began = time.process_time()
            work(article.read, model)
            least[place] = min(least[place], time.process_time() - began)
    return sum(least)


def _forget() -> None:
    """Empty the caches of texts."""
    for name, module in list(sys.modules.items()):
        if name.startswith("dateline."):
            for value in vars(module).values():
                if (
                    isinstance(value, _lru_cache_wrapper)
                    and (value.cache_parameters()["maxsize"] or 0) >= _CACHE_OF_TEXTS
                ):
                    value.cache_clear()
    gc.collect()
