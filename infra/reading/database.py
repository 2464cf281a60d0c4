"""Rows as a SQLite database, a table for each kind: keys lead from row to row, texts and quotes are searched."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Row = dict[str, Any]

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, path TEXT, state TEXT, rejection TEXT, title TEXT, author TEXT, recipients TEXT, medium TEXT,
    url TEXT, published TEXT, language TEXT, headline TEXT, summary TEXT, model TEXT, events INTEGER, dropped TEXT
);
CREATE TABLE texts (document TEXT PRIMARY KEY REFERENCES documents(id), run INTEGER, text TEXT);
CREATE TABLE runs (
    document TEXT REFERENCES documents(id), number INTEGER, current INTEGER, made_at TEXT, model TEXT, ask TEXT,
    judge TEXT, input_tokens INTEGER, output_tokens INTEGER, usd TEXT, events INTEGER, notes INTEGER,
    PRIMARY KEY (document, number)
);
CREATE TABLE occurrences (
    id TEXT PRIMARY KEY, title TEXT, title_language TEXT, edtf TEXT, earliest TEXT, latest TEXT, status TEXT,
    course TEXT, reports INTEGER, documents INTEGER, independent_sources INTEGER, conflicts TEXT
);
CREATE TABLE events (
    id TEXT PRIMARY KEY, document TEXT REFERENCES documents(id), occurrence TEXT REFERENCES occurrences(id), title TEXT,
    title_language TEXT, words TEXT, edtf TEXT, earliest TEXT, latest TEXT, time TEXT, "precision" TEXT, extent TEXT,
    basis TEXT, status TEXT, course TEXT, place TEXT, model TEXT
);
CREATE TABLE quotes (
    event TEXT REFERENCES events(id), document TEXT REFERENCES documents(id), sentence INTEGER, page INTEGER,
    start INTEGER, "end" INTEGER, quote TEXT, recognised INTEGER
);
CREATE TABLE speakers (event TEXT REFERENCES events(id), who TEXT, words TEXT, kind TEXT, stance TEXT, via TEXT);
"""
_FINISH = """
CREATE INDEX events_document ON events (document);
CREATE INDEX events_occurrence ON events (occurrence);
CREATE INDEX events_earliest ON events (earliest);
CREATE INDEX quotes_event ON quotes (event);
CREATE INDEX speakers_event ON speakers (event);
CREATE VIRTUAL TABLE texts_fts USING fts5 (text, content="texts", tokenize="unicode61 remove_diacritics 2");
INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE quotes_fts USING fts5 (quote, content="quotes", tokenize="unicode61 remove_diacritics 2");
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
"""


class Database:
    """A new database, written to as documents come."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        # It is renamed once it is whole: until then nobody reads it, and a crash leaves nothing.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.executescript(_SCHEMA)

    def document(self, row: Row) -> None:
        """Write a document."""
        summary = row["summary"] or {"sentences": []}
        self._insert(
            "documents",
            [
                {
                    **row,
                    "rejection": (row["rejection"] or {}).get("reason"),
                    "summary": "\n".join(one["text"] for one in summary["sentences"]) or None,
                }
            ],
        )

    def text(self, row: Row) -> None:
        """Write the text of a document that is there already."""
        self._insert("texts", [{**row, "document": row["document_id"]}])

    def runs(self, rows: Iterable[Row]) -> None:
        """Write runs."""
        self._insert(
            "runs",
            (
                {
                    **one,
                    **one["recipe"],
                    "document": one["document_id"],
                    "input_tokens": one["usage"]["input"],
                    "output_tokens": one["usage"]["output"],
                    "usd": (one["cost"] or {}).get("usd"),
                }
                for one in rows
            ),
        )

    def events(self, rows: Iterable[Row]) -> None:
        """Write events with their quotes and speakers."""
        for one in rows:
            document, event = one["document_id"], one["id"]
            self._insert("events", [{**one["when"], **one, "document": document}])
            self._insert("quotes", ({**quote, "event": event, "document": document} for quote in one["evidence"]))
            self._insert("speakers", ({**speaker, "event": event} for speaker in one["said_by"]))

    def occurrences(self, rows: Iterable[Row]) -> None:
        """Write occurrences."""
        self._insert(
            "occurrences",
            (
                {
                    **one["when"],
                    **one,
                    "conflicts": ", ".join(dict.fromkeys(conflict["kind"] for conflict in one["conflicts"])) or None,
                }
                for one in rows
            ),
        )

    def finish(self) -> None:
        """Add what is looked up and searched by, once all rows are there."""
        self._connection.executescript(_FINISH)
        self._connection.commit()
        self.close()

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def _insert(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows, of each what the table has a column for. The names are those of the schema above."""
        columns = [row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")]
        names = ", ".join(f'"{one}"' for one in columns)
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
            ([row.get(column) for column in columns] for row in rows),
        )
