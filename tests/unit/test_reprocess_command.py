"""The command `dateline reprocess`: what it tells the function, and what it shows of the answers."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from dateline.records import Asking, Recipe, Record
from dateline.store.file_states import BatchFile, OnHold
from dateline.store.plans import Plan, Scope, Tally
from infra.cli import main
from infra.reprocess import command
from infra.reprocess import function as function_module
from infra.reprocess.function import Function
from reprocess.events import (
    AnyEvent,
    ChangedDocument,
    Counted,
    DryRun,
    HeldAnswer,
    HeldEvent,
    PlanEvent,
    Progress,
    RecipeLine,
    RecipesAnswer,
    Refusal,
    ReportAnswer,
    ResumeEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_lambda.client import LambdaClient

    from reprocess.events import Event

_RECIPE = Recipe(ask="aaaa", judge="bbbb", model="model-2")
_ASKING = Asking(model="model-2", language="en", part_characters=1000)
_PLAN = Plan(
    id="20260102T030405Z-abcd",
    recipe=_RECIPE,
    asking=_ASKING,
    scope=Scope(collections=("news",)),
    lane="batch",
    state="working",
    began=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    documents=3,
)
_TALLY = Tally(
    outcomes={"done": 2, "left": 1}, changed=1, added=2, gone=1, dates=4, statuses=5, tokens=1234, usd=Decimal("0.5")
)
_HELD = HeldAnswer(
    plan=_PLAN.id,
    recipe=_RECIPE,
    files=(1, 4),
    reasons=("failed; invalid_json_line (1)",),
    documents=3,
    asked=2,
    tokens=9_000,
    usd=Decimal("0.12"),
)
_DRY = DryRun(
    recipe=_RECIPE,
    lane="batch",
    documents=12_345,
    more=True,
    by_recipe=(Counted(name="cccc.dddd", documents=12_345),),
    by_collection=(Counted(name="news\x1b[31m", documents=12_345),),
    free=2_345,
    asked=10_000,
    tokens=5_000_000,
    usd=Decimal("3.21"),
)


@dataclass
class Lambda:
    """A function's stand-in: keeps what it was told, and answers as it was told to."""

    answers: Callable[[Event], Record]
    told: list[Event] = field(default_factory=list)
    failed: str | None = None
    put_off: int = 0

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        if self.put_off:
            self.put_off -= 1
            raise ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "Rate Exceeded"}}, "Invoke")
        self.told.append(AnyEvent.model_validate_json(Payload).root)
        if self.failed:
            return {
                "FunctionError": "Unhandled",
                "Payload": io.BytesIO(f'{{"errorType": "{self.failed}", "errorMessage": "what it says"}}'.encode()),
            }
        return {"Payload": io.BytesIO(self.answers(self.told[-1]).model_dump_json().encode())}


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Lambda], Lambda]:
    def put(function: Lambda) -> Lambda:
        found = Function(cast("LambdaClient", function), "the-function", " --stack mine")
        monkeypatch.setattr(command, "of_stack", lambda *_: found)
        monkeypatch.setattr(command, "WATCH_SECONDS", 0.0)
        return function

    return put


def run(*arguments: str) -> int:
    return main(["reprocess", "--stack", "mine", *arguments])


def test_a_call_that_is_put_off_is_made_again(
    deployed: Callable[[Lambda], Lambda], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(function_module, "_PUT_OFF_SECONDS", (0.0, 0.0))
    function = deployed(Lambda(lambda _: _DRY, put_off=2))

    assert run("--dry-run") == 0
    assert len(function.told) == 1


def test_a_function_that_is_busy_for_good_is_told(
    deployed: Callable[[Lambda], Lambda], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(function_module, "_PUT_OFF_SECONDS", (0.0, 0.0))
    deployed(Lambda(lambda _: _DRY, put_off=3))

    assert run("--dry-run") == 1
    assert "the function the-function cannot be called" in capsys.readouterr().err


def test_the_options_are_the_fields_of_the_schedules_event(deployed: Callable[[Lambda], Lambda]) -> None:
    function = deployed(Lambda(lambda _: _DRY))

    options = [
        "--collection",
        "a",
        "--collection",
        "b",
        "--without",
        "c",
        "--document",
        "doc_1",
        "--since",
        "2026-01-02",
    ]
    assert run(*options, "--limit", "7", "--newest-first", "--dry-run") == 0

    (told,) = function.told
    assert json.loads(told.model_dump_json()) == {
        "kind": "plan",
        "collections": ["a", "b"],
        "without": ["c"],
        "documents": ["doc_1"],
        "since": "2026-01-02",
        "limit": 7,
        "newest_first": True,
        "dry_run": True,
    }


def test_a_dry_run_shows_counts_and_cost_and_plans_nothing(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    function = deployed(Lambda(lambda _: _DRY))

    run("--dry-run")

    shown = capsys.readouterr().out
    for words in (
        "12,345 documents or more",
        "model-2 (aaaa.bbbb)",
        "5,000,000 tokens, about 3.21 USD",
        "half the price",
    ):
        assert words in shown
    assert "\x1b" not in shown
    assert function.told == [PlanEvent(dry_run=True)]


def test_a_plan_that_takes_long_is_left_to_the_schedule_and_said_how_to_watch(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(Lambda(told_of(_PLAN)))

    assert run() == 0

    shown = capsys.readouterr().out
    assert f"dateline reprocess report {_PLAN.id} --stack mine" in shown
    assert "2 brought up to date" in shown


def test_a_report_says_what_changed_at_what_cost_and_where_most(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(Lambda(told_of(_PLAN.model_copy(update={"state": "done", "ended": _PLAN.began}))))

    assert run("report") == 0

    shown = capsys.readouterr().out
    for words in (
        "is done",
        "collections news",
        "1 left for the next plan",
        "1,234 tokens were paid for, about 0.50 USD",
        "1 document changed: 2 events added, 1 gone, 4 dated otherwise, 5 with another status",
        "doc_a",
    ):
        assert words in shown


def test_nothing_stale_is_said(deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]) -> None:
    deployed(Lambda(lambda _: Progress()))

    assert run() == 0

    assert "up to date" in capsys.readouterr().out


def test_recipes_show_which_one_is_wanted_and_which_is_pinned(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    line = RecipeLine(recipe=_RECIPE, asking=_ASKING, documents=9, is_target=True, is_pinned=True)
    function = deployed(Lambda(lambda _: RecipesAnswer(target=_RECIPE, strayed=True, recipes=(line,))))

    assert (run("recipes"), run("pin", "aaaa.bbbb"), run("unpin")) == (0, 0, 0)

    assert [event.kind for event in function.told] == ["recipes", "pin", "unpin"]
    shown = capsys.readouterr().out
    assert "wanted now, pinned" in shown
    assert "Deploy the code that made it, or unpin." in shown


def test_a_refusal_is_shown_and_is_a_failure(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(Lambda(lambda _: Refusal(refused="there is no such recipe")))

    assert run("pin", "x") == 1

    assert capsys.readouterr().err == "dateline: there is no such recipe\n"


def test_a_function_that_fails_or_answers_otherwise_is_said_so(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(Lambda(lambda _: _DRY, failed="KeyError"))
    assert run("collect") == 1
    assert "failed (KeyError)" in capsys.readouterr().err

    deployed(Lambda(lambda _: _DRY, failed="Retryable"))
    assert run("collect") == 1
    assert "failed (what it says)" in capsys.readouterr().err

    deployed(Lambda(lambda _: _ASKING))
    assert run("collect") == 1
    assert "deploy this version" in capsys.readouterr().err


def test_a_function_out_of_reach_is_said_so(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    def unreachable(_: Event) -> Record:
        raise EndpointConnectionError(endpoint_url="https://lambda.example")

    deployed(Lambda(unreachable))

    assert run("collect") == 1

    assert "cannot be called" in capsys.readouterr().err


def test_no_local_stack_is_said_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "isolate", lambda: None)
    assert main(["reprocess", "report", "--state", str(tmp_path)]) == 2

    assert "start it with `make run`" in capsys.readouterr().err


def test_what_is_held_is_shown_with_its_price_and_not_paid_for(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    function = deployed(Lambda(lambda _: _HELD))

    assert run("resume") == 0

    shown = capsys.readouterr().out
    for words in (
        "3 documents",
        "failed; invalid_json_line (1)",
        "at the full price, model-2 (aaaa.bbbb) takes about 9,000 tokens, about 0.12 USD",
        "Nothing was spent. `resume --pay` goes on so; `resume --leave`",
    ):
        assert words in shown
    assert function.told == [HeldEvent()]


@pytest.mark.parametrize(("option", "leave"), [("--pay", False), ("--leave", True)])
def test_a_plan_is_resumed_with_what_was_shown_and_no_more(
    option: str, leave: bool, deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    function = deployed(Lambda(lambda event: _HELD if event.kind == "held" else Progress(plan=_PLAN)))

    assert run("resume", option) == 0

    assert function.told == [HeldEvent(), ResumeEvent(plan=_PLAN.id, files=(1, 4), leave=leave)]
    shown = capsys.readouterr().out
    assert "about 0.12 USD" in shown
    assert "is under way" in shown


def test_a_decision_that_met_another_run_is_no_success(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(Lambda(lambda event: _HELD if event.kind == "held" else Progress(busy=True)))

    assert run("resume", "--pay") == 1

    assert "nothing was decided: say it again" in capsys.readouterr().err


def test_of_a_plan_that_is_held_nobody_says_that_the_schedule_goes_on(
    deployed: Callable[[Lambda], Lambda], capsys: pytest.CaptureFixture[str]
) -> None:
    stage = OnHold(provider_file="file-1", batch="batch-1", ranges=0, reason="failed")
    file = BatchFile(number=1, documents=3, rows=3, tokens=9, stage=stage)
    report = ReportAnswer(plan=_PLAN, files=(file,), tally=_TALLY, most_changed=())
    deployed(Lambda(lambda event: report if event.kind == "report" else Progress(plan=_PLAN)))

    assert run() == 0

    shown = capsys.readouterr().out
    assert "files: 1 held" in shown
    assert "The schedule goes on" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["--limit", "0"],
        ["--since", "yesterday"],
        ["--stack", "a", "--state", "b"],
        ["nothing"],
        ["resume", "--pay", "--leave"],
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reprocess", *arguments])

    assert ended.value.code == 2


def test_a_scope_is_for_plans_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--collection", "news", "report") == 2

    assert "said to a plan" in capsys.readouterr().err


def told_of(plan: Plan) -> Callable[[Event], Record]:
    """Answer as the function does about one plan."""
    most = ChangedDocument(document_id="doc_a", added=2, gone=1, dates=4, statuses=5)
    report = ReportAnswer(plan=plan, files=(), tally=_TALLY, most_changed=(most,))
    return lambda event: report if event.kind == "report" else Progress(plan=plan)
