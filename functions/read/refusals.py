"""Errors that only a reader is told about, each with its HTTP status."""

from __future__ import annotations

from http import HTTPStatus

from dateline.http.refusals import NotFound, RefusedRequest


class BadQuery(RefusedRequest):
    """Parameters that contradict each other."""

    status = HTTPStatus.BAD_REQUEST


class NotAllowed(RefusedRequest):
    """A method that changes things: nothing here does."""

    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotReady(NotFound):
    """Something that is still to come: it is being worked on."""


class NotAcceptable(RefusedRequest):
    """None of the formats that the reader takes is one that is offered."""

    status = HTTPStatus.NOT_ACCEPTABLE


class Gone(RefusedRequest):
    """There was something of that name, and it will not come back."""

    status = HTTPStatus.GONE


class TooLarge(RefusedRequest):
    """More than fits into one answer."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
