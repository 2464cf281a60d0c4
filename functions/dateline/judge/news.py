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

from dateline.dates import Resolution, find
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
    aside: str = _NEVER


@dataclass(frozen=True, slots=True)
class _Cues:
    told: re.Pattern[str]
    aside: re.Pattern[str]


def is_background(sentence: Sentence, source: Source, published: Day) -> bool:
    """Return whether an event's main sentence tells of earlier times: by its words, or by a date that is long past.

    An aside in its middle ("the plan, begun two years ago, was dropped") is not what the sentence tells.
    """
    text = _QUOTED.sub(" ", source.document.words(sentence))
    cues = _cues().get(primary(source.language))
    if cues:
        text = cues.aside.sub(" ", text)
    found = cues.told.search(text) if cues else None
    if found and _SAID.search(text, 0, found.start()) is None:
        return True
    dates = (source.readings.meaning(one.words, sentence, source.language, None) for one in find(text, source.language))
    return any(
        isinstance(one, Resolution) and one.latest and published.ordinal() - one.latest.ordinal() > NEWS_DAYS
        for one in dates
    )


@cache
def _cues() -> dict[str, _Cues]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "background.toml").read_text(encoding="utf-8"))
    return {language: _joined(_Background.model_validate(table)) for language, table in data.items()}


def _joined(table: _Background) -> _Cues:
    told = "|".join(rf"(?<!\w){form}(?!\w)" for form in table.told)
    aside = rf", (?:{table.aside})\b[^,;]*,|\([^()]*\)"
    return _Cues(re.compile(told, re.IGNORECASE), re.compile(aside, re.IGNORECASE))
