"""Reports put together by what was decided about pairs of them: a pure function, whatever the order of its input.

Chains are cut: a report that one pair ties to a set joins it only if the set as a whole speaks for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING

from dateline.linking.features import features
from dateline.linking.model import Pair
from dateline.linking.rules import apart, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dateline.linking.features import Features
    from dateline.linking.model import By, Decision, Report

# Votes of a pair. Who cannot tell speaks a little against: else one pair in a hundred would join two large sets.
_FOR, _UNDECIDED, _AGAINST = 1.0, -0.1, -1.0
_READ = 3.0  # whoever has read both knows more than rules
_VOTERS = 12  # of a set at most
_TRIED = 24  # pairs, the surest, by which two sets as they stand are tried to be joined


def clusters(
    reports: Iterable[Report], decisions: Mapping[Pair, Decision], together: Iterable[Sequence[str]] = ()
) -> list[tuple[Report, ...]]:
    """Put reports together; each stands in one cluster, most stand alone. Both are ordered by content.

    Only pairs with a decision join sets, and those of one document, which the rules decide; all others only vote.
    `together` are events that are one set from the beginning.
    """
    known = sorted((features(report) for report in reports), key=lambda one: one.order)
    sets = _Sets(known, decisions)
    for events in together:
        sets.join(events)
    return [tuple(one.report for one in cluster) for cluster in sets.joined()]


class _Sets:
    """Sets of reports while they are put together."""

    def __init__(self, reports: Sequence[Features], decisions: Mapping[Pair, Decision]) -> None:
        self._reports = {one.report.id: one for one in reports}
        of_documents = self._of_documents()
        self._rivals = [pair for pair, decision in of_documents.items() if decision.verdict == "same"]
        self._decisions = {
            **of_documents,
            **{pair: one for pair, one in decisions.items() if {pair.one, pair.other} <= self._reports.keys()},
        }
        self._refused: dict[str, dict[str, By]] = {name: {} for name in self._reports}
        for pair, decision in self._decisions.items():
            if self._refuses(decision, pair):
                self._refused[pair.one][pair.other] = self._refused[pair.other][pair.one] = decision.by
        self._place = {name: place for place, name in enumerate(self._reports)}
        self._set_of = {name: [name] for name in self._reports}

    def joined(self) -> list[list[Features]]:
        """Join along the pairs that are the same: editors' first, then the surest."""
        pairs = sorted((pair for pair, one in self._decisions.items() if one.verdict == "same"), key=self._rank)
        while self._join_some(pairs):
            pass
        sets = {id(names): names for names in self._set_of.values()}
        ordered = sorted(sets.values(), key=lambda names: self._place[names[0]])
        return [[self._reports[name] for name in names] for names in ordered]

    def _join_some(self, pairs: Sequence[Pair]) -> bool:
        """Join what may be joined, in order; what may not at first may later, when others speak for it."""
        joined = False
        tried: Counter[frozenset[tuple[str, int]]] = Counter()
        for pair in pairs:
            one, other = self._set_of[pair.one], self._set_of[pair.other]
            if one is other:
                continue
            # Sets only grow, so the first of one and its length name it as it stands.
            both = frozenset(((one[0], len(one)), (other[0], len(other))))
            tried[both] += 1
            if tried[both] <= _TRIED and self._may_join(pair, one, other):
                self.join((*one, *other))
                joined = True
        return joined

    def join(self, events: Iterable[str]) -> None:
        """Make one set of events."""
        union = sorted(events, key=self._place.__getitem__)
        self._set_of.update(dict.fromkeys(union, union))

    def _of_documents(self) -> dict[Pair, Decision]:
        """Decide about the pairs of one document, by the rules: two that it tells as two things never join."""
        by_document: dict[str, list[Features]] = defaultdict(list)
        for one in self._reports.values():
            by_document[one.report.document].append(one)
        return {
            Pair.of(one.report.id, other.report.id): compare(one, other)
            for ones in by_document.values()
            for at, one in enumerate(ones)
            for other in ones[at + 1 :]
        }

    def _rank(self, pair: Pair) -> tuple[bool, float, tuple[int, int]]:
        decision = self._decisions[pair]
        one, other = sorted((self._place[pair.one], self._place[pair.other]))
        return decision.by != "editor", -decision.score, (one, other)

    def _may_join(self, pair: Pair, one: Sequence[str], other: Sequence[str]) -> bool:
        """Return whether two sets may be one: nobody refuses it, and more pairs of them speak for it than against."""
        few, many = sorted((one, other), key=len)
        refused = {by for a in few for b, by in self._refused[a].items() if self._set_of[b] is many}
        if "editor" in refused:
            return False
        if self._decisions[pair].by == "editor":
            return True
        if refused:
            return False
        rivals = self._rivals_among({*one, *other})
        some = product(_heard(one, pair), _heard(other, pair))
        return sum(self._vote(a, b, rivals) for a, b in some) > 0

    def _refuses(self, decision: Decision, pair: Pair) -> bool:
        """Return whether a decision forbids two in one set: an editor's, a model's, and two things of one document."""
        if decision.verdict != "different":
            return False
        return decision.by != "rules" or self._document(pair.one) == self._document(pair.other)

    def _document(self, name: str) -> str:
        return self._reports[name].report.document

    def _vote(self, one: str, other: str, rivals: Sequence[tuple[Features, Features]]) -> float:
        first, second = self._reports[one], self._reports[other]
        if self._is_same(first, second):
            return _FOR
        if not apart(first, second) or any(_near(a, first) and _near(b, second) for a, b in rivals):
            return _UNDECIDED
        return _AGAINST

    def _is_same(self, one: Features, other: Features) -> bool:
        """Return whether two are decided to be the same; the rules decide where nobody did."""
        pair = Pair.of(one.report.id, other.report.id)
        if pair not in self._decisions:
            self._decisions[pair] = compare(one, other)
        return self._decisions[pair].verdict == "same"

    def _rivals_among(self, names: AbstractSet[str]) -> list[tuple[Features, Features]]:
        """Return the rival versions that one document tells, both ways round: they explain dates that are far apart."""
        found = [pair for pair in self._rivals if {pair.one, pair.other} <= names]
        versions = [(self._reports[pair.one], self._reports[pair.other]) for pair in found]
        return [*versions, *((other, one) for one, other in versions)]


def _heard(names: Sequence[str], pair: Pair) -> list[str]:
    """Return the members of a set that vote: the first ones and the one that the set is to be joined by."""
    first = names[:_VOTERS]
    return [*first, *(name for name in names[_VOTERS:] if name in {pair.one, pair.other})]


def _near(one: Features, other: Features) -> bool:
    return one.span is not None and other.span is not None and one.span.apart(other.span) <= 1
