"""From sentences as they were read to events: what is dated or a clear act, told once, with everybody's stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.dates import Resolution
from dateline.records import Course
from infra.standin.attribution import Voice, is_about_the_one_before, is_carried
from infra.standin.clipping import clause, clip
from infra.standin.language import Language
from infra.standin.reading import Dated, Sentence, course_of, terms_of

# A line of a list or a table; about what an agency's headline takes.
LONGEST_TITLE = 110
# Of a sentence with several dates each clause is a title of its own, unless it is too short to be one.
_SEVERAL, _LEAST_WORDS = 2, 6
# More than the dates that are read, since acts come beside them; a longer list is of no use to a reader.
MOST_EVENTS = 200
# Two tellings of one act share at least this many content words.
_LEAST_SHARED = 2
# Who refuses to comment is asked about what was told just before.
_NEAR = 4


@dataclass(slots=True)
class Event:
    """An event while it is gathered: sentences and voices are added as they are found.

    `own_voice` is false for what stands in the document only as the object of somebody's denial.
    """

    title: str
    sentences: list[int]
    words: str | None
    when: Resolution | None
    course: Course
    act: str | None
    terms: frozenset[str]
    own_voice: bool
    voices: list[Voice] = field(default_factory=list)

    def cite(self, number: int, voices: Sequence[Voice] = ()) -> None:
        """Rest the event on one more sentence and on what is said there; nobody is heard twice."""
        if number not in self.sentences:
            self.sentences.append(number)
        heard = {voice.speaker.words for voice in self.voices}
        self.voices.extend(voice for voice in voices if voice.speaker.words not in heard)


def gather(sentences: Sequence[Sentence], language: Language, published: date | None) -> list[Event]:
    """Return the events in the order of the text."""
    events: list[Event] = []
    for sentence, after in zip(sentences, (*sentences[1:], None), strict=True):
        if len(events) >= MOST_EVENTS:
            break
        is_act = sentence.act is not None or (after is not None and _denies(after, sentence))
        for told in _told(sentence, language, published, is_act=is_act):
            known = next((event for event in events if _same(event, told)), None)
            if known is None:
                events.append(told)
            else:
                _join(known, told)
    _carry_voices(sentences, events, language)
    _attach_stances(sentences, events, language)
    return events


def _denies(sentence: Sentence, before: Sentence) -> bool:
    """Return whether somebody denies what somebody else has just asserted: a claim that two fight over is an event."""
    asserts = any(voice.stance == "asserts" for voice in before.voices)
    denies = any(voice.stance == "denies" for voice in sentence.voices)
    return asserts and denies and bool(before.terms & sentence.terms)


def _told(sentence: Sentence, language: Language, published: date | None, *, is_act: bool) -> Iterator[Event]:
    """Yield an event for each date of a sentence, or for its act; one title stands for one event."""
    titles: set[str] = set()
    for dated in sentence.dates or ((None,) if is_act else ()):
        denial = _denial_of(sentence, dated)
        title = _title(sentence, dated, denial, language)
        if title in titles:
            continue
        titles.add(title)
        yield Event(
            title=title,
            sentences=[sentence.number],
            words=dated.found.words if dated else None,
            when=dated.resolution if dated else None,
            course=course_of(sentence.text, language, published, dated.resolution if dated else None),
            act=sentence.act,
            terms=sentence.terms,
            own_voice=denial is None,
            voices=[voice for voice in sentence.voices if voice is denial or voice.stance in {"asserts", "confirms"}],
        )


def _denial_of(sentence: Sentence, dated: Dated | None) -> Voice | None:
    """Return the denial whose object the date belongs to: "denied that he had met them in May"."""
    if dated is None:
        return None
    before = [voice for voice in sentence.voices if voice.end <= dated.found.start]
    last = max(before, key=lambda voice: voice.end, default=None)
    if last is None or last.stance != "denies" or not sentence.text[last.end : dated.found.start].strip():
        return None
    return last


def _title(sentence: Sentence, dated: Dated | None, denial: Voice | None, language: Language) -> str:
    """Clip the sentence around the date, without what only says who says or denies it or joins it to the last one."""
    text = sentence.text
    if denial is not None:
        return f"… {clip(text[denial.end :].strip(' .,;:'), LONGEST_TITLE)}"
    for voice in sentence.voices:
        if voice.start > 0 and text[voice.end :].strip(" .") == "" and not (dated and voice.start < dated.found.end):
            text = text[: voice.start]
    text = text.rstrip(" .,;:")
    keep = (dated.found.start, dated.found.end) if dated else (0, 0)
    title = clause(text, keep)
    if len(sentence.dates) < _SEVERAL or len(title.split()) < _LEAST_WORDS:
        title = clip(text, LONGEST_TITLE, keep)
    title = language.connectives.sub("", title, count=1)
    return title[:1].upper() + title[1:]


def _same(one: Event, other: Event) -> bool:
    """Whether two tellings are of one thing: never on other days; the same act, a denial of it, or half their words."""
    if one.when is not None and other.when is not None and one.when.edtf != other.when.edtf:
        return False
    shared = len(one.terms & other.terms)
    dated = one.when is not None and other.when is not None
    if (one.act is not None and one.act == other.act) or (dated and not other.own_voice):
        return shared >= _LEAST_SHARED
    return dated and shared >= max(_LEAST_SHARED, min(len(one.terms), len(other.terms)) / 2)


def _join(known: Event, told: Event) -> None:
    if known.when is None:
        known.words, known.when, known.course = told.words, told.when, told.course
    for number in told.sentences:
        known.cite(number, told.voices)


def _carry_voices(sentences: Sequence[Sentence], events: Sequence[Event], language: Language) -> None:
    """Let a voice go on: into reported mood after it, and back to the sentence that it is said about."""
    last: Sentence | None = None
    for before, sentence in zip((None, *sentences), sentences, strict=False):
        asserted = [voice for voice in sentence.voices if voice.stance == "asserts"]
        if asserted:
            if before is not None and is_about_the_one_before(sentence.text, language):
                _cite(events, before.number, sentence.number, asserted)
            last = sentence
        elif last is not None and is_carried(sentence.text, language):
            _cite(events, sentence.number, last.number, [v for v in last.voices if v.stance == "asserts"])
        else:
            last = None


def _cite(events: Sequence[Event], number: int, source: int, voices: Sequence[Voice]) -> None:
    for event in events:
        if number in event.sentences:
            event.cite(source, voices)


def _attach_stances(sentences: Sequence[Sentence], events: Sequence[Event], language: Language) -> None:
    """Give denials, refusals and admissions to the event that they speak of, where there is one."""
    for sentence in sentences:
        stances = [voice for voice in sentence.voices if voice.stance != "asserts"]
        event = _meant(sentence, stances, events, language) if stances else None
        if event is not None:
            event.cite(sentence.number, stances)


def _meant(sentence: Sentence, stances: Sequence[Voice], events: Sequence[Event], language: Language) -> Event | None:
    """Return the event that a denial, an admission or a refusal speaks of: the one that shares most words with it.

    A refusal to comment changes no status and need share nothing: it means what was told just before. A denial does
    change it, so it takes two words, or one right after the event itself.
    """
    others = [event for event in events if sentence.number not in event.sentences]
    speakers = frozenset[str]().union(*(terms_of(voice.speaker.words, language) for voice in stances))
    terms = sentence.terms - speakers

    def shared(event: Event) -> int:
        return len(event.terms & terms)

    if all(voice.stance == "declines" for voice in stances):
        before = [event for event in reversed(others) if event.sentences[0] < sentence.number]
        near = [event for event in before if sentence.number - event.sentences[0] <= _NEAR]
        return max(near or before[:1], key=shared, default=None)
    best = max(others, key=lambda event: (shared(event), -abs(event.sentences[0] - sentence.number)), default=None)
    if best is None:
        return None
    return best if shared(best) >= (1 if sentence.number - 1 in best.sentences else _LEAST_SHARED) else None
