"""What a run found, held against an editor's gold: which events, and what of each is right."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from dateline.records import Finding, When
from tests.evaluation.gold import Gold, GoldEvent, Trap, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.documents import Document
    from dateline.records import Extraction


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}" if self.whole else "–"


def share(values: Sequence[bool]) -> Share:
    """Count what is true."""
    return Share(sum(values), len(values))


@dataclass(frozen=True, slots=True)
class Score:
    """A document's figures; sums are those of several.

    `events` found of those expected; of the found ones, `dates` with exactly the gold's bounds, `course` and `status`
    as expected, `evidence` that cites the indispensable sentence and nothing beside the point; `speakers` with their
    stances of those expected for found events. `beyond` counts events that no gold asks for, which may be right.
    `false` are the falsehoods that were published, in words.
    """

    events: Share = Share()
    dates: Share = Share()
    evidence: Share = Share()
    speakers: Share = Share()
    course: Share = Share()
    status: Share = Share()
    beyond: int = 0
    false: tuple[str, ...] = ()
    missed: tuple[str, ...] = field(default=())
    wrong: tuple[str, ...] = field(default=())

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def score(gold: Gold, document: Document, extraction: Extraction) -> Score:
    """Score one run."""
    pairs = _pairs(gold, document, extraction.findings)
    found = [(event, finding) for event, finding in pairs if finding]
    heard = [_hears(by, gold, finding) for event, finding in found for by in event.by]
    return Score(
        events=Share(len(found), len(gold.events)),
        dates=share([_dated(finding.when) == event.bounds for event, finding in found]),
        evidence=share([_to_the_point(event, finding, document) for event, finding in found]),
        speakers=share(heard),
        course=share([finding.course in event.course for event, finding in found]),
        status=share([finding.status in event.status for event, finding in found]),
        beyond=len(extraction.findings) - len(found),
        false=tuple(_falsehoods(gold, document, extraction)),
        missed=tuple(event.title for event, finding in pairs if finding is None),
        wrong=tuple(line for event, finding in found for line in _mistakes(event, finding, gold)),
    )


def _pairs(gold: Gold, document: Document, findings: Sequence[Finding]) -> list[tuple[GoldEvent, Finding | None]]:
    """Give each expected event the finding that is most likely meant for it, one to one, the likeliest first."""
    likely = sorted(
        (-_likeness(event, finding, document), first, second)
        for first, event in enumerate(gold.events)
        for second, finding in enumerate(findings)
        if _likeness(event, finding, document)
    )
    given: dict[int, int] = {}
    for _, first, second in likely:
        if first not in given and second not in given.values():
            given[first] = second
    return [(event, findings[given[index]] if index in given else None) for index, event in enumerate(gold.events)]


def _likeness(event: GoldEvent, finding: Finding, document: Document) -> int:
    """Tell how likely a finding is an event: only where it cites one of its sentences, then by date and course."""
    cited = [one.sentence for one in finding.evidence]
    wanted = numbers(event.evidence, document)
    if not set(cited) & set(wanted):
        return 0
    dated = 4 if _dated(finding.when) == event.bounds else 2 if _overlap(event.bounds, finding.when) else 0
    return 1 + dated + 2 * (cited[0] == wanted[0]) + (finding.course in event.course)


def _dated(when: When) -> str | None:
    if when.basis == "undated":
        return None
    return "/".join(str(bound) if bound else ".." for bound in (when.earliest, when.latest))


def _overlap(bounds: str | None, when: When) -> bool:
    if bounds is None or when.basis == "undated":
        return False
    earliest, latest = bounds.split("/")
    begins = when.earliest is None or latest == ".." or str(when.earliest) <= latest
    ends = when.latest is None or earliest == ".." or str(when.latest) >= earliest
    return begins and ends


def _to_the_point(event: GoldEvent, finding: Finding, document: Document) -> bool:
    cited = {one.sentence for one in finding.evidence}
    needed = numbers(event.evidence[:1], document)
    return cited.issuperset(needed) and cited.issubset(numbers([*event.evidence, *event.also], document))


def _hears(by: tuple[str, ...], gold: Gold, finding: Finding) -> bool:
    """Return whether a speaker is heard with that stance; the words may be a little longer or shorter."""
    words = gold.who[by[0]].words.casefold()
    return any(
        said.stance == by[1] and (words in said.words.casefold() or said.words.casefold() in words)
        for said in finding.said_by
        if said.words
    )


def _falsehoods(gold: Gold, document: Document, extraction: Extraction) -> list[str]:
    """Find what was published and is false: events and sentences of the summary that fell into a trap."""
    summary = (extraction.summary.headline, *extraction.summary.sentences) if extraction.summary else ()
    found = []
    for trap in gold.traps:
        number = numbers([trap.evidence], document)[0]
        found += [f"{one.title} ({trap.why})" for one in extraction.findings if _in(trap, number, one)]
        if trap.words is None:
            sentences = [part.text for part in summary if [one.sentence for one in part.evidence] == [number]]
            found += [f"summary: {text} ({trap.why})" for text in sentences]
    return found


def _in(trap: Trap, number: int, finding: Finding) -> bool:
    """Return whether an event rests on a trap: on its sentence first of all, or dated by its words."""
    cited = [one.sentence for one in finding.evidence]
    if trap.words is None:
        return cited[0] == number
    return number in cited and finding.when.edtf is not None and trap.words in (finding.when.words or "")


def _mistakes(event: GoldEvent, finding: Finding, gold: Gold) -> list[str]:
    found = []
    if _dated(finding.when) != event.bounds:
        found.append(f"{event.title}: dated {_dated(finding.when)}, not {event.bounds}")
    if finding.status not in event.status:
        found.append(f"{event.title}: {finding.status}, not {event.status[0]}")
    if finding.course not in event.course:
        found.append(f"{event.title}: {finding.course}, not {event.course[0]}")
    found += [
        f"{event.title}: {gold.who[by[0]].words} {by[1]} is not heard"
        for by in event.by
        if not _hears(by, gold, finding)
    ]
    return found
