"""One completion, checked part by part: what passed, and what is wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from dateline.documents.language import UNKNOWN
from dateline.extraction.checks import Verdict, check_event, check_sentence
from dateline.extraction.parse import parse
from dateline.extraction.problems import Problem
from dateline.extraction.source import Source
from dateline.extraction.words import Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.documents import Document
    from dateline.extraction.answer import Completion
    from dateline.records import Cited


@dataclass(frozen=True, slots=True)
class Review:
    """What the checks say of a completion. `language` is that of titles and summary; `form` is wrong with its form."""

    language: str
    head: Cited | Problem | None
    sentences: tuple[Cited | Problem, ...]
    events: tuple[Verdict, ...]
    form: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the answer."""
        summary = [part for part in (self.head, *self.sentences) if isinstance(part, Problem)]
        return (*self.form, *summary, *chain.from_iterable(verdict.problems for verdict in self.events))

    @property
    def readable(self) -> bool:
        """Whether the completion was an answer at all."""
        return not any(problem.code == "answer_unreadable" for problem in self.form)

    @property
    def usable(self) -> bool:
        """Whether anything of it could be published."""
        said = any(not isinstance(part, Problem) for part in (self.head, *self.sentences) if part)
        return said or any(verdict.finding for verdict in self.events)


def review(document: Document, completion: Completion, output_language: str) -> Review:
    """Check a completion; `output_language` (BCP 47) is that of its titles unless it says another."""
    parsed = parse(completion)
    detected = document.language if document.language != UNKNOWN else None
    source = Source(
        document,
        Mentions(document),
        language=detected or parsed.language or UNKNOWN,
        output_language=parsed.output_language or output_language,
    )
    return Review(
        language=source.output_language,
        head=check_sentence("headline", parsed.head, source) if parsed.head else None,
        sentences=tuple(check_sentence("summary", part, source) for part in parsed.sentences if part),
        events=once(check_event(event, parsed, source) for event in parsed.events if event),
        form=parsed.problems,
    )


def once(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Turn a finding that says the same on the same date as an earlier one into a problem."""
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for verdict in verdicts:
        if verdict.finding is None:
            kept.append(verdict)
            continue
        said = (plain(verdict.finding.title), verdict.finding.when.edtf)
        repeated = Problem("duplicate", "event", "it is listed twice", verdict.finding.title, again=False)
        kept.append(Verdict(verdict.event, None, (repeated,)) if said in seen else verdict)
        seen.add(said)
    return tuple(kept)


def plain(title: str) -> str:
    """Return what is left of a title without case, punctuation and white space, to compare it by."""
    return "".join(filter(str.isalnum, title.casefold()))
