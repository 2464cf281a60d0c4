"""The stand-in over HTTP, as the provider's own client and as a careless one would call it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from dateline.ask.schema import Answer
from dateline.ask.strict import strict_schema
from infra.standin import DATED, MODEL
from infra.standin.server import serving
from tests.unit.standin.asking import message

TEXT = "Die Vermittler trafen sich Ende 2023 am See, sagte eine Quelle. Das Ministerium lehnte eine Stellungnahme ab."
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving() as base_url:
        yield base_url


def body(**changes: object) -> dict[str, object]:
    schema = {"name": "answer", "strict": True, "schema": strict_schema(Answer)}
    return {
        "model": "extractive",
        "messages": [{"role": "system", "content": "Instructions."}, {"role": "user", "content": message(TEXT)}],
        "response_format": {"type": "json_schema", "json_schema": schema},
    } | changes


def post(url: str, data: bytes) -> tuple[int, dict[str, dict[str, object]]]:
    request = urllib.request.Request(f"{url}/chat/completions", data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_the_providers_own_client_gets_an_answer_under_the_schema(url: str) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Instructions."},
        {"role": "user", "content": message(TEXT)},
    ]
    with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
        completion = client.chat.completions.parse(model="extractive", messages=messages, response_format=Answer)

    parsed = completion.choices[0].message.parsed
    assert parsed is not None
    assert [event.d for event in parsed.ev] == ["Ende 2023"]
    assert completion.model == "extractive"
    assert completion.choices[0].finish_reason == "stop"


def test_a_name_to_change_to_is_answered_under_that_name(url: str) -> None:
    answers = [post(url, json.dumps(body(model=name)).encode())[1] for name in ("extractive", "extractive-2")]

    assert answers[0]["choices"] == answers[1]["choices"]
    assert [str(answer["model"]) for answer in answers] == ["extractive", "extractive-2"]


def test_one_name_to_change_to_is_answered_otherwise(url: str) -> None:
    text = "In May 2024 the dam was opened.\n\nThe council rejected an appeal against it.\n"
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Instructions."},
        {"role": "user", "content": message(text)},
    ]
    with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
        completions = [
            client.chat.completions.parse(model=model, messages=messages, response_format=Answer)
            for model in (MODEL, DATED)
        ]

    answers = [completion.choices[0].message.parsed for completion in completions]
    assert [answer and len(answer.ev) for answer in answers] == [2, 1]


def test_the_answers_are_counted(url: str) -> None:
    def count() -> int:
        with urllib.request.urlopen(f"{url}/standin/calls") as response:
            return int(json.load(response)["live"])

    before = count()
    post(url, json.dumps(body()).encode())
    post(url, json.dumps(body(stream=True)).encode())

    assert count() == before + 1


def test_tokens_are_counted_alike_and_add_up(url: str) -> None:
    counts = [post(url, json.dumps(body()).encode())[1]["usage"] for _ in range(2)]

    assert counts[0] == counts[1]
    assert counts[0]["prompt_tokens"] + counts[0]["completion_tokens"] == counts[0]["total_tokens"]  # type: ignore[operator]


def test_the_model_list_names_the_one_model(url: str) -> None:
    with urllib.request.urlopen(f"{url}/models") as response:
        assert [model["id"] for model in json.load(response)["data"]] == ["extractive"]


@pytest.mark.parametrize(
    ("changes", "status", "param"),
    [
        ({"model": "gpt-5-mini"}, 404, "model"),
        ({"stream": True}, 400, "stream"),
        ({"messages": []}, 400, "messages"),
        ({"response_format": None}, 400, "response_format"),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"schema": {"properties": {"a": {}}}}}},
            400,
            "response_format",
        ),
        ({"messages": [{"role": "user", "content": "Hello."}] * 2}, 400, "messages[1].content"),
    ],
)
def test_what_it_cannot_do_it_refuses_in_the_providers_form(
    url: str, changes: dict[str, object], status: int, param: str
) -> None:
    got, answered = post(url, json.dumps(body(**changes)).encode())

    assert (got, answered["error"]["param"]) == (status, param)
    assert answered["error"]["type"] == "invalid_request_error"
    assert answered["error"]["message"]


def test_a_body_that_is_no_json_is_refused(url: str) -> None:
    status, answered = post(url, b"\xff{")

    assert status == 400
    assert answered["error"]["type"] == "invalid_request_error"


def test_a_repair_call_is_answered_under_the_schema_too(url: str) -> None:
    messages = body()["messages"]
    assert isinstance(messages, list)
    again = [*messages, {"role": "assistant", "content": "{}"}, {"role": "user", "content": "These items failed: ..."}]

    _, answered = post(url, json.dumps(body(messages=again)).encode())

    content = answered["choices"][0]["message"]["content"]  # type: ignore[index]
    assert Answer.model_validate_json(content).ev == []


def test_as_a_program_it_tells_where_it_serves_and_ends_on_sigterm() -> None:
    command = [sys.executable, "-m", "infra.standin", "--port", "0"]
    environment = {"PYTHONPATH": f"{ROOT / 'functions'}:{ROOT}", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        with urllib.request.urlopen(f"{line.split()[-1]}/models") as response:
            assert response.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) in {0, -signal.SIGTERM}
        assert process.stdout.read() == ""


def test_a_taken_port_is_told_in_one_line() -> None:
    with serving() as taken:
        port = taken.split(":")[-1].split("/")[0]
        done = subprocess.run(
            [sys.executable, "-m", "infra.standin", "--port", port],
            cwd=ROOT,
            env={"PYTHONPATH": f"{ROOT / 'functions'}:{ROOT}"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith(f"cannot serve on 127.0.0.1:{port}: ")
