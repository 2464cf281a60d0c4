from collections.abc import Iterator
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, JsonValue

from dateline.ask.schema import Answer
from dateline.ask.strict import strict_schema

REFUSED = {
    "minLength", "maxLength", "patternProperties", "propertyNames", "minProperties", "maxProperties", "contains",
    "uniqueItems", "oneOf", "default", "prefixItems", "format", "$ref", "$defs", "title", "const",
}  # fmt: skip


def schemas(schema: JsonValue) -> Iterator[dict[str, JsonValue]]:
    """Yield every schema within a schema, itself first; names of properties are no keywords."""
    assert isinstance(schema, dict)
    yield schema
    properties, choices = schema.get("properties", {}), schema.get("anyOf", [])
    assert isinstance(properties, dict)
    assert isinstance(choices, list)
    for inner in [*properties.values(), *choices, *([schema["items"]] if "items" in schema else [])]:
        yield from schemas(inner)


def test_the_answers_schema_keeps_the_rules_of_strict_mode() -> None:
    lowered = strict_schema(Answer)

    assert lowered["type"] == "object"
    for schema in schemas(lowered):
        assert not schema.keys() & REFUSED
        assert "type" in schema or "anyOf" in schema
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False
            assert "description" not in schema, "a docstring is not for the model"
            properties = schema["properties"]
            assert isinstance(properties, dict)
            assert schema["required"] == list(properties)
        if schema.get("type") == "array":
            assert "items" in schema


def test_what_only_validates_is_dropped() -> None:
    class Limited(BaseModel):
        title: Annotated[str, Field(min_length=1, pattern="x", description="named like a keyword")] = "x"
        kind: Literal["only"]

    assert strict_schema(Limited) == {
        "type": "object",
        "properties": {
            "title": {"type": "string", "description": "named like a keyword"},
            "kind": {"type": "string", "enum": ["only"]},
        },
        "required": ["title", "kind"],
        "additionalProperties": False,
    }


class Recursive(BaseModel):
    inner: "list[Recursive]"


class Open(BaseModel):
    words: dict[str, int]


class Untyped(BaseModel):
    anything: list[object]


class Pair(BaseModel):
    pair: tuple[int, str]


class Many(BaseModel):
    value: Literal[tuple(str(number) for number in range(1001))]  # type: ignore[valid-type]


class Short(BaseModel):
    first: int


class Long(Short):
    second: int


class Alike(BaseModel):
    choice: Short | Long


@pytest.mark.parametrize("model", [Recursive, Open, Untyped, Pair, Many, Alike])
def test_what_strict_mode_cannot_say_is_an_error(model: type[BaseModel]) -> None:
    with pytest.raises(ValueError, match=r"strict mode|contains itself"):
        strict_schema(model)


def test_more_than_ten_levels_are_an_error() -> None:
    class Deep(BaseModel):
        deep: list[list[list[list[list[list[list[list[list[list[int]]]]]]]]]]

    with pytest.raises(ValueError, match="10 levels"):
        strict_schema(Deep)
