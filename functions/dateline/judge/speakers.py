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
    from dateline.records import Stance, Status, VoiceKind


# Stances that one event may carry. An editor's events have one to three voices; more would outgrow the event's item in
# the table.
MOST_HEARD = 16
# Who is known well enough to confirm: by name or by office.
_KNOWN: frozenset[VoiceKind] = frozenset({"named", "office"})
_ANSWERS: frozenset[Stance] = frozenset({"denies", "doubts", "declines", "withdraws"})


@dataclass(frozen=True, slots=True)
class Heard:
    """Who says what about an event. `introducing` are the sentences that say who they are, cited or not."""

    said_by: tuple[SaidBy, ...]
    voices: tuple[Voice, ...]
    introducing: tuple[Sentence, ...]


def hear(
    event: schema.AnswerEvent, cited: Sequence[Sentence], parsed: ParsedAnswer, mentions: Mentions
) -> Heard | Problem:
    """Check an event's speakers. One that fails fails the event: without it a claim would pass for a fact."""
    stances = event.by
    if len(stances) > MOST_HEARD:
        message = f"it has {len(stances)} speakers, at most {MOST_HEARD} are allowed: name those that matter most"
        return Problem("too_many_heard", "event", message, event.t)
    said_by: dict[SaidBy, None] = {}
    voices: list[Voice] = []
    introducing: list[Sentence] = []
    writers = _writers(cited, mentions)
    for stance in [by.a for by in stances if by.i == THE_DOCUMENT] or (["asserts"] if not stances else []):
        for writer, sentence in writers.items():
            said = SaidBy(who=writer, words=writer, kind="named", stance=stance, introduced=sentence.number)
            said_by[said] = None
            voices.append(Voice(writer.casefold(), kind="named", stance=stance))
            introducing.append(sentence)
    for by in stances:
        if by.i == THE_DOCUMENT and writers:
            continue
        speaker = heard(by, cited, parsed, mentions)
        if isinstance(speaker, Problem):
            return replace(speaker, subject=event.t)
        introducing += speaker.introducing
        said_by[speaker.said_by] = None
        voices.append(Voice(speaker.key, kind=speaker.said_by.kind, stance=by.a))
    return Heard(tuple(said_by), tuple(voices), tuple(introducing))


def _writers(cited: Sequence[Sentence], mentions: Mentions) -> dict[str, Sentence]:
    """Return who wrote the sentences, where all are quoted from messages: theirs is the voice, not the document's."""
    quoted = [mentions.readings.quotation(sentence) for sentence in cited]
    writers = {one.writer: mentions.sentence(one.writer_in) for one in quoted if one and one.writer}
    return writers if all(quoted) else {}


@dataclass(frozen=True, slots=True)
class HeardOne:
    """One speaker's stance, what tells the speaker from others, and the sentences that introduce speaker and medium."""

    said_by: SaidBy
    key: str | None
    introducing: tuple[Sentence, ...]


def heard(
    by: schema.By | schema.ByWayOf, cited: Sequence[Sentence], parsed: ParsedAnswer, mentions: Mentions
) -> HeardOne | Problem:
    """Find a declared speaker and medium for what is cited; the document itself is one without a declaration."""
    medium = _declared(by.v, by.a, cited, parsed, mentions) if isinstance(by, ByWayOf) else None
    if isinstance(medium, Problem):
        return medium
    via = folded(medium.who.name) if medium else None
    reported = (medium.sentence,) if medium else ()
    if by.i == THE_DOCUMENT:
        return HeardOne(SaidBy(who=None, words=None, kind="document", stance=by.a, via=via), None, reported)
    speaker = _declared(by.i, by.a, cited, parsed, mentions)
    if isinstance(speaker, Problem):
        return speaker
    who, sentence = speaker.who, speaker.sentence
    name = folded(who.name)
    said = SaidBy(who=name, words=folded(who.w), kind=who.k, stance=by.a, via=via, introduced=sentence.number)
    # One name is one speaker however often it was declared; anonymous ones are told apart by their declarations.
    key = str(by.i) if who.k == "anonymous" else name.casefold()
    return HeardOne(said, key, (sentence, *reported))


@dataclass(frozen=True, slots=True)
class _Declared:
    """A declared speaker or medium, and the sentence that names them for what is cited."""

    who: schema.Who
    sentence: Sentence


def _declared(
    index: int, stance: Stance, cited: Sequence[Sentence], parsed: ParsedAnswer, mentions: Mentions
) -> _Declared | Problem:
    who = parsed.who[index] if 0 <= index < len(parsed.who) else None
    if who is None:
        return Problem("reference_unknown", "event", f"`who` declares no {index}")
    sentence = _sentence_naming(who.w, stance, cited, mentions)
    return sentence if isinstance(sentence, Problem) else _Declared(who, sentence)


def _sentence_naming(words: str, stance: Stance, cited: Sequence[Sentence], mentions: Mentions) -> Sentence | Problem:
    """Return the sentence that names a speaker for an event, or say why none does.

    It is a cited one, else the nearest before, because attribution carries until another voice begins, else the one
    right after ("…, two officials said later"); who answers a claim may do so anywhere after it. A speaker is declared
    once for all events: the words must stand somewhere exactly, and may differ in case here.
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
    kind: VoiceKind
    stance: Stance


def status_of(voices: Sequence[Voice]) -> Status:
    """Return the first status whose rule holds. `voices` stand in the order of the answer.

    An event about which nobody else says anything is said by the document itself, unless somebody took it back.
    """
    standing = _standing(voices)
    against = {voice.speaker for voice in standing if voice.stance in {"denies", "doubts"}}
    asserting = {voice.speaker for voice in standing if voice.stance == "asserts"}
    confirming = {voice.speaker for voice in standing if voice.stance == "confirms" and voice.kind in _KNOWN}
    # An anonymous confirmation asserts, and confirms nothing.
    speaking_for = {voice.speaker for voice in standing if voice.stance in {"asserts", "confirms"}}
    if any(speaker != other for speaker in speaking_for for other in against):
        return "disputed"
    if against and not speaking_for:
        return "denied"
    if any(asserting != {speaker} for speaker in confirming):
        return "confirmed"
    if speaking_for - {None}:
        return "claimed"
    withdrawn = any(voice.stance == "withdraws" for voice in voices) and not speaking_for
    return "withdrawn" if withdrawn else "stated"


def _standing(voices: Sequence[Voice]) -> list[Voice]:
    """Leave out what a speaker withdrew, and declining, which changes nothing."""
    standing: list[Voice] = []
    for voice in voices:
        if voice.stance == "withdraws":
            standing = [earlier for earlier in standing if earlier.speaker != voice.speaker]
        elif voice.stance != "declines":
            standing.append(voice)
    return standing
