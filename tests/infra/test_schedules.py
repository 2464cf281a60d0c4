"""What happens by itself, and when: off where it costs a model's tokens, until a parameter says otherwise."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline.store.plans import InFlight
from infra.local.paths import ROOT
from reprocess.events import AnyEvent, CollectEvent, PlanEvent
from reprocess.limits import FileLimits
from tests.infra.conftest import of_type

Resources = dict[str, dict[str, Any]]


def test_there_are_three_schedules_and_the_one_that_plans_is_off(
    template: dict[str, Any], resources: Resources
) -> None:
    schedules = of_type(resources, "AWS::Scheduler::Schedule")
    assert {name: one.get("Condition") for name, one in schedules.items()} == {
        "SweepSchedule": None,
        "ReprocessPlanSchedule": "PlanBySchedule",
        "ReprocessCollectSchedule": "CollectBySchedule",
    }
    for condition, parameter in (("PlanBySchedule", "ReprocessPlan"), ("CollectBySchedule", "ReprocessCollect")):
        assert template["Conditions"][condition] == {"Fn::Not": [{"Fn::Equals": [{"Ref": parameter}, ""]}]}
    assert template["Parameters"]["ReprocessPlan"]["Default"] == ""


def test_plans_go_on_every_ten_minutes(template: dict[str, Any], resources: Resources) -> None:
    assert template["Parameters"]["ReprocessCollect"]["Default"] == "rate(10 minutes)"
    schedule = resources["ReprocessCollectSchedule"]["Properties"]
    assert schedule["ScheduleExpression"] == {"Ref": "ReprocessCollect"}
    assert read(schedule["Target"]["Input"]) == CollectEvent() == read(sample("reprocess-collect"))


def test_plans_are_made_at_a_time_of_the_operators_own_zone(template: dict[str, Any], resources: Resources) -> None:
    schedule = resources["ReprocessPlanSchedule"]["Properties"]
    assert schedule["ScheduleExpression"] == {"Ref": "ReprocessPlan"}
    assert schedule["ScheduleExpressionTimezone"] == {"Ref": "ReprocessTimeZone"}
    assert schedule["Target"]["Input"] == {"Ref": "ReprocessPlanEvent"}
    assert read(template["Parameters"]["ReprocessPlanEvent"]["Default"]) == PlanEvent()


@pytest.mark.parametrize("schedule", ["ReprocessPlanSchedule", "ReprocessCollectSchedule"])
def test_a_schedule_calls_the_function_under_the_role_that_may(resources: Resources, schedule: str) -> None:
    target = resources[schedule]["Properties"]["Target"]
    assert target["Arn"] == {"Fn::GetAtt": ["Reprocess", "Arn"]}
    assert target["RoleArn"] == {"Fn::GetAtt": ["ReprocessScheduleRole", "Arn"]}


@pytest.mark.parametrize("value", ["", "cron(0 2 ? * SAT *)", "rate(1 minute)"])
def test_a_schedule_is_an_expression_or_nothing(template: dict[str, Any], value: str) -> None:
    for parameter in ("ReprocessPlan", "ReprocessCollect"):
        assert re.fullmatch(template["Parameters"][parameter]["AllowedPattern"], value)
        assert not re.fullmatch(template["Parameters"][parameter]["AllowedPattern"], "daily")


def test_the_schedules_event_can_say_all_that_a_person_can(template: dict[str, Any]) -> None:
    allowed = template["Parameters"]["ReprocessPlanEvent"]["AllowedPattern"]
    said = {"kind": "plan", "collections": ["news"], "without": ["drafts"], "since": "2026-01-31", "limit": 5000}
    assert re.fullmatch(allowed, json.dumps(said))
    assert not re.fullmatch(allowed, json.dumps({"kind": "unpin"}))
    # The example in its description is one that the function reads.
    example = template["Parameters"]["ReprocessPlanEvent"]["Description"].partition(" - ")[2]
    assert isinstance(read(example), PlanEvent)


def test_the_function_has_a_processor_for_ten_minutes_and_room_for_a_file(resources: Resources) -> None:
    properties = resources["Reprocess"]["Properties"]
    assert (properties["MemorySize"], properties["Timeout"]) == (1_769, 600)
    megabytes = properties["EphemeralStorage"]["Size"]
    assert megabytes * 2**20 > 2 * FileLimits().bytes


def test_nobody_tries_a_failed_run_again_that_may_have_spent_something(resources: Resources) -> None:
    assert resources["Reprocess"]["Properties"]["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


def test_what_a_schedule_cannot_deliver_is_kept_and_counted_for_this_stack_alone(resources: Resources) -> None:
    for schedule in of_type(resources, "AWS::Scheduler::Schedule").values():
        properties = schedule["Properties"]
        assert properties["GroupName"] == {"Ref": "Schedules"}
        assert properties["Target"]["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["ScheduleLetters", "Arn"]}}


def test_a_plan_names_no_more_documents_in_flight_than_its_record_holds(template: dict[str, Any]) -> None:
    in_flight = InFlight(document_id=f"doc_{'a' * 26}", since=datetime.now(UTC))
    bytes_each = len(in_flight.model_dump_json()) + 1
    assert template["Parameters"]["ReprocessInFlight"]["MaxValue"] * bytes_each < 300_000


def test_the_sample_of_a_plan_holds_all_that_can_be_said(template: dict[str, Any]) -> None:
    assert set(json.loads(sample("reprocess-plan"))) == set(PlanEvent.model_fields)
    assert isinstance(read(sample("reprocess-plan")), PlanEvent)


def sample(name: str) -> str:
    return (ROOT / "events" / f"{name}.json").read_text()


def read(event: str) -> Any:
    return AnyEvent.model_validate_json(event).root
