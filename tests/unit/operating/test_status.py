"""The command `dateline status`, over moto's table and queues."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
import pytest

from dateline.store import keys
from dateline.store.heads import Rejection
from infra.cli import main
from tests.factories import run

if TYPE_CHECKING:
    from tests.unit.operating.conftest import Simulated

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def write(stack: Simulated, key: str, **changes: object) -> str:
    """Write a document's head, with a run where one is current; return its id."""
    store, place = stack.store(), keys.place(key)
    assert place is not None
    store.listing.register(place.collection)
    held = store.heads.take(place, 60)
    if changes.get("current"):
        store.runs.write(place.collection, run(place.document_id, held.fence), [])
    store.heads.write(held, held.head.model_copy(update=changes))
    return place.document_id


def said(capsys: pytest.CaptureFixture[str], *given: str) -> list[str]:
    assert main(["status", *given]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_document_is_told_of_by_its_key_with_or_without_drop_and_by_its_id(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    document_id = write(simulated, "drop/news/a.txt", waiting_for="the model's server said 503 (busy)")

    told = [said(capsys, name) for name in ("drop/news/a.txt", "news/a.txt", document_id)]

    assert told[0] == told[1] == told[2]
    assert told[0][:2] == [f"drop/news/a.txt ({document_id})", "  waiting for the model's server said 503 (busy)"]


def test_a_documents_runs_tokens_linking_and_last_change_are_told(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    write(simulated, "drop/news/a.txt", state="done", current=1, switched_at=NOW, dropped=NOW.replace(hour=11))

    lines = said(capsys, "news/a.txt")

    assert "  done" in lines
    assert "  waiting to be linked to its collection" in lines
    assert any(line.startswith("  run 1 (shown)") and "tokens" in line for line in lines)
    assert lines[-1] == "  dropped 2026-03-04 11:00:00 UTC, last changed 2026-03-04 12:00:00 UTC"


def test_what_was_never_seen_is_refused(simulated: Simulated, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "news/none.txt"]) == 1
    assert "was ever seen" in capsys.readouterr().err


def test_a_deployment_is_told_of_by_its_documents_queues_tokens_plans_and_alarms(
    simulated: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "ab":
        write(
            simulated,
            f"drop/news/{name}.txt",
            state="rejected",
            rejection=Rejection(code="too_long", reason="It is too long."),
        )
    write(simulated, "drop/other/c.txt", waiting_for="another day")
    write(simulated, "drop/other/d.txt", state="done", current=1)
    simulated.sqs.send_message(QueueUrl=simulated.output("DropQueueUrl"), MessageBody="{}")
    simulated.given["DayTokens"] = "50000"
    simulated.store().spending.reserve(1_200, 50_000)

    assert said(capsys) == [
        "documents: 1 waiting, 2 rejected, 1 done; 1 wait to be linked",
        "  1 waiting for another day",
        "  2 rejected: too_long",
        "drop queue: about 1 waiting",
        "link queue: empty",
        "dead letters: empty",
        "tokens today (UTC): 1,200 spent or reserved of 50,000",
        "reprocessing: no plan yet",
        "alarms: none rings",
    ]


def test_the_alarms_that_ring_are_those_of_the_stack(simulated: Simulated, capsys: pytest.CaptureFixture[str]) -> None:
    cloudwatch = boto3.client("cloudwatch")
    for name in ("mine-DeadLetterAlarm", "mine-too-DeadLetterAlarm"):
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            AlarmDescription="Documents failed again and again",
            Namespace="AWS/SQS",
            MetricName="ApproximateNumberOfMessagesVisible",
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=0,
            ComparisonOperator="GreaterThanThreshold",
        )
        cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="a test")

    assert said(capsys)[-2:] == ["alarms: 1 ring", "  mine-DeadLetterAlarm: Documents failed again and again"]
