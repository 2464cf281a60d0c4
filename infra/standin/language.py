"""What the stand-in knows about each language: one table of patterns a language, and which table a text calls for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from re import Pattern

from pydantic import BaseModel, ConfigDict

from dateline.documents.language import UNKNOWN, detect

_TABLES = Path(__file__).parent / "tables"
_FRAGMENT = re.compile(r"\{([a-z]+)\}")
# Running text in these languages has 35 to 50 function words in 100; text in another language hits a few by chance.
_LEAST_SHARE_OF_FUNCTION_WORDS = 0.2
# Enough to tell by; the rest of a long text is not read for it.
_LONGEST_READ = 10_000
_WORD = re.compile(r"[^\W\d_]+")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Voices(_Part):
    """How speakers are named, by stance, and which sentences go on with a voice that spoke before.

    Groups: `who` is a speaker, `whos` several of them, `via` the medium.
    """

    asserts: tuple[Pattern[str], ...]
    declines: tuple[Pattern[str], ...]
    denies: tuple[Pattern[str], ...]
    confirms: tuple[Pattern[str], ...]
    saying: Pattern[str]
    anonymous: Pattern[str]
    office: Pattern[str]
    backward: Pattern[str]
    carried: Pattern[str]


class Reading(_Part):
    """How a sentence tells what became of a thing, and which dates and sentences report nothing."""

    called_off: Pattern[str]
    planned: Pattern[str]
    intended: Pattern[str]
    past: Pattern[str]
    unreal: Pattern[str]
    comparison: Pattern[str]


class Language(_Part):
    """One language's patterns. `name` is its BCP 47 tag; in a table file it stands in the file's name."""

    name: str
    function_words: frozenset[str]
    connectives: Pattern[str]
    person: Pattern[str]
    voices: Voices
    acts: dict[str, Pattern[str]]
    reading: Reading


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [word.casefold() for word in _WORD.findall(text)]


def language_of(text: str) -> Language:
    """Return what is known about the language that a text is in; without a table its dates can still be found."""
    tables = {path.stem: _load(path) for path in _TABLES.glob("*.toml")}
    name = detect(text)
    if name == UNKNOWN:
        name = _by_function_words(text, tables.values())
    return tables.get(name, tables[UNKNOWN]).model_copy(update={"name": name})


def _by_function_words(text: str, tables: Iterable[Language]) -> str:
    """Return the language of a text that is too short for the detector to be sure of."""
    found = words(text[:_LONGEST_READ])
    hits = {table.name: sum(word in table.function_words for word in found) for table in tables}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] > _LEAST_SHARE_OF_FUNCTION_WORDS * len(found) else UNKNOWN


@cache
def _load(path: Path) -> Language:
    raw = tomllib.loads(path.read_text("utf-8"))
    fragments: dict[str, str] = {}
    for name, pattern in raw.pop("fragments").items():
        fragments[name] = _expanded(pattern, fragments)
    raw["function_words"] = raw["function_words"].split()
    raw["name"] = path.stem
    raw["person"] = fragments["person"]
    return Language.model_validate(_each_expanded(raw, fragments))


def _expanded(pattern: str, fragments: dict[str, str]) -> str:
    return _FRAGMENT.sub(lambda match: fragments[match[1]], pattern)


def _each_expanded(part: object, fragments: dict[str, str]) -> object:
    """Put the fragments into every string of a table."""
    if isinstance(part, str):
        return _expanded(part, fragments)
    if isinstance(part, list):
        return [_each_expanded(item, fragments) for item in part]
    if isinstance(part, dict):
        return {key: _each_expanded(value, fragments) for key, value in part.items()}
    return part
