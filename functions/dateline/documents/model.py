"""A document as it was read: its text, its numbered sentences, and what is known about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

# Where a day of publication is known from, the surest first: what somebody says about the object, what the file says of
# its first publication, its own date line, its address or name; then changes, and last what programs note of files.
PublishedFrom = Literal[
    "metadata", "caller", "front_matter", "record", "json_ld", "html_meta", "email",
    "text", "html_time", "url", "file_name",
    "modified", "text_updated", "docx_created", "file_created", "pdf_created",
]  # fmt: skip
Role = Literal["body", "heading", "boilerplate"]
RemarkCode = Literal[
    "hidden_text", "recognised_text", "pages_without_text", "attachments", "replaced_characters",
    "published_unreadable", "published_in_utc", "planted_answer", "planted_chat", "page_furniture",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """The day of first publication in the publication's own zone, and where it is known from."""

    day: date
    source: PublishedFrom


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader should know about how a document was read. `code` is stable, `message` is for people."""

    code: RemarkCode
    message: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered span of the text: `text[start:end]`, in code points; numbers begin at 1 and have no gaps.

    Sentences of the role `boilerplate` (related links, footers, what poses as a model's work) keep their
    numbers but are shown to no model.
    `page` counts from 1 and is the one on which the sentence begins; None in formats without pages. `recognised`: its
    words were recognised on an image by machine, which errs.
    """

    number: int
    start: int
    end: int
    role: Role = "body"
    page: int | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One revision of a document. `text` is canonical: decoded, line ends as LF, not otherwise normalised.

    `source` names the publication or the sender, `author` who wrote it, `recipients` those of a message; `url` is the
    document's address on the web.
    """

    text: str
    sentences: tuple[Sentence, ...]
    encoding: str
    language: str | None = None
    title: str | None = None
    source: str | None = None
    author: str | None = None
    recipients: str | None = None
    url: str | None = None
    published: Published | None = None
    remarks: tuple[Remark, ...] = ()

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
