"""Reading requests of the HTTP API: the path as it was meant, and what is wrong with what was sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from dateline.http.refusals import BadBody, UnknownMediaType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Given = TypeVar("Given", bound=BaseModel)

_JSON: Final = "application/json"
# Many times what any route takes; the gateway's own limit is 10 MB.
_LARGEST_BODY: Final = 100_000  # characters


def path_of(event: Mapping[str, Any]) -> str:
    """Write the path from its route and parameters, percent-encoded: gateways decode `rawPath` each in its way.

    Some decode all of a parameter and some all but `%25`; some route by the decoded path, up to a question mark. So
    `%25` is a percent sign here and `%3F` a question mark, and a name that itself holds one of these is out of reach.
    """
    path: str = event["routeKey"].partition(" ")[2]
    for name, given in (event.get("pathParameters") or {}).items():
        value = given.replace("%25", "%").replace("%3F", "?").replace("%3f", "?")
        path = path.replace(f"{{{name}}}", quote(value, safe="")).replace(f"{{{name}+}}", quote(value))
    return path


def segment(name: str) -> str:
    """Write a name as a segment of a path, its question marks encoded twice, that a gateway's decoding leaves them."""
    return quote(name.replace("?", "%3F"), safe="")


def rule(path: str) -> str:
    """Write a path with parameters, as OpenAPI writes it, the way the resolver reads it."""
    return re.sub(r"{(\w+)}", r"<\1>", path)


def read_json(content_type: str | None, body: str | None, model: type[Given]) -> Given:
    """Read a body. JSON alone: other formats may come from any page that a browser shows, unasked."""
    if (content_type or "").partition(";")[0].strip().lower() != _JSON:
        raise UnknownMediaType(f"Send the body as {_JSON}.")
    text = body or ""
    if len(text) > _LARGEST_BODY:
        raise BadBody(f"A body has at most {_LARGEST_BODY:,} characters.")
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise BadBody(faults(error)) from None


def faults(error: ValidationError) -> str:
    """Say what is wrong with what a caller sent, name by name, without repeating it."""
    return "; ".join(_faults(error))


def _faults(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ")
        yield f"{name}: {message}" if name else message
