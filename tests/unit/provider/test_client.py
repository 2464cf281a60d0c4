import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from time import monotonic

import httpx2
import pytest
from openai import OpenAI

from dateline.ask.request import Message, Request
from dateline.errors import Rejected, Retryable
from dateline.provider import client
from dateline.provider.client import KEY_REFUSED, MODEL_UNKNOWN, UNREACHABLE, OpenAIModel
from dateline.provider.limits import RateLimits
from dateline.records import Usage

REQUEST = Request((Message("system", "rules"), Message("user", "text")), {"type": "object", "properties": {}})
USAGE = {
    "prompt_tokens": 900,
    "completion_tokens": 50,
    "total_tokens": 950,
    "prompt_tokens_details": {"cached_tokens": 800},
    "completion_tokens_details": {"reasoning_tokens": 20},
}


def chat(content: str | None = "{}", finish: str = "stop", **message: object) -> httpx2.Response:
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    return httpx2.Response(200, json={"id": "1", "object": "chat.completion", "choices": [choice], "usage": USAGE})


def model(
    answer: Callable[[httpx2.Request], httpx2.Response], base_url: str | None = "http://127.0.0.1:9/v1"
) -> OpenAIModel:
    """A model whose server is a function."""
    asked = OpenAIModel("a-model", base_url, "a-key")
    transport = httpx2.MockTransport(answer)
    vars(asked)["_client"] = OpenAI(
        api_key="a-key", base_url=base_url, max_retries=0, http_client=httpx2.Client(transport=transport)
    )
    return asked


def recording(seen: list[httpx2.Request]) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return chat()

    return answer


def soon() -> float:
    return monotonic() + 5


def test_sends_name_key_messages_and_strict_schema_and_nothing_that_servers_may_refuse() -> None:
    seen: list[httpx2.Request] = []

    model(recording(seen)).complete(REQUEST, soon())

    assert str(seen[0].url) == "http://127.0.0.1:9/v1/chat/completions"
    assert seen[0].headers["authorization"] == "Bearer a-key"
    assert json.loads(seen[0].content) == {
        "model": "a-model",
        "messages": [{"role": "system", "content": "rules"}, {"role": "user", "content": "text"}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": {"type": "object", "properties": {}}},
        },
    }


def test_the_provider_itself_is_told_not_to_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    seen: list[httpx2.Request] = []

    model(recording(seen), base_url=None).complete(REQUEST, soon())

    assert json.loads(seen[0].content)["store"] is False


def test_tokens_are_counted_by_kind() -> None:
    said = model(lambda _: chat('{"a": 1}')).complete(REQUEST, soon())

    assert (said.text, said.finish) == ('{"a": 1}', "stop")
    assert said.usage == Usage(calls=1, input=900, cached=800, output=50, reasoning=20)


def test_a_server_that_counts_no_tokens_is_fine() -> None:
    bare = {"choices": [{"message": {"content": "{}"}}]}

    assert model(lambda _: httpx2.Response(200, json=bare)).complete(REQUEST, soon()).usage == Usage(calls=1)


def test_a_cut_off_answer_is_kept_and_named() -> None:
    said = model(lambda _: chat('{"ev": [', "length")).complete(REQUEST, soon())

    assert (said.text, said.finish) == ('{"ev": [', "length")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (chat(None, refusal="I cannot\nhelp with that."), "the model refused: I cannot help with that."),
        (chat(None, "content_filter"), "the model's provider withheld the answer (content_filter)"),
    ],
)
def test_a_models_refusal_is_told_with_the_tokens_that_it_took(answer: httpx2.Response, reason: str) -> None:
    refused = model(lambda _: answer).complete(REQUEST, soon())

    assert (refused.finish, refused.text, refused.usage.calls) == ("refused", reason, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx2.Response(400, json={"error": {"message": "text", "code": "content_filter"}}), "content_filter"),
    ],
)
def test_a_document_that_the_provider_refuses_is_rejected_with_the_reason(answer: httpx2.Response, reason: str) -> None:
    with pytest.raises(Rejected, match=reason) as refused:
        model(lambda _: answer).complete(REQUEST, soon())

    assert refused.value.code == "refused"


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(400, json={"error": {"message": "text", "code": "context_length_exceeded"}}),
        httpx2.Response(413),
    ],
)
def test_what_the_model_cannot_read_whole_is_too_long(answer: httpx2.Response) -> None:
    with pytest.raises(Rejected) as refused:
        model(lambda _: answer).complete(REQUEST, soon())

    assert refused.value.code == "too_long"


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_a_busy_or_broken_server_is_asked_once_and_again_later(status: int) -> None:
    calls: list[httpx2.Request] = []

    def busy(request: httpx2.Request) -> httpx2.Response:
        calls.append(request)
        return httpx2.Response(status, headers={"retry-after": "17"}, json={"error": {"message": "the text"}})

    with pytest.raises(Retryable) as later:
        model(busy).complete(REQUEST, soon())

    assert later.value.after == 17
    assert len(calls) == 1
    assert "the text" not in later.value.reason


def test_retry_after_may_be_a_date() -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)

    with pytest.raises(Retryable) as later:
        model(lambda _: httpx2.Response(429, headers={"retry-after": when})).complete(REQUEST, soon())

    assert later.value.after == pytest.approx(60, abs=2)


@pytest.mark.parametrize("value", ["soon", "nan", "inf", ""])
def test_a_senseless_retry_after_is_none(value: str) -> None:
    with pytest.raises(Retryable) as later:
        model(lambda _: httpx2.Response(503, headers={"retry-after": value})).complete(REQUEST, soon())

    assert later.value.after is None


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (400, "invalid", r"said 400 \(invalid\): check the model's name, address and key"),
        (401, "invalid_api_key", rf"{KEY_REFUSED} \(401, invalid_api_key\): check the key"),
        (403, "invalid", rf"{KEY_REFUSED} \(403, invalid\)"),
        (404, "model_not_found", rf"{MODEL_UNKNOWN} \(404, model_not_found\): check the model's name and address"),
        (404, "invalid", rf"{MODEL_UNKNOWN} \(404, invalid\)"),
        (400, "model_not_found", MODEL_UNKNOWN),
        (422, "invalid", "check the model's name, address and key"),
    ],
)
def test_an_operators_mistake_is_not_the_documents_fault(status: int, code: str, reason: str) -> None:
    body = {"error": {"message": "Incorrect key provided: sk-1234", "code": code}}

    with pytest.raises(Retryable, match=reason) as later:
        model(lambda _: httpx2.Response(status, json=body)).complete(REQUEST, soon())

    assert "sk-1234" not in later.value.reason
    assert later.value.after is not None


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx2.ConnectError("x"), f"^{UNREACHABLE}$"),
        (httpx2.ReadTimeout("x"), "did not answer"),
        (httpx2.RemoteProtocolError("x"), "broke off"),
    ],
)
def test_a_server_that_is_not_there_is_asked_again_later(error: Exception, reason: str) -> None:
    def gone(request: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(Retryable, match=reason):
        model(gone).complete(REQUEST, soon())


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"choices": []}', b'{"choices": null, "error": {}}'])
def test_an_answer_in_another_protocol_is_no_answer(body: bytes) -> None:
    answer = httpx2.Response(200, content=body, headers={"content-type": "application/json"})

    with pytest.raises(Retryable, match="something else than a chat completion"):
        model(lambda _: answer).complete(REQUEST, soon())


def test_without_time_nobody_is_asked() -> None:
    with pytest.raises(Retryable, match="no time"):
        model(lambda _: chat()).complete(REQUEST, monotonic() - 1)


def test_the_timeout_is_the_time_that_is_left() -> None:
    seen: list[httpx2.Request] = []

    model(recording(seen)).complete(REQUEST, monotonic() + 7)

    assert seen[0].extensions["timeout"]["read"] == pytest.approx(7, abs=1)


@pytest.mark.parametrize("key", ["", " \n", "schlüssel"])
def test_a_key_that_is_none_is_the_operators_mistake(key: str) -> None:
    with pytest.raises(Retryable, match="check the secret"):
        OpenAIModel("a-model", "http://127.0.0.1:9/v1", key).complete(REQUEST, soon())


def test_an_answer_that_drips_beyond_the_deadline_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            monkeypatch.setattr(client, "monotonic", lambda: now + 61)
            yield b" "
        pytest.fail("it was read to its end")

    now = monotonic()

    with pytest.raises(Retryable, match="still answering"):
        model(lambda _: httpx2.Response(200, content=drip())).complete(REQUEST, now + 60)


def test_an_answer_without_end_is_given_up() -> None:
    endless = (b" " * 100_000 for _ in count())

    with pytest.raises(Retryable, match="more than 5000000 bytes"):
        model(lambda _: httpx2.Response(200, content=endless)).complete(REQUEST, soon())


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    def broken() -> Iterator[bytes]:
        yield b"{"
        raise httpx2.ReadError("reset")

    with pytest.raises(Retryable, match="broke off"):
        model(lambda _: httpx2.Response(200, content=broken())).complete(REQUEST, soon())


def test_what_each_answer_says_of_limits_is_told_also_where_the_call_was_turned_away() -> None:
    heard: list[RateLimits] = []
    headers = {"X-RateLimit-Limit-Requests": "100", "Retry-After": "3"}
    answers = iter(
        [httpx2.Response(200, headers=headers, content=chat().content), httpx2.Response(429, headers=headers)]
    )
    asked = model(lambda _: next(answers))
    asked._hear = heard.append

    asked.complete(REQUEST, soon())
    with pytest.raises(Retryable):
        asked.complete(REQUEST, soon())

    assert heard == [RateLimits(100), RateLimits(100, wait=3.0, refused=True)]
