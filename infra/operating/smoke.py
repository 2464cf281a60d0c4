"""The command `dateline smoke`: one text of ours through a whole deployment, and out again."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import httpx2
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.text import Text

from infra.environment import Environment
from infra.operating.stack import REFUSED, failing, stack_of
from infra.page_proxy import Signer, signer_of_stack
from infra.present import harmless

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from infra.operating.stack import Stack

T = TypeVar("T")

COLLECTION = "dateline-smoke"
_TEXT = """\
Lighthouse of Varn lit again

The lighthouse of Varn was lit again on 3 May 2024 after two years of repairs, the harbour office said. Its keeper, Ida
Holm, said that the lamp would burn until 2040. This is test {name} of a deployment; it may be deleted at any time.
"""
_LOOK_SECONDS = 0.5
_REQUEST_SECONDS = 35.0  # an HTTP API gives up after 30
_LET_IN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class Failed(Exception):
    """A step was not done; the message says which, and what is known of why."""


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
            for step, seconds in steps(stack, api, options.seconds):
                console.print(Text(f"{seconds:6.1f} s  {harmless(step)}"), soft_wrap=True)
        except Failed as error:
            return fail(harmless(str(error)), REFUSED)
        return 0

    return failing(act, fail)


def steps(stack: Stack, api: Api, seconds: float) -> Iterator[tuple[str, float]]:
    """Do each step within so many seconds and yield what was done, and how long it took. Failed: one was not."""
    name = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(3)}"
    bucket, path = stack.output("BucketName"), f"{name}.txt"
    key = f"drop/{COLLECTION}/{path}"
    s3 = stack.s3
    try:
        began = time.monotonic()
        s3.put_object(Bucket=bucket, Key=key, Body=_TEXT.format(name=name).encode())
        yield f"dropped {key}", time.monotonic() - began
        began = time.monotonic()
        document = _done(api, path, seconds)
        yield f"done, {document['events']} events by {document['model']}", time.monotonic() - began
        began = time.monotonic()
        yield _read(api, document["id"]), time.monotonic() - began
        began = time.monotonic()
        s3.delete_object(Bucket=bucket, Key=key)
        _until(lambda: api.get(f"/documents/{document['id']}") is None, seconds, lambda: "it was not gone")
        yield "deleted, and gone from the API", time.monotonic() - began
    finally:
        with suppress(BotoCoreError, ClientError):
            s3.delete_object(Bucket=bucket, Key=key)


def _done(api: Api, path: str, seconds: float) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def look() -> bool:
        answer = api.get("/documents", collection=COLLECTION, path=path)
        seen.update(next(iter((answer or {}).get("documents", [])), {}))
        return seen.get("state") in {"done", "rejected"}

    def state() -> str:
        if not seen:
            return "the API did not show the document: does S3 tell the drop queue, and does summarize run?"
        return f"it was still {seen['state']}, for {seen['waiting_for'] or 'its turn'}"

    _until(look, seconds, state)
    if seen["state"] == "rejected":
        rejection = seen["rejection"] or {}
        raise Failed(f"it was rejected ({rejection.get('code')}): {rejection.get('reason')}")
    return seen


def _read(api: Api, document_id: str) -> str:
    timeline = api.get(f"/documents/{document_id}/timeline")
    events = (timeline or {}).get("events", [])
    days = {event["when"]["earliest"] for event in events}
    if "2024-05-03" not in days:
        raise Failed(
            f"its timeline of {len(events)} events lacks the one of 3 May 2024: `dateline model check` says more"
        )
    return f"read its timeline, with the event of 3 May 2024 among {len(events)}"


def _until(ready: Callable[[], bool], seconds: float, state: Callable[[], str]) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise Failed(f"after {seconds:.0f} s {state()}")
        time.sleep(_LOOK_SECONDS)
