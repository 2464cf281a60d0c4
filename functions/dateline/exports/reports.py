"""What exports say of an occurrence's reports: how many there are, where they part, what some of them say.

Every line is one line of text, safe to be escaped as the format needs it. An event has no such lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline import terms
from dateline.dates import Day
from dateline.exports import phrases
from dateline.exports.text import headline, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.exports.model import Entry
    from dateline.linking.model import Conflict, Occurrence, Sample

_COURSES: Mapping[str, str] = {str(course): words for course, words in terms.COURSE.items()}


def about(entry: Entry) -> tuple[str, ...]:
    """Say how many reports and sources there are, where they part, what editors decided."""
    occurrence = entry.occurrence
    if occurrence is None:
        return ()
    return (tally(occurrence), *conflicts(occurrence), *edits(occurrence))


def tally(occurrence: Occurrence) -> str:
    """Count reports, those who report independently of each other, and languages."""
    counts = [_counted(occurrence.reports, "report"), _counted(occurrence.independent_sources, "independent source")]
    languages = ", ".join(map(line, occurrence.languages))
    if languages:
        counts.append(f"{_counted(len(occurrence.languages), 'language')} ({languages})")
    return ", ".join(counts)


def conflicts(occurrence: Occurrence) -> tuple[str, ...]:
    """Say where reports part, and how many tell each of the rival values."""
    return tuple(_conflict(one, occurrence) for one in occurrence.conflicts)


def edits(occurrence: Occurrence) -> tuple[str, ...]:
    """Say what editors decided, and why."""
    return tuple(f"{_begun(terms.EDITS[one.kind])}: {headline(one.reason)}" for one in occurrence.edits)


def marks(entry: Entry) -> tuple[str, ...]:
    """Name what reports part in, each kind once."""
    return tuple(dict.fromkeys(terms.CONFLICTS[one.kind] for one in entry.conflicts))


def quotes(entry: Entry) -> tuple[str, ...]:
    """Quote further reports, each with whose it is."""
    return tuple(f"“{line(one.evidence.quote)}” ({_whose(one)})" for one in entry.others)


def unquoted(entry: Entry) -> str:
    """Say how many reports no quote is of; empty: there is none."""
    more = entry.occurrence.reports - len(entry.occurrence.samples) if entry.occurrence else 0
    return f"and {_counted(more, 'more report')}, not quoted here" if more else ""


def _conflict(conflict: Conflict, occurrence: Occurrence) -> str:
    words = terms.CONFLICTS[conflict.kind]
    subject = f" ({headline(conflict.subject)})" if conflict.subject else ""
    if conflict.kind == "date":
        told = [(phrases.told_days(one), one.reports, one.media) for one in occurrence.dates]
    else:
        values = _COURSES if conflict.kind == "course" else {}
        told = [(values.get(one.value, headline(one.value)), one.reports, one.media) for one in conflict.told]
    return f"{_begun(words)}{subject}: {'; '.join(_told(told))}"


def _told(values: Iterable[tuple[str, int, Iterable[str]]]) -> Iterable[str]:
    """Write rival values with how many reports tell them, and whose; what the numbers count is said once."""
    for place, (value, reports, media) in enumerate(values):
        names = ", ".join(map(headline, media))
        yield f"{value} ({reports if place else _counted(reports, 'report')}{f': {names}' if names else ''})"


def _whose(sample: Sample) -> str:
    published = f", {phrases.day(Day.of(sample.published))}" if sample.published else ""
    recognised = f"; {terms.RECOGNISED}" if sample.evidence.recognised else ""
    return f"{headline(sample.medium or sample.path)}{published}{recognised}"


def _begun(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
