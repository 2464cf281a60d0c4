"""Nested templates on the local stack: part of the one that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra.local.cloud.nested import inlined

if TYPE_CHECKING:
    from pathlib import Path

_NESTED = """
Parameters: {Name: {Type: String}, Function: {Type: String}}
Conditions: {Named: !Not [!Equals [!Ref Name, ""]]}
Resources:
  Log: {Type: Log, Properties: {Name: !Sub "/${Name}/${AWS::Region}", Of: !Ref Function, Beside: !Ref Log}}
Outputs: {Where: {Value: !GetAtt Log.Arn}}
"""


def template(**others: Any) -> dict[str, Any]:
    given = {"Name": {"Ref": "AWS::StackName"}, "Function": {"Fn::GetAtt": ["Read", "Arn"]}}
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "logs.yaml", "Parameters": given}}
    return {"Resources": {"Logs": nested, **others}, "Outputs": {"Log": {"Fn::GetAtt": ["Logs", "Outputs.Where"]}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logs.yaml").write_text(_NESTED)
    return tmp_path


def test_what_a_nested_template_is_given_stands_where_it_names_it(folder: Path) -> None:
    log = inlined(template(), folder)["Resources"]["Log"]["Properties"]

    assert log["Of"] == {"Fn::GetAtt": ["Read", "Arn"]}
    assert log["Name"] == {"Fn::Sub": ["/${Name}/${AWS::Region}", {"Name": {"Ref": "AWS::StackName"}}]}


def test_what_a_nested_template_makes_is_named_as_before(folder: Path) -> None:
    whole = inlined(template(), folder)

    assert set(whole["Resources"]) == {"Log"}
    assert whole["Resources"]["Log"]["Properties"]["Beside"] == {"Ref": "Log"}
    assert whole["Conditions"] == {"Named": {"Fn::Not": [{"Fn::Equals": [{"Ref": "AWS::StackName"}, ""]}]}}


def test_what_is_read_of_a_nested_templates_outputs_is_what_it_puts_out(folder: Path) -> None:
    assert inlined(template(), folder)["Outputs"]["Log"] == {"Fn::GetAtt": ["Log", "Arn"]}


def test_one_name_for_two_things_is_a_mistake(folder: Path) -> None:
    with pytest.raises(ValueError, match="Log"):
        inlined(template(Log={"Type": "Queue"}), folder)
