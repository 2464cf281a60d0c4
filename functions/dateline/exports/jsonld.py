"""Linked data: schema.org events with EDTF dates, and their quotes as W3C Web Annotations of the stored text.

The context stands in the document, so that nobody has to fetch one. What lasted has a `startDate` and an `endDate`;
what happened once, on some day of a span, has only a `startDate`, and that is an EDTF interval. An occurrence is the
subject of documents (`subjectOf`): those of a few of its reports, each with its quote.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dateline import terms
from dateline.exports import phrases, reports
from dateline.exports.text import readable

if TYPE_CHECKING:
    from dateline.dates import Day
    from dateline.exports.model import Entry, Exported
    from dateline.linking.model import Sample
    from dateline.records import Evidence, When

Node = dict[str, object]

_CONTEXT: Node = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "edtf": "http://id.loc.gov/datatypes/edtf/EDTF",
    "date": {"@id": "http://purl.org/dc/terms/date", "@type": "edtf"},
    "isBasedOn": {"@type": "@id"},
    "annotation": {"@reverse": "oa:hasBody"},
    "target": "oa:hasTarget",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "exact": "oa:exact",
    "start": "oa:start",
    "end": "oa:end",
}
_STATUS = {"planned": "https://schema.org/EventScheduled", "called_off": "https://schema.org/EventCancelled"}


def write(exported: Exported) -> bytes:
    """Write a timeline as JSON-LD."""
    graph = [_event(one, exported.today) for one in exported.entries]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False).encode()


def _event(entry: Entry, today: Day) -> Node:
    event = entry.event
    document = _document(entry.source.document_id)
    node: Node = {
        "@id": f"../../{entry.link}",
        "@type": "Event",
        "identifier": event.id,
        "name": {"@value": readable(event.title), "@language": event.title_language},
        "description": "\n".join([phrases.standing(event, today), *reports.about(entry)]),
        **_dates(event.when),
        "isBasedOn": document,
        "annotation": [_annotation(one, f"{document}/text") for one in event.evidence],
    }
    if event.course in _STATUS:
        node["eventStatus"] = {"@id": _STATUS[event.course]}
    if event.place:
        node["location"] = {"@type": "Place", "name": event.place}
    return node | _subject_of(entry)


def _document(document_id: str) -> str:
    return f"../../documents/{document_id}"


def _subject_of(entry: Entry) -> Node:
    """Name the documents of an occurrence, and cite each."""
    if entry.occurrence is None:
        return {}
    samples = entry.occurrence.samples
    return {
        "isBasedOn": [_document(one.document) for one in samples],
        "annotation": [_annotation(one.evidence, f"{_document(one.document)}/text") for one in samples],
        "subjectOf": [_work(one) for one in samples],
    }


def _work(sample: Sample) -> Node:
    work: Node = {"@id": _document(sample.document), "@type": "CreativeWork", "name": readable(sample.path)}
    if sample.published is not None:
        work["datePublished"] = str(sample.published)
    if sample.medium is not None:
        work["publisher"] = {"@type": "Organization", "name": readable(sample.medium)}
    return work


def _dates(when: When) -> Node:
    if when.edtf is None:
        return {}
    dates: Node = {"date": when.edtf}
    if phrases.is_uncertain(when):
        return dates | {"startDate": {"@value": when.edtf, "@type": "edtf"}}
    if when.time is not None and not phrases.is_span(when):
        return dates | {"startDate": f"{when.earliest}T{when.time}"}
    if when.earliest is not None:
        dates["startDate"] = str(when.earliest)
    if when.latest is not None:
        dates["endDate"] = str(when.latest)
    return dates


def _annotation(evidence: Evidence, text: str) -> Node:
    said = {"description": terms.RECOGNISED} if evidence.recognised else {}
    return said | {
        "@type": "oa:Annotation",
        "oa:motivatedBy": {"@id": "oa:linking"},
        "target": {
            "@type": "oa:SpecificResource",
            "source": text,
            "selector": [
                {"@type": "oa:TextQuoteSelector", "exact": evidence.quote},
                {"@type": "oa:TextPositionSelector", "start": evidence.start, "end": evidence.end},
            ],
        },
    }
