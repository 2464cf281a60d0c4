"""Every setting can be reached, means one thing, and is what messages call it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import pytest

from infra.environment import DEFAULT_MODEL, Environment
from infra.local.paths import ROOT
from infra.reference.settings import FUNCTIONS
from infra.reference.settings import environments as environments_of
from tests.infra.conftest import of_type

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Resources = dict[str, dict[str, Any]]
Environments = dict[str, dict[str, Any]]

# The settings' own defaults are for a server that is not named, and for a page without sign-in.
_THE_TEMPLATE_KNOWS_BETTER = {"model_url", "sign_in"}
# What a message can advise: an environment variable of ours, an option, or a parameter of the template.
_VARIABLE = re.compile(r"\b(?:DATELINE|OPENAI)_[A-Z_]+\b")
_PARAMETER = re.compile(r"\b[Pp]arameter `?(\w+)")
# Advice to raise something names what.
_RAISE = re.compile(r"\braise (?!the parameter )")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_told_every_setting_that_it_has_and_no_other(environments: Environments, function: str) -> None:
    told = {name for name in environments[function] if name.startswith("DATELINE_")}
    assert told == {f"DATELINE_{name.upper()}" for name in FUNCTIONS[function].model_fields}


def test_a_setting_has_the_same_value_in_every_function_that_has_it(environments: Environments) -> None:
    own = {"POWERTOOLS_SERVICE_NAME"}
    assert environments["Read"]["POWERTOOLS_METRICS_NAMESPACE"] == {"Fn::Sub": "Dateline/${AWS::StackName}"}
    for name in set().union(*environments.values()) - own:
        assert len({str(variables[name]) for variables in environments.values() if name in variables}) == 1, name


def test_a_parameter_begins_with_the_default_of_its_setting(
    template: dict[str, Any], environments: Environments
) -> None:
    compared = set()
    for function, settings in FUNCTIONS.items():
        for name, field in settings.model_fields.items():
            parameter = template["Parameters"].get(environments[function][f"DATELINE_{name.upper()}"].get("Ref"))
            if parameter is not None and not field.is_required() and name not in _THE_TEMPLATE_KNOWS_BETTER:
                assert (parameter["Default"] or None) == (field.default or None), name
                compared.add(name)
    assert {"document_tokens", "day_tokens", "in_flight", "language"} <= compared


def test_a_laptop_asks_the_model_that_a_deployed_stack_asks(template: dict[str, Any]) -> None:
    assert template["Parameters"]["ModelName"]["Default"] == DEFAULT_MODEL
    assert template["Parameters"]["OutputLanguage"]["Default"] == Environment.model_fields["dateline_language"].default


@pytest.mark.parametrize("url", ["https://model.example/v1", "http://127.0.0.1:11434/v1", "http://localhost/v1"])
def test_a_model_is_reached_by_tls_or_on_the_same_machine(template: dict[str, Any], url: str) -> None:
    assert re.fullmatch(template["Parameters"]["ModelUrl"]["AllowedPattern"], url)


@pytest.mark.parametrize("url", ["http://model.example/v1", "http://127.0.0.1.example/v1", "http://localhost@example/"])
def test_a_models_key_is_never_sent_in_clear(template: dict[str, Any], url: str) -> None:
    assert not re.fullmatch(template["Parameters"]["ModelUrl"]["AllowedPattern"], url)


def test_a_day_has_a_budget_by_default_and_a_document_fits_into_it(template: dict[str, Any]) -> None:
    day, document = (template["Parameters"][name] for name in ("DayTokens", "DocumentTokens"))
    assert (day["Type"], day["MinValue"]) == ("Number", 1)
    assert day["Default"] >= document["Default"]


def test_what_is_built_is_for_the_processor_that_is_deployed(template: dict[str, Any], resources: Resources) -> None:
    assert template["Globals"]["Function"]["Architectures"] == ["arm64"]
    for function in of_type(resources, "AWS::Serverless::Function").values():
        assert "Architectures" not in function["Properties"]


def test_every_parameter_is_used(template: dict[str, Any]) -> None:
    used = str({**template, "Parameters": None})
    assert {name for name in template["Parameters"] if not re.search(rf"\b{name}\b", used)} == set()


def test_a_message_advises_only_what_its_reader_can_set(template: dict[str, Any]) -> None:
    """Messages of the functions are read by operators, who have parameters; those of `infra` also by users."""
    parameters = set(template["Parameters"])
    variables = {name.upper() for name in Environment.model_fields}
    advised = set()
    for file, text in _messages():
        deployed = file.is_relative_to(ROOT / "functions")
        assert set(_VARIABLE.findall(text)) <= (set() if deployed else variables), (file, text)
        named = set(_PARAMETER.findall(text)) & _camel_case(text)
        assert named <= parameters, (file, text)
        assert not (deployed and _RAISE.search(text)), (file, text)
        advised |= named
    assert "DocumentTokens" in advised


@pytest.fixture(scope="module")
def environments(template: dict[str, Any], resources: Resources) -> Environments:
    assert set(of_type(resources, "AWS::Serverless::Function")) == set(FUNCTIONS)
    return environments_of(template)


def _camel_case(text: str) -> set[str]:
    return set(re.findall(r"\b(?:[A-Z][a-z]+){2,}\b", text))


def _messages() -> Iterator[tuple[Path, str]]:
    """Return every text of the code that is no docstring; what is put into it stands as `…`."""
    for folder in ("functions", "infra"):
        for file in (ROOT / folder).rglob("*.py"):
            yield from ((file, text) for text in _texts(ast.parse(file.read_text())))


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
            for part in parts:
                if not isinstance(part, ast.Constant):
                    yield from _texts(part)
        case ast.Expr(value=ast.Constant()):
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)
