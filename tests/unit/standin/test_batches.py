"""The stand-in's files and batches, through the client that Dateline has for the provider's."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openai import OpenAI

from dateline.errors import Retryable
from dateline.provider.batch_lines import read_row
from dateline.provider.batches import Gone, OpenAIBatches
from infra.standin.batches import Batches
from infra.standin.files import Files
from infra.standin.server import serving
from tests.unit.standin.batching import MODEL, SOON, begin, changed, client_of, ended, lines, rows

LATELY = datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving() as base_url:
        yield base_url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[OpenAIBatches]:
    with client_of(url) as client:
        yield client


def calls(url: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{url}/standin/calls") as response:
        counts: dict[str, int] = json.load(response)
        return counts


def test_every_request_is_answered_once_by_what_answers_live(url: str, client: OpenAIBatches, tmp_path: Path) -> None:
    names = [f"document-{number}" for number in range(30)]
    before = calls(url)

    batch = ended(client, begin(client, tmp_path, rows(*names)))

    answered = [read_row(line) for line in lines(client, batch.output_file_id)]
    assert (batch.status, batch.error_file_id, batch.metadata) == ("completed", None, {"plan": "plan-1.jsonl"})
    assert (batch.counts.total, batch.counts.completed, batch.counts.failed) == (30, 30, 0)
    assert sorted(one.custom_id for one in answered if one) == sorted(names)
    assert [one.custom_id for one in answered if one] != names
    assert all(one and one.completion and "Ende 2023" in one.completion.text for one in answered)
    assert calls(url) == {**before, "batch": before["batch"] + 30}


def test_the_model_is_named_as_it_was_asked_for(client: OpenAIBatches, tmp_path: Path) -> None:
    batch = ended(client, begin(client, tmp_path, rows("a")))

    assert [json.loads(line)["response"]["body"]["model"] for line in lines(client, batch.output_file_id)] == [MODEL]


def test_a_request_that_is_refused_stands_in_the_error_file(client: OpenAIBatches, tmp_path: Path) -> None:
    good, bad = rows("good", "bad")
    messages = [{"role": "user", "content": "Hello."}] * 2
    broken = changed(bad, body={**json.loads(bad)["body"], "messages": messages})

    batch = ended(client, begin(client, tmp_path, [good, broken]))

    failed = [read_row(line) for line in lines(client, batch.error_file_id)]
    assert (batch.counts.completed, batch.counts.failed) == (1, 1)
    assert [(one.custom_id, one.reason) for one in failed if one] == [
        ("bad", "the batch's row says 400 (invalid_request_error)")
    ]


def test_a_batch_whose_requests_all_fail_has_no_output_file(client: OpenAIBatches, tmp_path: Path) -> None:
    batch = ended(client, begin(client, tmp_path, rows("a", "b", model="gpt-5-mini")))

    assert (batch.status, batch.output_file_id, batch.counts.failed) == ("completed", None, 2)
    assert len(list(lines(client, batch.error_file_id))) == 2


ONE, TWO = rows("one", "two")
WRONG: dict[str, tuple[list[bytes], str, int | None]] = {
    "nothing": ([b"\n"], "empty_file", None),
    "no JSON": ([ONE, b"{\n"], "invalid_json_line", 2),
    "the same id": ([ONE, TWO, ONE], "duplicate_custom_id", 3),
    "two models": ([ONE, *rows("other", model="extractive")], "model_mismatch", 2),
    "another endpoint": ([changed(ONE, url="/v1/embeddings")], "url_mismatch", 1),
    "another method": ([changed(ONE, method="GET")], "url_mismatch", 1),
    "no id": ([changed(ONE, custom_id=None)], "invalid_request", 1),
    "no model": ([changed(ONE, body={})], "invalid_request", 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_wrong_anywhere_fails_the_batch(client: OpenAIBatches, tmp_path: Path, name: str) -> None:
    wrong, code, line = WRONG[name]

    batch = ended(client, begin(client, tmp_path, wrong))

    assert (batch.status, batch.limited, batch.output_file_id, batch.counts.completed) == ("failed", False, None, 0)
    assert [(error.code, error.line) for error in batch.errors] == [(code, line)]


@pytest.mark.parametrize(("limit", "code"), [("MOST_BYTES", "file_too_large"), ("MOST_REQUESTS", "too_many_tasks")])
def test_the_providers_limits_are_its_own(
    client: OpenAIBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, code: str
) -> None:
    monkeypatch.setattr(f"infra.standin.batches.{limit}", 1)

    batch = ended(client, begin(client, tmp_path, [ONE, TWO]))

    assert [error.code for error in batch.errors] == [code]


def test_a_cancelled_batch_keeps_what_was_answered() -> None:
    files = Files()

    def complete(_body: bytes) -> dict[str, object]:
        if batches.get(batch.id).request_counts.completed == 1:
            batches.cancel(batch.id)
        return {"choices": []}

    batches = Batches(files, complete)  # type: ignore[arg-type]
    file = files.keep("a.jsonl", "batch", BytesIO(b"".join(rows("a", "b", "c", "d"))))
    order = {"input_file_id": file.id, "endpoint": "/v1/chat/completions", "completion_window": "24h"}
    batch = batches.create(json.dumps(order).encode())
    lines_of = batches.validate(batch, file)
    assert len(lines_of) == 4

    batches.waiting.put(None)
    batches.work()

    assert (batch.status, batch.request_counts.completed) == ("cancelled", 2)
    assert len(list(files.get(batch.output_file_id or "").lines())) == 2


def test_a_batch_that_has_ended_is_not_cancelled(client: OpenAIBatches, tmp_path: Path) -> None:
    batch = ended(client, begin(client, tmp_path, rows("a")))

    client.cancel(batch.id, SOON)

    assert ended(client, batch).status == "completed"


def test_files_are_listed_page_by_page_and_gone_when_deleted(client: OpenAIBatches, url: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(ONE)
    kept = [client.upload(path, f"paged-{number}.jsonl", SOON) for number in range(3)]
    with OpenAI(base_url=url, api_key="none", max_retries=0) as sdk:
        listed = [file.id for file in sdk.files.list(limit=2, purpose="batch")]
        told = sdk.files.retrieve(kept[0])

    assert listed[:3] == kept[::-1]
    assert (told.filename, told.bytes, told.purpose) == ("paged-0.jsonl", len(ONE), "batch")
    client.delete_file(kept[0], SOON)
    client.delete_file(kept[0], SOON)
    assert client.download(kept[0], SOON) is None
    assert client.find_file("paged-0.jsonl", LATELY, SOON) is None
    assert client.find_file("paged-1.jsonl", LATELY, SOON) == kept[1]


def test_a_batch_is_found_by_its_metadata_beyond_a_page(
    client: OpenAIBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.provider.batches._PAGE", 2)
    wanted = begin(client, tmp_path, [ONE], "wanted.jsonl")
    for number in range(5):
        client.create(wanted.input_file_id, {"plan": f"other-{number}"}, SOON)

    found = client.find({"plan": "wanted.jsonl"}, LATELY, SOON)

    assert found is not None
    assert found.id == wanted.id
    assert client.find({"plan": "unheard of"}, LATELY, SOON) is None
    assert client.find({"plan": "wanted.jsonl"}, datetime.now(UTC) + timedelta(hours=2), SOON) is None


def test_what_is_not_there_is_said_so(client: OpenAIBatches) -> None:
    assert client.get("batch_0", SOON) is None
    with pytest.raises(Gone):
        client.create("file-0", {}, SOON)


@pytest.mark.parametrize(("name", "purpose"), [("a.txt", "batch"), ("a.jsonl", "assistants")])
def test_what_the_provider_does_not_keep_for_batches_is_refused(url: str, name: str, purpose: str) -> None:
    from openai import BadRequestError

    with OpenAI(base_url=url, api_key="none", max_retries=0) as sdk, pytest.raises(BadRequestError):
        sdk.files.create(file=(name, ONE), purpose=purpose)  # type: ignore[arg-type]


def test_an_upload_without_a_jsonl_name_is_the_operators(client: OpenAIBatches, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(ONE)

    with pytest.raises(Retryable, match="400"):
        client.upload(path, "a.txt", SOON)
