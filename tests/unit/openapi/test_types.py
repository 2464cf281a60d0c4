"""The page's types as they are made from JSON schemas."""

from __future__ import annotations

from typing import Any

import pytest

from infra.openapi.document import document
from infra.openapi.types import types


def made(schema: dict[str, Any]) -> str:
    """Return the type of a field `a` with this schema."""
    text = types(document(), {"Zz": {"description": "Test.", "properties": {"a": schema}, "required": ["a"]}})
    field: str = text.rpartition("export interface Zz {\n  a: ")[2].partition(";")[0]
    return field


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": "integer"}, "number"),
        ({"enum": ["a", "b"], "type": "string"}, '"a" | "b"'),
        ({"anyOf": [{"$ref": "#/components/schemas/Cost"}, {"type": "null"}]}, "Cost | null"),
        ({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}, "Array<string | null>"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "Record<string, string>"),
    ],
)
def test_a_schema_becomes_its_type(schema: dict[str, Any], written: str) -> None:
    assert made(schema) == written


def test_a_schema_of_a_kind_that_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError):
        made({"oneOf": [{"type": "string"}]})


def test_every_schema_of_the_api_has_its_type_and_no_answer_leaves_a_field_out() -> None:
    made_document = document()
    text = types(made_document, {})

    for name, schema in made_document["components"]["schemas"].items():
        if "properties" not in schema:
            assert f"export type {name} = " in text
            continue
        assert f"export interface {name} {{" in text
        # What is sent has defaults, and what the gateway says is not ours to promise.
        if name not in {"NewDecision", "NewUpload", "GatewayRefusal"}:
            assert set(schema["required"]) == set(schema["properties"]), name
