"""Batches as the tests make them: input files, and a wait that ends as soon as the batch does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from dateline.ask.request import Message, Request
from dateline.ask.schema import Answer
from dateline.ask.strict import strict_schema
from dateline.provider.batch_lines import row
from dateline.provider.batches import Batch, OpenAIBatches
from tests.unit.standin.asking import message

TEXT = "Die Vermittler trafen sich Ende 2023 am See, sagte eine Quelle."
MODEL = "extractive-2"
SOON = 60.0


@contextmanager
def client_of(url: str) -> Iterator[OpenAIBatches]:
    client = OpenAIBatches(url, "none")
    try:
        yield client
    finally:
        client._client.close()


def request(text: str = TEXT) -> Request:
    return Request((Message("system", "Instructions."), Message("user", message(text))), strict_schema(Answer))


def rows(*ids: str, model: str = MODEL) -> list[bytes]:
    return [row(name, model, request(f"{TEXT} {name}."), "http://127.0.0.1:9/v1") for name in ids]


def changed(line: bytes, **fields: object) -> bytes:
    return json.dumps({**json.loads(line), **fields}).encode() + b"\n"


def begin(client: OpenAIBatches, folder: Path, lines: list[bytes], name: str = "plan-1.jsonl") -> Batch:
    path = folder / name
    path.write_bytes(b"".join(lines))
    return client.create(client.upload(path, name, SOON), {"plan": name}, SOON)


def ended(client: OpenAIBatches, batch: Batch) -> Batch:
    deadline = monotonic() + SOON
    while monotonic() < deadline:
        found = client.get(batch.id, SOON)
        assert found is not None
        if found.ended:
            return found
    raise AssertionError("the batch has not ended")


def lines(client: OpenAIBatches, file_id: str | None) -> Iterator[bytes]:
    chunks = client.download(file_id or "none", SOON)
    assert chunks is not None
    yield from b"".join(chunks).splitlines(keepends=True)
