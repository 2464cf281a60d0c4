"""Who is told when something is wrong, and that what is told can be acted on."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

from infra.local.paths import ROOT
from summarize.document import Outcome
from tests.infra.conftest import ALARMS, SMOKE, of_type

Resources = dict[str, dict[str, Any]]

_MOST_LINES = 12
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n)*)", re.MULTILINE)
_HEADING = re.compile(r"\(infra/runbook\.md, ([^)]+)\)$")
# Metrics that the functions write themselves.
_OWN = re.compile(r'\["\$\{Namespace\}", "(\w+)"')


@pytest.fixture(scope="module")
def nested() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml_parse(ALARMS.read_text())
    return parsed


def alarms_of(nested: dict[str, Any]) -> Resources:
    found = of_type(nested["Resources"], "AWS::CloudWatch::Alarm")
    return {name: alarm["Properties"] for name, alarm in found.items()}


@pytest.fixture(scope="module")
def alarms(nested: dict[str, Any]) -> Resources:
    """Return the alarms of all nested stacks."""
    return alarms_of(nested) | alarms_of(yaml_parse(SMOKE.read_text()))


def test_the_nested_stack_is_told_all_that_it_asks(template: dict[str, Any], nested: dict[str, Any]) -> None:
    alarms = template["Resources"]["Alarms"]["Properties"]
    assert ROOT / alarms["TemplateURL"] == ALARMS
    assert set(alarms["Parameters"]) == set(nested["Parameters"])
    # It needs no transform of its own.
    assert "Transform" not in nested


@pytest.mark.parametrize(
    ("alarm", "metric", "threshold"),
    [
        ("SummarizeErrors", "Errors", 0),
        ("SummarizeThrottles", "Throttles", 0),
        ("LoopsDropped", "RecursiveInvocationsDropped", 0),
        ("ReprocessErrors", "Errors", 0),
        ("PlanHeld", "DocumentsHeld", 0),
        ("ReadFails", "5xx", 5),
        ("SmokeFails", "Errors", 0),
        ("SchedulesDropped", "InvocationDroppedCount", 0),
        ("DayTokensNearlySpent", "DayTokensSpent", 80),
        ("DayTokensSpent", "DayTokensSpent", 100),
    ],
)
def test_an_alarm_watches_its_metric(alarms: Resources, alarm: str, metric: str, threshold: int) -> None:
    watched = alarms[alarm]
    assert (watched["MetricName"], watched["Threshold"]) == (metric, threshold)
    assert watched["ComparisonOperator"].startswith("Greater")
    assert watched["TreatMissingData"] == "notBreaching"


def test_each_new_dead_letter_rings(alarms: Resources) -> None:
    fresh, letters = alarms["DeadLetters"]["Metrics"]
    assert fresh["Expression"] == "DIFF(FILL(letters, 0))"
    assert letters["MetricStat"]["Metric"]["Dimensions"] == [{"Name": "QueueName", "Value": {"Ref": "DeadLetterQueue"}}]
    assert (alarms["DeadLetters"]["Threshold"], alarms["DeadLetters"]["DatapointsToAlarm"]) == (0, 1)


def test_a_day_without_a_whole_sweep_rings(alarms: Resources) -> None:
    alarm = alarms["NoSweep"]
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 26 * 3600
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert alarm["TreatMissingData"] == "breaching"


def test_a_document_is_waited_for_whether_it_was_put_off_or_not_reached(alarms: Resources) -> None:
    metrics = {one["Id"]: one for one in alarms["OldestWaiting"]["Metrics"]}
    assert metrics["oldest"]["Expression"] == "MAX([postponed, drops, links])"
    assert metrics["postponed"]["MetricStat"]["Metric"]["MetricName"] == "OldestWaiting"


def test_every_alarm_tells_a_topic_that_is_there_by_default(nested: dict[str, Any], alarms: Resources) -> None:
    assert "Condition" not in nested["Resources"]["Topic"]
    for alarm in alarms.values():
        own, both = [{"Ref": "Topic"}], [{"Ref": "Topic"}, {"Ref": "AlarmTopicArn"}]
        assert alarm["AlarmActions"] == {"Fn::If": ["TellAnother", both, own]}
    email = nested["Resources"]["Email"]
    assert (email["Condition"], email["Properties"]["Endpoint"]) == ("TellByEmail", {"Ref": "AlarmEmail"})


def test_every_alarm_names_its_heading_in_the_runbook_and_no_heading_is_left_over(alarms: Resources) -> None:
    named = {name: _HEADING.findall(alarm["AlarmDescription"]) for name, alarm in alarms.items()}
    assert named == {name: [re.sub(r"(?<!^)([A-Z])", r" \1", name).capitalize()] for name in alarms}
    assert sorted(heading for heading, _ in _sections()) == sorted(heading for (heading,) in named.values())


def test_the_runbook_is_short_and_says_what_to_type() -> None:
    for heading, text in _sections():
        assert len(text.strip().splitlines()) < _MOST_LINES, heading
        assert "```sh\n" in text, heading


def test_a_bug_of_any_function_that_counts_them_rings(alarms: Resources) -> None:
    counting = {file.parent.name for file in (ROOT / "functions").glob("*/app.py") if "Metrics(" in file.read_text()}
    total, *parts = alarms["Bugs"]["Metrics"]
    watched = {one["Id"]: one["MetricStat"]["Metric"]["Dimensions"] for one in parts}

    assert watched == {name: [{"Name": "service", "Value": name}] for name in counting}
    assert set(re.findall(r"\w+", total["Expression"])) == {"SUM", *counting}


def test_metrics_of_other_stacks_of_the_account_are_not_counted(alarms: Resources) -> None:
    for alarm in alarms.values():
        stats = [one["MetricStat"]["Metric"] for one in alarm.get("Metrics", []) if "MetricStat" in one]
        for metric in stats or [alarm]:
            is_own = metric["Namespace"] == {"Ref": "Namespace"}
            assert is_own or all("Ref" in dimension["Value"] for dimension in metric["Dimensions"])


def test_the_dashboard_shows_every_alarm_that_is_always_there_and_metrics_that_are_written(
    nested: dict[str, Any],
) -> None:
    body = nested["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    shown, *others = json.loads(body)["widgets"]
    assert {arn.strip("${}").removesuffix(".Arn") for arn in shown["properties"]["alarms"]} == set(alarms_of(nested))
    assert all(one["properties"]["metrics"] for one in others)
    written = {f"Documents{outcome.title()}" for outcome in get_args(Outcome)}
    written |= {f"{unit}{lane}" for unit in ("Tokens", "Usd") for lane in ("Live", "Batch")}
    assert set(_OWN.findall(body)) <= written | {"DocumentsLinked", "PutOff", "OldestWaiting", "DayTokensSpent"}


def _sections() -> list[tuple[str, str]]:
    """Return the sections about alarms, by their headings."""
    about_alarms, _, _ = (ROOT / "infra" / "runbook.md").read_text().partition("\n# Procedures\n")
    return _SECTION.findall(about_alarms)
