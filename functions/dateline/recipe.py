"""The two hashes that name what made a run, its ask and its judge, and a third for what linked it to others.

What of them is code is hashed when the project is built and committed as `recipe.json`, so that a change that means
something is noticed, and one that means nothing costs nobody a new answer (`infra/recipe.py` says what counts).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dateline.ask.parts import PART_CHARACTERS
from dateline.records import Recipe

FILE = Path(__file__).with_name("recipe.json")

_DIGITS = 16  # 64 bits: a deployment meets some dozens of recipes in its life


class CodeHashes(BaseModel):
    """The hashes of what of a recipe is code: `ask` decides a model's answer, `judge` turns it into records.

    `linking` is no part of a recipe: it decides which reports of several documents are one occurrence.
    """

    model_config = ConfigDict(frozen=True)

    ask: str
    judge: str
    linking: str


def recipe(model: str, output_language: str, part_characters: int = PART_CHARACTERS) -> Recipe:
    """Return today's recipe for a model's name, output language (BCP 47), and length of parts in code points."""
    return Recipe(ask=ask_hash(model, output_language, part_characters), judge=_of_code().judge, model=model)


@cache
def ask_hash(model: str, output_language: str, part_characters: int = PART_CHARACTERS) -> str:
    """Name what decides a model's answer: the code of the ask, model, language of titles, length of parts."""
    return digest(json.dumps([_of_code().ask, model, output_language, part_characters]))


def digest(text: str) -> str:
    """Return the first hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


@cache
def _of_code() -> CodeHashes:
    return CodeHashes.model_validate_json(FILE.read_bytes())
