"""HTTP replies that every function behind the API gives: problem details, what was made, what was done."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response

from dateline.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

ALWAYS = {
    # What a reader may read, and what there is, can change at any time: keep it, but ask each time if it still holds.
    "Cache-Control": "private, no-cache",
    "Vary": "Accept, Accept-Encoding, Authorization",
    # Words of documents are served in many formats: no browser may take them for something that runs.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    # Addresses name collections, documents and events: they are nobody else's business.
    "Referrer-Policy": "no-referrer",
}
_NEVER_KEPT = {**ALWAYS, "Cache-Control": "no-store"}


class ProblemDetails(Record):
    """An error as RFC 9457 writes it; `request_id` finds it in the logs."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str


def created(body: str, address: str) -> Response[str | bytes]:
    """Answer that something was made, which lies at an address relative to the request's."""
    return Response(HTTPStatus.CREATED, "application/json", body, {**_NEVER_KEPT, "Location": address})


def no_content() -> Response[str | bytes]:
    """Answer that something was done, of which there is nothing to say."""
    return Response(HTTPStatus.NO_CONTENT, body="", headers=dict(_NEVER_KEPT))


def problem(
    status: HTTPStatus, detail: str, request_id: str, method: str, headers: Mapping[str, str] | None = None
) -> Response[str | bytes]:
    """Describe an error as a problem (RFC 9457)."""
    said = ProblemDetails(title=status.phrase, status=status, detail=detail, request_id=request_id)
    body = "" if method == "HEAD" else said.model_dump_json()
    about = {**_NEVER_KEPT, **(headers or {})}
    return Response(status, "application/problem+json", body, about)
