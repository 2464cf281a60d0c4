"""Who speaks in a sentence and with what stance, by the patterns of its language; words are copied as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import Match

from dateline.records import SpeakerKind, Stance
from infra.standin.language import Language

_ENUMERATION = re.compile(r", (?:and |und |et )?| (?:and|und|sowie|et) ")
# Patterns are tried at every place of a sentence: what is longer than a paragraph is not read to its end.
LONGEST_READ = 1500


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody as the document names them."""

    words: str
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker's stance, the medium that reports it, and where in the sentence it is said so."""

    speaker: Speaker
    stance: Stance
    via: Speaker | None
    start: int
    end: int


def voices(sentence: str, language: Language) -> list[Voice]:
    """Return the voices of a sentence in their order; each stretch of it is read once, refusals and denials first."""
    found: list[Voice] = []
    for voice in _candidates(sentence[:LONGEST_READ], language):
        same_place = any(voice.start < other.end and other.start < voice.end for other in found)
        if not same_place or any(voice.start == other.start and voice.end == other.end for other in found):
            found.append(voice)
    return sorted(found, key=lambda voice: voice.start)


def is_about_the_one_before(sentence: str, language: Language) -> bool:
    """Whether a sentence only says who said the one before it: "Dies berichtet …"."""
    return language.voices.backward.search(sentence) is not None


def is_carried(sentence: str, language: Language) -> bool:
    """Whether the voice before this sentence still speaks: "She added …", or reported mood."""
    return language.voices.carried.search(sentence[:LONGEST_READ]) is not None


def _candidates(sentence: str, language: Language) -> Iterator[Voice]:
    by = language.voices
    stances: tuple[tuple[Stance, tuple[re.Pattern[str], ...]], ...] = (
        ("declines", by.declines),
        ("denies", by.denies),
        ("confirms", by.confirms),
        ("asserts", by.asserts),
    )
    for stance, patterns in stances:
        for pattern in patterns:
            for match in pattern.finditer(sentence):
                yield from _of_match(match, stance, language)


def _of_match(match: Match[str], stance: Stance, language: Language) -> Iterator[Voice]:
    groups = match.groupdict()
    via = _speaker(groups["via"], language) if "via" in groups else None
    for words in _people(groups, language):
        yield Voice(_speaker(words, language), stance, via, match.start(), match.end())


def _people(groups: dict[str, str], language: Language) -> list[str]:
    if "who" in groups:
        return [groups["who"]]
    parts = (
        language.person.fullmatch(part) or language.person.match(part) for part in _ENUMERATION.split(groups["whos"])
    )
    return [part[0] for part in parts if part is not None]


def _speaker(words: str, language: Language) -> Speaker:
    """Make a speaker of a kind: an anonymous word before a capitalised one is a title, and so named."""
    generic = language.voices.anonymous.search(words)
    if generic is None or words[generic.end() :].lstrip()[:1].isupper():
        return Speaker(words, "named")
    return Speaker(words, "office" if language.voices.office.search(words) else "anonymous")
