"""Editors' decisions about occurrences: they win over rules and models, and outlast reprocessing.

A decision names documents and the sentences that their events cite, since an event's id may end where a new recipe
tells the thing otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self
from uuid import uuid4

from pydantic import Field, field_validator, model_validator

from dateline.judge.edtf import read_edtf
from dateline.linking.model import Decision, Pair
from dateline.records import Record, Status, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.linking.model import Report

EditKind = Literal["join", "split", "hide", "correct", "note"]

_SHARED_AT_LEAST = 0.5  # of the cited sentences (Jaccard), as for events that continue
_LONGEST_TITLE, _LONGEST_REASON, _LONGEST_AUTHOR = 300, 2_000, 200
MOST_NAMED = 200  # reports on each side of a decision


class ReportReference(Record):
    """One document's report of an occurrence, as it was when an editor saw it."""

    document: str
    event: str
    sentences: tuple[int, ...] = Field(min_length=1, max_length=MOST_NAMED)

    @classmethod
    def to(cls, report: Report) -> ReportReference:
        """Name a report."""
        cited = sorted({one.sentence for one in report.event.evidence})
        return cls(document=report.document, event=report.id, sentences=tuple(cited))


class Ruling(Record):
    """What an editor says of occurrences, whichever way these are named, and why.

    `join`: they are one. `split`: some of its reports are another. `hide`: it is left out of lists. `correct`: its
    title, date (EDTF) or status is another. `note`: the reason is shown beside it.
    """

    kind: EditKind
    title: str | None = Field(default=None, min_length=1, max_length=_LONGEST_TITLE)
    date: str | None = None
    status: Status | None = None
    reason: str = Field(min_length=1, max_length=_LONGEST_REASON)

    @field_validator("date")
    @classmethod
    def _is_edtf(cls, date: str | None) -> str | None:
        if date is not None and read_edtf(date) is None:
            raise ValueError("write a date as EDTF: 2024-05-24, 2024-05, 2024, 2024-05-01/2024-05-03")
        return date

    @model_validator(mode="after")
    def _corrects_something(self) -> Self:
        if (self.kind == "correct") != any((self.title, self.date, self.status)):
            raise ValueError("title, date and status are for `correct`, and `correct` needs one of them")
        return self


class Edit(Ruling):
    """A decision about reports: `split` parts those of `reports` from what they stand `apart_from`.

    `author` is who decided, as the writer says, and `by` who wrote it, as far as S3 says.
    """

    id: str
    reports: tuple[ReportReference, ...] = Field(min_length=1, max_length=MOST_NAMED)
    apart_from: tuple[ReportReference, ...] = Field(default=(), max_length=MOST_NAMED)
    author: str | None = Field(default=None, max_length=_LONGEST_AUTHOR)
    by: str | None = None
    at: datetime

    @model_validator(mode="after")
    def _has_sides(self) -> Edit:
        if (self.kind == "split") != bool(self.apart_from):
            raise ValueError("`apart_from` is for `split`, and `split` needs it")
        return self

    @classmethod
    def fresh(cls, ruling: Ruling, reports: Iterable[Report], apart_from: Iterable[Report], author: str | None) -> Edit:
        """Make what a ruling about these reports is from now on."""
        return cls(
            **{name: getattr(ruling, name) for name in Ruling.model_fields},
            id=f"{ruling.kind}-{uuid4().hex[:12]}",
            reports=tuple(map(ReportReference.to, reports)),
            apart_from=tuple(map(ReportReference.to, apart_from)),
            author=author,
            at=datetime.now(UTC),
        )

    @property
    def written(self) -> str:
        """What its object holds: nothing that S3 says itself."""
        return self.model_dump_json(exclude={"id", "by", "at"}, exclude_defaults=True)

    @property
    def named(self) -> frozenset[str]:
        """The documents that it names."""
        return frozenset(one.document for one in (*self.reports, *self.apart_from))

    @property
    def when(self) -> When | None:
        """The date that it puts in place of another."""
        interval = read_edtf(self.date) if self.date is not None else None
        if interval is None:
            return None
        return When(
            words=None,
            edtf=interval.edtf,
            earliest=interval.earliest,
            latest=interval.latest,
            precision=interval.unit,
            extent="within",
            basis="explicit",
            rule="editor",
        )


class Meant(Record):
    """The ids of the decisions that mean a report: among their reports, or among what those stand apart from."""

    reports: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.reports or self.apart_from)


def meant_by(edits: Sequence[Edit], reports: Iterable[Report]) -> dict[str, Meant]:
    """Say of each report of a document which decisions mean it, given all that the document tells.

    A decision means the event that it names; where that has gone, the one that shares most of the cited sentences.
    """
    told = {one.id: one for one in reports}
    meant = [(edit.id, _events(edit, edit.reports, told), _events(edit, edit.apart_from, told)) for edit in edits]
    return {
        event: Meant(
            reports=tuple(name for name, ours, _ in meant if event in ours),
            apart_from=tuple(name for name, _, theirs in meant if event in theirs),
        )
        for event in told
    }


def edited_decisions(edits: Iterable[Edit], reports: Mapping[str, Meant]) -> dict[Pair, Decision]:
    """Decide pairs of reports as editors did; of two decisions about a pair the later one holds."""
    made: dict[Pair, Decision] = {}
    for edit in in_order(edits):
        ours = [event for event, one in reports.items() if edit.id in one.reports]
        if edit.kind == "join":
            pairs = (Pair.of(one, other) for one in ours for other in ours if one < other)
            made |= dict.fromkeys(pairs, _decision("same"))
        elif edit.kind == "split":
            theirs = [event for event, one in reports.items() if edit.id in one.apart_from]
            pairs = (Pair.of(one, other) for one in ours for other in theirs if one != other)
            made |= dict.fromkeys(pairs, _decision("different"))
    return made


def edits_of(edits: Iterable[Edit], reports: Iterable[Meant]) -> tuple[Edit, ...]:
    """Choose the decisions that are about an occurrence's reports, in order of time."""
    names = {name for one in reports for name in one.reports}
    return in_order(one for one in edits if one.id in names)


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Put decisions in order of time."""
    return tuple(sorted(edits, key=lambda one: (one.at, one.id)))


def _decision(verdict: Literal["same", "different"]) -> Decision:
    return Decision(verdict=verdict, by="editor", score=1.0)


def _events(edit: Edit, references: Iterable[ReportReference], told: Mapping[str, Report]) -> set[str]:
    """Find the events of a document that references mean today; no two sides of a decision mean the same."""
    documents = {one.document for one in told.values()}
    by_name = {one.event for one in (*edit.reports, *edit.apart_from)} & told.keys()
    others = [one for one in told.values() if one.id not in by_name]
    asked = [one for one in references if one.document in documents]
    found = {one.event if one.event in by_name else _nearest(one, others) for one in asked}
    return {one for one in found if one is not None}


def _nearest(reference: ReportReference, reports: Iterable[Report]) -> str | None:
    best = max(((_shared(reference, one), one.id) for one in reports), default=(0.0, ""))
    return best[1] if best[0] >= _SHARED_AT_LEAST else None


def _shared(reference: ReportReference, report: Report) -> float:
    cited, named = {one.sentence for one in report.event.evidence}, set(reference.sentences)
    return len(cited & named) / len(cited | named)
