"""One text of ours through a whole deployment, and out again; by hand (`dateline smoke`) and by schedule."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_s3.client import S3Client

COLLECTION = "dateline-smoke"
_TEXT = """\
Lighthouse of Varn lit again

The lighthouse of Varn was lit again on 3 May 2024 after two years of repairs, the harbour office said. Its keeper, Ida
Holm, said that the lamp would burn until 2040. This is test {name} of a deployment; it may be deleted at any time.
"""
_LOOK_SECONDS = 0.5


class Failed(Exception):
    """A step was not done; the message says which, and what is known of why."""


class Reader(Protocol):
    """What answers the routes of the API."""

    def get(self, path: str, /, **query: str) -> dict[str, Any] | None:
        """Ask for a route; None where there is no such thing (yet). Failed: it does not let us in, or is broken."""
        ...


def steps(s3: S3Client, bucket: str, reader: Reader, seconds: float) -> Iterator[tuple[str, float]]:
    """Do each step within so many seconds and yield what was done, and how long it took. Failed: one was not."""
    name = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(3)}"
    path = f"{name}.txt"
    key = f"drop/{COLLECTION}/{path}"
    try:
        began = time.monotonic()
        s3.put_object(Bucket=bucket, Key=key, Body=_TEXT.format(name=name).encode())
        yield f"dropped {key}", time.monotonic() - began
        began = time.monotonic()
        document = _done(reader, path, seconds)
        yield f"done, {document['events']} events by {document['model']}", time.monotonic() - began
        began = time.monotonic()
        yield _read(reader, document["id"]), time.monotonic() - began
        began = time.monotonic()
        s3.delete_object(Bucket=bucket, Key=key)
        _until(lambda: reader.get(f"/documents/{document['id']}") is None, seconds, lambda: "it was not gone")
        yield "deleted, and gone from the API", time.monotonic() - began
    finally:
        with suppress(BotoCoreError, ClientError):
            s3.delete_object(Bucket=bucket, Key=key)


def _done(reader: Reader, path: str, seconds: float) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def look() -> bool:
        answer = reader.get("/documents", collection=COLLECTION, path=path)
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


def _read(reader: Reader, document_id: str) -> str:
    timeline = reader.get(f"/documents/{document_id}/timeline")
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
