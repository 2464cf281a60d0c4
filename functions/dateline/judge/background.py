"""What a document tells as background: it is not its news, so the day of publication says nothing about it.

The model decides what is news. This is the second look: a sentence that says itself that it tells of earlier times.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from dateline.text import primary

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.documents import Sentence
    from dateline.judge.source import Source

NEWS_DAYS = 31  # what happened longer before its publication is not a document's news
# What is told in a clause of its own ("said that it had signed") may well be the news.
_SAID = re.compile(r"\b(?:that|dass|daß|que|che|dat|что|що|ότι|diye)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«»”].*?[\"“”»«]")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    told: tuple[str, ...]


def is_background(sentence: Sentence, source: Source, published: Day) -> bool:
    """Return whether an event's main sentence tells of earlier times: by its words, or by a date that is long past."""
    text = _QUOTED.sub(" ", source.document.words(sentence))
    told = _told().get(primary(source.language))
    found = told.search(text) if told else None
    if found and _SAID.search(text, 0, found.start()) is None:
        return True
    return any(
        bounds.latest is not None and published.ordinal() - bounds.latest.ordinal() > NEWS_DAYS
        for bounds in source.readings.bounds(sentence, source.language)
    )


@cache
def _told() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "background.toml").read_text(encoding="utf-8"))
    return {language: _ready(_Table.model_validate(table)) for language, table in data.items()}


def _ready(table: _Table) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){form}(?!\w)" for form in table.told), re.IGNORECASE)
