"""Who may read over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.places import ROOT
from tests.infra.conftest import of_type

Resources = dict[str, dict[str, Any]]

_PUBLIC = "GET /health"


def test_only_health_is_public(template: dict[str, Any], resources: Resources) -> None:
    for route in of_type(resources, "AWS::ApiGatewayV2::Route").values():
        properties = route["Properties"]
        if properties["RouteKey"] == _PUBLIC:
            assert properties["AuthorizationType"] == "NONE"
        else:
            assert authorisation(properties, "iam") == ("AWS_IAM", None)
            assert authorisation(properties, "jwt") == ("JWT", "JwtAuthorizer")


def test_authorisation_is_on_unless_it_is_switched_off(template: dict[str, Any]) -> None:
    parameter = template["Parameters"]["HttpApiAuth"]
    assert parameter["Default"] == "iam"
    assert parameter["AllowedValues"] == ["iam", "jwt", "none"]


def test_tokens_need_an_issuer_and_an_audience(template: dict[str, Any]) -> None:
    rule = template["Rules"]["JwtIsComplete"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "HttpApiAuth"}, "jwt"]}
    (assertion,) = rule["Assertions"]
    assert "JwtIssuer" in str(assertion["Assert"])
    assert "JwtAudience" in str(assertion["Assert"])


def test_every_route_reads_and_goes_to_the_one_function(resources: Resources) -> None:
    for route in of_type(resources, "AWS::ApiGatewayV2::Route").values():
        assert route["Properties"]["RouteKey"].startswith("GET /")
        assert route["Properties"]["Target"] == {"Fn::Sub": "integrations/${ApiIntegration}"}
    assert resources["ApiIntegration"]["Properties"]["IntegrationUri"] == {"Fn::GetAtt": ["Read", "Arn"]}


def test_the_gateway_knows_the_routes_that_the_function_knows(resources: Resources) -> None:
    routes = of_type(resources, "AWS::ApiGatewayV2::Route").values()
    declared = {route["Properties"]["RouteKey"].removeprefix("GET ") for route in routes}
    source = (ROOT / "functions" / "read" / "app.py").read_text()
    written = {line.split('"')[1] for line in source.splitlines() if line.startswith("@app.get(")}
    assert {parameterless(route) for route in declared} == {parameterless(route) for route in written}


def test_access_is_logged(resources: Resources) -> None:
    settings = resources["ApiStage"]["Properties"]["AccessLogSettings"]
    assert settings["DestinationArn"] == {"Fn::GetAtt": ["ApiLogs", "Arn"]}
    assert "authorization" not in settings["Format"].lower()


@pytest.mark.parametrize("output", ["ApiUrl", "BucketName", "TableName", "DropQueueUrl", "ModelSecretArn"])
def test_the_stack_tells_what_its_users_need(template: dict[str, Any], output: str) -> None:
    assert template["Outputs"][output]["Value"]


def authorisation(route: dict[str, Any], choice: str) -> tuple[Any, Any]:
    """Work out a route's authorisation type and authoriser for a value of HttpApiAuth."""
    holds = {"AuthJwt": choice == "jwt", "AuthIam": choice == "iam"}

    def chosen(value: Any) -> Any:
        if isinstance(value, dict) and "Fn::If" in value:
            condition, then, otherwise = value["Fn::If"]
            return chosen(then if holds[condition] else otherwise)
        if isinstance(value, dict) and "Ref" in value:
            return None if value["Ref"] == "AWS::NoValue" else value["Ref"]
        return value

    return chosen(route["AuthorizationType"]), chosen(route["AuthorizerId"])


def parameterless(route: str) -> str:
    return "/".join("*" if part[:1] in {"{", "<"} else part for part in route.split("/"))
