"""An answer and its repair made one: what passed stays, corrections take their places, what failed twice is out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.judge.problems import Problem
from dateline.judge.review import Review, once
from dateline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.judge.checks import Verdict
    from dateline.records import Cited


def merge(first: Review, repair: Review) -> Review:
    """Correct the first review by the second."""
    if not repair.readable:
        return first
    if not first.readable:
        return repair
    events, new = _corrected(first.events, repair.events)
    return Review(
        language=first.language,
        head=_head(first.head, repair.head),
        sentences=_sentences(first.sentences, repair.sentences),
        events=once((*events, *new)),
        read_as=first.read_as,
        statements=first.statements or repair.statements,
        skipped=(*first.skipped, *repair.skipped),
        form=_form(first, repair, sum(verdict.finding is not None for verdict in new)),
    )


def _corrected(first: Sequence[Verdict], repair: Sequence[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Put corrected events in the places of those that failed; return all places, and what is new."""
    events = list(first)
    failed = {place: _Traits.of(verdict) for place, verdict in enumerate(events) if verdict.again}
    found = {_Traits.of(verdict) for verdict in first if verdict.finding}
    titles = {traits.title for traits in found}
    resting = {(traits.cited, traits.words) for traits in found}
    new = []
    for again in repair:
        traits = _Traits.of(again)
        place = max(failed, key=lambda place: _likeness(failed[place], traits), default=None)
        if place is not None and _likeness(failed[place], traits):
            del failed[place]
            events[place] = _better(events[place], again)
        elif traits.title not in titles and (traits.cited, traits.words) not in resting:
            new.append(again)
    return events, new


class _Traits(NamedTuple):
    """What an event can be known by again: its title, what it cites, the words of its date."""

    title: str
    cited: frozenset[int]
    words: str | None

    @classmethod
    def of(cls, verdict: Verdict) -> _Traits:
        return cls(letters(verdict.event.t), frozenset(verdict.event.s), verdict.event.d)


def _better(first: Verdict, again: Verdict) -> Verdict:
    """Take the correction, unless it is no better than what could be published before."""
    return first if first.finding and (again.again or not again.finding) else again


def _likeness(one: _Traits, other: _Traits) -> int:
    """Tell how likely both are the same event: by title, then by what they cite, then by the words of the date."""
    words = one.words is not None and one.words == other.words
    return 4 * (one.title == other.title) + 2 * (not one.cited.isdisjoint(other.cited)) + words


def _sentences(first: Sequence[Cited | Problem], repair: Iterable[Cited | Problem]) -> tuple[Cited | Problem, ...]:
    """Fill the places of failed sentences in order; a summary that had none is the repair's."""
    if not first:
        return tuple(repair)
    corrected = iter([part for part in repair if not isinstance(part, Problem)])
    return tuple(next(corrected, part) if isinstance(part, Problem) else part for part in first)


def _head(first: Cited | Problem | None, repair: Cited | Problem | None) -> Cited | Problem | None:
    passed = [head for head in (first, repair) if head and not isinstance(head, Problem)]
    return passed[0] if passed else first or repair


def _form(first: Review, repair: Review, new: int) -> tuple[Problem, ...]:
    """Keep what the repair did not mend: a cut-off that it did not end, malformed parts that it did not replace."""
    malformed = [problem for problem in first.form if problem.code == "malformed"]
    events = [problem for problem in malformed if problem.part.startswith("ev[")]
    sentences = [problem for problem in malformed if problem.part.startswith("sum[")]
    cut_off = [problem for problem in repair.form if problem.code == "answer_cut_off"]
    spoken = [problem for problem in first.form if problem.code == "language_differs"]
    return (*cut_off, *spoken, *sentences, *events[new:])
