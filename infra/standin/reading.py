"""What the stand-in sees in each sentence: content words, voices, the acts and dates it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.dates import Day, Direction, Found, Resolution, find, resolve
from dateline.documents.language import UNKNOWN
from dateline.documents.quoting import says_who_is_quoted
from dateline.records import Course
from infra.standin.attribution import LONGEST_READ, Voice, is_about_the_one_before, voices
from infra.standin.language import Language, words
from infra.standin.request import Line

# Two inflected forms of a word mostly share as much: "Vorschlag" and "Vorschlags", "Kontakte" and "Kontakten".
_STEM = 5
_SHORTEST_TERM = 3
# A line with fewer words beside its date is a caption or the dateline of a report, unless it ends as a sentence does.
_LEAST_WORDS_BESIDE_DATE = 3
# After a date that opens a sentence: "In 2020 rain fell." has them, "3 May 2020, Elvry." has not.
_LEAST_WORDS_AFTER_DATE = 2
_ENDS = re.compile(r"[.!…。！।]['\"”’»)\]]*$")
# "Elvry, 3 May 2020." and "Photo: 3 May 2020." have one before the date, "Repairs ended on 9 March 2021." has none.
_SET_OFF = re.compile(r"[,:;|/–—-]\s*$")
# What has more is a chronicle, and its further dates are not read: each takes some milliseconds.
MOST_DATES = 150
# How far back a neighbour may stand; the resolver takes the nearest that fits.
_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression that belongs to what its sentence tells, with the days that it comes to."""

    found: Found
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered sentence as it was read. `act` names the kind of a clear act ("rejected"), if it tells one."""

    number: int
    text: str
    terms: frozenset[str]
    voices: tuple[Voice, ...]
    act: str | None
    dates: tuple[Dated, ...]


def terms_of(text: str, language: Language) -> frozenset[str]:
    """Return the stems of a text's content words."""
    return frozenset(
        word[:_STEM] for word in words(text) if len(word) >= _SHORTEST_TERM and word not in language.function_words
    )


def read_sentences(lines: Sequence[Line], language: Language, published: date | None) -> list[Sentence]:
    """Read the sentences one after the other; a sentence's dates may hang on the ones before it."""
    texts = [line.text[:LONGEST_READ] for line in lines]
    sentences: list[Sentence] = []
    dates = 0
    for index, line in enumerate(lines):
        context = texts[max(0, index - _CONTEXT) : index]
        sentences.append(_read(line.number, texts[index], context, language, published, dated=dates < MOST_DATES))
        dates += len(sentences[-1].dates)
    return sentences


def course_of(sentence: str, language: Language, published: date | None, when: Resolution | None) -> Course:
    """Return whether something is done, planned or called off.

    Days that all lie before or after the publication decide; else the verbs do.
    """
    if language.reading.called_off.search(sentence):
        return "called_off"
    if when is not None and published is not None:
        today = Day.of(published)
        if (when.earliest or when.latest or today) > today:
            return "planned"
        if when.latest is not None and when.latest < today:
            return "done"
    return "planned" if _direction(sentence, language) == "future" else "done"


def _read(
    number: int, text: str, context: Sequence[str], language: Language, published: date | None, *, dated: bool
) -> Sentence:
    heard = tuple(voices(text, language))
    terms = terms_of(_without_sayings(text, heard), language)
    if (
        says_who_is_quoted(text)
        or text.endswith("?")
        or language.reading.unreal.search(text)
        or is_about_the_one_before(text, language)
    ):
        return Sentence(number, text, terms, heard, None, ())
    dates = tuple(_dates(text, context, heard, language, published)) if dated else ()
    return Sentence(number, text, terms, heard, _act(text, heard, language), dates)


def _without_sayings(text: str, heard: Sequence[Voice]) -> str:
    """Leave out what only names a speaker; the words of a denial or an admission also say what it is about."""
    for voice in heard:
        if voice.stance in {"asserts", "declines"}:
            text = text[: voice.start] + " " * (voice.end - voice.start) + text[voice.end :]
    return text


def _act(text: str, heard: Sequence[Voice], language: Language) -> str | None:
    """Return the kind of the first act that a sentence tells; a refusal to comment is none."""
    if any(voice.stance == "declines" for voice in heard):
        return None
    return next((kind for kind, pattern in language.acts.items() if pattern.search(text)), None)


def _dates(
    text: str, context: Sequence[str], heard: Sequence[Voice], language: Language, published: date | None
) -> Iterator[Dated]:
    direction = _direction(text, language)
    for found in find(text, language.name):
        if _beside(text, found, language):
            continue
        resolution = resolve(found.words, text, language.name, published, context, direction)
        if isinstance(resolution, Resolution) and not _of_saying(text, found, heard, language):
            yield Dated(found, resolution)


def _beside(text: str, found: Found, language: Language) -> bool:
    """Whether a date is only compared with, or stands alone."""
    compared = (match.end() for match in language.reading.comparison.finditer(text, 0, found.end))
    if any(end >= found.start - 1 for end in compared):
        return True
    return not _tells(text[: found.start], text[found.end :], language)


def _tells(before: str, after: str, language: Language) -> bool:
    """Return whether what stands before and after a date is more than a caption or the dateline of a report.

    In an unknown language a month's name may be taken for such a word.
    """
    ahead, behind = len(words(before)), len(words(after))
    if ahead + behind >= _LEAST_WORDS_BESIDE_DATE:
        return True
    if language.name == UNKNOWN or not _ENDS.search(after) or _SET_OFF.search(before):
        return False
    return ahead > 0 or behind >= _LEAST_WORDS_AFTER_DATE


def _of_saying(text: str, found: Found, heard: Sequence[Voice], language: Language) -> bool:
    """Whether a date tells when something was said: it stands in what names the speaker, or right beside it.

    Right before it only where no comma parts them: "in May, officials said" dates no saying.
    """

    def beside(voice: Voice) -> bool:
        if found.end <= voice.start:
            return text[found.end : voice.start].isspace() and text[voice.start].isalnum()
        return not text[voice.end : found.start].strip()

    return any(
        voice.stance in {"asserts", "confirms"}
        and beside(voice)
        and language.voices.saying.search(text, voice.start, voice.end)
        for voice in heard
    )


def _direction(text: str, language: Language) -> Direction | None:
    """Decide by the verbs whether a sentence looks back or ahead; None where they do not say."""
    if language.reading.called_off.search(text) or language.reading.intended.search(text):
        return None
    if language.reading.planned.search(text):
        return "future"
    return "past" if language.reading.past.search(text) else None
