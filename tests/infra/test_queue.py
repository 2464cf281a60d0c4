"""How messages come to the function; the emulator would let all of this pass."""

from __future__ import annotations

from typing import Any

from tests.infra.conftest import of_type

Resources = dict[str, dict[str, Any]]

_LARGEST_BATCH_WITHOUT_A_WINDOW = 10
_LONGEST_VISIBILITY = 43_200
# How many functions a new account of AWS runs at the same time.
_NEW_ACCOUNT = 10


def test_a_message_stays_invisible_for_six_timeouts_whatever_the_timeout(
    template: dict[str, Any], resources: Resources
) -> None:
    timeouts = template["Parameters"]["SummarizeTimeout"]["AllowedValues"]
    visibility = template["Mappings"]["VisibilityTimeout"]
    assert resources["Summarize"]["Properties"]["Timeout"] == {"Ref": "SummarizeTimeout"}
    assert resources["DropQueue"]["Properties"]["VisibilityTimeout"] == {
        "Fn::FindInMap": ["VisibilityTimeout", {"Ref": "SummarizeTimeout"}, "Seconds"]
    }
    assert timeouts
    for timeout in timeouts:
        assert 6 * int(timeout) <= visibility[timeout]["Seconds"] <= _LONGEST_VISIBILITY


def test_a_batch_is_as_large_as_it_may_be_without_waiting_for_it(resources: Resources) -> None:
    event = resources["Summarize"]["Properties"]["Events"]["Drops"]
    assert event["Type"] == "SQS"
    assert event["Properties"]["BatchSize"] == _LARGEST_BATCH_WITHOUT_A_WINDOW
    assert "MaximumBatchingWindowInSeconds" not in event["Properties"]
    assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_documents_do_not_wait_behind_those_that_are_linked(resources: Resources) -> None:
    summarize = resources["Summarize"]["Properties"]
    links = summarize["Events"]["Links"]["Properties"]
    assert summarize["Environment"]["Variables"]["DATELINE_LINK_QUEUE_URL"] == {"Ref": "LinkQueue"}
    assert links["Queue"] == {"Fn::GetAtt": ["LinkQueue", "Arn"]}
    assert links["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert resources["LinkQueue"]["Properties"] == resources["DropQueue"]["Properties"]


def test_concurrency_has_a_bound_that_lambda_takes(template: dict[str, Any], resources: Resources) -> None:
    scaling = resources["Summarize"]["Properties"]["Events"]["Drops"]["Properties"]["ScalingConfig"]
    assert scaling == {"MaximumConcurrency": {"Ref": "SummarizeConcurrency"}}
    parameter = template["Parameters"]["SummarizeConcurrency"]
    assert parameter["MinValue"] >= 2
    assert parameter["MaxValue"] <= 1000


def test_a_new_accounts_ten_functions_are_not_all_taken_by_documents(
    template: dict[str, Any], resources: Resources
) -> None:
    links = resources["Summarize"]["Properties"]["Events"]["Links"]["Properties"]["ScalingConfig"]["MaximumConcurrency"]
    reprocess = 1
    assert template["Parameters"]["SummarizeConcurrency"]["Default"] + links + reprocess <= _NEW_ACCOUNT - 3


def test_what_fails_five_times_waits_in_the_dead_letter_queue(resources: Resources) -> None:
    redrive = resources["DropQueue"]["Properties"]["RedrivePolicy"]
    assert redrive == {"deadLetterTargetArn": {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}, "maxReceiveCount": 5}
    kept = {
        name: one["Properties"]["MessageRetentionPeriod"] for name, one in of_type(resources, "AWS::SQS::Queue").items()
    }
    assert kept["DeadLetterQueue"] >= kept["DropQueue"]


def test_messages_that_the_function_sends_to_its_own_queue_are_no_loop_to_lambda(resources: Resources) -> None:
    summarize = resources["Summarize"]["Properties"]
    assert summarize["Environment"]["Variables"]["DATELINE_QUEUE_URL"] == {"Ref": "DropQueue"}
    assert summarize["Events"]["Drops"]["Properties"]["Queue"] == {"Fn::GetAtt": ["DropQueue", "Arn"]}
    assert summarize["RecursiveLoop"] == "Allow"


def test_the_sweep_is_sent_every_day(resources: Resources) -> None:
    schedule = resources["SweepSchedule"]["Properties"]
    assert schedule["ScheduleExpression"] == "cron(30 3 * * ? *)"
    assert schedule["Target"]["Arn"] == {"Fn::GetAtt": ["DropQueue", "Arn"]}
    assert schedule["Target"]["Input"] == '{"kind": "sweep"}'
