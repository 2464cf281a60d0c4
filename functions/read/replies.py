"""HTTP replies from the bytes of an answer: validators, compression, size limits."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response

from dateline.http.replies import ALWAYS
from read.refusals import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Lambda takes answers of 6 MB; some room is left for headers.
_LARGEST_ANSWER = 5_500_000
# Less fits into one packet anyway.
_WORTH_COMPRESSING = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, what they are, and headers of their own."""

    body: bytes
    content_type: str
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def reply(answer: Answer, method: str, headers: Mapping[str, str]) -> Response[str | bytes]:
    """Answer a request: with nothing if the reader has these bytes already, compressed if the reader takes that.

    TooLarge: Lambda cannot hand on so much.
    """
    zipped = len(answer.body) >= _WORTH_COMPRESSING and _takes_gzip(headers.get("accept-encoding") or "")
    digest = hashlib.sha256(answer.body).hexdigest()[:32]
    etag = f'"{digest}-gzip"' if zipped else f'"{digest}"'
    about = {**ALWAYS, "ETag": etag, **answer.headers}
    if answer.modified is not None:
        about["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
    if _has_already(headers.get("if-none-match") or "", etag):
        # Without a body there would be `null` in its place, which not every gateway takes.
        return Response(HTTPStatus.NOT_MODIFIED, body="", headers=about)
    body = _zip(answer.body) if zipped else _plain(answer.body)
    if zipped:
        about["Content-Encoding"] = "gzip"
    return Response(HTTPStatus.OK, answer.content_type, "" if method == "HEAD" else body, about)


def _takes_gzip(accept: str) -> bool:
    weights = {}
    for one in accept.lower().split(","):
        coding, _, weight = one.partition(";")
        weights[coding.strip()] = weight.strip().replace(" ", "")
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return weight not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}


def _has_already(if_none_match: str, etag: str) -> bool:
    held = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return etag in held or "*" in held


def _zip(body: bytes) -> bytes:
    """Compress, the same bytes every time; they travel as base64."""
    zipped = gzip.compress(body, 6, mtime=0)
    if len(base64.b64encode(zipped)) > _LARGEST_ANSWER:
        raise TooLarge(_advice("Even compressed this"))
    return zipped


def _plain(body: bytes) -> str:
    """Return text uncompressed; it travels inside JSON, where quotes and line ends take two bytes."""
    text = body.decode()
    if len(body) * 2 > _LARGEST_ANSWER and len(json.dumps(text, ensure_ascii=False).encode()) > _LARGEST_ANSWER:
        raise TooLarge(f"{_advice('This')} Or ask for it compressed: `Accept-Encoding: gzip`.")
    return text


def _advice(what: str) -> str:
    return (
        f"{what} is more than the {_LARGEST_ANSWER / 1e6} MB that fit into one answer. Narrow a timeline with `from` "
        "and `to`, or page through it with `limit` and `cursor`."
    )
