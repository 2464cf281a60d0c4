"""The findings of a document's parts made one: what two parts both saw in their overlap is one event."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from dateline.judge.likeness import alike, joined
from dateline.judge.problems import Problem
from dateline.judge.review import Review, once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.judge.checks import Verdict
    from dateline.records import Cited

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
