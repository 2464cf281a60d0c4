"""What tries a deployment by schedule: off by default, missed in time, and built as the other functions are."""

from __future__ import annotations

from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

from infra.local.paths import ROOT
from tests.infra.conftest import SMOKE, of_type


@pytest.fixture(scope="module")
def nested() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml_parse(SMOKE.read_text())
    return parsed


def test_it_is_off_until_a_parameter_says_how_often(template: dict[str, Any], nested: dict[str, Any]) -> None:
    parameter, stack = template["Parameters"]["SmokeSchedule"], template["Resources"]["Smoke"]
    assert parameter["Default"] == ""
    assert set(parameter["AllowedValues"]) == {"", *nested["Mappings"]["Schedules"]}
    assert stack["Condition"] == "SmokeBySchedule"
    assert template["Conditions"]["SmokeBySchedule"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "SmokeSchedule"}, ""]}]}
    assert ROOT / stack["Properties"]["TemplateURL"] == SMOKE
    assert set(stack["Properties"]["Parameters"]) == set(nested["Parameters"])


def test_it_is_missed_after_more_hours_than_lie_between_two_runs(nested: dict[str, Any]) -> None:
    between = {"hourly": 1, "daily": 24}
    assert {name: one["Missing"] > between[name] for name, one in nested["Mappings"]["Schedules"].items()} == {
        "hourly": True,
        "daily": True,
    }
    alarm = nested["Resources"]["NoSmoke"]["Properties"]
    assert (alarm["Period"], alarm["TreatMissingData"]) == (3_600, "breaching")
    assert alarm["EvaluationPeriods"] == {"Fn::FindInMap": ["Schedules", {"Ref": "Schedule"}, "Missing"]}


def test_it_is_built_and_runs_as_the_other_functions(template: dict[str, Any], nested: dict[str, Any]) -> None:
    (function,) = of_type(nested["Resources"], "AWS::Serverless::Function").values()
    common = template["Globals"]["Function"]
    assert all(function["Properties"][name] == common[name] for name in ("Runtime", "Architectures", "Tracing"))
    assert (SMOKE.parent / function["Properties"]["CodeUri"]).resolve() == ROOT / "functions" / "smoke"
    assert function["Metadata"]["BuildProperties"] == {"ParentPackageMode": "explicit", "ParentPackages": "smoke"}


def test_what_its_schedule_cannot_deliver_is_kept_and_counted_with_the_others(nested: dict[str, Any]) -> None:
    (schedule,) = of_type(nested["Resources"], "AWS::Scheduler::Schedule").values()
    assert schedule["Properties"]["GroupName"] == {"Ref": "ScheduleGroup"}
    assert schedule["Properties"]["Target"]["DeadLetterConfig"] == {"Arn": {"Ref": "ScheduleLetters"}}
