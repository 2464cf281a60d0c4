"""Who may read over HTTP, and who may decide."""

from __future__ import annotations

import re
from typing import Any

import pytest

from edit.routes import DECISION, DECISIONS
from read.routes import ROUTES
from tests.infra.conftest import of_type
from upload.routes import DOCUMENT, UPLOADS

Resources = dict[str, dict[str, Any]]

# None of these holds any data of a document.
_PUBLIC = {"/health", "/", "/assets/{file+}", "/openapi.json", "/docs"}
_METHODS = ("GET", "HEAD")
_DECIDING = {f"POST {DECISIONS}", f"DELETE {DECISION}"}
_UPLOADING = {f"POST {UPLOADS}", f"DELETE {DOCUMENT}"}
_WRITING = _DECIDING | _UPLOADING
_READ: dict[str, Any] = {"Fn::GetAtt": ["Read", "Arn"]}
# The nested template has no function where nobody edits, or uploads, over HTTP.
_EDIT: dict[str, Any] = {"Fn::If": ["Editing", {"Fn::GetAtt": ["Edit", "Arn"]}, ""]}
_UPLOAD: dict[str, Any] = {"Fn::If": ["Uploading", {"Fn::GetAtt": ["Upload", "Arn"]}, ""]}
_NO_ROUTE, _PREFLIGHT = "$default", "OPTIONS /{proxy+}"


def test_only_what_holds_no_data_is_public(resources: Resources) -> None:
    for route in of_type(resources, "AWS::ApiGatewayV2::Route").values():
        properties = route["Properties"]
        if properties["RouteKey"].partition(" ")[2] in _PUBLIC or properties["RouteKey"] == _PREFLIGHT:
            assert properties["AuthorizationType"] == "NONE"
        else:
            writing = {**dict.fromkeys(_DECIDING, "JwtEditScope"), **dict.fromkeys(_UPLOADING, "JwtWriteScope")}
            scope = writing.get(properties["RouteKey"], "JwtScope")
            assert authorisation(properties, "iam") == ("AWS_IAM", None, None)
            assert authorisation(properties, "jwt") == ("JWT", "JwtAuthorizer", [{"Ref": scope}])


def test_other_origins_are_answered_only_where_the_setting_names_them(
    template: dict[str, Any], resources: Resources
) -> None:
    assert template["Parameters"]["CorsOrigins"]["Default"] == ""
    condition, cors, otherwise = resources["Api"]["Properties"]["CorsConfiguration"]["Fn::If"]
    assert (condition, otherwise) == ("Cors", {"Ref": "AWS::NoValue"})
    assert cors["AllowOrigins"] == {"Fn::Split": [",", {"Fn::Join": [",", {"Ref": "CorsOrigins"}]}]}
    assert "AllowCredentials" not in cors
    assert cors["AllowMethods"] == {"Fn::If": ["Writing", ["GET", "HEAD", "POST", "DELETE"], ["GET", "HEAD"]]}
    (preflight,) = (
        one
        for one in of_type(resources, "AWS::ApiGatewayV2::Route").values()
        if one["Properties"]["RouteKey"] == _PREFLIGHT
    )
    assert preflight["Condition"] == "Cors"


@pytest.mark.parametrize("function", ["Read", "Edit", "Upload"])
def test_the_claim_that_limits_callers_counts_only_where_tokens_are_checked(
    resources: Resources, function: str
) -> None:
    environment = resources[function]["Properties"]["Environment"]["Variables"]
    assert environment["DATELINE_COLLECTIONS_CLAIM"] == {"Fn::If": ["AuthJwt", {"Ref": "CollectionsClaim"}, ""]}


@pytest.mark.parametrize(
    ("switch", "function", "routes"),
    [
        ("Editing", "Edit", {"PostDecision", "DeleteDecision"}),
        ("Uploading", "Upload", {"PostUpload", "DeleteDocument"}),
    ],
)
def test_nobody_writes_over_http_unless_that_is_switched_on(
    template: dict[str, Any], resources: Resources, switch: str, function: str, routes: set[str]
) -> None:
    parameter = template["Parameters"][switch]
    assert (parameter["Default"], parameter["AllowedValues"]) == ("off", ["off", "on"])
    assert template["Conditions"][switch] == {"Fn::Equals": [{"Ref": switch}, "on"]}
    switched = {name for name, resource in resources.items() if resource.get("Condition") == switch}
    of_function = {f"{function}{end}" for end in ("", "Logs", "Role", "Integration")}
    assert switched == {*of_function, f"ApiInvokes{function}", *routes}


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


def test_the_gateway_checks_who_issued_a_token_for_whom_and_finds_it_in_one_place(resources: Resources) -> None:
    (authorizer,) = of_type(resources, "AWS::ApiGatewayV2::Authorizer").values()
    assert authorizer["Condition"] == "AuthJwt"
    assert authorizer["Properties"]["AuthorizerType"] == "JWT"
    assert authorizer["Properties"]["IdentitySource"] == ["$request.header.Authorization"]
    assert authorizer["Properties"]["JwtConfiguration"] == {
        "Issuer": {"Ref": "JwtIssuer"},
        "Audience": [{"Ref": "JwtAudience"}],
    }


def test_a_token_without_a_scope_is_never_enough_and_one_to_read_writes_nothing(template: dict[str, Any]) -> None:
    scopes = [template["Parameters"][name] for name in ("JwtScope", "JwtEditScope", "JwtWriteScope")]
    assert all(one["MinLength"] == 1 for one in scopes)
    assert len({one["Default"] for one in scopes}) == len(scopes)


def test_nobody_but_the_gateway_calls_the_functions_that_believe_it(resources: Resources) -> None:
    gateway = {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*"}
    permissions = [one["Properties"] for one in of_type(resources, "AWS::Lambda::Permission").values()]
    called = [(one["FunctionName"], one["Principal"], one["SourceArn"]) for one in permissions]
    assert called == [(function, "apigateway.amazonaws.com", gateway) for function in (_READ, _EDIT, _UPLOAD)]
    for function in ("Read", "Edit", "Upload"):
        assert "FunctionUrlConfig" not in resources[function]["Properties"]


def test_every_route_reads_and_goes_to_the_function_that_reads_but_those_that_write(resources: Resources) -> None:
    for route in of_type(resources, "AWS::ApiGatewayV2::Route").values():
        key = route["Properties"]["RouteKey"]
        writing = {**dict.fromkeys(_DECIDING, "EditIntegration"), **dict.fromkeys(_UPLOADING, "UploadIntegration")}
        integration = writing.get(key, "ApiIntegration")
        assert key.startswith(("GET /", "HEAD /")) or key in {_NO_ROUTE, _PREFLIGHT, *_WRITING}
        assert route["Properties"]["Target"] == {"Fn::Sub": f"integrations/${{{integration}}}"}
    integrations = ("ApiIntegration", _READ), ("EditIntegration", _EDIT), ("UploadIntegration", _UPLOAD)
    for integration, function in integrations:
        assert resources[integration]["Properties"]["IntegrationUri"] == function


def test_the_gateway_knows_the_routes_that_the_functions_know(resources: Resources) -> None:
    keys = {route["Properties"]["RouteKey"] for route in of_type(resources, "AWS::ApiGatewayV2::Route").values()}
    # What is shown of a collection or a document is one route of the gateway: `timeline`, `timeline.ics`.
    shown = {re.sub(r"/(\w+)$", "/{view}", route.path) if route.path.count("/") > 2 else route.path for route in ROUTES}
    read = {f"{method} {path}" for method in _METHODS for path in shown | _PUBLIC}
    assert keys - {_NO_ROUTE, _PREFLIGHT} == read | _WRITING


def test_access_is_logged(resources: Resources) -> None:
    settings = resources["ApiStage"]["Properties"]["AccessLogSettings"]
    assert settings["DestinationArn"] == {"Fn::GetAtt": ["ApiLogs", "Arn"]}
    assert "authorization" not in settings["Format"].lower()


def test_access_logs_need_no_room_in_the_regions_one_policy_for_logs(resources: Resources) -> None:
    name, named = resources["ApiLogs"]["Properties"]["LogGroupName"]["Fn::Sub"]
    assert (name, named) == ("/aws/vendedlogs/${Name}/api", {"Name": {"Ref": "AWS::StackName"}})


def test_nobody_can_take_all_functions_of_the_account_by_asking(template: dict[str, Any], resources: Resources) -> None:
    throttled = resources["ApiStage"]["Properties"]["DefaultRouteSettings"]
    assert throttled == {"ThrottlingRateLimit": {"Ref": "ApiRate"}, "ThrottlingBurstLimit": {"Ref": "ApiBurst"}}
    assert 0 < template["Parameters"]["ApiRate"]["Default"] <= template["Parameters"]["ApiBurst"]["Default"]


@pytest.mark.parametrize(
    "output",
    [
        "ApiUrl",
        "BucketName",
        "TableName",
        "DropQueueUrl",
        "LinkQueueUrl",
        "ModelSecretArn",
        "ReprocessFunction",
        "DeadLetterQueueUrl",
        "DeadLetterQueueArn",
    ],
)
def test_the_stack_tells_what_its_users_need(template: dict[str, Any], output: str) -> None:
    assert template["Outputs"][output]["Value"]


def authorisation(route: dict[str, Any], choice: str) -> tuple[Any, Any, Any]:
    """Work out a route's authorisation type, authoriser and scopes for a value of HttpApiAuth."""
    holds = {"AuthJwt": choice == "jwt", "AuthIam": choice == "iam"}

    def chosen(value: Any) -> Any:
        if isinstance(value, dict) and "Fn::If" in value:
            condition, then, otherwise = value["Fn::If"]
            return chosen(then if holds[condition] else otherwise)
        if isinstance(value, dict) and "Ref" in value:
            return None if value["Ref"] == "AWS::NoValue" else value["Ref"]
        return value

    return chosen(route["AuthorizationType"]), chosen(route["AuthorizerId"]), chosen(route["AuthorizationScopes"])
