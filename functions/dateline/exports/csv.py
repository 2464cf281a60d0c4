"""A table (RFC 4180) that a spreadsheet can open without running what a document wrote into it.

A cell that begins like a formula gets an apostrophe before it, and so does what begins like one after a separator:
where a spreadsheet parts cells at semicolons, that would begin a cell too. Everything else stands as it is recorded.

Events and occurrences have the same columns, so that what reads one reads the other; an event's counts are empty.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from dateline import terms
from dateline.exports import phrases, reports, sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.exports.model import Entry, Exported

COLUMNS = (
    "id", "title", "title_language", "date_words", "edtf", "earliest", "latest", "time", "precision", "extent", "basis",
    "checked", "course", "status", "place", "speakers", "stances", "speaker_kinds", "via",
    "quotes", "sentences", "pages", "document_id", "collection",
    "path", "medium", "author", "document_title", "published", "url", "link", "original", "model",
    "recognised", "reports", "documents", "independent_sources", "languages", "conflicts",
)  # fmt: skip
# Formulas begin with these; spreadsheets take their full-width twins for the same.
_FORMULA = re.compile("""(^|[,;\t\r\n|])(["' ]*)(?=[=+\\-@＝＋－＠])""")


def write(exported: Exported) -> bytes:
    """Write a timeline as a table with a line of names first."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _cells(entry, exported)] for entry in exported.entries)
    return text.getvalue().encode()


def _safe(cell: str) -> str:
    # A leading tab or line end is itself a way to begin a formula.
    return _FORMULA.sub(r"\1\2'", cell.replace("\0", "\ufffd").lstrip("\t\r\n"))


def _cells(entry: Entry, exported: Exported) -> list[str]:
    """Write an entry's cells. Where several documents are cited, each has a line of its own in a cell."""
    event, when, source, root = entry.event, entry.event.when, entry.source, exported.root
    evidence = (*event.evidence, *(one.evidence for one in entry.others))
    about = [one.about for one in entry.sources]
    return [
        event.id,
        event.title,
        event.title_language,
        when.words or "",
        when.edtf or "",
        str(when.earliest or ""),
        str(when.latest or ""),
        when.time or "",
        when.precision or "",
        when.extent or "",
        when.basis,
        when.checked or "",
        phrases.course(event, exported.today) or event.course,
        event.status,
        event.place or "",
        *_speakers(entry),
        "\n".join(one.quote for one in evidence),
        "\n".join(str(one.sentence) for one in evidence),
        "\n".join(str(one.page or "") for one in evidence).strip(),
        "\n".join(one.document_id for one in entry.sources),
        source.collection,
        "\n".join(one.path for one in entry.sources),
        _lines(one.medium for one in about),
        _lines(one.author for one in about),
        _lines(one.title for one in about),
        _lines(str(one.published or "") for one in about),
        _lines(sources.address(one) for one in entry.sources),
        f"{root}{entry.link}",
        "\n".join(f"{root}documents/{one.document_id}/original" for one in entry.sources),
        event.model,
        "yes" if any(one.recognised for one in evidence) else "",
        *_counts(entry),
    ]


def _lines(values: Iterable[str | None]) -> str:
    """Write a line for each document or speaker; nothing where none has a value."""
    lines = [" ".join((one or "").split()) for one in values]
    return "\n".join(lines) if any(lines) else ""


def _speakers(entry: Entry) -> Iterable[str]:
    """Write a line for each speaker in four cells: the name, the stance, the kind and the medium."""
    said_by = entry.event.said_by
    return (
        _lines(terms.who(one) for one in said_by),
        _lines(one.stance for one in said_by),
        _lines(one.kind for one in said_by),
        _lines(one.via for one in said_by),
    )


def _counts(entry: Entry) -> Iterable[str]:
    occurrence = entry.occurrence
    if occurrence is None:
        return ("",) * 5
    return (
        str(occurrence.reports),
        str(occurrence.documents),
        str(occurrence.independent_sources),
        "; ".join(occurrence.languages),
        "\n".join(reports.conflicts(occurrence)),
    )
