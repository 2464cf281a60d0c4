"""The OpenAPI 3.1 document: pydantic's own JSON schemas for what is asked and answered, under the table of routes."""

from __future__ import annotations

import json
import tomllib
from http import HTTPStatus
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from dateline.http.replies import ProblemDetails
from dateline.lane.decisions import NewDecision
from edit.answers import Decided
from infra.local.paths import ROOT
from infra.openapi import decisions, examples, uploads
from infra.openapi.named import EXPORT_FORMAT, maps, named, words
from infra.openapi.properties import described as properties_described
from read.formats import EXPORTS, NEGOTIATED
from read.queries import Query
from read.routes import HEALTH, ROUTES
from upload.answers import Upload
from upload.wanted import NewUpload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.records import Record
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
    "search": "Words, in one collection and in all that one may read.",
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
_FORMAT: Node = {
    "name": "format",
    "in": "path",
    "required": True,
    "description": "the format, which is the suffix",
    "example": "csv",
    "schema": {"$ref": f"{_SCHEMAS}{EXPORT_FORMAT}"},
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
        paths[route.path] = _reading(route)
        if route.export is not None:
            paths[f"{route.path}.{{format}}"] = _exporting(route)
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
        "paths": named(paths),
        "components": {
            "schemas": _schemas(),
            "headers": {
                name: {"description": meaning, "schema": {"type": "string"}}
                for name, meaning in _HEADER_MEANINGS.items()
            },
            "responses": {
                "NotModified": {"description": "What `If-None-Match` names still holds.", "headers": _HEADERS},
                **{_response_name(status): _refusal(status) for status in _WHEN},
                **{_response_name(status): _gateway_refusal(status) for status in _GATEWAY},
            },
            "securitySchemes": _SECURITY,
        },
        "security": [{"iam": []}, {"jwt": []}, {}],
    }


_GATEWAY = {
    HTTPStatus.UNAUTHORIZED: "No token, or one that has expired.",
    HTTPStatus.FORBIDDEN: "Not allowed.",
    HTTPStatus.TOO_MANY_REQUESTS: "More requests a second than the deployment takes: wait a second, and ask again.",
}
# Said by the service, and by the gateway where the service does not answer.
_BY_BOTH = {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
_GATEWAY_SCHEMA: Node = {
    "title": "GatewayRefusal",
    "description": "Why the gateway refuses a request, before the service is asked or because it does not answer.",
    "type": "object",
    "properties": {"message": {"type": "string", "description": "the reason, in a word or two"}},
}
_GATEWAY_REFERENCE: Node = {"$ref": f"{_SCHEMAS}{_GATEWAY_SCHEMA['title']}"}
_SECURITY: Node = {
    "iam": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "AWS Signature Version 4, for the service execute-api",
    },
    "jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}


def _reading(route: Route) -> Node:
    # As what `Accept` likes better it is an export, and whole.
    too_large = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE} if route.export is not None else ()
    return {
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "get": {
            "operationId": _operation_name(route.path),
            "tags": [_tag(route.path)],
            "summary": route.summary,
            # A query without parameters has nothing to say of its own.
            **({} if route.query is Query else {"description": _description(route.query)}),
            "responses": _responses(route, _answer(route), {*route.refusals, *too_large}),
            **({"security": []} if route is HEALTH else {}),
        },
    }


def _exporting(route: Route) -> Node:
    paged = ", ".join(f"`{one.name}`" for one in EXPORTS if one.paged)
    pages = f"Whole, or a page where there is a `limit` or a `cursor`, which these take: {paged}."
    answer = {
        "description": "The export, in the format that was asked for. A `csv` has no byte order mark, as programs read "
        "it; one that the timeline page saves begins with it, by which spreadsheets tell UTF-8.",
        "headers": _HEADERS,
        "content": {one.media_type: {"schema": _export_schema(one.media_type)} for one in EXPORTS},
    }
    refusals = {*route.refusals, HTTPStatus.REQUEST_ENTITY_TOO_LARGE} - {HTTPStatus.NOT_ACCEPTABLE}
    return {
        "parameters": [*_path_parameters(route), _FORMAT, *_export_parameters(route)],
        "get": {
            "operationId": _operation_name(route.path).replace("get_", "export_", 1),
            "tags": ["exports"],
            "summary": f"{route.summary}, in the format of another tool",
            "description": f"{_description(route.query)} {pages}",
            "responses": _responses(route, answer, refusals),
        },
    }


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


def _responses(route: Route, answer: Node, refusals: Iterable[HTTPStatus]) -> Node:
    by_gateway = {HTTPStatus.TOO_MANY_REQUESTS} if route is HEALTH else _GATEWAY
    return {"200": answer, "304": _ref("NotModified"), **_refusals({*_COMMON, *by_gateway, *refusals})}


def _refused(*more: HTTPStatus) -> Node:
    """Describe how a route that changes something refuses; where that is off, it is not allowed at all."""
    return _refusals({*_COMMON, *_GATEWAY, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, *more})


def _refusals(statuses: Iterable[HTTPStatus]) -> Node:
    return {str(int(status)): _ref(_response_name(status)) for status in sorted(statuses)}


def _description(query: type) -> str:
    return " ".join((query.__doc__ or "").split())


def _path_parameters(route: Route) -> Iterable[Node]:
    for name in route.names:
        yield _path_parameter(name, name if name in _PATH_PARAMETERS else route.path.split("/")[1])


def _path_parameter(name: str, kind: str) -> Node:
    about = _PATH_PARAMETERS[kind]
    schema = {"type": "string", "minLength": 1, "description": about["description"]}
    return {"name": name, "in": "path", "required": True, "schema": schema, **about}


def _export_parameters(route: Route) -> Iterable[Node]:
    """Describe the query of an export, which is whole where no `limit` is given."""
    for one in _query_parameters(route):
        if one["name"] == "limit":
            one["schema"].pop("default")
        yield one


def _query_parameters(route: Route) -> Iterable[Node]:
    described = route.query.model_json_schema(mode="validation", by_alias=True)
    required = described.get("required", [])
    for name, schema in described["properties"].items():
        narrow = _without_null(schema)
        description = narrow.pop("description")
        list_style = {"style": "form", "explode": False} if narrow.get("type") == "array" else {}
        yield {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": description,
            # As for a path: generators of clients read what the schema says, and not what the parameter does.
            "schema": {**narrow, "description": description},
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


def _link(target: str, values: Mapping[str, str]) -> Node:
    return {"operationId": _operation_name(target), "parameters": values}


def _export_schema(media_type: str) -> Node:
    return {"type": "object"} if media_type.endswith("json") else {"type": "string"}


def _schemas() -> Node:
    answered: list[type[Record]] = [ProblemDetails, Decided, Upload, *(route.answer for route in ROUTES)]
    taken: list[type[Record]] = [NewDecision, NewUpload]
    _, described = models_json_schema(
        [*((model, "serialization") for model in answered), *((model, "validation") for model in taken)],
        ref_template=f"{_SCHEMAS}{{model}}",
    )
    schemas: Node = described["$defs"]
    for name, schema in schemas.items():
        schema["properties"] = properties_described(name, schema["properties"])
    return {**named(schemas), **maps(schemas), **words(), _GATEWAY_SCHEMA["title"]: _GATEWAY_SCHEMA}


def _refusal(status: HTTPStatus) -> Node:
    ours: Node = {"$ref": f"{_SCHEMAS}ProblemDetails"}
    example = json.loads(examples.problem(status).model_dump_json())
    if status not in _BY_BOTH:
        return {
            "description": _WHEN[status],
            "content": {"application/problem+json": {"schema": ours, "example": example}},
        }
    # Generators of clients read one media type: each says both.
    either = {"anyOf": [ours, _GATEWAY_REFERENCE]}
    return {
        "description": f"{_WHEN[status]} The gateway says so as well, where the service does not answer.",
        "content": {
            "application/problem+json": {"schema": either, "example": example},
            "application/json": {"schema": either},
        },
    }


def _gateway_refusal(status: HTTPStatus) -> Node:
    return {
        "description": f"{_GATEWAY[status]} Said by the gateway, before the service is asked.",
        "content": {"application/json": {"schema": _GATEWAY_REFERENCE}},
    }


def _response_name(status: HTTPStatus) -> str:
    return status.phrase.replace(" ", "")


def _ref(response: str) -> Node:
    return {"$ref": f"#/components/responses/{response}"}
