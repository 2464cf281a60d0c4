"""The form of a model's answer: short keys, since output tokens are what costs time and money.

The answer cites sentences by number and copies nothing from the text but the few words of dates, speakers and names.
What code can know (status, offsets, quotes, which declared name stands in which title) is not asked for, and what would
be the same most of the time has a shorter form without it: strict mode knows choices, but no optional keys.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from dateline.deferred import DeferredModel
from dateline.records import Course, SpeakerKind, Stance

THE_DOCUMENT = -1  # in place of a speaker's index: the document in its own voice


class AnswerPart(DeferredModel):
    """The manner of all parts of an answer: exactly these keys, exactly these types.

    Docstrings are for us and cost tokens: what a model has to know stands in the instructions and beside the keys.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra=lambda schema: schema.pop("description", None)
    )


class AnswerSentence(AnswerPart):
    """A sentence of the summary."""

    t: str = Field(description="the sentence, in the output language")
    s: list[int] = Field(description="numbers of the sentences that say so")


class Who(AnswerPart):
    """A speaker or a medium, declared once and referred to by its place in the list, from 0.

    One that is named, and alike in the output language, is declared as a string.
    """

    w: str = Field(description="the document's own words for them, copied exactly")
    n: str | None = Field(description="the same in the output language; null if the words are the same")
    k: SpeakerKind

    @property
    def name(self) -> str:
        """What they are called in the output language."""
        return self.n if self.n and self.n.strip() else self.w


class AnswerName(AnswerPart):
    """A name that titles write otherwise than the document does, in other letters or another language."""

    w: str = Field(description="the document's own words for it, copied exactly")
    n: str = Field(description="as the titles write it")


class By(AnswerPart):
    """A speaker's stance towards an event."""

    i: int = Field(description="speaker, as index into `who`; -1 is the document's own voice")
    a: Stance


class ByWayOf(AnswerPart):
    """The stance of a speaker whom a medium reports. Its first key tells it from `By`, as strict mode demands."""

    v: int = Field(description="the medium, as index into `who`")
    i: int = Field(description="speaker, as index into `who`")
    a: Stance


class At(AnswerPart):
    """Where an event takes place."""

    p: int = Field(description="place, as index into `names`")


class AnswerEvent(AnswerPart):
    """Something that happened, is planned or was called off.

    `x` holds what is not so of most events. It stands before the date: what a cut leaves of it passes for no event.
    """

    t: str = Field(description="title, in the output language; never says more than its sentences")
    s: list[int] = Field(description="numbers of the sentences that say so, the most important first")
    x: list[Literal["planned", "called_off"] | int | By | ByWayOf | At] = Field(
        description="what it is if not done, its place, who says so; an index alone is a speaker who asserts it"
    )
    d: str | None = Field(description="the words of its date, copied exactly from one of these sentences")
    e: str | None = Field(description="its date as EDTF")

    @property
    def course(self) -> Course:
        """Whether it is done; what was planned and called off is called off."""
        said = [one for one in self.x if isinstance(one, str)]
        return "called_off" if "called_off" in said else said[0] if said else "done"

    @property
    def place(self) -> int | None:
        """Where it takes place, as index into `names`."""
        return next((one.p for one in self.x if isinstance(one, At)), None)

    @property
    def by(self) -> list[By | ByWayOf]:
        """Who says so, with their stances."""
        said = [By(i=one, a="asserts") if isinstance(one, int) else one for one in self.x]
        return [one for one in said if isinstance(one, By | ByWayOf)]


class AnswerStatement(AnswerPart):
    """Something that somebody asserts, that matters and is no event."""

    t: str = Field(description="what is said, in the output language")
    s: list[int] = Field(description="numbers of the sentences that say so")
    i: int = Field(description="speaker, as index into `who`; -1 is the document's own voice")


class AnswerStance(AnswerPart):
    """A statement that a speaker does not simply assert, or that a medium reports. Its first key tells it apart."""

    a: Stance
    v: int | None = Field(description="the medium, as index into `who`")
    t: str = Field(description="what the stance is about, in the output language")
    s: list[int] = Field(description="numbers of the sentences that say so")
    i: int = Field(description="speaker, as index into `who`; -1 is the document's own voice")


class Answer(AnswerPart):
    """Everything that is asked of the model about one document, or one part of it.

    The languages stand last: a small model that is held to the schema may fill free text that it does not understand
    until it is cut off, and then has said the rest.
    """

    head: AnswerSentence
    sum: list[AnswerSentence]
    who: list[str | Who]
    names: list[str | AnswerName] = Field(
        description="whatever has a name in what you write; a string if written alike"
    )
    ev: list[AnswerEvent]
    say: list[AnswerStatement | AnswerStance]
    lang: str = Field(description="language of the document, BCP 47")
    out: str = Field(description="language of titles and summary, BCP 47")


class Skip(AnswerPart):
    """Sentences whose dates are those of no event, and why."""

    s: list[int]
    r: Literal["listed", "background", "comparison", "reference"]


class Repair(Answer):
    """The answer to a repair call that also asks for dates that were passed over."""

    skip: list[Skip] = Field(description="sentences whose dates date no event")
