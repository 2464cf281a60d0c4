"""Sentences in which the document itself does something: done on the day of publication, though no words say so."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_QUOTED = re.compile(r"[\"“„«»”].*?[\"“”»«]")


def is_own_act(text: str, language: str) -> bool:
    """Tell whether a sentence does what it says ("We hereby announce"); what others say in quotes is theirs."""
    rules = _rules().get(language.split("-", maxsplit=1)[0].lower())
    return rules is not None and rules.search(_QUOTED.sub(" ", text)) is not None


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((Path(__file__).parent / "tables" / "acts.toml").read_text(encoding="utf-8"))
    return {language: re.compile("|".join(forms), re.IGNORECASE) for language, forms in data.items()}
