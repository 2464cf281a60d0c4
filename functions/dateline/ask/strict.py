"""A pydantic model as the JSON schema that providers' strict mode accepts.

Strict mode refuses open objects, optional properties, defaults, most validation keywords and siblings of `$ref`. What
only validates is dropped here, since pydantic checks the answer anyway; what changes the shape of an answer and has no
strict form is an error of ours, found by a test.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel, JsonValue

_MOST_LEVELS, _MOST_PROPERTIES, _MOST_VALUES = 10, 5_000, 1_000  # the documented limits of strict mode

_KEPT = {"type", "enum", "description"}
_DROPPED = {
    "title", "default", "examples", "format", "pattern", "minLength", "maxLength", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "$defs",
}  # fmt: skip
_SHAPES = {"properties", "required", "additionalProperties", "items", "anyOf", "const", "$ref"}


@cache
def strict_schema(model: type[BaseModel]) -> dict[str, JsonValue]:
    """Lower a model to the subset of JSON schema that strict mode accepts; ValueError where it has no such form.

    It is made once and nobody changes it.
    """
    schema = model.model_json_schema()
    definitions = _object(schema.get("$defs", {}))
    lowered = _lowered(schema, definitions, ())
    if "anyOf" in lowered:
        raise ValueError("strict mode wants an object at the root, not a choice")
    if _levels(lowered) > _MOST_LEVELS:
        raise ValueError(f"strict mode allows {_MOST_LEVELS} levels")
    if _count(lowered, "properties") > _MOST_PROPERTIES or _count(lowered, "enum") > _MOST_VALUES:
        raise ValueError(f"strict mode allows {_MOST_PROPERTIES} properties and {_MOST_VALUES} values of enums")
    return lowered


def _lowered(
    schema: Mapping[str, JsonValue], definitions: Mapping[str, JsonValue], path: tuple[str, ...]
) -> dict[str, JsonValue]:
    unknown = schema.keys() - _KEPT - _DROPPED - _SHAPES
    if unknown:
        raise ValueError(f"strict mode has no {', '.join(sorted(unknown))}")
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix("#/$defs/")
        if name in path:
            raise ValueError(f"{name} contains itself: references are written out here")
        return _lowered(_object(definitions[name]), definitions, (*path, name))
    lowered = {key: value for key, value in schema.items() if key in _KEPT}
    if "const" in schema:
        lowered["enum"] = [schema["const"]]
    if "anyOf" in schema:
        choices = [_lowered(_object(choice), definitions, path) for choice in _array(schema["anyOf"])]
        first = [next(iter(_object(choice["properties"])), "") for choice in choices if "properties" in choice]
        if len(set(first)) < len(first):
            raise ValueError("strict mode tells objects of a choice apart by their first keys")
        lowered["anyOf"] = [*choices]
    elif "type" not in schema:
        raise ValueError("strict mode wants a type for every value")
    if schema.get("type") == "array":
        lowered["items"] = _lowered(_object(schema.get("items", {})), definitions, path)
    if schema.get("type") == "object":
        lowered |= _closed(schema, definitions, path)
    return lowered


def _closed(
    schema: Mapping[str, JsonValue], definitions: Mapping[str, JsonValue], path: tuple[str, ...]
) -> dict[str, JsonValue]:
    if schema.get("additionalProperties", False) is not False:
        raise ValueError("strict mode has no open objects")
    properties = _object(schema.get("properties", {}))
    return {
        "properties": {name: _lowered(_object(value), definitions, path) for name, value in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
    }


def _levels(schema: JsonValue) -> int:
    """Count how deep objects and arrays are nested."""
    if isinstance(schema, dict):
        own = 1 if schema.get("type") in {"object", "array"} else 0
        return own + max(map(_levels, schema.values()), default=0)
    return max(map(_levels, schema), default=0) if isinstance(schema, list) else 0


def _count(schema: JsonValue, keyword: str) -> int:
    """Count what stands under a keyword, at all levels."""
    if isinstance(schema, dict):
        under = schema.get(keyword)
        own = len(under) if isinstance(under, dict | list) else 0
        return own + sum(_count(value, keyword) for value in schema.values())
    return sum(_count(value, keyword) for value in schema) if isinstance(schema, list) else 0


def _object(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise ValueError(f"a JSON schema has an object here, not {value!r}")
    return value


def _array(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise ValueError(f"a JSON schema has an array here, not {value!r}")
    return value
