"""Editors' decisions about occurrences: they win over rules and models, and outlast reprocessing.

A decision names documents and the sentences that their events cite, since an event's id may end where a new recipe
tells the thing otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator, model_validator

from dateline.judge.edtf import read_edtf
from dateline.linking.model import Decision, Pair
from dateline.records import Record, Status, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.linking.model import Report

EditKind = Literal["join", "split", "hide", "correct", "note"]

_SHARED_AT_LEAST = 0.5  # of the cited sentences (Jaccard), as for events that continue
_LONGEST_TITLE, _LONGEST_REASON, _MOST_NAMED = 300, 2_000, 200


class ReportReference(Record):
    """One document's report of an occurrence, as it was when an editor saw it."""

    document: str
    event: str
    sentences: tuple[int, ...]


class Edit(Record):
    """A decision: what kind, which reports it is about, and why.

    `join`: the reports are one occurrence. `split`: they are another than those that they stand `apart_from`. `hide`:
    their occurrence is left out of lists. `correct`: its title, date (EDTF) or status is another. `note`: the reason is
    shown beside it. `by` is who wrote it, as far as S3 says.
    """

    id: str
    kind: EditKind
    reports: tuple[ReportReference, ...] = Field(min_length=1, max_length=_MOST_NAMED)
    apart_from: tuple[ReportReference, ...] = Field(default=(), max_length=_MOST_NAMED)
    title: str | None = Field(default=None, min_length=1, max_length=_LONGEST_TITLE)
    date: str | None = None
    status: Status | None = None
    reason: str = Field(min_length=1, max_length=_LONGEST_REASON)
    by: str | None = None
    at: datetime

    @field_validator("date")
    @classmethod
    def _is_edtf(cls, date: str | None) -> str | None:
        if date is not None and read_edtf(date) is None:
            raise ValueError("write a date as EDTF: 2024-05-24, 2024-05, 2024, 2024-05-01/2024-05-03")
        return date

    @model_validator(mode="after")
    def _is_whole(self) -> Edit:
        if (self.kind == "split") != bool(self.apart_from):
            raise ValueError("`apart_from` is for `split`, and `split` needs it")
        if (self.kind == "correct") != any((self.title, self.date, self.status)):
            raise ValueError("title, date and status are for `correct`, and `correct` needs one of them")
        return self

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


def edited_decisions(edits: Iterable[Edit], reports: Sequence[Report]) -> dict[Pair, Decision]:
    """Decide pairs of reports as editors did; of two decisions about a pair the later one holds."""
    told = _by_document(reports)
    made: dict[Pair, Decision] = {}
    for edit in sorted(edits, key=lambda one: (one.at, one.id)):
        ours = _events(edit.reports, told)
        if edit.kind == "join":
            made |= dict.fromkeys(
                (Pair.of(one, other) for one in ours for other in ours if one < other), _decision("same")
            )
        elif edit.kind == "split":
            theirs = _events(edit.apart_from, told)
            made |= dict.fromkeys(
                (Pair.of(one, other) for one in ours for other in theirs if one != other), _decision("different")
            )
    return made


def edits_of(edits: Iterable[Edit], reports: Sequence[Report]) -> tuple[Edit, ...]:
    """Choose the decisions that are about an occurrence's reports, in order of time."""
    told = _by_document(reports)
    return tuple(sorted((one for one in edits if _events(one.reports, told)), key=lambda one: (one.at, one.id)))


def _decision(verdict: Literal["same", "different"]) -> Decision:
    return Decision(verdict=verdict, by="editor", score=1.0)


def _by_document(reports: Iterable[Report]) -> Mapping[str, Sequence[Report]]:
    told: dict[str, list[Report]] = defaultdict(list)
    for one in reports:
        told[one.document].append(one)
    return told


def _events(references: Iterable[ReportReference], told: Mapping[str, Sequence[Report]]) -> list[str]:
    found = (_event(one, told.get(one.document, ())) for one in references)
    return [one for one in found if one is not None]


def _event(reference: ReportReference, reports: Sequence[Report]) -> str | None:
    """Find the event that a reference means today: by its id, else by the sentences that it cites."""
    if any(one.id == reference.event for one in reports):
        return reference.event
    shares = [(_shared(reference, one), one.id) for one in reports]
    best = max(shares, default=(0.0, ""))
    return best[1] if best[0] >= _SHARED_AT_LEAST else None


def _shared(reference: ReportReference, report: Report) -> float:
    cited, named = {one.sentence for one in report.event.evidence}, set(reference.sentences)
    return len(cited & named) / len(cited | named)
