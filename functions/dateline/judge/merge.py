"""Reviews made one: an answer with its repair, and the parts of a long document."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dateline.judge.duplicates import alike, joined, once
from dateline.judge.problems import Problem
from dateline.judge.review import Review
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
    """Return how likely both are the same event: by title, then by what they cite, then by the words of the date."""
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


_SENTENCES = 6  # of a summary
_MOST_STATEMENTS = 50  # kept with a document; a run must fit into one item of the table


def together(reviews: Sequence[Review], summary: Review | None) -> Review:
    """Merge the parts' reviews, in the order of the text; `summary` is of the call that summed the parts up."""
    if len(reviews) == 1 and summary is None:
        return reviews[0]
    head, sentences = _summary(reviews, summary)
    statements = [part for review in reviews for part in review.statements if not isinstance(part, Problem)]
    return Review(
        language=reviews[0].language,
        read_as=reviews[0].read_as,
        head=head,
        sentences=sentences,
        events=once(_events(reviews)),
        form=tuple(chain.from_iterable(review.form for review in reviews)),
        statements=tuple({one.text: one for one in statements}.values())[:_MOST_STATEMENTS],
        skipped=tuple(chain.from_iterable(review.skipped for review in reviews)),
    )


def _events(reviews: Sequence[Review]) -> list[Verdict]:
    kept: list[Verdict] = []
    by_date: dict[str | None, list[int]] = defaultdict(list)
    for review in reviews:
        earlier = {edtf: list(places) for edtf, places in by_date.items()}
        for verdict in review.events:
            edtf = verdict.finding.when.edtf if verdict.finding else None
            twin = _twin(verdict, kept, earlier.get(edtf, ())) if verdict.finding else None
            if twin is not None:
                earlier[edtf].remove(twin)
                kept[twin] = joined(kept[twin], verdict)
                continue
            if verdict.finding:
                by_date[edtf].append(len(kept))
            kept.append(verdict)
    return kept


def _twin(verdict: Verdict, kept: Sequence[Verdict], places: Sequence[int]) -> int | None:
    """Find the earlier part's event of the same date that rests on the same main sentence, the likest by title."""
    candidates = [place for place in places if kept[place].event.s[0] == verdict.event.s[0]]
    return max(candidates, key=lambda place: alike(kept[place].event.t, verdict.event.t), default=None)


def _summary(
    reviews: Sequence[Review], summary: Review | None
) -> tuple[Cited | Problem | None, tuple[Cited | Problem, ...]]:
    """Take the summary that was made of the parts; without one, the parts' own headlines, spread over the document."""
    if summary is not None:
        passed = tuple(part for part in summary.sentences if not isinstance(part, Problem))
        if passed:
            return summary.head, passed
    heads = [review.head for review in reviews if review.head and not isinstance(review.head, Problem)]
    if not heads:
        return None, ()
    first, *rest = heads
    step = max(1, -(-len(rest) // _SENTENCES))
    return first, tuple(rest[::step])
