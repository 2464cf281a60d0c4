"""The command `dateline model check`, over real sockets: a server that is right, and each way to be wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from infra.cli import main
from infra.environment import Provider
from infra.operating.findings import Found
from infra.operating.model import check
from infra.standin.api import Service
from infra.standin.chat import complete
from infra.standin.server import application, serving
from tests.misbehaving import misbehaving, reset, says, status

if TYPE_CHECKING:
    from tests.misbehaving import Behaviour

KEY = "sk-not-to-be-shown"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "DATELINE_MODEL", "DATELINE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def translated(body: bytes) -> dict[str, Any]:
    """Answer the check's German text in English, as a model would."""
    made: dict[str, Any] = complete(body)
    message = made["choices"][0]["message"]
    answer = json.loads(message["content"])
    answer["out"] = "en"
    answer["head"]["t"] = "The chain bridge is closed."
    for one, text in zip(
        answer["sum"], ("A crack closed the bridge.", "The repair is dear.", "A vote is to come."), strict=False
    ):
        one["t"] = text
    for one, text in zip(answer["ev"], ("The bridge is closed", "The mayor speaks", "The council votes"), strict=False):
        one["t"] = text
    message["content"] = json.dumps(answer)
    return made


def of(found: list[Found]) -> dict[str, str]:
    return {one.name: one.state for one in found}


def asked(behaviour: Behaviour) -> dict[str, Found]:
    with misbehaving() as server:
        server.order(behaviour)
        found = check(Provider(model="a-model", url=server.url, key=KEY), "en", seconds=20)
        assert len(server.calls) <= 1
    return {one.name: one for one in found}


def test_a_server_that_does_all_is_said_to_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    service = Service(translated)
    with serving(application(service)) as url:
        assert main(["model", "check", "--model", "extractive", "--url", url]) == 0

    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in shown if line[0] != " "] == [
        ["holds", name] for name in ("key", "address", "model", "schema", "answer", "language", "price", "batches")
    ]
    assert service.live == 1


def test_a_model_that_keeps_the_documents_own_language_fails_for_that_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving() as url:
        assert main(["model", "check", "--model", "extractive", "--url", url]) == 1

    shown = capsys.readouterr().out
    assert [line.split()[1] for line in shown.splitlines() if line.startswith("fails")] == ["language"]
    assert "are in de, and en was asked for" in shown


def test_a_name_that_the_server_does_not_know_fails_and_nothing_after_it_is_claimed() -> None:
    with serving() as url:
        found = check(Provider(model="nobody", url=url, key=KEY), "en")

    assert of(list(found)) == {
        "key": "unknown",
        "address": "holds",
        "model": "fails",
        "schema": "unknown",
        "answer": "unknown",
        "language": "unknown",
        "price": "missing",
        "batches": "holds",
    }


@pytest.mark.parametrize(
    ("behaviour", "failing"),
    [
        (status(401), "key"),
        (status(403), "key"),
        (status(404), "model"),
        (status(400), "schema"),
        (status(429), "answer"),
        (status(500), "answer"),
        (reset, "answer"),
        (says("Here is your summary!"), "schema"),
        (says({"lang": "de"}, finish="length"), "schema"),
        (says(None, refusal="I cannot."), "answer"),
    ],
)
def test_what_a_server_does_wrong_is_named_with_what_to_do(behaviour: Behaviour, failing: str) -> None:
    found = asked(behaviour)

    failed = [one for one in found.values() if one.state == "fails"]
    assert failed[0].name == failing
    assert all(one.todo for one in failed)
    assert KEY not in str(found)


def test_a_price_and_batches_can_be_done_without() -> None:
    found = asked(says("{}"))

    assert (found["price"].state, found["batches"].state) == ("missing", "missing")


def test_nobody_at_the_address_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "check", "--url", "http://127.0.0.1:9/v1"]) == 1

    shown = capsys.readouterr().out
    assert [line.split()[1] for line in shown.splitlines() if line.startswith("fails")] == ["address"]
    assert KEY not in shown


def test_what_can_be_no_key_is_not_sent() -> None:
    with misbehaving() as server:
        found = check(Provider(model="a-model", url=server.url, key="sk-…"), "en")

    assert of(list(found))["key"] == "fails"
    assert server.calls == []


def test_without_a_key_nothing_is_asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    assert main(["model", "check"]) == 2
    assert main(["model", "check", "--url", "http://127.0.0.1:9/v1"]) == 2
    assert "OPENAI_API_KEY" in capsys.readouterr().err
