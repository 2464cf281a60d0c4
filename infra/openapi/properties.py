"""What the properties of answers mean, by the table beside this."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Node = dict[str, Any]


def described(schema: str, properties: Mapping[str, Node]) -> dict[str, Node]:
    """Say of each property of a schema what it means, where its own code does not and the table does."""
    meanings = {**_table()["every"], **_table().get(schema, {})}
    return {
        name: {**one, "description": meanings[name]} if "description" not in one and name in meanings else one
        for name, one in properties.items()
    }


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
