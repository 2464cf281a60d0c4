"""Errors that only a reader is told about, each with its HTTP status."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from dateline.http.refusals import NotFound, RefusedRequest

# A short document takes as long, from its drop to its answer.
SOON: Final = MappingProxyType({"Retry-After": "5"})


class BadQuery(RefusedRequest):
    """Parameters that contradict each other."""

    status = HTTPStatus.BAD_REQUEST


class NotAllowed(RefusedRequest):
    """A method that changes things: nothing here does."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    headers = MappingProxyType({"Allow": "GET, HEAD"})


class NotReady(NotFound):
    """Something that is still to come: it is being worked on."""

    headers = SOON


class NotAcceptable(RefusedRequest):
    """None of the formats that the reader takes is one that is offered."""

    status = HTTPStatus.NOT_ACCEPTABLE


class Gone(RefusedRequest):
    """There was something of that name, and it will not come back."""

    status = HTTPStatus.GONE


class TooLarge(RefusedRequest):
    """More than fits into one answer."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
