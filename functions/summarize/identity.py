"""Event ids that last: an event of a new run takes the id of the old one that it continues."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dateline.store import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.records import Event, Finding

_SHARED_AT_LEAST = 0.5


def identify(findings: Sequence[Finding], old: Sequence[Event], document_id: str, named: int) -> tuple[list[str], int]:
    """Give each finding an id, in order, and say how many ids the document has given by then.

    A finding continues the old event that shares most of its cited sentences, by their words and at least half of them
    (Jaccard), one to one; where several share as much, the one of the same date, then of the same title. Every other
    finding gets a new id; `named` is how many were given before.
    """
    continued = dict(_pairs(findings, old))
    ids: list[str] = []
    for place, _ in enumerate(findings):
        if place in continued:
            ids.append(old[continued[place]].id)
        else:
            named += 1
            ids.append(keys.event_id(document_id, named))
    return ids, named


def _pairs(findings: Sequence[Finding], old: Sequence[Event]) -> list[tuple[int, int]]:
    candidates = sorted(_candidates(findings, old), key=lambda one: (*(-part for part in one[0]), one[1], one[2]))
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, new_place, old_place in candidates:
        if new_place not in taken_new and old_place not in taken_old:
            taken_new.add(new_place)
            taken_old.add(old_place)
            pairs.append((new_place, old_place))
    return pairs


def _candidates(findings: Sequence[Finding], old: Sequence[Event]) -> list[tuple[tuple[float, bool, bool], int, int]]:
    by_quote: dict[str, set[int]] = defaultdict(set)
    for old_place, event in enumerate(old):
        for quote in _quotes(event):
            by_quote[quote].add(old_place)
    found: list[tuple[tuple[float, bool, bool], int, int]] = []
    for new_place, finding in enumerate(findings):
        quotes = _quotes(finding)
        for old_place in set().union(*(by_quote.get(quote, set()) for quote in quotes)):
            event = old[old_place]
            shared = len(quotes & _quotes(event)) / len(quotes | _quotes(event))
            if shared >= _SHARED_AT_LEAST:
                same_date = (finding.when.earliest, finding.when.latest) == (event.when.earliest, event.when.latest)
                found.append(((shared, same_date, finding.title == event.title), new_place, old_place))
    return found


def _quotes(finding: Finding) -> frozenset[str]:
    return frozenset(" ".join(one.quote.split()) for one in finding.evidence)
