"""What `make run` is told: by its options, by the environment, by parameters of the template."""

from __future__ import annotations

from typing import Any, cast

import pytest

from infra.environment import Environment
from infra.local.cloud.deploy import deploy
from infra.local.failure import Trouble
from infra.local.options import read_options
from infra.local.stack import template_parameters


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_parameters_of_the_template_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ["--parameter", "DocumentTokens=5000000", "--parameter", "ReprocessPlan=cron(0 2 ? * SAT *)"]
    monkeypatch.setattr("sys.argv", ["infra.local", *given])

    options = read_options(Environment())

    assert options.parameter == [("DocumentTokens", "5000000"), ("ReprocessPlan", "cron(0 2 ? * SAT *)")]


@pytest.mark.parametrize(("name", "value"), [("DocumentToken", "1"), ("DocumentTokens", "many")])
def test_what_is_no_parameter_or_no_number_is_refused_before_anything_is_deployed(name: str, value: str) -> None:
    no_cloud = cast("Any", None)

    with pytest.raises(Trouble, match="DocumentTokens"):
        deploy(no_cloud, {}, {name: value})


def test_an_address_without_a_key_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr("sys.argv", ["infra.local"])

    with pytest.raises(SystemExit) as ended:
        read_options(Environment())

    assert ended.value.code == 2
    assert "OPENAI_API_KEY is not" in capsys.readouterr().err


def test_the_environment_s_model_and_language_reach_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OPENAI_API_KEY": "a-key",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "DATELINE_MODEL": "a-model",
        "DATELINE_LANGUAGE": "fr",
    }.items():
        monkeypatch.setenv(name, value)

    assert template_parameters(Environment(), 1) == {
        "ModelName": "a-model",
        "ModelUrl": "http://127.0.0.1:9/v1",
        "OutputLanguage": "fr",
    }


def test_without_a_key_the_template_names_the_stand_in() -> None:
    named = template_parameters(Environment(), 8123)

    assert (named["ModelName"], named["ModelUrl"]) == ("extractive", "http://127.0.0.1:8123/v1")
