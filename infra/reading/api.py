"""The HTTP API of a deployment, asked as it lets callers in."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx2

from infra.environment import Environment
from infra.page_proxy import Signer, signer_of_stack
from infra.stack import stack_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from infra.stack import Stack

Answer = dict[str, Any]

_SECONDS = 35.0  # an HTTP API gives up after 30
_LET_IN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
# Half a minute in all: a throttled API lets in again within a second, a busy one within a few.
_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)


class ApiFailed(Exception):
    """Something was not done; the message says what, and what is known of why."""


@dataclass(frozen=True, slots=True)
class Api:
    """A deployment's API, asked with a token, signed, or (a local one) by anybody. `url` has no slash at its end."""

    url: str
    signer: Signer | None
    token: str | None
    client: httpx2.Client = field(default_factory=lambda: httpx2.Client(timeout=_SECONDS), compare=False)

    def get(self, path: str, /, **query: object) -> Answer | None:
        """Ask for a route; None where there is no such thing. ApiFailed: it does not let us in, refuses, or is broken.

        What has no value is not asked for. A busy API is asked again for half a minute.
        """
        parameters = urlencode({name: _written(value) for name, value in query.items() if value not in (None, ())})
        answer = self._ask(path, parameters)
        for wait in _WAITS:
            if answer.status_code not in _LATER:
                break
            time.sleep(wait)
            answer = self._ask(path, parameters)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        if answer.status_code in _LET_IN:
            raise ApiFailed(
                f"the API answers {answer.status_code}: your credentials need execute-api:Invoke, and where it takes "
                "tokens (HttpApiAuth=jwt), DATELINE_TOKEN has to be one that may read the collection"
            )
        if not answer.is_success:
            raise ApiFailed(f"the API answers {answer.status_code} to GET {path}{_detail(answer)}")
        body: Answer = answer.json()
        return body

    def need(self, path: str, /, **query: object) -> Answer:
        """Ask for something that has to be there. ApiFailed: it is not."""
        answer = self.get(path, **query)
        if answer is None:
            raise ApiFailed(f"there is nothing at {path}, or you may not read it")
        return answer

    def rows(self, path: str, name: str, /, **query: object) -> Iterator[Answer]:
        """Yield the rows of all pages of something that has to be there."""
        cursor = None
        while True:
            page = self.need(path, **query, cursor=cursor)
            yield from page[name]
            cursor = page["cursor"]
            if cursor is None:
                return

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def _ask(self, path: str, parameters: str) -> httpx2.Response:
        asked, headers = f"{self.url}{path}{'?' if parameters else ''}{parameters}", {}
        if self.token:
            headers = {"Authorization": f"Bearer {self.token}"}
        elif self.signer:
            asked, headers = self.signer.sign("GET", path, parameters, b"")
        try:
            return self.client.get(asked, headers=headers)
        except httpx2.TransportError as error:
            raise ApiFailed(f"the API cannot be reached: {error}") from error


def api_of(options: argparse.Namespace) -> Api:
    """Find the API that the command line names: by its address, or by its stack. NotFound: there is no such stack."""
    if options.api:
        return Api(options.api.rstrip("/"), None, Environment().dateline_token)
    return api_of_stack(stack_of(options), options)


def api_of_stack(stack: Stack, options: argparse.Namespace) -> Api:
    """Find the API of a stack, and the caller's token or keys for it."""
    token = Environment().dateline_token
    signer = None if stack.local or token else signer_of_stack(stack.name, options.region, options.profile)
    return Api(stack.api, signer, token)


def _written(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _detail(answer: httpx2.Response) -> str:
    """Say what a problem says."""
    if not answer.headers.get("content-type", "").startswith("application/problem+json"):
        return ""
    return f": {answer.json().get('detail', '')}"
