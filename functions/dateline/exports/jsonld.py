"""Linked data: schema.org events with EDTF dates, and their quotes as W3C Web Annotations of the stored text.

The context stands in the document, so that nobody has to fetch one. What lasted has a `startDate` and an `endDate`;
what happened once, on some day of a span, has only a `startDate`, and that is an EDTF interval. An occurrence is the
subject of documents (`subjectOf`): those of a few of its reports, each with its quote. So is an event, of one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dateline import terms
from dateline.exports import phrases, reports, sources
from dateline.exports.text import readable

if TYPE_CHECKING:
    from dateline.exports.model import Entry, Exported, ExportedDocument
    from dateline.records import Evidence, SaidBy, When

Node = dict[str, object]

_CONTEXT: Node = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "dateline": "urn:dateline:terms:",
    "status": "dateline:status",
    "course": "dateline:course",
    "saidBy": "dateline:saidBy",
    "speaker": "dateline:speaker",
    "speakerKind": "dateline:speakerKind",
    "stance": "dateline:stance",
    "via": "dateline:via",
    "reports": "dateline:reports",
    "independentSources": "dateline:independentSources",
    "conflict": "dateline:conflict",
    "edtf": "http://id.loc.gov/datatypes/edtf/EDTF",
    "date": {"@id": "http://purl.org/dc/terms/date", "@type": "edtf"},
    "isBasedOn": {"@type": "@id"},
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
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
    graph = [_event(one, exported) for one in exported.entries]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False).encode()


def _event(entry: Entry, exported: Exported) -> Node:
    event, root = entry.event, exported.root
    node: Node = {
        "@id": f"{root}{entry.link}",
        "@type": "Event",
        "identifier": event.id,
        "name": {"@value": readable(event.title), "@language": event.title_language},
        "description": "\n".join([phrases.standing(entry, exported.today), *reports.about(entry)]),
        "status": event.status,
        "course": event.course,
        **_said(entry),
        **_dates(event.when),
        **_cited(entry, root),
    }
    if event.course in _STATUS:
        node["eventStatus"] = {"@id": _STATUS[event.course]}
    if event.place:
        node["location"] = {"@type": "Place", "name": event.place}
    return node


def _said(entry: Entry) -> Node:
    """Say who holds which stance; of an occurrence also how many tell it, and what its reports part in."""
    said: Node = {"saidBy": [_stance(one) for one in entry.event.said_by]}
    if (occurrence := entry.occurrence) is None:
        return said
    return {
        **said,
        "reports": occurrence.reports,
        "independentSources": occurrence.independent_sources,
        "conflict": list(dict.fromkeys(one.kind for one in occurrence.conflicts)),
    }


def _stance(one: SaidBy) -> Node:
    via: Node = {"via": readable(one.via)} if one.via else {}
    return {"speaker": readable(terms.who(one)), "speakerKind": one.kind, "stance": one.stance, **via}


def _cited(entry: Entry, root: str) -> Node:
    """Name the documents that are cited, and quote each."""
    samples = entry.occurrence.samples if entry.occurrence else ()
    quoted = [(one.document, one.evidence) for one in samples]
    quoted = quoted or [(entry.source.document_id, one) for one in entry.event.evidence]
    return {
        "isBasedOn": [f"{root}documents/{one.document_id}" for one in entry.sources],
        "annotation": [_annotation(evidence, f"{root}documents/{one}/text") for one, evidence in quoted],
        "subjectOf": [_work(one, root) for one in entry.sources],
    }


def _work(document: ExportedDocument, root: str) -> Node:
    about, here = document.about, f"{root}documents/{document.document_id}"
    work: Node = {
        "@id": here,
        "@type": "CreativeWork",
        "name": readable(about.title or document.path),
        "identifier": readable(document.path),
        "encoding": {"@type": "MediaObject", "contentUrl": f"{here}/original"},
    }
    if about.published is not None:
        work["datePublished"] = str(about.published)
    if about.medium is not None:
        work["publisher"] = {"@type": "Organization", "name": readable(about.medium)}
    if about.author is not None:
        work["author"] = {"@type": "Person", "name": readable(about.author)}
    if web := sources.address(document):
        work["url"] = web
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
