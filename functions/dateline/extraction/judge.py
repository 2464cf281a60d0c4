"""Document and answer to records: every check, no model, no I/O."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from dateline.errors import Rejected
from dateline.extraction.merge import merge
from dateline.extraction.problems import Problem
from dateline.extraction.review import Review, plain, review
from dateline.records import Cited, Extraction, Finding, Note, Summary

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.documents import Document
    from dateline.extraction.answer import StoredAnswer

_NO_DAY = (-(10**9), 0, 0)


def judge(document: Document, answer: StoredAnswer) -> Extraction:
    """Return what of the answer holds: a function of the document, the answer and this code alone.

    Raises Rejected (`nothing_usable`) where neither a summary nor an event is left. To ask again would be to ask the
    same, so such a document waits for another recipe, not for another try.
    """
    reviews = [review(document, completion, answer.output_language) for completion in answer.completions]
    merged = reduce(merge, reviews)
    summary = _summary(merged)
    findings = sorted((verdict.finding for verdict in merged.events if verdict.finding), key=_place)
    if summary is None and not findings:
        codes = ", ".join(sorted({problem.code for problem in merged.problems})) or "it was empty"
        raise Rejected(
            "nothing_usable", f"nothing in the model's answer passed the checks ({codes}): use another model"
        )
    remarks = [Note(code=one.code, message=one.message, subject=one.subject) for one in document.remarks]
    notes = (*remarks, *(problem.note() for problem in merged.problems))
    return Extraction(summary=summary, findings=tuple(findings), notes=notes)


def _summary(merged: Review) -> Summary | None:
    """Make the summary, no sentence twice; where no headline holds, the first sentence stands in for it."""
    said: dict[str, Cited] = {}
    for part in merged.sentences:
        if not isinstance(part, Problem):
            said.setdefault(plain(part.text), part)
    sentences = list(said.values())
    head = None if isinstance(merged.head, Problem) else merged.head
    if head is None and not sentences:
        return None
    return Summary(language=merged.language, headline=head or sentences.pop(0), sentences=tuple(sentences))


def _place(finding: Finding) -> tuple[bool, tuple[int, int, int], int]:
    """Order by date, then by place in the text; undated events stand last, an open beginning first."""
    when = finding.when
    return when.basis == "undated", _ordered(when.earliest), finding.evidence[0].start


def _ordered(day: Day | None) -> tuple[int, int, int]:
    return (day.year, day.month, day.day) if day else _NO_DAY
