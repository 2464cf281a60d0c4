"""JSON for TimelineJS 3 (Knight Lab), which shows every word as HTML.

Headlines and texts are escaped once. Display dates and groups are escaped twice: TimelineJS reads them as HTML, takes
their text, and shows that as HTML again. Nothing that looks like an address is made a link.

A span is shown as one; where something happened once within it, the words beside it say so. Undated events have no
place there; the title slide counts them. Years before the first are historical ones: TimelineJS writes -52 as 52 BCE.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, NotRequired, TypedDict

from dateline.exports import phrases, reports, sources
from dateline.exports.text import headline, line

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.exports.model import Entry, Exported, ExportedDocument

# TimelineJS gives each group a row of its own, and has room for about so many.
_MOST_GROUPS = 6


class _Date(TypedDict):
    year: int
    month: int
    day: int
    hour: NotRequired[int]
    minute: NotRequired[int]


def write(exported: Exported) -> bytes:
    """Write a timeline as TimelineJS reads it."""
    dated = [one for one in exported.entries if one.event.when.basis != "undated"]
    left_out = len(exported.entries) - len(dated)
    about = f"{left_out} events have no date and are not shown." if left_out else ""
    title = {"unique_id": "title", "text": {"headline": escape(headline(exported.title)), "text": about}}
    is_grouped = exported.of == "events" and 1 < len({one.source.name for one in dated}) <= _MOST_GROUPS
    slides = [_slide(one, exported.today, is_grouped=is_grouped) for one in dated]
    return json.dumps({"title": title, "events": slides}, ensure_ascii=False).encode()


def _slide(entry: Entry, today: Day, *, is_grouped: bool) -> dict[str, object]:
    event, when = entry.event, entry.event.when
    start, end = when.begins or when.latest, when.latest if when.begins else None
    marks = [
        phrases.status(entry),
        phrases.course(event, today),
        "date uncertain" if phrases.is_uncertain(when) else None,
        *reports.marks(entry),
    ]
    return {
        "unique_id": event.id,
        "start_date": start and _date(start, when.time if start == end else None),
        **({"end_date": _date(end)} if end is not None and end != start else {}),
        "display_date": _twice_escaped(phrases.date(when)),
        **({"group": _twice_escaped(headline(entry.source.name))} if is_grouped else {}),
        "autolink": False,
        "text": {"headline": escape(headline(event.title)), "text": _text(entry, [one for one in marks if one])},
    }


def _date(day: Day, time: str | None = None) -> _Date:
    date: _Date = {"year": day.year if day.year > 0 else day.year - 1, "month": day.month, "day": day.day}
    if time:
        hour, minute = time.split(":")
        date |= {"hour": int(hour), "minute": int(minute)}
    return date


def _twice_escaped(text: str) -> str:
    return escape(escape(text))


def _text(entry: Entry, marks: list[str]) -> str:
    event = entry.event
    said = "; ".join(phrases.speaker(one) for one in event.said_by)
    about = "".join(f"<p>{escape(one)}</p>" for one in reports.about(entry))
    quoted = [*(f"{line(one.quote)} ({sources.place(one)})" for one in event.evidence), *reports.quotes(entry)]
    quotes = "".join(f"<blockquote>{escape(one)}</blockquote>" for one in quoted)
    spoken = f"<p>{escape(said)}</p>" if said else ""
    cited = "".join(f"<p>{_cited(one)}</p>" for one in entry.sources)
    origin = escape(phrases.origin(event))
    return f"<p><em>{escape(', '.join(marks))}</em></p>{spoken}{about}{quotes}{cited}<p>{origin}</p>"


def _cited(document: ExportedDocument) -> str:
    """Cite a document; its words lead to its address on the web, if it has one."""
    words, web = escape(f"Source: {sources.citation(document)}"), sources.address(document)
    return f'<a href="{escape(web)}" rel="noopener noreferrer">{words}</a>' if web else words
