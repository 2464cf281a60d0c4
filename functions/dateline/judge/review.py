"""One completion, checked part by part: what passed, and what is wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from dateline.deadline import NEVER
from dateline.documents.language import UNKNOWN, detect
from dateline.judge.checks import MOST_CITED, Verdict, check_event, check_sentence, check_statement
from dateline.judge.duplicates import once
from dateline.judge.mentions import Mentions, Source
from dateline.judge.parse import parse
from dateline.judge.problems import Problem
from dateline.text import primary

if TYPE_CHECKING:
    from dateline.answer import Completion
    from dateline.ask import schema
    from dateline.deadline import Deadline
    from dateline.documents import Document
    from dateline.judge.parse import ParsedAnswer
    from dateline.records import Cited, Statement

# Code points; the language of less text is a guess, above all of titles full of names.
_LEAST_TO_TELL = 150


@dataclass(frozen=True, slots=True)
class Review:
    """What the checks say of a completion.

    `language` is that of titles and summary, `read_as` that of the document; `form` is wrong with its form.
    """

    language: str
    read_as: str
    head: Cited | Problem | None
    sentences: tuple[Cited | Problem, ...]
    events: tuple[Verdict, ...]
    form: tuple[Problem, ...]
    statements: tuple[Statement | Problem, ...] = ()
    skipped: tuple[schema.Skip, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the answer."""
        said = (self.head, *self.sentences, *self.statements)
        summary = [part for part in said if isinstance(part, Problem)]
        return (*self.form, *summary, *chain.from_iterable(verdict.problems for verdict in self.events))

    @property
    def readable(self) -> bool:
        """Whether the completion was an answer at all."""
        return not any(problem.code in {"answer_unreadable", "answer_refused"} for problem in self.form)

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of the sentences that anything of it rests on."""
        said = [part for part in (self.head, *self.sentences, *self.statements) if part]
        findings = [verdict.finding for verdict in self.events if verdict.finding]
        resting = [*(part for part in said if not isinstance(part, Problem)), *findings]
        return frozenset(one.sentence for part in resting for one in part.evidence)

    @property
    def failed(self) -> frozenset[int]:
        """The numbers of the sentences of events that are asked for again anyway; who cites a whole report hides it."""
        asked = [verdict.event.s for verdict in self.events if verdict.again and verdict.finding is None]
        return frozenset(chain.from_iterable(numbers for numbers in asked if len(set(numbers)) <= MOST_CITED))

    @property
    def usable(self) -> bool:
        """Whether anything of it could be published."""
        said = any(not isinstance(part, Problem) for part in (self.head, *self.sentences) if part)
        return said or any(verdict.finding for verdict in self.events)


class Reviews:
    """The reviews of what a model says about one document, each made once: what is asked again and what is published.

    Its threads may share it.
    """

    def __init__(self, document: Document, deadline: Deadline = NEVER) -> None:
        self.document, self.deadline = document, deadline
        self.mentions = Mentions(document, deadline)
        self._made: dict[tuple[str, str, str], Review] = {}

    def of(self, completion: Completion, output_language: str) -> Review:
        """Check a completion; `output_language` (BCP 47) is that of its titles unless it says another.

        OutOfTime: the deadline has passed.
        """
        key = (completion.text, completion.finish, output_language)
        if key not in self._made:
            self.deadline.must_last()
            self._made[key] = _review(self.document, completion, output_language, self.mentions)
        return self._made[key]


def _review(document: Document, completion: Completion, output_language: str, mentions: Mentions) -> Review:
    parsed = parse(completion)
    detected = document.language if document.language != UNKNOWN else None
    language = detected or parsed.language or UNKNOWN
    said = parsed.output_language or output_language
    spoken = _spoken(parsed, said, language)
    source = Source(document, mentions, language=language, output_language=spoken)
    events = once(check_event(event, parsed, source) for event in parsed.events if event)
    findings = [verdict.finding for verdict in events if verdict.finding and verdict.finding.when.words]
    return Review(
        language=source.output_language,
        read_as=source.language,
        head=check_sentence("headline", parsed.head, parsed, source, findings) if parsed.head else None,
        sentences=tuple(check_sentence("summary", part, parsed, source, findings) for part in parsed.sentences if part),
        events=events,
        form=parsed.problems if spoken == said else (*parsed.problems, _in_another_language(said, spoken)),
        statements=tuple(check_statement(part, parsed, source, findings) for part in parsed.statements if part),
        skipped=parsed.skipped,
    )


def _spoken(parsed: ParsedAnswer, said: str, language: str) -> str:
    """Return the language of titles and summary: what is said, unless they are plainly in the document's own.

    Weak models copy sentences and say that they have translated them.
    """
    texts = [
        *(part.t for part in (parsed.head, *parsed.sentences) if part),
        *(event.t for event in parsed.events if event),
    ]
    text = "\n".join(texts)
    own = primary(language)
    if primary(said) == own or len(text) < _LEAST_TO_TELL or primary(detect(text)) != own:
        return said
    return language


def _in_another_language(said: str, spoken: str) -> Problem:
    message = f'it says that it is in "{said}" and is in "{spoken}", the document\'s own language'
    return Problem("language_differs", "answer", message, again=False)
