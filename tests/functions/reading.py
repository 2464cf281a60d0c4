"""Asking the read function as the HTTP API does, and publishing what it reads."""

from __future__ import annotations

import base64
import gzip
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.linking.model import Report
from dateline.linking.summary import sum_up
from dateline.store import keys
from dateline.store.blobs import StoredSentence, StoredText
from dateline.store.links import Changes, LinkedReport, OccurrenceHead, row_places
from tests.factories import event, run
from tests.functions.conftest import Context, fresh, sample

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from types import ModuleType

    from dateline.records import About, Cost, Finding, Usage
    from tests.functions.conftest import Cloud


@dataclass(frozen=True)
class Answered:
    """What the HTTP API gets from the function."""

    status: int
    headers: Mapping[str, str]
    raw: Mapping[str, Any]

    @property
    def body(self) -> bytes:
        body: str = self.raw["body"]
        data = base64.b64decode(body) if self.raw["isBase64Encoded"] else body.encode()
        return gzip.decompress(data) if self.headers.get("Content-Encoding") == "gzip" else data

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def started(function: str) -> ModuleType:
    """Start a function once a test, with the environment that the test has made by its first request."""
    return _started(function, os.environ["PYTEST_CURRENT_TEST"])


@lru_cache(maxsize=2)
def _started(function: str, _test: str) -> ModuleType:
    return fresh(f"{function}.app")


def ask(
    route: str,
    parameters: Mapping[str, str] | None = None,
    /,
    *,
    query: Mapping[str, str] | None = None,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    claims: Mapping[str, str] | None = None,
    body: str | None = None,
    function: str = "read",
) -> Answered:
    """Ask for a route of the template, `{name}` and all."""
    request = sample("read-timeline")
    about = request["requestContext"]
    request |= {
        "routeKey": f"{method} {route}" if route.startswith("/") else route,
        "pathParameters": dict(parameters or {}),
        "queryStringParameters": dict(query or {}),
        "headers": {"accept": "*/*", **(headers or {})},
        "body": body,
        "requestContext": {
            **about,
            "http": {**about["http"], "method": method},
            **({"authorizer": {"jwt": {"claims": dict(claims)}}} if claims is not None else {}),
        },
    }
    app = started(function)
    answer = app.handler(request, Context())
    app.metrics.clear_metrics()
    headers = {
        name: ", ".join(value) if isinstance(value, list) else value for name, value in answer["headers"].items()
    }
    for name, values in answer.get("multiValueHeaders", {}).items():
        headers[name] = ", ".join(values)
    return Answered(answer["statusCode"], headers, answer)


def publish(
    cloud: Cloud,
    key: str,
    *findings: Finding,
    first: int = 1,
    usage: Usage | None = None,
    cost: Cost | None = None,
    published: date | None = None,
    about: About | None = None,
    version: str | None = None,
) -> str:
    """Write a document's run as if it had been dropped, its events numbered from `first`; return the document's id."""
    place = keys.place(key)
    assert place is not None
    cloud.store.listing.register(place.collection)
    held = cloud.store.heads.take(place, 60)
    ids = [keys.event_id(place.document_id, number) for number in range(first, first + len(findings))]
    events = [event(one, name, place.document_id) for one, name in zip(findings, ids, strict=True)]
    made = run(place.document_id, held.fence, published=published)
    made = made.model_copy(update={"events": len(events), "usage": usage or made.usage, "cost": cost})
    text = StoredText(text="Ä text.", sentences=(StoredSentence(number=1, start=0, end=7, role="body"),))
    cloud.store.runs.write(place.collection, made, events, text)
    change = {
        "state": "done",
        "current": held.fence,
        "previous": held.head.current,
        "about": about or made.about,
        "read_version": version,
        "events_named": max(held.head.events_named, first + len(findings) - 1),
    }
    cloud.store.heads.write(held, held.head.model_copy(update=change))
    return place.document_id


def remove(cloud: Cloud, key: str) -> None:
    """Delete a document as if its object was deleted."""
    place = keys.place(key)
    assert place is not None
    held = cloud.store.heads.take(place, 60)
    change = {"state": "deleted", "current": None, "previous": None}
    cloud.store.heads.write(held, held.head.model_copy(update=change))


def occur(cloud: Cloud, collection: str, *events: str, **changes: Any) -> str:
    """Write events as one occurrence, whatever the rules would say of them; return its id.

    `changes` are what its row says otherwise than its reports.
    """
    links = cloud.store.links
    turn = links.take_turn(collection, 60)
    name = keys.occurrence_id(collection, turn.version, 0)
    reports = [_report(cloud, one) for one in events]
    now = datetime.now(UTC)
    row = sum_up(name, collection, reports, now).model_copy(update=changes)
    head = OccurrenceHead(
        id=name,
        collection=collection,
        born=turn.version,
        shown=turn.version,
        switched_at=now,
        rows=row_places(row, turn.version),
    )
    links.write(turn, Changes({name: [LinkedReport(report=one) for one in reports]}, rows=[row], grown=[head]))
    links.give_back(turn)
    return name


def end(cloud: Cloud, collection: str, occurrence: str, into: str | None = None) -> None:
    """End an occurrence, as if its reports had gone, or had gone `into` another."""
    links = cloud.store.links
    turn = links.take_turn(collection, 60)
    head = links.heads([occurrence])[occurrence]
    links.write(turn, Changes(shrunk=[head.model_copy(update={"shown": None, "into": into, "rows": ()})]))
    links.give_back(turn)


def _report(cloud: Cloud, event: str) -> Report:
    document_id = keys.document_of_event(event)
    held = cloud.store.heads.get(document_id)
    assert held is not None
    assert held.shown is not None
    run = cloud.store.runs.get(document_id, held.shown)
    told = cloud.store.runs.event(event, held.head)
    assert run is not None
    assert told is not None
    published = run.published.day if run.published else None
    return Report(
        event=told,
        run=held.shown,
        path=held.head.place.path,
        language=run.language,
        medium=run.source,
        published=published,
    )
