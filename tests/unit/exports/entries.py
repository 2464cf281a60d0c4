"""Entries for the tests of exports, well-meant ones and hostile ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dateline.dates import Day, Extent
from dateline.exports.model import Exported, ExportedDocument, event_entry, occurrence_entry
from dateline.linking.model import Conflict, Occurrence, Sample, ShownEdit, Told, ToldDate
from dateline.records import About, Evidence, Finding, Name, SaidBy
from tests.factories import event, finding

DOCUMENT = "doc_aaaaaaaaaaaaaaaaaaaa"
ABOUT = About(
    title="A ferry sinks",
    author="Mara Lind",
    recipients="the desk",
    medium="Kelm Courier",
    url="https://kelm.example/ferry?a=1&b=(2)",
    published=date(2025, 3, 4),
)
SOURCE = ExportedDocument(DOCUMENT, "news", "2024/a.txt", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), ABOUT)
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


def exported(*findings: Finding, title: str = "news", source: ExportedDocument = SOURCE, address: str = "") -> Exported:
    entries = [
        event_entry(event(one, f"evt_aaaaaaaaaaaaaaaaaaaa_{number:05}", DOCUMENT), source)
        for number, one in enumerate(findings, 1)
    ]
    return Exported(title, entries, TODAY, address)


def cited(words: str) -> ExportedDocument:
    """Cite a document whose every fact is made of the same words."""
    about = About(title=words, author=words, recipients=words, medium=words, url=f"https://a.example/{words}")
    return replace(SOURCE, path=words, about=about)


def exported_occurrences(*occurrences: Occurrence) -> Exported:
    return Exported("news", [occurrence_entry(one) for one in occurrences], TODAY, of="occurrences")


def occurrence(**changes: Any) -> Occurrence:
    """Make an occurrence whose reports part in everything."""
    made = finding("Ferry sinks", "2025-03-03", "2025-03-03")
    fields = {
        "id": "occ_aaaaaaaaaaaaaaaaaaaa",
        "collection": "news",
        "title": made.title,
        "title_language": "en",
        "when": made.when,
        "course": "done",
        "status": "disputed",
        "places": ("Kelm",),
        "dates": (_told("2025-03-03", 5), _told("2025-03-04", 1)),
        "reports": 6,
        "documents": 6,
        "independent_sources": 4,
        "languages": ("en", "fr"),
        "media": ("Kelm Post",),
        "speakers": ("The coast guard", "the owner"),
        "said_by": (
            SaidBy(who="the owner", words="the owner", kind="office", stance="denies"),
            SaidBy(who="The coast guard", words="The coast guard", kind="named"),
        ),
        "conflicts": (
            Conflict(kind="date", subject=None, told=(told("2025-03-03", 5), told("2025-03-04", 1))),
            Conflict(kind="number", subject="dead", told=(told("14", 1), told("16", 5))),
            Conflict(kind="denial", subject=None, told=(told("asserted", 5), told("denied", 1))),
            Conflict(kind="place", subject=None, told=(told("Kelm", 2), told("Orrin", 1))),
            Conflict(kind="course", subject=None, told=(told("planned", 2), told("called_off", 1))),
        ),
        "samples": (sample("a", "It sank."), sample("b", "Le bac a coulé.", "Kelm Post", date(2025, 3, 4))),
        "edits": (edit("The owner has confirmed the day."),),
        "hidden": False,
        "changed": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    }
    return Occurrence(**{**fields, **changes})


def edit(reason: str) -> ShownEdit:
    return ShownEdit(id="edit", kind="correct", reason=reason, by=None, at=datetime(2026, 1, 2, tzinfo=UTC))


def told(value: str, reports: int) -> Told:
    return Told(value=value, events=(), reports=reports, media=("Kelm Post",) if reports == 1 else ())


def _told(day: str, reports: int) -> ToldDate:
    return ToldDate(earliest=Day.parse(day), latest=Day.parse(day), words=None, reports=reports)


def sample(letter: str, quote: str, medium: str | None = None, published: date | None = None) -> Sample:
    return Sample(
        event=f"evt_{letter * 20}_00001",
        document=f"doc_{letter * 20}",
        path=f"{letter}.txt",
        medium=medium,
        published=published,
        model="a-model",
        evidence=Evidence(sentence=1, start=0, end=len(quote), quote=quote),
    )


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
