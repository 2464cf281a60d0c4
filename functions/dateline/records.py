"""What a run is made of, as it is stored, served and exported: summary, events, dates, evidence, notes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import ConfigDict, Field, field_serializer, model_validator

from dateline.dates import Basis, Day, Extent, Precision
from dateline.deferred import DeferredModel

Course = Literal["done", "planned", "called_off"]
Stance = Literal["asserts", "confirms", "denies", "doubts", "declines", "withdraws"]
Status = Literal["stated", "claimed", "confirmed", "disputed", "denied", "withdrawn"]
# By name, by office or part ("a spokeswoman for the ministry"), or neither ("two officials").
SpeakerKind = Literal["named", "office", "anonymous"]
VoiceKind = Literal[SpeakerKind, "document"]
Checked = Literal["agrees", "differs", "model", "resolver"]


class Record(DeferredModel):
    """The manner of all records: unknown fields are errors, nothing changes after it was made, no field is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Evidence(Record):
    """A sentence of the source: its number, its span in code points of the stored text, and its words.

    `page` counts from 1 and is the one on which the sentence begins; None in formats without pages. `recognised`: the
    words were recognised on an image by machine, which errs.
    """

    sentence: int
    start: int
    end: int
    quote: str
    page: int | None = None
    recognised: bool = False


class Cited(Record):
    """A sentence of ours with the sentences of the source that it rests on. There is always at least one."""

    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Summary(Record):
    """A headline and the sentences of a summary, in `language` (BCP 47)."""

    language: str
    headline: Cited
    sentences: tuple[Cited, ...]


class Interval(Record):
    """Bounds beside the ones that are shown: what model or resolver says where they differ."""

    edtf: str
    earliest: Day | None
    latest: Day | None


class DateAnchor(Record):
    """What a date without a year of its own was worked out from: a neighbour in the text, or the publication date."""

    source: Literal["published", "neighbour"]
    sentence: int | None = None
    words: str | None = None
    published: date | None = None


class When(Record):
    """How exactly an event's date is known. A bound of None is an open end; an undated event has neither.

    Where model and resolver differ, the better founded one is shown, and the other stands under its name. `time` is the
    time of day that the words hold, as HH:MM on the source's own clock.
    """

    words: str | None
    edtf: str | None
    earliest: Day | None
    latest: Day | None
    precision: Precision | None
    extent: Extent | None
    basis: Basis
    anchor: DateAnchor | None = None
    rule: str | None = None
    checked: Checked | None = None
    model: Interval | None = None
    resolver: Interval | None = None
    time: str | None = None

    @property
    def begins(self) -> Day | None:
        """The first day that the event takes on a timeline; None: an open start, or no date.

        What happened once and has no start (by, before, reported) takes its latest day alone.
        """
        return self.latest if self.earliest is None and self.extent == "within" else self.earliest


UNDATED = When(words=None, edtf=None, earliest=None, latest=None, precision=None, extent=None, basis="undated")


class SaidBy(Record):
    """Somebody's stance to what a title or a statement says. `who` is in the output language, `words` are the source's.

    Both are None for the document's own voice. `introduced` is the sentence that says who they are, cited or not.
    """

    who: str | None
    words: str | None
    kind: VoiceKind
    stance: Stance = "asserts"
    via: str | None = None
    introduced: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_earlier_version(cls, stored: dict[str, Any]) -> dict[str, Any]:
        """Read what a version stored that knew named speakers and others."""
        if "kind" in stored or "named" not in stored:
            return stored
        named = stored["named"]
        kind = "document" if stored["who"] is None else "named" if named else "anonymous"
        return {key: value for key, value in stored.items() if key != "named"} | {"kind": kind}


class Name(Record):
    """Somebody or something that a title names, with the source's own words for it."""

    name: str
    words: str


class Finding(Record):
    """An event as extraction found it, before the store gave it an identity."""

    title: str
    title_language: str
    when: When
    course: Course
    status: Status
    place: str | None
    names: tuple[Name, ...]
    said_by: tuple[SaidBy, ...]
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Statement(SaidBy):
    """Something said that matters and is no event: kept with its document, on no timeline."""

    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Event(Finding):
    """An event with the identity that outlives reprocessing. `model` names what wrote its title."""

    id: str
    document_id: str
    model: str


class Note(Record):
    """Something that a reader should know about a run: what was left out and why, which dates were not used.

    `code` is stable and for machines, `message` is for people, `subject` is the title or the words that it is about.
    """

    code: str
    message: str
    subject: str | None = None


class Recipe(Record):
    """What made a run: `ask` decides a model's answer, `judge` turns it into records; both are hashes."""

    ask: str
    judge: str
    model: str

    @property
    def name(self) -> str:
        """The recipe as one word."""
        return f"{self.ask}.{self.judge}"


class Asking(Record):
    """What of a recipe a deployment chooses: the model, the language of titles (BCP 47), the length of parts.

    `part_characters` are code points of a document's text in one request.
    """

    model: str
    language: str
    part_characters: int


class Usage(Record):
    """The tokens of a document by kind, with every call that was made for it, repairs and failures included."""

    calls: int = 0
    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            calls=self.calls + other.calls,
            input=self.input + other.input,
            cached=self.cached + other.cached,
            output=self.output + other.output,
            reasoning=self.reasoning + other.reasoning,
        )


class Cost(Record):
    """What tokens cost, in US dollars: `prices` is the day of the price list. Tokens of batches are at a discount."""

    usd: Decimal
    prices: date

    @field_serializer("usd", when_used="json")
    def _plain(self, usd: Decimal) -> str:
        """Write no exponent: `str` turns half a millionth of a dollar into 5E-7."""
        return f"{usd:f}"


class Extraction(Record):
    """What one answer comes to after every check: the part of a run that follows from text, answer and judge alone."""

    summary: Summary | None
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    statements: tuple[Statement, ...] = ()


class PublishedOn(Record):
    """The day of first publication and where it is known from."""

    day: date
    source: str


class Change(Record):
    """What a run says otherwise than the run `old`, which readers saw before it: ids of events."""

    old: int
    added: tuple[str, ...]
    gone: tuple[str, ...]
    date_changed: tuple[str, ...]
    status_changed: tuple[str, ...]


class About(Record):
    """What a document says of itself, or its uploader of it: what readers cite it by.

    `medium` is the publication or a message's sender; `recipients` are a message's, whose subject is its `title`.
    """

    title: str | None = None
    author: str | None = None
    recipients: str | None = None
    medium: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None


class Run(Record):
    """One revision of a document under one recipe, without its events.

    `number` is the fence under which it was written: of two runs of a document the later one has the higher number.
    """

    document_id: str
    number: int
    content: str
    text_sha256: str
    encoding: str
    language: str | None
    title: str | None
    source: str | None = None
    author: str | None = None
    recipients: str | None = None
    url: str | None = None
    published: PublishedOn | None
    recipe: Recipe
    made_at: datetime
    summary: Summary | None
    notes: tuple[Note, ...]
    usage: Usage
    events: int
    statements: tuple[Statement, ...] = ()
    cost: Cost | None = None
    change: Change | None = None

    @property
    def about(self) -> About:
        """What readers cite the document by."""
        return About(
            title=self.title,
            author=self.author,
            recipients=self.recipients,
            medium=self.source,
            url=self.url,
            published=self.published.day if self.published else None,
            language=self.language,
        )
