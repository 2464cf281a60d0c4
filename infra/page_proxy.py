"""The timeline page on loopback, for an API that answers signed requests only: they are signed with the caller's keys.

Whoever reaches this server reads with those keys, and decides and uploads where the API lets them. So it listens on
loopback, answers under a path that nobody can guess (the machine has other users), and only to its own name (other web
pages could have theirs lead here).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

import httpx2
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from edit.routes import DECISION, DECISIONS
from infra.stack import NotFound, output_of, session_of
from upload.routes import DOCUMENT, UPLOADS

if TYPE_CHECKING:
    from botocore.credentials import Credentials
    from starlette.requests import Request

HOST = "127.0.0.1"
_SERVICE = "execute-api"
# An HTTP API gives up after 30 s.
_SECONDS = 35.0
_ASKED = ("accept", "content-type", "if-none-match")
_TOLD = (
    "cache-control",
    "content-disposition",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "last-modified",
    "link",
    "location",
    "referrer-policy",
    "vary",
    "x-content-type-options",
)


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs requests to an API (AWS Signature Version 4). `api` is its URL without a slash at the end."""

    api: str
    region: str
    credentials: Credentials

    def sign(self, method: str, path: str, query: str, body: bytes) -> tuple[str, dict[str, str]]:
        """Return the URL and the headers of a signed request, from a percent-encoded path, a query and a body.

        The query is written anew: browsers write a blank as `+`, and signatures take that for a plus.
        """
        parameters = urlencode(parse_qsl(query, keep_blank_values=True), quote_via=quote)
        url = f"{self.api}{path}{'?' if parameters else ''}{parameters}"
        request = AWSRequest(method, url, data=body)
        SigV4Auth(self.credentials.get_frozen_credentials(), _SERVICE, self.region).add_auth(request)
        return url, dict(request.headers.items())


def signer_of_stack(stack: str, region: str | None, profile: str | None) -> Signer:
    """Find a deployed stack's API and the caller's keys. NotFound: one of them is missing."""
    session = session_of(region, profile)
    credentials = session.get_credentials()
    if credentials is None:
        raise NotFound("there are no AWS credentials: sign in, or name a --profile")
    return Signer(output_of(session, stack, "ApiUrl").rstrip("/"), session.region_name, credentials)


def page_app(signer: Signer, secret: str) -> Starlette:
    """Make the server's application: everything below `/<secret>/` is asked of the API, signed."""

    async def ask(request: Request) -> Response:
        return await run_in_threadpool(hand_on, request, await request.body())

    def hand_on(request: Request, body: bytes) -> Response:
        path = request.scope["raw_path"].decode("ascii").removeprefix(f"/{secret}")
        url, signature = signer.sign(request.method, path, request.url.query, body)
        headers = {name: request.headers[name] for name in _ASKED if name in request.headers}
        try:
            answer = httpx2.request(request.method, url, content=body, headers=headers | signature, timeout=_SECONDS)
        except httpx2.TransportError as error:
            return PlainTextResponse(f"The API cannot be reached: {error}", 502)
        told = {name: answer.headers[name] for name in _TOLD if name in answer.headers}
        return Response(answer.content, answer.status_code, told)

    return Starlette(
        routes=[
            *(Route(f"/{secret}{path}", ask, methods=["POST"]) for path in (DECISIONS, UPLOADS)),
            *(Route(f"/{secret}{path}", ask, methods=["DELETE"]) for path in (DECISION, DOCUMENT)),
            Route(f"/{secret}/{{path:path}}", ask, methods=["GET"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST], www_redirect=False)],
    )
