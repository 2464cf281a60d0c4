"""Sentences in which the document itself does something: done on the day of publication, though no words say so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_QUOTED = re.compile(r"[\"“„«»”].*?[\"“”»«]")
_CLAUSE = re.compile(r"[^,;:]*")
_NEVER = "(?!)"


class _Table(BaseModel):
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
    """Tell whether a sentence does what it says ("We hereby announce"); what others say in quotes is theirs."""
    rules = _rules().get(language.split("-", maxsplit=1)[0].lower())
    return rules is not None and rules.find(_QUOTED.sub(" ", text))


@cache
def _rules() -> dict[str, _Rules]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "acts.toml").read_text(encoding="utf-8"))
    return {language: _ready(_Table.model_validate(table)) for language, table in data.items()}


def _ready(table: _Table) -> _Rules:
    does, denied, past = (re.compile(form, re.IGNORECASE) for form in ("|".join(table.does), table.denied, table.past))
    return _Rules(does, denied, past)
