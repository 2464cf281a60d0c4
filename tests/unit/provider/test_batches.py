"""The client of the provider's Batch API, against a provider that misbehaves."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import Retryable
from dateline.provider.batch_lines import read_row
from dateline.provider.batches import Batch, Gone, LimitReached, OpenAIBatches
from tests.misbehaving_batches import (
    Behaviour,
    Provider,
    breaks_off,
    breaks_off_afterwards,
    completes,
    ends_cancelled,
    expires,
    fails,
    fails_every_request,
    misbehaving_batches,
    says,
    times_out,
    times_out_afterwards,
    with_an_unknown_one,
    with_the_first_garbled,
    with_the_first_twice,
    without_the_first,
)
from tests.unit.standin.batching import SOON, begin, client_of, lines, rows

LATELY = datetime.now(UTC) - timedelta(minutes=5)
SHORT = 0.3


@pytest.fixture
def provider() -> Iterator[Provider]:
    with misbehaving_batches() as provider:
        yield provider


@pytest.fixture
def client(provider: Provider) -> Iterator[OpenAIBatches]:
    with client_of(provider.url) as client:
        yield client


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.jsonl"
    path.write_bytes(b"".join(rows("a", "b", "c")))
    return path


def got(client: OpenAIBatches, batch: Batch) -> Batch:
    found = client.get(batch.id, SOON)
    assert found is not None
    return found


def test_a_server_that_has_batches_offers_them(client: OpenAIBatches) -> None:
    assert client.offered(SOON)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_without_batches_offers_none(provider: Provider, client: OpenAIBatches, status: int) -> None:
    provider.order("list", says(status))

    assert not client.offered(SOON)


def test_a_server_that_speaks_of_no_batches_at_all_offers_none(provider: Provider, client: OpenAIBatches) -> None:
    provider.has_batches = False

    assert not client.offered(SOON)


@pytest.mark.parametrize("fault", [says(500), says(403), says(429), breaks_off, says(200)])
def test_a_fault_does_not_say_that_there_are_no_batches(
    provider: Provider, client: OpenAIBatches, fault: Behaviour
) -> None:
    provider.order("list", fault)

    with pytest.raises(Retryable):
        client.offered(SOON)
    assert provider.asked["list"] == 1


@pytest.mark.parametrize("fault", [times_out_afterwards, breaks_off_afterwards])
def test_a_batch_that_was_made_unheard_is_found_and_not_made_twice(
    provider: Provider, client: OpenAIBatches, path: Path, fault: Behaviour
) -> None:
    provider.order("create", fault)
    file = client.upload(path, "plan.jsonl", SOON)

    with pytest.raises(Retryable):
        client.create(file, {"plan": "p", "file": "1"}, SHORT)

    found = client.find({"plan": "p", "file": "1"}, LATELY, SOON)
    assert found is not None
    assert (found.input_file_id, found.status) == (file, "validating")
    assert (provider.asked["create"], provider.done["create"]) == (1, 1)
    assert client.find({"plan": "p", "file": "2"}, LATELY, SOON) is None


@pytest.mark.parametrize("fault", [times_out, breaks_off])
def test_a_batch_that_was_not_made_is_not_found(
    provider: Provider, client: OpenAIBatches, path: Path, fault: Behaviour
) -> None:
    provider.order("create", fault)
    file = client.upload(path, "plan.jsonl", SOON)

    with pytest.raises(Retryable):
        client.create(file, {"plan": "p"}, SHORT)

    assert client.find({"plan": "p"}, LATELY, SOON) is None
    assert (provider.asked["create"], provider.done["create"]) == (1, 0)


@pytest.mark.parametrize("fault", [times_out_afterwards, breaks_off_afterwards])
def test_a_file_that_was_kept_unheard_is_found_by_its_name(
    provider: Provider, client: OpenAIBatches, path: Path, fault: Behaviour
) -> None:
    provider.order("upload", fault)

    with pytest.raises(Retryable):
        client.upload(path, "plan.jsonl", SHORT)

    assert client.find_file("plan.jsonl", LATELY, SOON) is not None
    assert client.find_file("another.jsonl", LATELY, SOON) is None
    assert (provider.files, provider.done["upload"]) == (["plan.jsonl"], 1)


LIMITS: dict[str, Behaviour] = {
    "money": says(429, "insufficient_quota", retry_after="60"),
    "tokens that wait": says(400, "token_limit_exceeded", retry_after="60"),
    "a day's requests": says(429, "rate_limit_exceeded", "Limit 200 requests per day (RPD) of x", retry_after="60"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_told_from_a_busy_server(provider: Provider, client: OpenAIBatches, path: Path, name: str) -> None:
    provider.order("create", LIMITS[name])
    file = client.upload(path, "plan.jsonl", SOON)

    with pytest.raises(LimitReached) as limit:
        client.create(file, {}, SOON)

    assert limit.value.after == 60
    assert "RPD" not in limit.value.reason


def test_a_busy_server_is_no_limit_and_says_when_to_come_back(provider: Provider, client: OpenAIBatches) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    provider.order("get", says(429, "rate_limit_exceeded", "per minute", retry_after=later))

    with pytest.raises(Retryable) as busy:
        client.get("batch_1", SOON)

    assert not isinstance(busy.value, LimitReached | Gone)
    assert busy.value.after == pytest.approx(90, abs=5)


def test_a_batch_that_fails_at_a_limit_says_so(provider: Provider, client: OpenAIBatches, tmp_path: Path) -> None:
    limited, wrong = (begin(client, tmp_path, rows("a")) for _ in range(2))

    provider.settle(fails("token_limit_exceeded"), fails("something_else"))

    assert (got(client, limited).status, got(client, limited).limited) == ("failed", True)
    assert (got(client, wrong).ended, got(client, wrong).limited) == (True, False)
    assert provider.service.batch == 0


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_an_operators_mistake_is_named_without_the_servers_words(
    provider: Provider, client: OpenAIBatches, path: Path, status: int
) -> None:
    provider.order("upload", says(status, "invalid", "The text. sk-1234"))

    with pytest.raises(Retryable, match=rf"{status} \(invalid\): check") as mistake:
        client.upload(path, "plan.jsonl", SOON)

    assert "sk-1234" not in mistake.value.reason
    assert mistake.value.after == 300


def test_an_output_file_that_is_forbidden_at_first_is_given_later(
    provider: Provider, client: OpenAIBatches, tmp_path: Path
) -> None:
    batch = begin(client, tmp_path, rows("a", "b"))
    provider.settle()
    provider.order("content", says(403), says(403))
    output = got(client, batch).output_file_id or ""

    for _ in range(2):
        with pytest.raises(Retryable, match="403") as soon:
            client.download(output, SOON)
        assert soon.value.after == 60

    assert len(list(lines(client, output))) == 2


def test_a_download_that_breaks_off_says_so_while_it_is_read(provider: Provider, client: OpenAIBatches) -> None:
    provider.order("content", breaks_off)

    chunks = client.download("file-1", SOON)

    assert chunks is not None
    with pytest.raises(Retryable, match="broke off"):
        list(chunks)


def test_an_empty_file_is_downloaded_as_nothing(client: OpenAIBatches, provider: Provider, path: Path) -> None:
    path.write_bytes(b"")
    file = client.upload(path, "empty.jsonl", SOON)

    assert list(client.download(file, SOON) or [b"gone"]) == [b""]


def test_what_is_gone_is_none_and_no_fault(client: OpenAIBatches) -> None:
    assert client.get("batch_1", SOON) is None
    assert client.download("file-1", SOON) is None
    client.delete_file("file-1", SOON)
    client.cancel("batch_1", SOON)


def test_a_batch_of_a_file_that_is_gone_cannot_be_made(client: OpenAIBatches) -> None:
    with pytest.raises(Gone):
        client.create("file-1", {}, SOON)


def test_an_expired_batch_gives_what_was_done_and_names_the_rest(
    provider: Provider, client: OpenAIBatches, tmp_path: Path
) -> None:
    batch = begin(client, tmp_path, rows("a", "b", "c"))

    provider.settle(expires(after=1))

    ended = got(client, batch)
    done = [read_row(line) for line in lines(client, ended.output_file_id)]
    left = [read_row(line) for line in lines(client, ended.error_file_id)]
    assert (ended.status, provider.service.batch) == ("expired", 1)
    assert [one.custom_id for one in done if one and one.completion] == ["a"]
    assert [(one.custom_id, one.reason) for one in left if one] == [
        (name, "the batch said batch_expired") for name in ("b", "c")
    ]


def test_a_cancelled_batch_ends_with_what_there_is(provider: Provider, client: OpenAIBatches, tmp_path: Path) -> None:
    asked, other = (begin(client, tmp_path, rows("a", "b")) for _ in range(2))
    client.cancel(asked.id, SOON)
    assert got(client, asked).status == "cancelling"

    provider.settle()
    again = begin(client, tmp_path, rows("a", "b"))
    provider.settle(ends_cancelled(after=1))

    assert (got(client, asked).status, got(client, asked).output_file_id) == ("cancelled", None)
    assert got(client, other).status == "completed"
    assert (got(client, again).status, provider.service.batch) == ("cancelled", 3)
    client.cancel(asked.id, SOON)


def test_a_batch_may_complete_with_nothing_but_errors(
    provider: Provider, client: OpenAIBatches, tmp_path: Path
) -> None:
    batch = begin(client, tmp_path, rows("a", "b"))

    provider.settle(fails_every_request())

    ended = got(client, batch)
    failed = [read_row(line) for line in lines(client, ended.error_file_id)]
    assert (ended.status, ended.output_file_id, ended.counts.failed) == ("completed", None, 2)
    assert {one.reason for one in failed if one} == {"the batch's row says 500 (server_error)"}


TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], list[str | None]]] = {
    "missing": (without_the_first, ["b", "a"]),
    "doubled": (with_the_first_twice, ["c", "b", "a", "c"]),
    "garbled": (with_the_first_garbled, [None, "b", "a"]),
    "unknown": (with_an_unknown_one, ["c", "b", "a", "unheard-of"]),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_rows_come_as_they_come(provider: Provider, client: OpenAIBatches, tmp_path: Path, name: str) -> None:
    change, ids = TAMPERED[name]
    batch = begin(client, tmp_path, rows("a", "b", "c"))

    provider.settle(completes(change))

    read = [read_row(line) for line in lines(client, got(client, batch).output_file_id)]
    assert [one and one.custom_id for one in read] == ids


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b'{"id": "batch_1"}',
        b'{"id": "batch_1", "status": "dreaming", "input_file_id": "file-1"}',
        b'{"id": "batch_1", "status": "failed", "input_file_id": "file-1", "errors": 3}',
    ],
)
def test_what_is_no_batch_is_asked_for_again_later(provider: Provider, client: OpenAIBatches, body: bytes) -> None:
    provider.order("get", answers(body))

    with pytest.raises(Retryable, match="something else than the Batch API"):
        client.get("batch_1", SOON)


def test_a_batch_may_leave_out_what_it_has_not(provider: Provider, client: OpenAIBatches) -> None:
    bare = {"id": "b", "status": "failed", "input_file_id": "f", "metadata": None, "request_counts": None}
    errors = {"object": "list", "data": [{"code": None, "message": "The text.", "line": None}]}
    provider.order("get", answers(json.dumps({**bare, "errors": errors}).encode()), answers(json.dumps(bare).encode()))

    first, second = client.get("b", SOON), client.get("b", SOON)

    assert first is not None
    assert second is not None
    assert ([error.code for error in first.errors], second.errors, second.metadata) == (["no code"], (), {})
    assert "The text" not in repr(first)


def test_a_server_that_gives_the_same_page_for_ever_is_left(provider: Provider, client: OpenAIBatches) -> None:
    now = int(datetime.now(UTC).timestamp())
    page = json.dumps({"data": [{"id": "b", "created_at": now, "metadata": None}], "has_more": True}).encode()
    provider.order("list", *[answers(page)] * 5)

    assert client.find({"plan": "p"}, LATELY, SOON) is None
    assert provider.asked["list"] == 2


def test_a_list_is_read_until_it_is_older(provider: Provider, client: OpenAIBatches) -> None:
    page = json.dumps({"data": [{"id": "b", "created_at": 1, "metadata": {"plan": "p"}}], "has_more": True}).encode()
    provider.order("list", answers(page))

    assert client.find({"plan": "p"}, LATELY, SOON) is None
    assert provider.asked["list"] == 1


def test_a_file_is_read_while_it_is_sent(client: OpenAIBatches, provider: Provider, tmp_path: Path) -> None:
    """A file of 40 MB takes a few chunks of memory, on both sides."""
    path = tmp_path / "large"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 40_000_000)
    client.offered(SOON)
    tracemalloc.start()
    try:
        uploaded = client.upload(path, "large.jsonl", 60)
        received = sum(len(chunk) for chunk in client.download(uploaded, 60) or ())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert received == 40_000_000
    assert peak < 8_000_000


def test_an_upload_is_given_up_when_its_time_is_up(client: OpenAIBatches, tmp_path: Path) -> None:
    path = tmp_path / "endless"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 4_000_000_000)
    began = monotonic()

    with pytest.raises(Retryable):
        client.upload(path, "endless.jsonl", SHORT)

    assert monotonic() - began < 10


@pytest.mark.parametrize("timeout", [0.0, -1.0])
def test_without_time_nobody_is_asked(provider: Provider, client: OpenAIBatches, timeout: float) -> None:
    with pytest.raises(Retryable, match="no time"):
        client.get("batch_1", timeout)
    with pytest.raises(Retryable, match="no time"):
        client.download("file-1", timeout)

    assert not provider.asked


@pytest.mark.parametrize("key", ["", " \n", "schlüssel"])
def test_a_key_that_is_none_is_the_operators_mistake(key: str) -> None:
    with pytest.raises(Retryable, match="check the secret"):
        OpenAIBatches("http://127.0.0.1:9/v1", key).offered(SOON)


def test_a_server_that_is_not_there_is_asked_again_later(client: OpenAIBatches) -> None:
    with client_of("http://127.0.0.1:9/v1") as nobody, pytest.raises(Retryable, match="cannot be reached"):
        nobody.offered(SOON)


@given(st.binary(max_size=200))
def test_no_bytes_make_a_batch_by_chance(body: bytes) -> None:
    try:
        Batch.model_validate_json(body)
    except ValueError:
        return
    assert json.loads(body)["status"]


def answers(body: bytes) -> Behaviour:
    """Answer an operation with a body of one's own."""
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    async def behaviour(_app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
        await Response(body, media_type="application/json")(scope, receive, send)
        return True

    return behaviour
