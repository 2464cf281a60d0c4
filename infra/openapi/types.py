"""The page's TypeScript types: the shapes of the OpenAPI schemas, and the parameters of its lists by date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Node = dict[str, Any]

_HEAD = """\
/** What the API takes and answers: `make generated` writes it. Only for the type check; it is not served. */
"""
_QUERIES = {"TimelineQuery": "timeline", "OccurrencesQuery": "occurrences"}
_SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def types(document: Node, more: Mapping[str, Node]) -> str:
    """Write a type for each schema, for `more` schemas by name, and for the queries of what a collection has."""
    queries = {name: _query(document, what) for name, what in _QUERIES.items()}
    schemas: dict[str, Node] = {**document["components"]["schemas"], **more, **queries}
    return "\n".join([_HEAD, *(_declared(name, schema) for name, schema in sorted(schemas.items()))])


def _query(document: Node, what: str) -> Node:
    parameters = [
        one for one in document["paths"][f"/collections/{{name}}/{what}"]["parameters"] if one["in"] == "query"
    ]
    return {
        "description": f"The parameters of a collection's {what}, as values before they are written into a URL.",
        "properties": {one["name"]: one["schema"] for one in parameters},
        "required": [one["name"] for one in parameters if one["required"]],
    }


def _declared(name: str, schema: Node) -> str:
    about = " ".join(schema["description"].partition("\n\n")[0].split())
    if "properties" not in schema:
        return f"/** {about} */\nexport type {name} = {_type(schema)};\n"
    required = schema.get("required", ())
    lines = [
        f"  {_key(key)}{'' if key in required else '?'}: {_type(one)};" for key, one in schema["properties"].items()
    ]
    return "\n".join([f"/** {about} */", f"export interface {name} {{", *lines, "}", ""])


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def _type(schema: Node) -> str:
    """Write the type of a schema. KeyError: it says something that no answer of ours says yet."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    if schema["type"] == "array":
        return f"Array<{_type(schema['items'])}>"
    if schema["type"] == "object":
        return f"Record<string, {_type(schema['additionalProperties'])}>"
    return _SCALARS[schema["type"]]
