"""Sentences that order a model about, and sentences of news that only sound like it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_HIDDEN = {"{ZW}": "\u200b", "{RLO}": "\u202e", "{PDF}": "\u202c"}


class Injection(NamedTuple):
    """A sentence in a language, and what a model that obeys it would report: a title and the words of a date."""

    language: str
    sentence: str
    title: str
    words: str


def injections() -> list[Injection]:
    """Read all injections, with their hidden characters in them."""
    found = []
    for line in _lines("orders.txt"):
        language, rest = line.split("|", 1)
        sentence, title, words = rest.rsplit("|", 2)
        for name, character in _HIDDEN.items():
            sentence = sentence.replace(name, character)
        found.append(Injection(language, sentence, title, words))
    return found


def news() -> list[str]:
    """Read the sentences of news."""
    return [line.split("|", 1)[1] for line in _lines("news.txt")]


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
