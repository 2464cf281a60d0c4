"""Who says what about an event: speakers, their stances, the sentences that name them, and the status that follows."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.ask.schema import THE_DOCUMENT, ByWayOf
from dateline.judge.problems import Problem
from dateline.records import SaidBy
from dateline.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.ask import schema
    from dateline.documents import Sentence
    from dateline.judge.mentions import Mentions
    from dateline.judge.parse import ParsedAnswer
    from dateline.records import Stance, Status


# Stances that one event may carry. An editor's events have one to three voices, and each brings up to two sentences as
# evidence, so that more would show a reader half the document and outgrow the event's item in the table.
MOST_HEARD = 16
_ANSWERS: frozenset[Stance] = frozenset({"denies", "doubts", "declines", "withdraws"})


@dataclass(frozen=True, slots=True)
class Heard:
    """Who says what about an event. `attribution` are sentences that name a speaker and are not cited."""

    said_by: tuple[SaidBy, ...]
    voices: tuple[Voice, ...]
    attribution: tuple[Sentence, ...]


def hear(
    event: schema.AnswerEvent, cited: Sequence[Sentence], parsed: ParsedAnswer, mentions: Mentions
) -> Heard | Problem:
    """Check an event's speakers. One that fails fails the event: without it a claim would pass for a fact."""
    if len(event.b) > MOST_HEARD:
        message = f"it has {len(event.b)} speakers, at most {MOST_HEARD} are allowed: name those that matter most"
        return Problem("too_many_heard", "event", message, event.t)
    said_by: dict[SaidBy, None] = {}
    voices: list[Voice] = []
    attribution: list[Sentence] = []
    writers = _writers(cited, mentions)
    for stance in [by.a for by in event.b if by.i == THE_DOCUMENT] or (["asserts"] if not event.b else []):
        for writer, sentence in writers.items():
            said_by[SaidBy(who=writer, words=writer, named=True, stance=stance)] = None
            voices.append(Voice(writer.casefold(), named=True, stance=stance))
            attribution.append(sentence)
    for by in event.b:
        if by.i == THE_DOCUMENT:
            voices += [] if writers else [Voice(None, named=False, stance=by.a)]
            continue
        speaker = named(by.i, by.a, cited, parsed, mentions)
        medium = named(by.v, by.a, cited, parsed, mentions) if isinstance(by, ByWayOf) else None
        if isinstance(speaker, Problem):
            return replace(speaker, subject=event.t)
        if isinstance(medium, Problem):
            return replace(medium, subject=event.t)
        attribution += [speaker.sentence, medium.sentence] if medium else [speaker.sentence]
        who = speaker.who
        via = folded(medium.who.name) if medium else None
        said_by[SaidBy(who=folded(who.name), words=folded(who.w), named=who.k, stance=by.a, via=via)] = None
        # One name is one speaker however often it was declared; anonymous ones are told apart by their declarations.
        voices.append(Voice(folded(who.name).casefold() if who.k else str(by.i), named=who.k, stance=by.a))
    return Heard(tuple(said_by), tuple(voices), tuple(attribution))


def _writers(cited: Sequence[Sentence], mentions: Mentions) -> dict[str, Sentence]:
    """Return who wrote the sentences, where all are quoted from messages: theirs is the voice, not the document's."""
    quoted = [mentions.readings.quotation(sentence) for sentence in cited]
    writers = {one.writer: mentions.sentence(one.writer_in) for one in quoted if one and one.writer}
    return writers if all(quoted) else {}


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """A declared speaker or medium, and the sentence that names them for an event."""

    who: schema.Who
    sentence: Sentence


def named(
    index: int, stance: Stance, cited: Sequence[Sentence], parsed: ParsedAnswer, mentions: Mentions
) -> NamedSpeaker | Problem:
    """Find a declared speaker or medium for what is cited, with the sentence that names them."""
    who = parsed.who[index] if 0 <= index < len(parsed.who) else None
    if who is None:
        return Problem("reference_unknown", "event", f"`who` declares no {index}")
    sentence = _sentence_naming(who.w, stance, cited, mentions)
    return sentence if isinstance(sentence, Problem) else NamedSpeaker(who, sentence)


def _sentence_naming(words: str, stance: Stance, cited: Sequence[Sentence], mentions: Mentions) -> Sentence | Problem:
    """Return the sentence that names a speaker for an event, or say why none does.

    It is a cited one, else the nearest before, because attribution carries until another voice begins, else the one
    right after ("…, two officials said later"); who answers a claim may do so anywhere after it. A speaker is declared
    once for all events: the words must stand somewhere exactly, and may differ in case here. The sentence becomes
    evidence, so that a reader sees who spoke.
    """
    if not mentions.of(words, any_case=False):
        return Problem("words_not_found", "event", f'the speaker\'s words "{words}" do not stand in the document')
    named = mentions.of(words, any_case=True)
    numbers = [sentence.number for sentence in cited]
    if here := next((sentence for sentence in cited if _holds(named, sentence.number)), None):
        return here
    if before := _place(min(numbers), named):
        return named[before - 1]
    after = named[0]
    if stance in _ANSWERS or after.number <= max(numbers) + 1:
        return after
    message = f'the speaker\'s words "{words}" stand only in sentence {after.number}: cite it, or name another speaker'
    return Problem("words_not_found", "event", message)


def _place(number: int, sentences: Sequence[Sentence]) -> int:
    """Count the sentences, which stand in order, that have smaller numbers."""
    return bisect_left(sentences, number, key=lambda sentence: sentence.number)


def _holds(sentences: Sequence[Sentence], number: int) -> bool:
    place = _place(number, sentences)
    return place < len(sentences) and sentences[place].number == number


@dataclass(frozen=True, slots=True)
class Voice:
    """A stance of one speaker. `speaker` is whatever tells speakers apart; None is the document's own voice."""

    speaker: str | None
    named: bool
    stance: Stance


def status_of(voices: Sequence[Voice]) -> Status:
    """Return the first status whose rule holds. `voices` stand in the order of the answer.

    An event about which nobody else says anything is said by the document itself.
    """
    standing = _standing(voices)
    against = {voice.speaker for voice in standing if voice.stance in {"denies", "doubts"}}
    asserting = {voice.speaker for voice in standing if voice.stance == "asserts"}
    confirming = {voice.speaker for voice in standing if voice.stance == "confirms" and voice.named}
    # An anonymous confirmation asserts, and confirms nothing.
    speaking_for = {voice.speaker for voice in standing if voice.stance in {"asserts", "confirms"}}
    if any(speaker != other for speaker in speaking_for for other in against):
        return "disputed"
    if against and not speaking_for:
        return "denied"
    if any(asserting != {speaker} for speaker in confirming):
        return "confirmed"
    return "claimed" if speaking_for - {None} else "stated"


def _standing(voices: Sequence[Voice]) -> list[Voice]:
    """Leave out what a speaker withdrew, and declining, which changes nothing."""
    standing: list[Voice] = []
    for voice in voices:
        if voice.stance == "withdraws":
            standing = [earlier for earlier in standing if earlier.speaker != voice.speaker]
        elif voice.stance != "declines":
            standing.append(voice)
    return standing
