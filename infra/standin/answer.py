"""The stand-in's answer: a headline, central sentences and events, under the schema that every model answers by."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.ask import schema
from infra.standin.attribution import Speaker, Voice
from infra.standin.clipping import clip
from infra.standin.events import Event, gather
from infra.standin.language import language_of
from infra.standin.ranking import rank
from infra.standin.reading import Sentence, read_sentences
from infra.standin.request import Asked, Line

# A hundred pages; a longer document is read up to here, so that an answer never takes more than a few seconds.
MOST_LINES = 3000
# The central sentences of a report stand in its first pages, and ranking takes quadratic time.
_RANKED = 300
_SUMMARY, _STATEMENTS = 4, 5
_LONGEST_HEADLINE = 140
_LONGEST_SUMMARY_SENTENCE = 320
_LEAST_WORDS_OF_A_SENTENCE = 5
_SENTENCE_ENDS = ".!”“»\"'"


def answer(asked: Asked, *, only_dated: bool = False) -> schema.Answer:
    """Answer a request about a document in the document's own language; `only_dated` leaves acts without a date out."""
    lines = asked.lines[:MOST_LINES]
    language = language_of(_beginning(asked))
    sentences = read_sentences(lines, language, asked.published)
    head = _head(asked.title, lines)
    speakers = _Speakers()
    gathered = gather(sentences, language, asked.published)
    events = [event for event in gathered if event.words is not None or not only_dated]
    return schema.Answer(
        lang=language.name,
        out=language.name,
        head=schema.AnswerSentence(t=clip(head.text, _LONGEST_HEADLINE), s=[head.number]),
        sum=_summary(sentences, head),
        ev=[_event(event, speakers) for event in events],
        say=_statements(sentences, events, speakers),
        who=speakers.declared,
        names=[],
    )


def nothing_to_correct(asked: Asked) -> schema.Repair:
    """Answer a repair call: rules would say the same again, so whatever failed is left out, as the repair allows."""
    name = language_of(_beginning(asked)).name
    head = schema.AnswerSentence(t="", s=[])
    return schema.Repair(lang=name, out=name, head=head, sum=[], who=[], names=[], ev=[], say=[], skip=[])


def _beginning(asked: Asked) -> str:
    return "\n".join(line.text for line in asked.lines[:_RANKED])


def _head(title: str | None, lines: Sequence[Line]) -> Line:
    """Return the sentence that holds the title, else the first."""
    return next((line for line in lines if title and title in line.text), lines[0])


def _summary(sentences: Sequence[Sentence], head: Line) -> list[schema.AnswerSentence]:
    """Return the most central sentences in the order of the text; headings only where there is nothing else."""
    ranked = sentences[:_RANKED]
    whole = [sentence for sentence in ranked if sentence.number != head.number and _is_whole(sentence)]
    chosen = whole or list(ranked[:1])
    scores = rank([sentence.terms for sentence in chosen])
    best = sorted(range(len(chosen)), key=lambda index: -scores[index])[:_SUMMARY]
    return [
        schema.AnswerSentence(t=clip(chosen[index].text, _LONGEST_SUMMARY_SENTENCE), s=[chosen[index].number])
        for index in sorted(best)
    ]


def _statements(
    sentences: Sequence[Sentence], events: Sequence[Event], speakers: _Speakers
) -> list[schema.AnswerStatement | schema.AnswerStance]:
    """Return the first sentences in which somebody asserts what is no event."""
    told = {number for event in events for number in event.sentences}
    said = [
        (sentence, voice)
        for sentence in sentences
        if sentence.number not in told and _is_whole(sentence)
        for voice in sentence.voices[:1]
        if voice.stance == "asserts"
    ]
    return [
        schema.AnswerStatement(
            t=clip(sentence.text, _LONGEST_SUMMARY_SENTENCE), s=[sentence.number], i=speakers.place(voice.speaker)
        )
        for sentence, voice in said[:_STATEMENTS]
    ]


def _is_whole(sentence: Sentence) -> bool:
    return sentence.text[-1:] in _SENTENCE_ENDS and len(sentence.text.split()) >= _LEAST_WORDS_OF_A_SENTENCE


class _Speakers:
    """The speakers of an answer, each declared once."""

    def __init__(self) -> None:
        self.declared: list[str | schema.Who] = []
        self._places: dict[str, int] = {}

    def place(self, speaker: Speaker) -> int:
        """Return a speaker's place in the list, and declare them where they are new."""
        if speaker.words not in self._places:
            self._places[speaker.words] = len(self.declared)
            is_named = speaker.kind == "named"
            self.declared.append(speaker.words if is_named else schema.Who(w=speaker.words, n=None, k=speaker.kind))
        return self._places[speaker.words]


def _event(event: Event, speakers: _Speakers) -> schema.AnswerEvent:
    def by(voice: Voice) -> int | schema.By | schema.ByWayOf:
        if voice.via is not None:
            via = speakers.place(voice.via)
            return schema.ByWayOf(v=via, i=speakers.place(voice.speaker), a=voice.stance)
        speaker = speakers.place(voice.speaker)
        return speaker if voice.stance == "asserts" else schema.By(i=speaker, a=voice.stance)

    return schema.AnswerEvent(
        t=event.title,
        s=event.sentences,
        x=[*([] if event.course == "done" else [event.course]), *map(by, event.voices), *_own_voice(event)],
        d=event.words,
        e=None,
    )


def _own_voice(event: Event) -> list[int]:
    """Let the document itself assert what it tells and another denies."""
    stances = {voice.stance for voice in event.voices}
    if "denies" in stances and "asserts" not in stances and event.own_voice:
        return [schema.THE_DOCUMENT]
    return []
