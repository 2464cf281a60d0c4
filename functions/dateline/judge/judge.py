"""Document and answer to records: every check, no model, no I/O."""

from __future__ import annotations

from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from dateline.ask.parts import SUMMARY, shown
from dateline.errors import Rejected
from dateline.judge.completeness import GivenUp, Passed, hanging, unused
from dateline.judge.garbled import garbled
from dateline.judge.merge import merge, together
from dateline.judge.problems import Problem, note
from dateline.judge.review import Review, Reviews
from dateline.records import Cited, Extraction, Finding, Note, Record, Summary
from dateline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.answer import StoredAnswer
    from dateline.dates import Day
    from dateline.deadline import Deadline
    from dateline.documents import Document
    from dateline.judge.mentions import Mentions

R = TypeVar("R", bound=Record)

_NO_DAY = (-(10**9), 0, 0)
_MOST_NOTES = 200
# Bytes of JSON. A run must fit into one item of the table, which holds 400 KB; a headline with what it cites takes
# up to 50, the note of what changed 130.
_BYTES_OF_NOTES, _BYTES_OF_SUMMARY, _BYTES_OF_STATEMENTS = 90_000, 60_000, 60_000
_BYTES_OF_EVENT = 360_000  # an event has an item of its own, with its keys
_MOST_WORDS = 200  # code points
_MOST_HANGING = 5  # dates that are named; a note is to be read


def judge(document: Document, answer: StoredAnswer, reviews: Reviews | None = None) -> Extraction:
    """Return what of the answer holds: a function of the document, the answer and this code alone.

    Raises Rejected where neither a summary nor an event is left: `refused` where the model would not answer, else
    `nothing_usable`. To ask again would be to ask the same, so such a document waits for another recipe, not for
    another try. OutOfTime: the deadline of the `reviews` has passed; what `extract` made of them is not made again.
    """
    reviews = reviews or Reviews(document)
    mentions = reviews.mentions
    merged = _merged(answer, reviews)
    whole = _summary(merged)
    sentences = _fitting(whole.sentences, _BYTES_OF_SUMMARY) if whole else ()
    summary = whole.model_copy(update={"sentences": sentences}) if whole else None
    said = [part for part in merged.statements if not isinstance(part, Problem)]
    statements = _fitting(said, _BYTES_OF_STATEMENTS)
    found = sorted((verdict.finding for verdict in merged.events if verdict.finding), key=_place)
    findings = [finding for finding in found if _bytes_of(finding) <= _BYTES_OF_EVENT]
    if summary is None and not findings:
        raise _nothing(merged, answer)
    remarks = (Note(code=one.code, message=one.message, subject=one.subject) for one in document.remarks)
    notes = [
        *remarks,
        *_unrepaired(answer),
        *_left_out("sentences of the summary", len(whole.sentences) - len(sentences) if whole else 0),
        *_left_out("statements", len(said) - len(statements)),
        *_left_out("events", len(found) - len(findings)),
        *(problem.note() for problem in merged.problems),
        *_hanging(document, merged.read_as, mentions),
        *_orders(mentions.ordering),
        *_garbled(document),
        *_unused(document, merged, findings, mentions, reviews.deadline),
    ]
    return Extraction(
        summary=summary,
        findings=tuple(findings),
        notes=_bounded(notes),
        statements=statements,
    )


def _merged(answer: StoredAnswer, reviews: Reviews) -> Review:
    """Review every completion, correct each part's by its repairs, and make one of the parts."""
    by_part: dict[str, list[Review]] = {}
    for completion in answer.completions:
        by_part.setdefault(completion.part, []).append(reviews.of(completion, answer.output_language))
    summed = by_part.pop(SUMMARY, None)
    return together([reduce(merge, reviews) for reviews in by_part.values()], summed[-1] if summed else None)


def _nothing(merged: Review, answer: StoredAnswer) -> Rejected:
    refused = [completion.text for completion in answer.completions if completion.finish == "refused"]
    refused += [one.reason for one in answer.unrepaired if one.code == "repair_refused"]
    if refused:
        return Rejected("refused", refused[0])
    codes = ", ".join(sorted({problem.code for problem in merged.problems})) or "it was empty"
    return Rejected("nothing_usable", f"nothing in the model's answer passed the checks ({codes}): use another model")


_UNREPAIRED = {
    "repair_pending": "is still to come, so something may be missing",
    "repair_refused": "was refused, so something may be missing",
    "repair_given_up": "was asked for in vain and is not asked for again, so something may be missing",
}


def _unrepaired(answer: StoredAnswer) -> Iterator[Note]:
    """Say which repairs of the answer, or which summary of its parts, there is none of."""
    for one in answer.unrepaired:
        what = "the summary of all parts" if one.part == SUMMARY else f"the repair of part {one.part}"
        yield note(one.code, f"{what} {_UNREPAIRED[one.code]}: {one.reason}")


def _orders(numbers: Iterable[int]) -> Iterator[Note]:
    for number in sorted(numbers):
        yield note("machine_addressed", f"sentence {number} addresses a machine, and was taken as data")


def _garbled(document: Document) -> Iterator[Note]:
    for sentence in shown(document):
        if broken := garbled(document.words(sentence)):
            yield note("garbled", f"sentence {sentence.number} is garbled", broken)


def _unused(
    document: Document, merged: Review, findings: Sequence[Finding], mentions: Mentions, deadline: Deadline
) -> Iterator[Note]:
    """List the dates of the text that no event carries, with the model's reason where it gave one.

    Where the list ends before the text does, that is said first: the end of long notes is left out.
    """
    reasons = {number: skip.r for skip in merged.skipped for number in skip.s}
    dated = unused(
        mentions.readings, document.sentences, merged.read_as, findings, mentions.ordering, deadline=deadline
    )
    found = list(dated)
    for one in found[-1:]:
        if isinstance(one, GivenUp):
            message = (
                f"there are too many dates: from sentence {one.sentence} on they were not compared with the events"
            )
            yield note("dates_not_compared", message)
    for one in found:
        if isinstance(one, Passed):
            reason = reasons.get(one.sentence, "no event rests on it")
            yield note("date_unused", f"sentence {one.sentence}: {reason}", one.words[:_MOST_WORDS])


def _hanging(document: Document, language: str, mentions: Mentions) -> Iterator[Note]:
    """Name the first dates that are lost for want of the day of publication."""
    words = dict.fromkeys(islice(hanging(document, mentions.readings, language, mentions.ordering), _MOST_HANGING))
    if words:
        yield note(
            "published_unknown",
            "the day of publication is unknown, and dates that hang on it are not used: say it as `published`",
            "; ".join(words)[:_MOST_WORDS],
        )


def _left_out(what: str, count: int) -> Iterator[Note]:
    if count:
        yield note("left_out", f"{count} more {what} are left out: a document's run has no room for them")


def _bounded(notes: Sequence[Note]) -> tuple[Note, ...]:
    kept = _fitting(notes[:_MOST_NOTES], _BYTES_OF_NOTES)
    if len(kept) == len(notes):
        return kept
    return (*kept, note("more_notes", f"{len(notes) - len(kept)} more notes are left out"))


def _fitting(parts: Iterable[R], most: int) -> tuple[R, ...]:
    """Return the first parts that take so many bytes together at the most."""
    kept, used = [], 0
    for part in parts:
        used += _bytes_of(part)
        if used > most:
            break
        kept.append(part)
    return tuple(kept)


def _bytes_of(record: Record) -> int:
    return len(record.model_dump_json().encode())


def _summary(merged: Review) -> Summary | None:
    """Make the summary, no sentence twice; where no headline holds, the first sentence stands in for it."""
    said: dict[str, Cited] = {}
    for part in merged.sentences:
        if not isinstance(part, Problem):
            said.setdefault(letters(part.text), part)
    sentences = list(said.values())
    head = None if isinstance(merged.head, Problem) else merged.head
    if head is None and not sentences:
        return None
    return Summary(language=merged.language, headline=head or sentences.pop(0), sentences=tuple(sentences))


def _place(finding: Finding) -> tuple[bool, tuple[int, int, int], str, int]:
    """Order by date, time of day, then by place in the text; undated events stand last, an open beginning first."""
    when = finding.when
    return when.basis == "undated", _ordered(when.earliest), when.time or "", finding.evidence[0].start


def _ordered(day: Day | None) -> tuple[int, int, int]:
    return (day.year, day.month, day.day) if day else _NO_DAY
