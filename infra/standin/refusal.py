"""The stand-in's refusals, in the protocol's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue, ValidationError


class RefusedError(Exception):
    """A request that the protocol answers with an error object."""

    def __init__(self, message: str, *, status: int = 400, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, JsonValue] = {
            "error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}
        }


def unreadable(error: ValidationError) -> RefusedError:
    """Name the first field that is wrong, and why."""
    first = error.errors()[0]
    param = ".".join(str(part) for part in first["loc"]) or None
    return RefusedError(f"{param or 'body'}: {first['msg']}", param=param)


def unknown(what: str, name: str) -> RefusedError:
    """Say that there is nothing under an id."""
    return RefusedError(f"No such {what}: {name}", status=404, param="id")
