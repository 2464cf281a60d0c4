"""What is wrong with a part of an answer: told to the model for the repair, and to readers in a run's notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.records import Note

Code = Literal[
    "answer_unreadable",  # it is no JSON object: nothing of it could be used
    "answer_cut_off",  # the model stopped at its limit: what came after is missing
    "malformed",  # a part has not the form that was asked for
    "no_title",  # a title or sentence is empty or much too long
    "sentence_unknown",  # it cites nothing, or what is no sentence of the document
    "words_not_found",  # its date, speaker or name does not stand where it should
    "reference_unknown",  # it points at a speaker or name that was not declared
    "date_differs",  # the model's date and the resolver's are apart
    "date_unresolved",  # the words of the date come to no date
    "duplicate",  # it says the same as another
]


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
        return f'{self.part} "{self.subject}": {self.message}' if self.subject else f"{self.part}: {self.message}"

    def note(self) -> Note:
        """Say it to the reader of a run."""
        return Note(code=self.code, message=f"{self.part}: {self.message}", subject=self.subject)
