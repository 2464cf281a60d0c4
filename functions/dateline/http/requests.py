"""Reading requests of the HTTP API: the path as it was meant, and what is wrong with what was sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import ValidationError


def path_of(event: Mapping[str, Any]) -> str:
    """Write the path from its route and parameters, percent-encoded: gateways decode `rawPath` each in its way.

    Some decode all of a parameter and some all but `%25`. So that is a percent sign here, and a name that itself holds
    `%25` is out of reach where all is decoded.
    """
    path: str = event["routeKey"].partition(" ")[2]
    for name, given in (event.get("pathParameters") or {}).items():
        value = given.replace("%25", "%")
        path = path.replace(f"{{{name}}}", quote(value, safe="")).replace(f"{{{name}+}}", quote(value))
    return path


def rule(path: str) -> str:
    """Write a path with parameters, as OpenAPI writes it, the way the resolver reads it."""
    return re.sub(r"{(\w+)}", r"<\1>", path)


def faults(error: ValidationError) -> str:
    """Say what is wrong with what a caller sent, name by name, without repeating it."""
    return "; ".join(_faults(error))


def _faults(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ")
        yield f"{name}: {message}" if name else message
