"""The checks that a part of an answer must pass before it becomes a record, each for one part alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extraction.dating import date_event
from dateline.extraction.problems import Problem
from dateline.extraction.speakers import hear
from dateline.extraction.status import status_of
from dateline.extraction.words import folded
from dateline.records import Cited, Evidence, Finding, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.documents import Document, Sentence
    from dateline.extraction import schema
    from dateline.extraction.parse import Parsed
    from dateline.extraction.source import Source
    from dateline.extraction.words import Mentions

LONGEST_TEXT = 500  # code points of a title or of a sentence of the summary; a longer one is no title and no sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of an event: a finding, or none, and the problems that it has or had."""

    event: schema.Event
    finding: Finding | None
    problems: tuple[Problem, ...] = ()

    @property
    def again(self) -> bool:
        """Whether the model is to be asked once more."""
        return any(problem.again for problem in self.problems)


def check_sentence(part: str, sentence: schema.Sentence, source: Source) -> Cited | Problem:
    """Check a sentence of the summary, or its headline."""
    text = _title(part, sentence.t)
    if isinstance(text, Problem):
        return text
    cited = _cited(part, sentence.s, text, source.document)
    if isinstance(cited, Problem):
        return cited
    return Cited(text=text, evidence=evidence(cited, source.document))


def check_event(event: schema.Event, parsed: Parsed, source: Source) -> Verdict:
    """Check an event with its date, its speakers and its names."""
    title = _title("event", event.t)
    if isinstance(title, Problem):
        return Verdict(event, None, (title,))
    cited = _cited("event", event.s, title, source.document)
    if isinstance(cited, Problem):
        return Verdict(event, None, (cited,))
    dated = date_event(event, cited, source)
    if isinstance(dated, Problem):
        return Verdict(event, None, (dated,))
    heard = hear(event, cited, parsed, source.mentions)
    if isinstance(heard, Problem):
        return Verdict(event, None, (heard,))
    names, unnamed = _names(event, parsed, source.mentions)
    finding = Finding(
        title=title,
        title_language=source.output_language,
        when=dated.when,
        course=event.c,
        status=status_of(heard.voices),
        place=folded(event.p) if event.p else None,
        names=names,
        said_by=heard.said_by,
        evidence=evidence([*cited, *heard.attribution], source.document),
    )
    return Verdict(event, finding, (*((dated.problem,) if dated.problem else ()), *unnamed))


def evidence(sentences: Iterable[Sentence], document: Document) -> tuple[Evidence, ...]:
    """Quote sentences from the stored text, each once, in the order given."""
    once = {sentence.number: sentence for sentence in sentences}
    return tuple(
        Evidence(sentence=number, start=sentence.start, end=sentence.end, quote=document.words(sentence))
        for number, sentence in once.items()
    )


def _title(part: str, text: str) -> str | Problem:
    title = folded(text)
    if not title:
        return Problem("no_title", part, "it has no text")
    if len(title) > LONGEST_TEXT:
        return Problem("no_title", part, f"it has {len(title)} characters, at most {LONGEST_TEXT} are allowed")
    return title


def _cited(part: str, numbers: Sequence[int], subject: str, document: Document) -> list[Sentence] | Problem:
    if not numbers:
        return Problem("sentence_unknown", part, "it cites no sentence", subject)
    unknown = [number for number in numbers if not 1 <= number <= len(document.sentences)]
    if unknown:
        return Problem("sentence_unknown", part, f"the document has no sentence {unknown[0]}", subject)
    cited = [document.sentences[number - 1] for number in numbers]
    hidden = [sentence.number for sentence in cited if sentence.role == "boilerplate"]
    if hidden:
        return Problem("sentence_unknown", part, f"sentence {hidden[0]} is no part of the article", subject)
    return cited


def _names(event: schema.Event, parsed: Parsed, mentions: Mentions) -> tuple[tuple[Name, ...], list[Problem]]:
    """Keep the names that the document holds; any sentence will do, and losing one is no reason to lose the event."""
    names: list[Name] = []
    problems: list[Problem] = []
    for index in dict.fromkeys(event.n):
        name = parsed.names[index] if 0 <= index < len(parsed.names) else None
        if name is None or not name.n.strip():
            problems.append(Problem("reference_unknown", "event", f"`names` declares no {index}", event.t, again=False))
        elif not mentions.of(name.w, any_case=False):
            message = f'the name\'s words "{name.w}" do not stand in the document'
            problems.append(Problem("words_not_found", "event", message, event.t, again=False))
        else:
            names.append(Name(name=folded(name.n), words=folded(name.w)))
    return tuple(names), problems
