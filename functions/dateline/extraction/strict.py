"""A pydantic model as the JSON schema that strict mode accepts."""

from __future__ import annotations

from pydantic import BaseModel, JsonValue


def strict_schema(model: type[BaseModel]) -> dict[str, JsonValue]:
    """Lower a model to the subset of JSON schema that strict mode accepts; ValueError where it cannot be."""
    raise NotImplementedError
