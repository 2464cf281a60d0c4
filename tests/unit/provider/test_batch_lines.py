"""A batch's rows: the bytes of the live lane go in, and whatever comes back is read or named."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from time import monotonic

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import OpenAI

from dateline.ask.request import Request, repair, request
from dateline.documents import Document, Published, Sentence
from dateline.provider.batch_lines import ENDPOINT, Row, read_row, row
from dateline.provider.client import OpenAIModel
from dateline.records import Usage
from tests.misbehaving import misbehaving, says

TEXT = 'Am 3. Mai 2024 sagte „Ida“ Crane "nein".\tДа, ясно: 第一 — \U0001f5de\\ </script>'
DOCUMENT = Document(
    text=TEXT,
    sentences=(Sentence(1, 0, len(TEXT)),),
    encoding="utf-8",
    title='Ein "Titel"',
    published=Published(date(2024, 5, 24), "caller"),
)
FIRST = request(DOCUMENT, "ask", "de")
SERVER = "http://127.0.0.1:9/v1"


def completion(content: str | None = "{}", finish: str = "stop", **message: object) -> dict[str, object]:
    usage = {"prompt_tokens": 900, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 800}}
    said = {"role": "assistant", "content": content, **message}
    return {"choices": [{"index": 0, "finish_reason": finish, "message": said}], "usage": usage}


def line(body: object = None, status: object = 200, error: object = None, **fields: object) -> bytes:
    response = {"status_code": status, "request_id": "r", "body": body}
    return json.dumps({"id": "b", "custom_id": "one", "response": response, "error": error} | fields).encode() + b"\n"


@pytest.mark.parametrize("asked", [FIRST, repair(FIRST, '{"ev": []}', ["ev[0]: »x«"], ["3. Mai"])])
def test_a_row_holds_the_bytes_that_the_live_lane_sends(asked: Request) -> None:
    with misbehaving() as server:
        server.order(says("{}"))
        OpenAIModel("a-model", server.url, "a-key").complete(asked, monotonic() + 30)
        live = server.bodies[0]

        made = row("one", "a-model", asked, server.url)

    head = b'{"custom_id":"one","method":"POST","url":"/v1/chat/completions","body":'
    assert made == head + live + b"}\n"


@pytest.mark.parametrize("url", [None, "https://api.openai.com/v1", "https://EU.api.openai.com/v1"])
def test_the_provider_itself_is_told_by_both_lanes_not_to_store(url: str | None) -> None:
    sent: list[bytes] = []

    def answer(asked: httpx2.Request) -> httpx2.Response:
        sent.append(asked.content)
        return httpx2.Response(200, json=completion())

    model = OpenAIModel("a-model", url, "a-key")
    client = OpenAI(api_key="a", base_url=url, http_client=httpx2.Client(transport=httpx2.MockTransport(answer)))
    vars(model)["_client"] = client
    model.complete(FIRST, monotonic() + 30)

    made = row("one", "a-model", FIRST, url)

    assert made.endswith(b'"body":' + sent[0] + b"}\n")
    assert json.loads(made)["body"]["store"] is False


@pytest.mark.parametrize("url", [SERVER, "https://api.openai.com.example/v1"])
def test_another_server_is_not_told_what_it_may_not_know(url: str) -> None:
    assert "store" not in json.loads(row("one", "m", FIRST, url))["body"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_row_is_one_line_of_json(text: str) -> None:
    said = replace(FIRST, messages=(replace(FIRST.messages[0], content=text),))

    made = row(text, "m", said, SERVER)

    assert made.count(b"\n") == 1
    assert json.loads(made)["body"]["messages"][0]["content"] == text
    assert (json.loads(made)["custom_id"], json.loads(made)["url"]) == (text, ENDPOINT)


def test_rows_are_made_without_the_sdk() -> None:
    code = (
        "import sys; import dateline.provider.batch_lines, dateline.provider.batches; sys.exit('openai' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": "functions"}).returncode == 0


def test_a_completion_is_read_as_in_the_live_lane_and_knows_its_lane() -> None:
    read = read_row(line(completion('{"a": 1}')))

    assert read is not None
    assert read.completion is not None
    assert (read.custom_id, read.reason, read.completion.lane) == ("one", None, "batch")
    assert (read.completion.text, read.completion.finish) == ('{"a": 1}', "stop")
    assert read.completion.usage == Usage(calls=1, input=900, cached=800, output=50)


@pytest.mark.parametrize(
    ("body", "finish", "text"),
    [
        (completion('{"ev": [', "length"), "length", '{"ev": ['),
        (completion(None, refusal="No."), "refused", "the model refused: No."),
        (completion("x", "content_filter"), "refused", "the model's provider withheld the answer (content_filter)"),
    ],
)
def test_what_was_cut_off_or_refused_is_a_completion(body: object, finish: str, text: str) -> None:
    read = read_row(line(body))

    assert read is not None
    assert read.completion is not None
    assert (read.completion.finish, read.completion.text) == (finish, text)


@pytest.mark.parametrize(
    ("failed", "reason"),
    [
        (line(error={"code": "batch_expired", "message": "The text."}, response=None), "batch_expired"),
        (line({"error": {"code": "context_length_exceeded", "message": "The text."}}, 400), "400 (context_length_"),
        (line({"error": {"type": "server_error", "code": None}}, 500), "500 (server_error)"),
        (line({"error": "The text."}, 500), "500 (no code)"),
        (line(None, 429), "429 (no code)"),
        (line(error="The text.", response=None), "no code"),
        (line(response=None), "no response"),
        (line(response="The text."), "no response"),
        (line(status="The text."), "no response"),
        (line({"choices": []}), "no chat completion"),
        (line(None), "no chat completion"),
        (b'{"custom_id": "one"}', "no response"),
    ],
)
def test_why_there_is_no_completion_is_said_without_any_text(failed: bytes, reason: str) -> None:
    read = read_row(failed)

    assert read == Row("one", None, read.reason if read else "")
    assert reason in (read.reason or "")
    assert "The text" not in (read.reason or "")


@pytest.mark.parametrize(
    "garbled", [b"", b"\n", b"{", b"\xff\xfe", b"[]", b"null", b'{"custom_id": 3}', b"[" * 100_000]
)
def test_a_line_without_an_id_is_none(garbled: bytes) -> None:
    assert read_row(garbled) is None


@given(st.data())
def test_a_line_that_is_damaged_anywhere_is_a_value(data: st.DataObject) -> None:
    whole = line(completion("text"))
    place = data.draw(st.integers(0, len(whole)))

    read = read_row(whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + data.draw(st.integers(0, 9)) :])

    assert read is None or (read.completion is None) != (read.reason is None)
