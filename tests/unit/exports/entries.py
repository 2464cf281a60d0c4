"""Entries for the tests of exports, well-meant ones and hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime

from dateline.dates import Day, Extent
from dateline.exports.model import Exported, ExportedDocument, event_entry
from dateline.records import Finding, Name, SaidBy
from tests.factories import event, finding

DOCUMENT = "doc_aaaaaaaaaaaaaaaaaaaa"
SOURCE = ExportedDocument(DOCUMENT, "news", "2024/a.txt", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
TODAY = Day(2026, 6, 1)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</text></svg>&lt;b&gt;&#60;",
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r\n=1+1",
    "innocent;=1+1",
    'innocent";"=1+1',
    "＝1+1",
    "\u202egnp.exe",
    "\u2066left open \u2067twice",
    "\u2069\u202c\u202eclosed too often",
    "line\r\nBEGIN:VEVENT\r\nSUMMARY:injected",
    "comma, semicolon; backslash\\n",
    "[link](javascript:alert(1)) ![x](http://evil.example) http://evil.example www.evil.example",
    "`code` **bold** | table | # heading\n# heading\n- item\n---",
    "]]><x/>\x00\x01\x1b\ufffe",
    "A" * 10_000,
    "ü" * 10_000,
)


def exported(*findings: Finding, title: str = "news") -> Exported:
    entries = [
        event_entry(event(one, f"evt_aaaaaaaaaaaaaaaaaaaa_{number:05}", DOCUMENT), SOURCE)
        for number, one in enumerate(findings, 1)
    ]
    return Exported(title, entries, TODAY)


def lasting(title: str, earliest: str | None, latest: str | None, extent: Extent) -> Finding:
    return finding(title, earliest, latest, extent=extent)


def at(title: str, day: str, time: str) -> Finding:
    made = finding(title, day, day)
    return made.model_copy(update={"when": made.when.model_copy(update={"time": time})})


def hostile(words: str) -> Finding:
    """Put the same words wherever words of a document or a model can stand."""
    made = finding(words, "2023-09-01", "2023-12-31", quotes=(words, "A second sentence."))
    said_by = (SaidBy(who=words, words=words, kind="named", stance="denies", via=words),)
    when = made.when.model_copy(update={"words": words})
    return made.model_copy(
        update={"when": when, "place": words, "names": (Name(name=words, words=words),), "said_by": said_by}
    )
