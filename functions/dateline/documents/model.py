"""A document as it was read: its text, its numbered sentences, and what is known about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

PublishedFrom = Literal["metadata", "caller"]
Role = Literal["body", "heading", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Published:
    """The day of first publication in the publication's own zone, and where it is known from."""

    day: date
    source: PublishedFrom


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered span of the text: `text[start:end]`, in code points; numbers begin at 1 and have no gaps.

    Sentences of the role `boilerplate` (related links, page furniture) keep their numbers but are shown to no model.
    """

    number: int
    start: int
    end: int
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Document:
    """One revision of a document. `text` is canonical: decoded, line ends as LF, not otherwise normalised."""

    text: str
    sentences: tuple[Sentence, ...]
    encoding: str
    language: str | None = None
    title: str | None = None
    published: Published | None = None

    def words(self, sentence: Sentence) -> str:
        """Return the sentence's own text."""
        return self.text[sentence.start : sentence.end]

    @property
    def sha256(self) -> str:
        """The text's name: the SHA-256 of its UTF-8 bytes, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def content(self) -> str:
        """The name of the text together with what decides the request and its reading, as SHA-256 in hex.

        The language is part of it: it decides how the text splits, so which sentence a number means.
        """
        about = [self.sha256, self.language, self.title, self.published and self.published.day.isoformat()]
        return hashlib.sha256(json.dumps(about).encode()).hexdigest()
