"""What no words date: a document's own act, its news, and what it tells as background.

An act is done by the sentence itself ("We hereby announce"), on the day of publication. Whether other sentences are
news is the model's to decide; a sentence that says itself that it tells of earlier times is none.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from dateline.text import primary

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.documents import Sentence
    from dateline.judge.mentions import Source

NEWS_DAYS = 31  # what happened longer before its publication is not a document's news
# What is told in a clause of its own ("said that it had signed") may well be the news.
_SAID = re.compile(r"\b(?:that|dass|daß|que|che|dat|что|що|ότι|diye)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«»”].*?[\"“”»«]")
_CLAUSE = re.compile(r"[^,;:]*")
_NEVER = "(?!)"


class _Acts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    does: tuple[str, ...]
    denied: str = _NEVER
    past: str = _NEVER


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of a language, ready to be searched for."""

    does: re.Pattern[str]
    denied: re.Pattern[str]
    past: re.Pattern[str]

    def find(self, text: str) -> bool:
        if self.past.search(text):
            return False
        clauses = (_CLAUSE.match(text, act.start()) for act in self.does.finditer(text))
        return any(clause and not self.denied.search(clause[0]) for clause in clauses)


def is_own_act(text: str, language: str) -> bool:
    """Return whether a sentence does what it says ("We hereby announce"); what others say in quotes is theirs."""
    rules = _rules().get(primary(language))
    return rules is not None and rules.find(_QUOTED.sub(" ", text))


@cache
def _rules() -> dict[str, _Rules]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "acts.toml").read_text(encoding="utf-8"))
    return {language: _ready(_Acts.model_validate(table)) for language, table in data.items()}


def _ready(table: _Acts) -> _Rules:
    does, denied, past = (re.compile(form, re.IGNORECASE) for form in ("|".join(table.does), table.denied, table.past))
    return _Rules(does, denied, past)


class _Background(BaseModel):
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
    return {language: _joined(_Background.model_validate(table)) for language, table in data.items()}


def _joined(table: _Background) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){form}(?!\w)" for form in table.told), re.IGNORECASE)
