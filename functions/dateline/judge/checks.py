"""The checks that a part of an answer must pass before it becomes a record, each for one part alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.ask import schema
from dateline.ask.orders import echoes
from dateline.documents.quoting import is_field, says_who_is_quoted
from dateline.judge.dating import date_event
from dateline.judge.figures import unsupported
from dateline.judge.garbled import garbled
from dateline.judge.naming import Title, tells, undeclared
from dateline.judge.problems import Problem
from dateline.judge.readings import Bounds
from dateline.judge.speakers import hear, heard, status_of
from dateline.records import Cited, Evidence, Finding, Name, Statement
from dateline.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.documents import Document, Sentence
    from dateline.judge.mentions import Mentions, Source
    from dateline.judge.parse import ParsedAnswer
    from dateline.judge.speakers import Voice

LONGEST_TEXT = 500  # code points of a title or of a sentence of the summary; a longer one is no title and no sentence
# Sentences that one event or sentence of ours may cite. Editors' events rest on one to three; one that cites a whole
# report proves nothing to a reader, and hides from completeness every date that it passes over.
MOST_CITED = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of an event: a finding, or none, and the problems that it has or had."""

    event: schema.AnswerEvent
    finding: Finding | None
    problems: tuple[Problem, ...] = ()
    voices: tuple[Voice, ...] = ()

    def with_finding(self, finding: Finding, voices: tuple[Voice, ...]) -> Verdict:
        """Return the verdict on the same event with a richer finding."""
        return replace(self, finding=finding, voices=voices)

    @property
    def again(self) -> bool:
        """Whether the model is to be asked once more."""
        return any(problem.again for problem in self.problems)


def check_sentence(
    part: str, sentence: schema.AnswerSentence, parsed: ParsedAnswer, source: Source, findings: Iterable[Finding]
) -> Cited | Problem:
    """Check a sentence of the summary, or its headline, with its numbers and names.

    Its dates may also be those of `findings` whose words of a date it cites: these know of a plan's "on Tuesday" that
    it lies ahead.
    """
    said = _said(part, sentence.t, sentence.s, source)
    if isinstance(said, Problem):
        return said
    text, cited = said
    names = list(_all_names(parsed, source.mentions))
    quotes = [source.document.words(one) for one in cited]
    whens = [one.when for one in findings if one.when.words and any(one.when.words in quote for quote in quotes)]
    if number := unsupported(text, cited, source, [Bounds(when.earliest, when.latest) for when in whens], names):
        return _no_such_number(part, number, text)
    word = undeclared(text, source.output_language, names, source.mentions)
    if word and _tells(source):
        return _undeclared(part, word, text)
    return Cited(text=text, evidence=evidence(cited, source.document))


def check_event(event: schema.AnswerEvent, parsed: ParsedAnswer, source: Source) -> Verdict:
    """Check an event with its date, its speakers, its names and its numbers."""
    said = _said("event", event.t, event.s, source)
    if isinstance(said, Problem):
        return Verdict(event, None, (said,))
    title, cited = said
    dated = date_event(event, cited, source)
    if isinstance(dated, Problem):
        return Verdict(event, None, (dated,))
    speakers = hear(event, cited, parsed, source.mentions)
    if isinstance(speakers, Problem):
        return Verdict(event, None, (speakers,))
    names, problems = _names(event, parsed, source.mentions)
    place = _place(event, parsed, source.mentions, problems)
    if dated.problem:
        problems.insert(0, dated.problem)
    finding = Finding(
        title=title,
        title_language=source.output_language,
        when=dated.when,
        course=event.course,
        status=status_of(speakers.voices),
        place=place,
        names=names,
        said_by=speakers.said_by,
        evidence=evidence(cited, source.document),
    )
    verdict = Verdict(event, finding, tuple(problems), speakers.voices)
    return _in_its_own_words(verdict, finding, [*cited, *speakers.introducing], parsed, source)


def check_statement(
    statement: schema.AnswerStatement | schema.AnswerStance,
    parsed: ParsedAnswer,
    source: Source,
    findings: Iterable[Finding],
) -> Statement | Problem:
    """Check a statement that is kept with the document, with its speaker."""
    said = check_sentence("statement", schema.AnswerSentence(t=statement.t, s=statement.s), parsed, source, findings)
    if isinstance(said, Problem):
        return replace(said, again=False)
    cited = [source.document.sentences[one.sentence - 1] for one in said.evidence]
    speaker = heard(_by(statement), cited, parsed, source.mentions)
    if isinstance(speaker, Problem):
        return replace(speaker, part="statement", subject=said.text, again=False)
    return Statement(text=said.text, evidence=said.evidence, **dict(speaker.said_by))


def _by(statement: schema.AnswerStatement | schema.AnswerStance) -> schema.By | schema.ByWayOf:
    """Write a statement's speaker as an event's."""
    if isinstance(statement, schema.AnswerStatement):
        return schema.By(i=statement.i, a="asserts")
    if statement.v is None:
        return schema.By(i=statement.i, a=statement.a)
    return schema.ByWayOf(v=statement.v, i=statement.i, a=statement.a)


def _in_its_own_words(
    verdict: Verdict, finding: Finding, sentences: Sequence[Sentence], parsed: ParsedAnswer, source: Source
) -> Verdict:
    """Check the numbers and names of a title against what the finding cites and what introduces its speakers."""
    bounds = [Bounds(finding.when.earliest, finding.when.latest)] if finding.when.edtf else []
    names = list(_all_names(parsed, source.mentions))
    if number := unsupported(finding.title, sentences, source, bounds, names):
        return replace(verdict, finding=None, problems=(_no_such_number("event", number, finding.title),))
    if word := undeclared(finding.title, source.output_language, names, source.mentions):
        problem = _undeclared("event", word, finding.title)
        return replace(verdict, finding=None if _tells(source) else finding, problems=(*verdict.problems, problem))
    return verdict


def _no_such_number(part: str, number: str, text: str) -> Problem:
    return Problem("number_unsupported", part, f'the number "{number}" stands in no sentence that `s` cites', text)


def _undeclared(part: str, word: str, text: str) -> Problem:
    message = f'"{word}" stands in no sentence: declare its words in `names`, or leave it out'
    return Problem("name_undeclared", part, message, text)


def _tells(source: Source) -> bool:
    return tells(source.output_language, source.language)


def evidence(sentences: Iterable[Sentence], document: Document) -> tuple[Evidence, ...]:
    """Quote sentences from the stored text, each once, in the order given."""
    once = {sentence.number: sentence for sentence in sentences}
    return tuple(
        Evidence(
            sentence=number,
            start=sentence.start,
            end=sentence.end,
            quote=document.words(sentence),
            page=sentence.page,
            recognised=sentence.recognised,
        )
        for number, sentence in once.items()
    )


def _said(part: str, text: str, numbers: Sequence[int], source: Source) -> tuple[str, list[Sentence]] | Problem:
    """Check that something is said and that it cites."""
    title = _title(part, text)
    if isinstance(title, Problem):
        return title
    cited = _cited(part, numbers, title, source)
    return cited if isinstance(cited, Problem) else (title, cited)


def _title(part: str, text: str) -> str | Problem:
    title = folded(text)
    if not title:
        return Problem("no_title", part, "it has no text")
    if len(title) > LONGEST_TEXT:
        return Problem("no_title", part, f"it has {len(title)} characters, at most {LONGEST_TEXT} are allowed")
    if broken := garbled(title):
        return Problem("garbled", part, f'"{broken}" is broken: use intact words only', title)
    return title


def _cited(part: str, numbers: Sequence[int], subject: str, source: Source) -> list[Sentence] | Problem:
    document = source.document
    if not numbers:
        return Problem("sentence_unknown", part, "it cites no sentence", subject)
    once = list(dict.fromkeys(numbers))
    if len(once) > MOST_CITED:
        message = f"it cites {len(once)} sentences, at most {MOST_CITED} are allowed: cite those that say it"
        return Problem("too_many_cited", part, message, subject)
    unknown = [number for number in once if not 1 <= number <= len(document.sentences)]
    if unknown:
        return Problem("sentence_unknown", part, f"the document has no sentence {unknown[0]}", subject)
    cited = [document.sentences[number - 1] for number in once]
    if silent := _silent(cited, document):
        return Problem("sentence_unknown", part, silent, subject)
    mentions = source.mentions
    if mentions.ordering.intersection(once) or echoes(subject, mentions.wanted, map(document.words, cited)):
        message = "it rests on a sentence that addresses a machine or orders a report: leave it out"
        return Problem("machine_addressed", part, message, subject)
    return cited


def _silent(cited: Sequence[Sentence], document: Document) -> str | None:
    """Say which of the cited sentences can be evidence of nothing; None where they can."""
    hidden = [sentence.number for sentence in cited if sentence.role == "boilerplate"]
    if hidden:
        return f"sentence {hidden[0]} is no part of the article"
    if all(_only_introduces(sentence, document.words(sentence)) for sentence in cited):
        return f"sentence {cited[0].number} only says who wrote what is quoted"
    return None


def _only_introduces(sentence: Sentence, words: str) -> bool:
    is_heading = sentence.role == "heading"
    return says_who_is_quoted(words, before_quotation=is_heading) or (is_heading and is_field(words))


def _all_names(parsed: ParsedAnswer, mentions: Mentions) -> Iterator[str]:
    """Yield every declared name and speaker that the document holds, in both forms."""
    declared = [(name.w, name.n) for name in parsed.names if name] + [(who.w, who.name) for who in parsed.who if who]
    return (form for forms in declared if mentions.of(forms[0], any_case=False) for form in forms)


def _names(
    event: schema.AnswerEvent, parsed: ParsedAnswer, mentions: Mentions
) -> tuple[tuple[Name, ...], list[Problem]]:
    """Find the declared names that stand in the title and in the document.

    Any sentence of it will do, and losing a name is no reason to lose the event.
    """
    names: dict[str, Name] = {}
    problems: list[Problem] = []
    title = Title(event.t)
    for name in parsed.names:
        if name is None or not title.holds(name.n):
            continue
        declared = _declared(name, event, mentions)
        if isinstance(declared, Problem):
            problems.append(declared)
        else:
            names.setdefault(declared.name, declared)
    return tuple(names[name] for name in title.without_contained(list(names))), problems


def _place(event: schema.AnswerEvent, parsed: ParsedAnswer, mentions: Mentions, problems: list[Problem]) -> str | None:
    """Find the declared place; one that fails is left out, and the event is not."""
    place = event.place
    if place is None:
        return None
    name = parsed.names[place] if 0 <= place < len(parsed.names) else None
    if name is None:
        problem = Problem("reference_unknown", "event", f"`names` declares no {place}", event.t, again=False)
    else:
        declared = _declared(name, event, mentions)
        if not isinstance(declared, Problem):
            return declared.name
        problem = declared
    if problem not in problems:
        problems.append(problem)
    return None


def _declared(name: schema.AnswerName, event: schema.AnswerEvent, mentions: Mentions) -> Name | Problem:
    if mentions.of(name.w, any_case=False):
        return Name(name=folded(name.n), words=folded(name.w))
    message = f'the name\'s words "{name.w}" do not stand in the document'
    return Problem("words_not_found", "event", message, event.t, again=False)
