"""What exports say of the documents that they cite: whose they are, what they are called, of which day, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from dateline.dates import Day
from dateline.exports import phrases
from dateline.exports.text import headline

if TYPE_CHECKING:
    from dateline.exports.model import Entry, ExportedDocument
    from dateline.records import Evidence

# What may stand in an address as it is; brackets and quotes would end it in Markdown or HTML.
_SAFE = "/:?#@!$&*+,;=%~"


def citation(document: ExportedDocument) -> str:
    """Cite a document in one line: medium, author, title, day of publication, path."""
    about = document.about
    author = about.author if about.author != about.medium else None
    parts = [
        *(headline(one) for one in (about.medium, author) if one),
        *([f"to {headline(about.recipients)}"] if about.recipients else []),
        *([f"“{headline(about.title)}”"] if about.title else []),
        *([phrases.day(Day.of(about.published))] if about.published else []),
        headline(document.path),
    ]
    return ", ".join(parts)


def citations(entry: Entry) -> list[str]:
    """Cite the documents of an entry, each with its address on the web."""
    cited = ((citation(one), address(one)) for one in entry.sources)
    return [f"Source: {words} {web}" if web else f"Source: {words}" for words, web in cited]


def address(document: ExportedDocument) -> str | None:
    """Give a document's address on the web, safe to stand in any format; None where it has none."""
    url = document.about.url
    return quote(url, safe=_SAFE) if url and re.match(r"https?://", url, re.IGNORECASE) else None


def place(evidence: Evidence) -> str:
    """Name the sentence of a quote, with its page where the document has pages."""
    return f"sentence {evidence.sentence}" + (f", page {evidence.page}" if evidence.page else "")
