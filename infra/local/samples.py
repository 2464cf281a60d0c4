"""The bundled sample articles: dropped, waited for, shown."""

from __future__ import annotations

import time
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx2
from pydantic import BaseModel, TypeAdapter

from dateline.records import Note, Statement, Summary
from infra.local.folder import etag
from infra.local.paths import SAMPLES
from infra.local.waits import needs_the_user
from infra.present import show_document, show_occurrences
from read.answers import OccurrenceInFull

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_s3.client import S3Client
    from rich.console import Console

    from infra.local.waits import Waits

# A model of a provider takes a minute for a document, and all samples are worked on at the same time.
_WAIT_SECONDS = 300.0
_SILENT_SECONDS = 10.0
# What the user has to mend is waited for no longer than a server needs to start.
_USER_SECONDS = 20.0
_POLL_SECONDS = 0.1
_MOST_SHOWN = 100
_LINKING = "the collection's other documents, to be linked with them"


class Sample(BaseModel):
    """An article of `infra/samples`, as its index has it: `file` is relative to that folder."""

    file: str
    collection: str
    published: date | None

    @property
    def path(self) -> str:
        """The document's path within its collection."""
        return self.file.removeprefix(f"{self.collection}/")


class Line(BaseModel):
    """As much of a document in the API's list as is needed here."""

    id: str
    collection: str
    path: str
    state: str
    waiting_for: str | None
    linking: str | None
    model: str | None

    @property
    def reason(self) -> str | None:
        """What its events are waited for, in words; None: they stand among the collection's occurrences."""
        if self.state == "waiting":
            return self.waiting_for or ""
        return _LINKING if self.linking == "waiting" else None


class _Documents(BaseModel):
    documents: list[Line]


class _Rejection(BaseModel):
    reason: str


class _Document(BaseModel):
    rejection: _Rejection | None
    summary: Summary | None
    statements: tuple[Statement, ...]
    notes: tuple[Note, ...]


class _Named(BaseModel):
    id: str


class _Occurrences(BaseModel):
    occurrences: list[_Named]


def samples() -> list[Sample]:
    """Read the index of the samples."""
    return TypeAdapter(list[Sample]).validate_json((SAMPLES / "index.json").read_bytes())


def drop(s3: S3Client, bucket: str, sample: Sample) -> None:
    """Put a sample into the bucket, with its day of publication where that is known; not again if it lies there."""
    key = f"drop/{sample.collection}/{sample.path}"
    body = (SAMPLES / sample.file).read_bytes()
    there = s3.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", [])
    if (key, etag(body)) not in {(found["Key"], found["ETag"]) for found in there}:
        metadata = {"published": sample.published.isoformat()} if sample.published else {}
        s3.put_object(Bucket=bucket, Key=key, Body=body, Metadata=metadata)


def wait(api: httpx2.Client, dropped: Sequence[Sample], waits: Waits) -> list[Line]:
    """Wait until each sample's document is linked or rejected, return what is known then; tell what takes long.

    Where all that wait do so for something that the user has to mend, they are not waited for.
    """
    began = time.monotonic()
    while True:
        lines = [line for sample in dropped if (line := _find(api, sample)) is not None]
        reasons = [line.reason for line in lines if line.reason is not None]
        passed = time.monotonic() - began
        if len(lines) == len(dropped):
            for_user = all(map(needs_the_user, reasons))
            if not reasons or (for_user and passed > _USER_SECONDS):
                return lines
        if passed > _WAIT_SECONDS:
            return lines
        for reason in reasons:
            if reason and (needs_the_user(reason) or passed > _SILENT_SECONDS):
                waits.tell(reason)
        time.sleep(_POLL_SECONDS)


def show(console: Console, api: httpx2.Client, lines: Sequence[Line]) -> None:
    """Print the summary of each document that waits no longer, and the timeline of each collection."""
    settled = [line for line in lines if line.state != "waiting"]
    for line in sorted(settled, key=lambda one: (one.collection, one.path)):
        document = _Document.model_validate_json(_get(api, f"/documents/{line.id}").content)
        show_document(
            console,
            name=f"{line.collection}/{line.path}",
            state=line.state,
            model=line.model,
            summary=document.summary,
            statements=document.statements,
            notes=document.notes,
            reason=document.rejection.reason if document.rejection else None,
        )
    for collection in sorted({line.collection for line in settled}):
        console.print(f"\nThe timeline of {collection}")
        show_occurrences(console, list(_occurrences(api, collection)))


def _find(api: httpx2.Client, sample: Sample) -> Line | None:
    found = _get(api, "/documents", collection=sample.collection, path=sample.path)
    lines = _Documents.model_validate_json(found.content).documents
    return lines[0] if lines else None


def _occurrences(api: httpx2.Client, collection: str) -> Iterator[OccurrenceInFull]:
    found = _get(api, f"/collections/{collection}/occurrences", limit=str(_MOST_SHOWN))
    for one in _Occurrences.model_validate_json(found.content).occurrences:
        answer = api.get(f"/occurrences/{one.id}")
        # Another document may have been linked meanwhile.
        if answer.status_code != HTTPStatus.GONE:
            yield OccurrenceInFull.model_validate_json(answer.raise_for_status().content)


def _get(api: httpx2.Client, route: str, **query: str) -> httpx2.Response:
    return api.get(route, params=query).raise_for_status()
