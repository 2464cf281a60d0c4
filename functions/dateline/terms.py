"""The words that readers see for the records' terms: the same on the page, on the terminal and in the exports.

The page's copy, `functions/read/page/terms.js`, is written from this module by `make generated`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.dates import Day
    from dateline.records import Course, Finding, SaidBy, Stance, Status, VoiceKind

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STATUS: Final[Mapping[Status, str]] = {
    "stated": "stated",
    "claimed": "claimed",
    "confirmed": "confirmed",
    "disputed": "disputed",
    "denied": "denied",
    "withdrawn": "withdrawn",
}
COURSE: Final[Mapping[Course, str]] = {"done": "happened", "planned": "planned", "called_off": "called off"}
NO_OUTCOME: Final = "outcome not reported"
# Where the reports of one occurrence part, by kind of conflict.
CONFLICTS: Final[Mapping[str, str]] = {
    "date": "sources part on the date",
    "number": "sources part on a number",
    "denial": "denied by some",
    "place": "sources part on the place",
    "course": "called off by some",
}
# What an editor decided about an occurrence, before the reason.
EDITS: Final[Mapping[str, str]] = {
    "join": "joined by an editor",
    "split": "split by an editor",
    "hide": "hidden by an editor",
    "correct": "corrected by an editor",
    "note": "an editor's note",
}
# After the speaker's name; the past is the same for one speaker and for several.
STANCE: Final[Mapping[Stance, str]] = {
    "asserts": "asserted it",
    "confirms": "confirmed it",
    "denies": "denied it",
    "doubts": "doubted it",
    "declines": "declined to comment",
    "withdraws": "took it back",
}
DOCUMENT: Final = "the document"
# In place of declining to comment, which a document does not do.
NO_FINDING: Final = "made no finding"
# How a speaker is known, where that is not by name.
UNNAMED: Final[Mapping[VoiceKind, str]] = {"office": "by office", "anonymous": "unnamed"}
RECOGNISED: Final = "read by machine on an image"  # the words of a quote, which may be misread
# Headings of notes, by their codes.
NOTE: Final[Mapping[str, str]] = {
    "answer_unreadable": "An answer that could not be read",
    "answer_cut_off": "An answer that was cut off",
    "answer_refused": "A part that the model refused",
    "repair_pending": "To be completed: the model was asked to mend a part of its answer",
    "repair_refused": "Incomplete: the model would not mend a part of its answer",
    "repair_given_up": "Incomplete: the model could not be asked to mend a part of its answer",
    "malformed": "Left out: not in the form asked for",
    "no_title": "Left out: no usable title",
    "sentence_unknown": "Left out: no sentence backs it",
    "words_not_found": "Left out: its words are not in the text",
    "reference_unknown": "Left out: refers to nobody declared",
    "number_unsupported": "Left out: a number that the text does not hold",
    "name_undeclared": "Left out: a name that the text does not hold",
    "machine_addressed": "Sentences that give orders to a machine, taken as data",
    "date_differs": "Dates that model and rules read differently",
    "date_unresolved": "Dates that say nothing certain",
    "date_unused": "Dates of the text that no event uses",
    "dates_not_compared": "Too many dates to compare with the events",
    "published_unknown": "Dates that hang on the day of publication, which is not known",
    "published_unreadable": "A day of publication that cannot be read",
    "published_in_utc": "A day of publication known in UTC only",
    "page_furniture": "Lines of a page around its article",
    "language_differs": "In another language than it says",
    "duplicate": "Left out: said twice",
    "too_many_cited": "Left out: cites too many sentences",
    "too_many_heard": "Left out: names too many speakers",
    "left_out": "Left out: no room for more",
    "garbled": "Garbled sentences",
    "replaced_characters": "Characters that could not be read",
    "hidden_text": "Hidden text, left out",
    "recognised_text": "Scans, their text recognised by machine",
    "pages_without_text": "Pages without text",
    "attachments": "Attachments, not read",
    "planted_answer": "Not read as news: looks like a model's answer",
    "planted_chat": "Not read as news: looks like a chat with a machine",
    "more_notes": "And more",
}
BY_RULES: Final = "extractive rules, no model"
# Names of the extractive stand-in: `extractive-2` does what `extractive` does, a name to change to.
STANDIN_NAMES: Final = "extractive(-.*)?"


def is_standin(model: str) -> bool:
    """Return whether a model's name is one of the extractive stand-in's."""
    return re.fullmatch(STANDIN_NAMES, model, re.DOTALL) is not None


def who(said: SaidBy) -> str:
    """Name a speaker in the output language."""
    return said.who or DOCUMENT


def stance(said: SaidBy) -> str:
    """Say what a speaker did, after the name."""
    return NO_FINDING if said.kind == "document" and said.stance == "declines" else STANCE[said.stance]


def course(finding: Finding, today: Day) -> tuple[str, ...]:
    """Return the words for what became of an event; none for what simply happened.

    A planned one whose last day has passed has no reported outcome.
    """
    if finding.course == "done":
        return ()
    latest = finding.when.latest
    overdue = finding.course == "planned" and latest is not None and latest < today
    return (COURSE[finding.course], *((NO_OUTCOME,) if overdue else ()))
