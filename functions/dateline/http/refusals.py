"""Errors that a caller of the HTTP API is told about, each with its HTTP status."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


class RefusedRequest(Exception):
    """A request that gets no answer; the message and the `headers` tell the caller why, and what to do."""

    status: ClassVar[HTTPStatus]
    headers: ClassVar[Mapping[str, str]] = MappingProxyType({})


class NotFound(RefusedRequest):
    """There is nothing of that name for this caller."""

    status = HTTPStatus.NOT_FOUND


class BadBody(RefusedRequest):
    """A body that is not what the route takes."""

    status = HTTPStatus.BAD_REQUEST


class UnknownMediaType(RefusedRequest):
    """A body of another format than the route takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
