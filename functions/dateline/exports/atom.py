"""A feed (RFC 4287). An entry's `updated` is when readers got it; the date of the event stands in its words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from dateline.exports import phrases, reports, sources
from dateline.exports.text import headline, line

if TYPE_CHECKING:
    from dateline.exports.model import Entry, Exported

_ATOM = "http://www.w3.org/2005/Atom"
_FEEDS = {"events": "timeline", "occurrences": "occurrences"}
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def write(exported: Exported) -> bytes:
    """Write a timeline as a feed, its entries in the timeline's order."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"urn:dateline:{_FEEDS[exported.of]}:{quote(exported.title, safe='')}")
    _add(feed, "title", headline(exported.title))
    _add(feed, "updated", _moment(max((one.source.updated for one in exported.entries), default=_BEGINNING)))
    _add(_add(feed, "author"), "name", "Dateline")
    for entry in exported.entries:
        _write_entry(_add(feed, "entry"), entry, exported)
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def _write_entry(element: Xml.Element, entry: Entry, exported: Exported) -> None:
    event, source, root = entry.event, entry.source, exported.root
    _add(element, "id", f"urn:dateline:{'occurrence' if entry.occurrence else 'event'}:{event.id}")
    _add(element, "title", f"{phrases.days(event.when)}: {headline(event.title)}")
    _add(element, "updated", _moment(source.updated))
    _add(element, "link", rel="alternate", type="application/json", href=f"{root}{entry.link}")
    for document in entry.sources:
        _add(element, "link", rel="via", type="application/json", href=f"{root}documents/{document.document_id}")
        if web := sources.address(document):
            _add(element, "link", rel="related", href=web)
    _add(element, "category", term=event.status)
    quotes = [f"“{line(one.quote)}” ({sources.place(one)})" for one in event.evidence]
    words = [phrases.date(event.when), phrases.standing(entry, exported.today), *reports.about(entry)]
    words += [*quotes, *reports.quotes(entry), *sources.citations(entry), phrases.origin(event)]
    _add(element, "content", "\n".join(words), type="text")


def _add(parent: Xml.Element, tag: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    element.text = text
    return element


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
