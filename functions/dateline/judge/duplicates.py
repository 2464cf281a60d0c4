"""Tellings of one event: recognised, and made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.judge.checks import Verdict
from dateline.judge.problems import Problem
from dateline.judge.speakers import status_of
from dateline.text import stems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.records import Finding

_NEAR_SAME, _ALIKE = 0.8, 0.5  # shares of the words of two titles that are in both


def alike(one: str, other: str) -> float:
    """Return the share of the words of two titles that stand in both, by their beginnings."""
    return _share(stems(one), stems(other))


def same_event(words: frozenset[str], one: Finding, others: frozenset[str], other: Finding) -> bool:
    """Return whether two findings of one time are one event: near-same titles, or like ones on the same sentences.

    The words are the titles' `stems`. One sentence may well tell two events of one day, so the same sentences alone
    are not enough.
    """
    likeness = _share(words, others)
    return likeness >= _NEAR_SAME or (likeness >= _ALIKE and _cited(one) == _cited(other))


def joined(one: Verdict, other: Verdict) -> Verdict:
    """Give the first all that only the second cites, and who is heard only there."""
    if one.finding is None or other.finding is None:
        return one
    known = {part.sentence for part in one.finding.evidence}
    more = tuple(part for part in other.finding.evidence if part.sentence not in known)
    heard = {(said.who, said.stance) for said in one.finding.said_by}
    said_by = tuple(said for said in other.finding.said_by if (said.who, said.stance) not in heard)
    voices = tuple(dict.fromkeys((*one.voices, *other.voices)))
    finding = one.finding.model_copy(
        update={
            "evidence": (*one.finding.evidence, *more),
            "said_by": (*one.finding.said_by, *said_by),
            "status": status_of(voices),
        }
    )
    return one.with_finding(finding, voices)


def _cited(finding: Finding) -> frozenset[int]:
    return frozenset(part.sentence for part in finding.evidence)


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    both, all_words = len(words & others), len(words) + len(others)
    return both / (all_words - both) if all_words else 1.0


def once(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Make one finding of those that tell one event; the later becomes a problem, and what only it cites is kept."""
    kept: list[Verdict] = []
    known: dict[tuple[str | None, str | None], list[tuple[frozenset[str], int]]] = {}
    for verdict in verdicts:
        if verdict.finding is None:
            kept.append(verdict)
            continue
        words = stems(verdict.finding.title)
        same_time = known.setdefault((verdict.finding.when.edtf, verdict.finding.when.time), [])
        twin = next((place for others, place in same_time if _is_same(others, kept[place], words, verdict)), None)
        if twin is None:
            same_time.append((words, len(kept)))
            kept.append(verdict)
        else:
            kept[twin] = joined(kept[twin], verdict)
            repeated = Problem("duplicate", "event", "it is listed twice", verdict.finding.title, again=False)
            kept.append(Verdict(verdict.event, None, (repeated,)))
    return tuple(kept)


def _is_same(words: frozenset[str], one: Verdict, others: frozenset[str], other: Verdict) -> bool:
    if one.finding is None or other.finding is None:
        return False
    return same_event(words, one.finding, others, other.finding)
