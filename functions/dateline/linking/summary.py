"""An occurrence summed up from its reports: where it stands, how sure it is, which dates and places are told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dateline.judge.speakers import Voice, status_of
from dateline.linking.conflicts import conflicts
from dateline.linking.model import Conflict, Occurrence, Sample, ShownEdit, Told, ToldDate
from dateline.linking.sources import independent_sources
from dateline.records import SaidBy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from dateline.linking.edits import Edit
    from dateline.linking.model import Report
    from dateline.records import Course, Status, When

# A row of a list must stay small: DynamoDB charges a read by each 4 KB.
_MOST_LISTED, _MOST_TELLING, _MOST_SAMPLES, _MOST_EDITS = 8, 3, 3, 5
_LONGEST, _LONGEST_QUOTE = 120, 300
_WIDEST = 10**9
_FOR = {"asserts", "confirms"}


def sum_up(
    occurrence: str,
    collection: str,
    reports: Sequence[Report],
    changed: datetime,
    edits: Sequence[Edit] = (),
    *,
    telling: int | None = _MOST_TELLING,
) -> Occurrence:
    """Sum an occurrence up: a function of its reports, in whatever order, and of the editors' decisions about them.

    There is at least one report; `edits` are in order of time. At most `telling` events stand with each value of a
    conflict; None: all that `conflicts` names.
    """
    told = sorted(reports, key=lambda one: one.id)
    dates = _dates(told)
    standing = _standing(told, dates)
    summed = Occurrence(
        id=occurrence,
        collection=collection,
        title=standing.event.title,
        title_language=standing.event.title_language,
        when=standing.event.when,
        course=_course(told),
        status=_status(told),
        places=_most_told(one.event.place for one in told),
        dates=dates[:_MOST_LISTED],
        reports=len(told),
        documents=len({one.document for one in told}),
        independent_sources=independent_sources(told),
        languages=_most_told(one.language for one in told),
        media=_most_told(one.medium for one in told),
        speakers=_most_told(said.who or said.words for one in told for said in one.event.said_by),
        said_by=_said_by(told),
        conflicts=tuple(_bounded(one, telling, {report.id: report for report in told}) for one in conflicts(told)),
        samples=_samples(standing, told),
        edits=tuple(
            ShownEdit(
                id=one.id,
                kind=one.kind,
                reason=one.reason[:_LONGEST_QUOTE],
                author=one.author,
                by=one.by,
                at=one.at,
            )
            for one in edits[-_MOST_EDITS:]
        ),
        hidden=any(one.kind == "hide" for one in edits),
        changed=changed,
    )
    return summed.model_copy(update=_corrections(edits))


def _corrections(edits: Iterable[Edit]) -> dict[str, str | When]:
    """Return what editors put in the place of title, date and status; the latest of each holds."""
    corrected: dict[str, str | When] = {}
    for one in edits:
        given = {"title": one.title, "when": one.when, "status": one.status}
        corrected |= {name: value for name, value in given.items() if value is not None}
    return corrected


def _dates(reports: Sequence[Report]) -> tuple[ToldDate, ...]:
    """List the dates that are told: those of most reports first, then the more exact."""
    found = Counter((one.event.when.begins, one.event.when.latest) for one in reports)
    words = {(one.event.when.begins, one.event.when.latest): one.event.when.words for one in reversed(reports)}
    dates = [
        ToldDate(
            earliest=begins,
            latest=latest,
            words=words[begins, latest],
            reports=count,
            media=_media(one for one in reports if (one.event.when.begins, one.event.when.latest) == (begins, latest)),
        )
        for (begins, latest), count in found.items()
    ]
    return tuple(sorted(dates, key=lambda one: (-one.reports, _width(one), str(one.earliest))))


def _width(date: ToldDate) -> int:
    if date.earliest is None or date.latest is None:
        return _WIDEST
    return date.latest.ordinal() - date.earliest.ordinal()


def _standing(reports: Sequence[Report], dates: Sequence[ToldDate]) -> Report:
    """Choose the report that stands for all: of the course and the date that they come to, published first."""
    course = _course(reports)
    best = min(dates, key=lambda one: (-_support(one, dates), _width(one), str(one.earliest)))
    return min(
        reports,
        key=lambda one: (
            one.event.course != course,
            (one.event.when.begins, one.event.when.latest) != (best.earliest, best.latest),
            one.event.status in {"denied", "withdrawn"},
            str(one.published or "9999"),
            one.id,
        ),
    )


def _support(date: ToldDate, dates: Iterable[ToldDate]) -> int:
    """Count the reports whose date holds this one or is the same."""
    return sum(other.reports for other in dates if _holds(other, date))


def _holds(outer: ToldDate, inner: ToldDate) -> bool:
    starts = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    ends = outer.latest is None or (inner.latest is not None and outer.latest >= inner.latest)
    return starts and ends


def _course(reports: Iterable[Report]) -> Course:
    """Say how far the story went: done by any report, else called off by any, else planned."""
    told = {one.event.course for one in reports if one.event.status not in {"denied", "withdrawn"}}
    return "done" if "done" in told or not told else "called_off" if "called_off" in told else "planned"


def _status(reports: Sequence[Report]) -> Status:
    """Apply the rule of one document's status to all: what one states and another's speaker denies is disputed.

    What a document says in its own voice alone is stated, though another one names a source for it.
    """
    status = status_of(list(_voices(reports, own=True)))
    if status in {"disputed", "denied", "confirmed"}:
        return status
    if any(one.event.status == "stated" for one in reports):
        return "stated"
    return status_of(list(_voices(reports, own=False)))


def _voices(reports: Iterable[Report], *, own: bool) -> Iterator[Voice]:
    """Yield who says what; each document's own voice is one speaker (`own`), or all of them nobody in particular."""
    for one in reports:
        voice = one.document if own else None
        if not one.event.said_by:
            yield Voice(voice, "document", "asserts")
        for said in one.event.said_by:
            if said.kind == "document":
                yield Voice(voice, "document", said.stance)
            elif said.kind == "anonymous":
                yield Voice(f"{one.document} {said.words}", said.kind, said.stance)
            else:
                yield Voice((said.who or said.words or "").casefold(), said.kind, said.stance)


def _said_by(reports: Iterable[Report]) -> tuple[SaidBy, ...]:
    """List who says so and who does not, each once with a stance; those who do not assert it come first.

    Where all agree, a document's own voice is no speaker.
    """
    voices = [voice for one in reports for voice in _heard(one)]
    if all(one.stance in _FOR for one in voices):
        voices = [one for one in voices if one.kind != "document"]
    counted = Counter(map(_voice, voices))
    first = {_voice(one): one for one in reversed(voices)}
    ordered = sorted(first, key=lambda one: (one[0] in _FOR, -counted[one], one))
    return tuple(first[one] for one in ordered)[:_MOST_LISTED]


def _voice(said: SaidBy) -> tuple[str, str]:
    """Tell a stance of a speaker from others, however the name is written in capitals."""
    return said.stance, (said.who or said.words or "").casefold()


def _heard(report: Report) -> Iterator[SaidBy]:
    """Yield whom a report lets speak; its own voice is called by its medium."""
    own = SaidBy(who=report.medium, words=None, kind="document")
    for one in report.event.said_by or (own,):
        named = own if one.kind == "document" else one
        who, words, via = map(_cut, (named.who, named.words, named.via))
        yield SaidBy(who=who, words=words, kind=one.kind, stance=one.stance, via=via)


def _cut(words: str | None) -> str | None:
    return words[:_LONGEST] if words else words


def _media(reports: Iterable[Report]) -> tuple[str, ...]:
    """Name the media of a few reports, each once."""
    return tuple(dict.fromkeys(one.medium[:_LONGEST] for one in reports if one.medium))[:_MOST_TELLING]


def _samples(standing: Report, reports: Sequence[Report]) -> tuple[Sample, ...]:
    """Show a few reports: the one that stands for all, then those of other media, published first."""
    others = sorted(reports, key=lambda one: (one.medium == standing.medium, str(one.published or "9999"), one.id))
    documents = {standing.document: standing}
    for one in others:
        documents.setdefault(one.document, one)
    return tuple(_sample(one) for one in list(documents.values())[:_MOST_SAMPLES])


def _sample(report: Report) -> Sample:
    first = report.event.evidence[0]
    quote = first.quote[:_LONGEST_QUOTE]
    return Sample(
        event=report.id,
        document=report.document,
        path=report.path,
        medium=report.medium,
        published=report.published,
        model=report.event.model,
        evidence=first.model_copy(update={"quote": quote, "end": first.start + len(quote)}),
    )


def _most_told(values: Iterable[str | None]) -> tuple[str, ...]:
    counted = Counter(value[:_LONGEST] for value in values if value)
    return tuple(sorted(counted, key=lambda one: (-counted[one], one))[:_MOST_LISTED])


def _bounded(conflict: Conflict, telling: int | None, reports: Mapping[str, Report]) -> Conflict:
    """Name a few values, those of most reports first, each with the first events that tell it, and their media."""
    told = sorted(conflict.told, key=lambda one: (-one.reports, one.value))[:_MOST_LISTED]
    bounded = tuple(
        Told(
            value=one.value[:_LONGEST],
            events=one.events[:telling],
            reports=one.reports,
            media=_media(reports[event] for event in one.events if event in reports),
        )
        for one in told
    )
    return conflict.model_copy(update={"told": bounded})
