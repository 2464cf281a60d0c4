"""Documents of our own with what an editor expects of them: events, traps, true sentences, falsehoods.

Evidence is named by a fragment of its sentence, not by number, so that a better splitter breaks no gold.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from dateline.ask import schema
from dateline.documents import Document, Published
from dateline.documents.read import read
from dateline.records import Course, SpeakerKind, Stance, Status

_SUMMARY = 5  # a headline and four sentences, each on other evidence
FOLDER = Path(__file__).parent / "documents"

# How a falsehood is false: what it says that its document does not.
Kind = Literal["date", "number", "name", "speaker", "sentence", "boilerplate", "look-alike", "duration", "injection"]


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldEvent(_Part):
    """An event that an editor calls necessary, as a good model would answer it.

    `evidence` are its sentences, the first one indispensable; `also` may be cited besides. `bounds` are the earliest
    and the latest day; an undated event has none. The first of several courses or states is the better one.
    """

    title: str
    evidence: list[str]
    also: list[str] = []
    words: str | None = None
    edtf: str | None = None
    bounds: str | None = None
    course: Annotated[list[Course], BeforeValidator(_listed)] = ["done"]
    status: Annotated[list[Status], BeforeValidator(_listed)]
    by: list[tuple[str, Stance] | tuple[str, Stance, str]] = []


class Speaker(_Part):
    """Somebody who is quoted: the document's words, the same in English, and how they are known."""

    words: str
    name: str
    kind: SpeakerKind


class Trap(_Part):
    """A sentence that dates or reports nothing; with `words` only what is dated by them is a falsehood."""

    evidence: str
    words: str | None = None
    why: str


class Truth(_Part):
    """A true sentence with its evidence. What has to be `derived` from it by more than value is not counted."""

    text: str
    evidence: list[str]
    derived: str | None = None


class Lie(_Part):
    """A false event that a model might give; it is published where its title, or its wrong date, is."""

    kind: Kind
    title: str
    evidence: list[str]
    words: str | None = None
    edtf: str | None = None
    speaker: str | None = None


def _speakers(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {key: dict(zip(("words", "name", "kind"), fields, strict=True)) for key, fields in value.items()}


class Gold(_Part):
    """A document with its gold. `names` are those that titles use: the document's words and the titles'."""

    why: str
    language: str
    published: date | None = None
    text: str
    names: dict[str, str]
    who: Annotated[dict[str, Speaker], BeforeValidator(_speakers)]
    events: list[GoldEvent]
    traps: list[Trap] = []
    truths: list[Truth]
    lies: list[Lie]

    def read(self) -> Document:
        """Read the document as it would be when it was dropped, with its publication date as metadata."""
        published = Published(self.published, "metadata") if self.published else None
        return read(self.text.lstrip().encode(), name="gold.txt", published=published)


@cache
def documents() -> dict[str, Gold]:
    """Read all documents, by name."""
    return {path.stem: Gold.model_validate(tomllib.loads(path.read_text())) for path in sorted(FOLDER.glob("*.toml"))}


def numbers(fragments: list[str], document: Document) -> list[int]:
    """Return the sentences that hold the fragments; a fragment that stands in none, or in several, is a bad gold."""
    return [_number(fragment, document) for fragment in fragments]


def _number(fragment: str, document: Document) -> int:
    found = [sentence.number for sentence in document.sentences if fragment in document.words(sentence)]
    if len(found) != 1:
        raise ValueError(f"{fragment!r} stands in {len(found)} sentences")
    return found[0]


def answer(gold: Gold, document: Document) -> schema.Answer:
    """Write the answer of a model that makes no mistake."""
    keys = list(gold.who)

    def stance(who: str, said: Stance, via: str | None = None) -> int | schema.By | schema.ByWayOf:
        speaker = keys.index(who)
        if via is not None:
            return schema.ByWayOf(v=keys.index(via), i=speaker, a=said)
        return speaker if said == "asserts" else schema.By(i=speaker, a=said)

    def declared(one: Speaker) -> str | schema.Who:
        if one.name == one.words and one.kind == "named":
            return one.words
        return schema.Who(w=one.words, n=None if one.name == one.words else one.name, k=one.kind)

    def event(one: GoldEvent) -> schema.AnswerEvent:
        return schema.AnswerEvent(
            t=one.title,
            s=numbers(one.evidence, document),
            x=[*([] if one.course[0] == "done" else [one.course[0]]), *(stance(*by) for by in one.by)],
            d=one.words,
            e=one.edtf,
        )

    told = {tuple(truth.evidence): truth for truth in reversed(gold.truths) if not truth.derived}
    truths = list(reversed(told.values()))[:_SUMMARY]
    return schema.Answer(
        lang=gold.language,
        out="en",
        head=schema.AnswerSentence(t=truths[0].text, s=numbers(truths[0].evidence, document)),
        sum=[schema.AnswerSentence(t=truth.text, s=numbers(truth.evidence, document)) for truth in truths[1:]],
        who=[declared(one) for one in gold.who.values()],
        names=[words if words == name else schema.AnswerName(w=words, n=name) for words, name in gold.names.items()],
        ev=[event(one) for one in gold.events],
        say=[],
    )
