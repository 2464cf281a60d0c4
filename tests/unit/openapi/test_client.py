"""The typed client: of today's document, complete, and nothing that the API says is lost in it."""

from __future__ import annotations

import inspect
import json
from functools import cache
from http import HTTPStatus
from importlib import import_module
from itertools import chain, repeat
from typing import Any, get_type_hints

import httpx2
import pytest

from dateline_client import Client, models, paging
from dateline_client.models import GatewayRefusal, Health, ProblemDetails
from infra.openapi import client as generated
from infra.openapi.document import document
from infra.openapi.examples import COLLECTION, DOCUMENT_ID

# What no operation that has it can do without, and `body`, which has a model of its own each time.
_GIVEN = {"name": COLLECTION, "id": DOCUMENT_ID, "format_": "csv", "collection": COLLECTION, "q": "talks"}
_REFUSED_BY_GATEWAY = {"message": "Too Many Requests"}


@cache
def made() -> dict[str, Any]:
    return document()


@cache
def operations() -> dict[str, dict[str, Any]]:
    """Return the operations by name."""
    described = (one for path in made()["paths"].values() for key, one in path.items() if key != "parameters")
    return {one["operationId"]: one for one in described}


def answers() -> list[tuple[str, int]]:
    """Return every operation with every status that it can answer by."""
    return [(name, int(status)) for name, one in operations().items() for status in one["responses"]]


def call(name: str, transport: httpx2.BaseTransport) -> Any:
    """Call an operation of the client with what it needs, and return its detailed answer."""
    module = import_module(f"dateline_client.api.{operations()[name]['tags'][0]}.{name}")
    needed = {
        key
        for key, one in inspect.signature(module.sync_detailed).parameters.items()
        if one.default is inspect.Parameter.empty
    }
    given = {key: value for key, value in _GIVEN.items() if key in needed}
    if "body" in needed:
        content = operations()[name]["requestBody"]["content"]["application/json"]
        given["body"] = get_type_hints(module.sync_detailed)["body"].from_dict(content["example"])
    return module.sync_detailed(**given, client=Client("https://api.example", httpx_args={"transport": transport}))


def described(name: str, status: int) -> tuple[Any, str, Any]:
    """Return what an answer holds, its media type, and the client's type for it; None where it holds nothing."""
    answer = operations()[name]["responses"][str(status)]
    if "$ref" in answer:
        answer = made()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    if "content" not in answer:
        return None, "", type(None)
    media_type, content = next(iter(answer["content"].items()))
    schema = content["schema"].get("anyOf", [content["schema"]])[0]
    if "$ref" not in schema:
        return "Some text.", media_type, str
    kind = getattr(models, schema["$ref"].rpartition("/")[2])
    return content.get("example", _REFUSED_BY_GATEWAY), media_type, kind


def answering(status: int, held: object, media_type: str) -> httpx2.MockTransport:
    body = {"json": held} if isinstance(held, dict) else {"text": held or ""}
    headers = {"Content-Type": media_type} if media_type else {}
    return httpx2.MockTransport(lambda _: httpx2.Response(status, headers=headers, **body))


def written(answer: dict[str, Any]) -> str:
    """Write an answer in one way: there are two for a moment."""
    return json.dumps(answer, sort_keys=True).replace("+00:00", "Z")


def test_the_client_was_made_from_the_document_of_today() -> None:
    assert generated.DIGEST.read_text() == generated.digest(), "the API's description is another: run `make client`"


@pytest.mark.parametrize(("name", "status"), answers())
def test_every_answer_that_is_described_becomes_a_typed_one(name: str, status: int) -> None:
    held, media_type, kind = described(name, status)

    said = call(name, answering(status, held, media_type))

    assert said.status_code == status
    assert type(said.parsed) is kind
    if isinstance(held, dict):
        assert json.dumps(said.parsed.to_dict(), sort_keys=True).replace("+00:00", "Z") == json.dumps(
            held, sort_keys=True
        )


@pytest.mark.parametrize("status", [500, 503])
def test_what_the_gateway_says_where_the_service_does_not_answer_is_typed_too(status: int) -> None:
    said = call("get_document", answering(status, {"message": "Service Unavailable"}, "application/json"))

    assert said.parsed == GatewayRefusal(message="Service Unavailable")


def test_an_answer_of_another_kind_is_raised_with_what_it_said() -> None:
    problem = described("get_document", 404)[0]
    said = call("get_document", answering(404, problem, "application/problem+json"))

    with pytest.raises(paging.Refused, match=r"404.*It may have been deleted") as refused:
        paging.answered(models.Document, said)

    status, told = refused.value.args
    assert status == HTTPStatus.NOT_FOUND
    assert isinstance(told, ProblemDetails)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("dateline_client.paging.time.sleep", slept.append)
    return slept


def patient(monkeypatch: pytest.MonkeyPatch, *said: httpx2.Response) -> paging.Patient:
    """Make the transport that waits, over one that says these things, and the last one for ever."""
    following = chain(said, repeat(said[-1]))
    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", lambda *_: next(following))
    return paging.Patient()


def test_a_busy_api_is_asked_again_when_it_says_or_after_longer_each_time(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = httpx2.Response(503, headers={"Retry-After": "5"}, json={})
    throttled, good = httpx2.Response(429, json=_REFUSED_BY_GATEWAY), httpx2.Response(200, json={"status": "ok"})

    said = call("health", patient(monkeypatch, throttled, busy, throttled, good))

    assert isinstance(said.parsed, Health)
    assert waits == [1, 5, 4]


def test_an_api_that_stays_busy_is_given_up(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    said = call("health", patient(monkeypatch, httpx2.Response(429, json=_REFUSED_BY_GATEWAY)))

    assert isinstance(said.parsed, GatewayRefusal)
    assert sum(waits) == 31


def test_what_changes_something_is_asked_once(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    call("delete_document", patient(monkeypatch, httpx2.Response(429, json=_REFUSED_BY_GATEWAY)))

    assert waits == []


def test_what_is_written_by_hand_is_little() -> None:
    assert len((generated.PACKAGE / "paging.py").read_text().splitlines()) <= 60


def test_a_page_that_is_refused_ends_a_walk_with_the_reason() -> None:
    first = {"cursor": "next", "collections": []}
    said = iter([httpx2.Response(200, json=first), httpx2.Response(400, json=described("list_collections", 400)[0])])
    client = Client("https://api.example", httpx_args={"transport": httpx2.MockTransport(lambda _: next(said))})
    walk = paging.collections(client=client)

    assert next(walk).cursor == "next"
    with pytest.raises(paging.Refused, match="400"):
        next(walk)
