"""The OpenAPI 3.1 document: pydantic's own JSON schemas for what is asked and answered, under the table of routes."""

from __future__ import annotations

import json
import tomllib
from http import HTTPStatus
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from dateline.http.replies import ProblemDetails
from edit.answers import Decided
from infra.local.paths import ROOT
from infra.openapi import decisions, examples, uploads
from infra.openapi.properties import described as properties_described
from read.formats import EXPORTS, NEGOTIATED
from read.queries import Paged
from read.routes import HEALTH, ROUTES
from upload.answers import Upload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.records import Record
    from read.formats import Format
    from read.routes import Route

Node = dict[str, Any]

_SCHEMAS = "#/components/schemas/"
_ABOUT = """\
Cited summaries and dated timelines of documents. They are read: by `GET`, and by `HEAD` for the headers alone. Where
the deployment has that on, documents are uploaded and deleted, and editors decide about occurrences.

Who may read is decided before the function is asked: by signed requests (IAM), or by tokens (JWT) of an issuer that was
set. Where a claim limits a reader to collections, those of others are answered as if they did not exist.

Answers carry an `ETag`, and `If-None-Match` is answered with 304. They are compressed where `Accept-Encoding` allows
it. Links are relative to the address that was asked. A page ends with a `cursor`: send it with the same query for the
next page. Days are those of the proleptic Gregorian calendar, with the year 0 as 1 BCE. Offsets are code points of the
stored text."""
_COMMON = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_NO_JSON = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
_WHEN = {
    HTTPStatus.BAD_REQUEST: (
        "A parameter, or a part of the body, is wrong or not known; the detail names it. Or a cursor of another query."
    ),
    HTTPStatus.NOT_FOUND: "There is nothing of that name, or not for this reader.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Nothing can be changed here.",
    HTTPStatus.NOT_ACCEPTABLE: "`Accept` names no format that is offered.",
    HTTPStatus.GONE: "It was there and is no more; an occurrence may be one with another now, which the detail names.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is no `application/json`.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "More than fits into one answer; the detail says how to ask for less.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A mistake of the service's.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Busy; `Retry-After` says when to ask again.",
}
_HEADER_MEANINGS = {
    "ETag": "names these bytes",
    "Cache-Control": "keep it, and ask each time if it still holds",
    "Link": "the next page, and the other formats",
    "Last-Modified": "of a document: its drop, or its run",
}
_TAGS = {
    "collections": "Collections, and what their documents tell by date.",
    "occurrences": "What happened, each thing once, with all its reports.",
    "documents": "Documents: their state, summary, text, runs and events.",
    "events": "Single events, each as one document tells it.",
    "exports": "Timelines in the formats of other tools.",
    "decisions": "What editors overrule.",
    "service": "The service as a whole.",
}
_HEADERS: Node = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADER_MEANINGS}
_PATH_PARAMETERS: dict[str, Node] = {
    "name": {
        "description": "the collection's name; a question mark in it is encoded twice, as `%253F`",
        "example": examples.COLLECTION,
    },
    "documents": {"description": "the document's id", "example": examples.DOCUMENT_ID},
    "events": {"description": "the event's id, which outlives reprocessing", "example": examples.EVENT_ID},
    "occurrences": {
        "description": "the occurrence's id, which lasts as long as a report of it",
        "example": examples.OCCURRENCE_ID,
    },
}


# Where an answer leads: the path, and its parameters by where their values stand.
_OF_THE_SAME = {"id": "$request.path.id"}
_OF_AN_EVENT = ("/events/{id}", {"id": "$response.body#/events/0/id"})
_LINKS: Mapping[str, Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "/collections": {
        "timeline": ("/collections/{name}/timeline", {"name": "$response.body#/collections/0/name"}),
        "documents": ("/documents", {"collection": "$response.body#/collections/0/name"}),
        "next": ("/collections", {"cursor": "$response.body#/cursor"}),
    },
    "/collections/{name}/timeline": {"event": _OF_AN_EVENT},
    "/search": {"document": ("/documents/{id}", {"id": "$response.body#/documents/0/id"})},
    "/documents": {"document": ("/documents/{id}", {"id": "$response.body#/documents/0/id"})},
    "/documents/{id}": {
        "text": ("/documents/{id}/text", _OF_THE_SAME),
        "timeline": ("/documents/{id}/timeline", _OF_THE_SAME),
        "runs": ("/documents/{id}/runs", _OF_THE_SAME),
        "difference": ("/documents/{id}/difference", _OF_THE_SAME),
        "original": ("/documents/{id}/original", _OF_THE_SAME),
    },
    "/documents/{id}/timeline": {
        "event": _OF_AN_EVENT,
        "next": ("/documents/{id}/timeline", {**_OF_THE_SAME, "cursor": "$response.body#/cursor"}),
    },
    "/collections/{name}/occurrences": {
        "occurrence": ("/occurrences/{id}", {"id": "$response.body#/occurrences/0/id"})
    },
    "/occurrences/{id}": {"event": ("/events/{id}", {"id": "$response.body#/told/0/event/id"})},
    "/events/{id}": {"document": ("/documents/{id}", {"id": "$response.body#/document_id"})},
}


def document() -> Node:
    """Make the whole document."""
    paths = {}
    for route in ROUTES:
        paths[route.path] = _operations(route)
        if route.export is not None:
            paths |= {f"{route.path}.{one.name}": _operations(route, one) for one in EXPORTS}
    collection, refused, body_refused = _path_parameter("name", "name"), _refused(), _refused(_NO_JSON)
    paths |= decisions.paths(collection, refused, body_refused)
    for path, written in uploads.paths(collection, _path_parameter("id", "documents"), refused, body_refused).items():
        paths[path] = {**paths.get(path, {}), **written}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": project["version"], "description": _ABOUT, "license": {"name": "MIT"}},
        "tags": [{"name": name, "description": meaning} for name, meaning in _TAGS.items()],
        "servers": [{"url": "./", "description": "where this document lies"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "headers": {
                name: {"description": meaning, "schema": {"type": "string"}}
                for name, meaning in _HEADER_MEANINGS.items()
            },
            "responses": {
                "NotModified": {"description": "What `If-None-Match` names still holds.", "headers": _HEADERS},
                **{_response_name(status): _refusal(status) for status in _WHEN},
                **_GATEWAY_RESPONSES,
            },
            "securitySchemes": _SECURITY,
        },
        "security": [{"iam": []}, {"jwt": []}, {}],
    }


_GATEWAY_RESPONSES: Node = {
    status: {
        "description": f"{why} Said by the gateway, before the service is asked.",
        "content": {"application/json": {"schema": {"type": "object", "properties": {"message": {"type": "string"}}}}},
    }
    for status, why in {"Unauthorized": "No token, or one that has expired.", "Forbidden": "Not allowed."}.items()
}
_SECURITY: Node = {
    "iam": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "AWS Signature Version 4, for the service execute-api",
    },
    "jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}


_NOT_LET_IN: Node = {
    "401": {"$ref": "#/components/responses/Unauthorized"},
    "403": {"$ref": "#/components/responses/Forbidden"},
}


def _operations(route: Route, export: Format | None = None) -> Node:
    name = _operation_name(route.path)
    summary = route.summary
    if export is not None:
        name = f"export_{name.removeprefix('get_')}_as_{export.name}"
        summary = f"{summary}, as {export.media_type}"
    responses = _responses(route, export)
    get: Node = {
        "operationId": name,
        "tags": ["exports" if export else _tag(route.path)],
        "summary": summary,
        "description": _description(route.query),
        "responses": responses,
    }
    parameters = [*_path_parameters(route), *_query_parameters(route, paged=export is None or export.paged)]
    public: Node = {"security": []} if route is HEALTH else {}
    return {"parameters": parameters, "get": get | public}


def _operation_name(path: str) -> str:
    """Name what a route does as code would: `list_documents`, `get_document_text`. What a value follows is of many."""
    parts = path.strip("/").split("/")
    names = [
        one.removesuffix("s") if following.startswith("{") else one
        for one, following in pairwise([*parts, ""])
        if not one.startswith("{")
    ]
    if len(parts) == 1:
        return f"list_{names[0]}" if names[0].endswith("s") else names[0]
    return f"get_{'_'.join(names)}"


def _tag(path: str) -> str:
    """Name the group that a route is of: what it is about, first."""
    first = path.strip("/").split("/")[0]
    return first if first in _TAGS else "service"


def _responses(route: Route, export: Format | None) -> Node:
    statuses = {*_COMMON, *route.refusals}
    if route.export is not None:
        statuses.add(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if export is not None:
        statuses.discard(HTTPStatus.NOT_ACCEPTABLE)
    return {
        "200": _answer(route) if export is None else _exported(route, export),
        "304": _ref("NotModified"),
        **({} if route is HEALTH else _NOT_LET_IN),
        **_refusals(statuses),
    }


def _refused(*more: HTTPStatus) -> Node:
    """Describe how a route that changes something refuses."""
    return {**_NOT_LET_IN, **_refusals({*_COMMON, HTTPStatus.NOT_FOUND, *more})}


def _refusals(statuses: Iterable[HTTPStatus]) -> Node:
    return {str(int(status)): _ref(_response_name(status)) for status in sorted(statuses)}


def _description(query: type) -> str:
    return " ".join((query.__doc__ or "").split())


def _path_parameters(route: Route) -> Iterable[Node]:
    for name in route.names:
        yield _path_parameter(name, name if name in _PATH_PARAMETERS else route.path.split("/")[1])


def _path_parameter(name: str, kind: str) -> Node:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema, **_PATH_PARAMETERS[kind]}


def _query_parameters(route: Route, *, paged: bool) -> Iterable[Node]:
    described = route.query.model_json_schema(mode="validation", by_alias=True)
    required = described.get("required", [])
    for name, schema in described["properties"].items():
        if name in Paged.model_fields and not paged:
            continue
        narrow = _without_null(schema)
        description = narrow.pop("description")
        list_style = {"style": "form", "explode": False} if narrow.get("type") == "array" else {}
        yield {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": description,
            "schema": narrow,
            **list_style,
        }


def _without_null(schema: Node) -> Node:
    """Describe a parameter as it stands in a URL: there it is left out, never null."""
    kept = {name: value for name, value in schema.items() if name not in {"title", "anyOf"}}
    for one in schema.get("anyOf", ()):
        if one != {"type": "null"}:
            kept |= one
    if kept.get("default") in (None, [], ()):
        kept.pop("default", None)
    return kept


def _answer(route: Route) -> Node:
    content: Node = {
        "application/json": {
            "schema": {"$ref": f"{_SCHEMAS}{route.answer.__name__}"},
            "example": json.loads(examples.ANSWERS[route.answer].model_dump_json()),
        }
    }
    if route.export is not None:
        content |= {one.media_type: {"schema": _export_schema(one.media_type)} for one in NEGOTIATED}
    links = {name: _link(target, values) for name, (target, values) in _LINKS.get(route.path, {}).items()}
    answer: Node = {"description": _description(route.answer), "headers": _HEADERS, "content": content}
    return answer | ({"links": links} if links else {})


_ABOUT_FORMATS = {
    "csv": "UTF-8 without a byte order mark, as programs read it; what the timeline page saves begins with one, "
    "without which some spreadsheets mistake the encoding.",
}


def _exported(route: Route, export: Format) -> Node:
    content = {export.media_type: {"schema": _export_schema(export.media_type)}}
    pieces = "Whole, or in pages where a `limit` is given." if export.paged else "In one piece."
    about = " ".join(filter(None, (_description(route.query), pieces, _ABOUT_FORMATS.get(export.name))))
    return {"description": about, "headers": _HEADERS, "content": content}


def _link(target: str, values: Mapping[str, str]) -> Node:
    return {"operationId": _operation_name(target), "parameters": values}


def _export_schema(media_type: str) -> Node:
    return {"type": "object"} if media_type.endswith("json") else {"type": "string"}


def _schemas() -> Node:
    models: list[type[Record]] = [ProblemDetails, Decided, Upload, *(route.answer for route in ROUTES)]
    _, described = models_json_schema(
        [(model, "serialization") for model in models], ref_template=f"{_SCHEMAS}{{model}}"
    )
    schemas: Node = described["$defs"]
    for name, schema in schemas.items():
        if "properties" in schema:
            schema["properties"] = properties_described(name, schema["properties"])
    return schemas


def _refusal(status: HTTPStatus) -> Node:
    return {
        "description": _WHEN[status],
        "content": {
            "application/problem+json": {
                "schema": {"$ref": f"{_SCHEMAS}ProblemDetails"},
                "example": json.loads(examples.problem(status).model_dump_json()),
            }
        },
    }


def _response_name(status: HTTPStatus) -> str:
    return status.phrase.replace(" ", "")


def _ref(response: str) -> Node:
    return {"$ref": f"#/components/responses/{response}"}
