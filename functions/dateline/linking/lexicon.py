"""Words that say the same of an event: kinds of happenings, things, and what says nothing; `tables/` holds them."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.dates.language.folding import fold
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VOWELS = "aeiou"
_STEM = 6  # letters; of longer words inflected and derived forms mostly share as many: "inspects", "inspector"
# A consonant after a single vowel is doubled before an ending: "ram", "rammed".
_DOUBLED = re.compile(rf"(?:[^{_VOWELS}]|qu)[{_VOWELS}][^{_VOWELS}wxy]$")
_PLURAL = re.compile(r"(?<=..)(?:(?<=[sxz])es|(?<=[cs]h)es|(?<=[^sui])s)$")


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of happening. The marks are those of `tables/acts.toml`."""

    name: str
    once: bool = False
    does: bool = False
    light: bool = False
    toll: bool = False
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Acts:
    """What forms of English words and phrases mean. A phrase is known by its first word, then by the words after it."""

    verbs: Mapping[str, frozenset[Act]]
    nouns: Mapping[str, frozenset[Act]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], bool, frozenset[Act]], ...]]


def stem(word: str) -> str:
    """Return the beginning of a folded word that its inflected forms share."""
    return (f"{word[:-3]}y" if word.endswith("ies") else _PLURAL.sub("", word))[:_STEM]


@cache
def acts() -> Acts:
    """Return the table of happenings; English only, whose titles have them."""
    verbs: dict[str, set[Act]] = defaultdict(set)
    nouns: dict[str, set[Act]] = defaultdict(set)
    phrases: dict[tuple[str, ...], tuple[bool, set[Act]]] = {}
    for act, is_verb, form, rest in _forms():
        if rest:
            phrases.setdefault((form, *rest), (is_verb, set()))[1].add(act)
        else:
            (verbs if is_verb else nouns)[form].add(act)
    by_first: dict[str, list[tuple[tuple[str, ...], bool, frozenset[Act]]]] = defaultdict(list)
    for parts, (is_verb, meant) in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first[parts[0]].append((parts[1:], is_verb, frozenset(meant)))
    return Acts(
        {form: frozenset(meant) for form, meant in verbs.items()},
        {form: frozenset(meant) for form, meant in nouns.items()},
        {first: tuple(rows) for first, rows in by_first.items()},
    )


def _forms() -> Iterator[tuple[Act, bool, str, list[str]]]:
    """Write out the table: each happening, whether as a verb, with a form of its first word and the words after it."""
    for name, entry in _table("acts").items():
        act = Act(name, **{mark: True for mark in ("once", "does", "light", "toll", "harm") if entry.get(mark)})
        for is_verb, listed in ((True, entry["verbs"]), (False, entry["nouns"])):
            for parts in filter(None, map(str.strip, listed.split(","))):
                first, *rest = parts.split(" ")
                for form in _verb_forms(first) if is_verb else _noun_forms(first, alone=not rest):
                    yield act, is_verb, form, rest


@cache
def things() -> Mapping[str, frozenset[str]]:
    """Return what English words for people, bodies and things mean."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, listed in _table("words")["things"].items():
        for word in listed.split():
            for form in (word, word.removesuffix("s"), f"{word}s"):
                found[form].add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def row(table: str, name: str) -> frozenset[str]:
    """Return the words of a row of `tables/words.toml`."""
    return frozenset(_table("words")[table][name].split())


@cache
def ordinals() -> Mapping[str, int]:
    """Return the English ordinals with their numbers."""
    return {word: number for number, word in enumerate(_table("words")["grammar"]["ordinals"].split(), 1)}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return a language's words that say nothing."""
    return frozenset(map(fold, _table("words")["stop"].get(primary(language), "").split()))


def _verb_forms(entry: str) -> Iterator[str]:
    """Write the forms of a regular verb, and the irregular ones that follow after "/"."""
    base, *irregular = entry.split("/")
    yield from (base, *irregular)
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        yield from (f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
        return
    yield base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    for stem_ in (base.removesuffix("e"), *((base + base[-1],) if _DOUBLED.search(base) else ())):
        yield from (f"{stem_}ing", f"{stem_}ed")


def _noun_forms(noun: str, *, alone: bool) -> Iterator[str]:
    yield noun
    if alone:
        yield (
            f"{noun[:-1]}ies" if noun.endswith("y") else noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
        )


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "tables" / f"{name}.toml").read_text(encoding="utf-8"))
