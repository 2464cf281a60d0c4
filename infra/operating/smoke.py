"""The command `dateline smoke`: one text of ours through a whole deployment, and out again."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx2
from rich.console import Console
from rich.text import Text

from infra.environment import Environment
from infra.operating.stack import REFUSED, failing, stack_of
from infra.page_proxy import Signer, signer_of_stack
from infra.present import harmless
from smoke.steps import COLLECTION, Failed, steps

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

_REQUEST_SECONDS = 35.0  # an HTTP API gives up after 30
_LET_IN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class Api:
    """The deployment's API, asked as it lets callers in: with a token, signed, or (a local one) by anybody."""

    url: str
    signer: Signer | None
    token: str | None

    def get(self, path: str, /, **query: str) -> dict[str, Any] | None:
        """Ask for a route; None where there is no such thing (yet). Failed: it does not let us in, or is broken."""
        asked, headers = f"{self.url}{path}?{urlencode(query)}", {}
        if self.token:
            headers = {"Authorization": f"Bearer {self.token}"}
        elif self.signer:
            asked, headers = self.signer.sign("GET", path, urlencode(query), b"")
        try:
            answer = httpx2.get(asked, headers=headers, timeout=_REQUEST_SECONDS)
        except httpx2.TransportError as error:
            raise Failed(f"the API cannot be reached: {error}") from error
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        if answer.status_code in _LET_IN:
            raise Failed(
                f"the API answers {answer.status_code}: your credentials need execute-api:Invoke, and where it takes "
                f"tokens (HttpApiAuth=jwt), DATELINE_TOKEN has to be one that may read {COLLECTION}"
            )
        if not answer.is_success:
            raise Failed(f"the API answers {answer.status_code} to GET {path}")
        body: dict[str, Any] = answer.json()
        return body


def run(options: argparse.Namespace, fail: Callable[[str, int], int]) -> int:
    """Drop, wait, read, delete. Status 0: all was as it should be; 1: a step was not; 2: no such stack."""

    def act() -> int:
        token = Environment().dateline_token
        stack, console = stack_of(options), Console(highlight=False)
        signer = None if stack.local or token else signer_of_stack(stack.name, options.region, options.profile)
        api = Api(stack.api, signer, token)
        try:
            for step, seconds in steps(stack.s3, stack.output("BucketName"), api, options.seconds):
                console.print(Text(f"{seconds:6.1f} s  {harmless(step)}"), soft_wrap=True)
        except Failed as error:
            return fail(harmless(str(error)), REFUSED)
        return 0

    return failing(act, fail)
