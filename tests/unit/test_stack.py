"""How an operator's commands look at a stack of CloudFormation's."""

from __future__ import annotations

from typing import Any

from infra.stack import Stack

RESOURCES = {
    "mine": [("AWS::SQS::Queue", "drops"), ("AWS::CloudFormation::Stack", "arn:nested"), ("AWS::SQS::Queue", "links")],
    "arn:nested": [("AWS::CloudWatch::Alarm", "no-sweep"), ("AWS::CloudFormation::Stack", "arn:deeper")],
    "arn:deeper": [("AWS::CloudWatch::Alarm", "no-smoke")],
}


class CloudFormation:
    """A session, its client and the client's paginator, of stacks within a stack."""

    def client(self, *_: object, **__: object) -> CloudFormation:
        return self

    def get_paginator(self, _operation: str) -> CloudFormation:
        return self

    def paginate(self, *, StackName: str) -> list[dict[str, Any]]:  # noqa: N803
        rows = [{"ResourceType": kind, "PhysicalResourceId": name} for kind, name in RESOURCES[StackName]]
        return [{"StackResourceSummaries": rows[:1]}, {"StackResourceSummaries": rows[1:]}]


def test_the_resources_of_nested_stacks_are_among_a_stacks_own() -> None:
    stack = Stack("mine", CloudFormation())  # type: ignore[arg-type]

    assert stack.resources("AWS::CloudWatch::Alarm") == ["no-sweep", "no-smoke"]
    assert stack.resources("AWS::SQS::Queue") == ["drops", "links"]
