"""What is wrong with a part of an answer: told to the model for the repair, and to readers in a run's notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.records import Note

Code = Literal[
    "answer_unreadable",  # it is no JSON object: nothing of it could be used
    "answer_cut_off",  # the model stopped at its limit: what came after is missing
    "answer_refused",  # the model or its provider refused a part of the document
    "malformed",  # a part has not the form that was asked for
    "no_title",  # a title or sentence is empty or much too long
    "sentence_unknown",  # it cites nothing, or what is no sentence of the document
    "too_many_cited",  # it cites so much that it says of nothing what bears it out
    "too_many_heard",  # so many speakers are given for it that it says of nobody what they stand for
    "words_not_found",  # its date, speaker or name does not stand where it should
    "reference_unknown",  # it points at a speaker or name that was not declared
    "date_differs",  # the model's date and the resolver's are apart
    "date_unresolved",  # the words of the date come to no date
    "machine_addressed",  # it rests on a sentence that gives orders to a machine
    "number_unsupported",  # a number of its title or sentence does not stand in what it cites
    "name_undeclared",  # its title names what is neither declared nor in the document
    "garbled",  # its title or sentence holds broken letters
    "language_differs",  # titles and summary are in the document's language, and it says another
    "duplicate",  # it says the same as another
    "repair_pending",  # the repair of a part's answer could not be had yet, and comes later
    "repair_refused",  # the provider will not answer the repair of a part's answer
    "repair_given_up",  # the repair of a part's answer was asked for in vain too often
]
# What is noted of an answer as a whole or of its document, beside problems and a document's own remarks.
NoteCode = Literal["date_unused", "dates_not_compared", "published_unknown", "left_out", "more_notes"]


_MOST_MESSAGE, _MOST_SUBJECT = 500, 200  # code points; a model's words may be of any length


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of one part of an answer.

    `part` says which part (`headline`, `event`), `subject` is its title or the words that it is about. `again` tells
    whether it is worth asking the model once more.
    """

    code: Code
    part: str
    message: str
    subject: str | None = None
    again: bool = True

    def __str__(self) -> str:
        """Say it to the model."""
        subject = f' "{self.subject[:_MOST_SUBJECT]}"' if self.subject else ""
        return f"{self.part}{subject}: {self.message[:_MOST_MESSAGE]}"

    def note(self) -> Note:
        """Say it to the reader of a run."""
        subject = self.subject[:_MOST_SUBJECT] if self.subject else None
        return Note(code=self.code, message=f"{self.part}: {self.message[:_MOST_MESSAGE]}", subject=subject)


def note(code: Code | NoteCode, message: str, subject: str | None = None) -> Note:
    """Make a note that is about no one part of an answer."""
    return Note(code=code, message=message, subject=subject)
