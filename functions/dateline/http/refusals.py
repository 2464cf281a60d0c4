"""Errors that a reader is told about, each with its HTTP status."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar


class Refusal(Exception):
    """A request that gets no answer; the message tells the reader why, and what to do."""

    status: ClassVar[HTTPStatus]


class BadQuery(Refusal):
    """Parameters that contradict each other."""

    status = HTTPStatus.BAD_REQUEST


class BadBody(Refusal):
    """A body that is not what the route takes."""

    status = HTTPStatus.BAD_REQUEST


class NotFound(Refusal):
    """There is nothing of that name to be read by this reader."""

    status = HTTPStatus.NOT_FOUND


class NotAllowed(Refusal):
    """A method that the route does not know."""

    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotAcceptable(Refusal):
    """None of the formats that the reader takes is one that is offered."""

    status = HTTPStatus.NOT_ACCEPTABLE


class UnknownMediaType(Refusal):
    """A body of another format than the route takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class Gone(Refusal):
    """There was something of that name, and it will not come back."""

    status = HTTPStatus.GONE


class TooLarge(Refusal):
    """More than fits into one answer."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
