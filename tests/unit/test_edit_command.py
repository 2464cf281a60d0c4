"""The command `dateline edit`: what it decides, what it shows, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from botocore.exceptions import ClientError

from dateline.errors import Retryable
from dateline.records import Status
from dateline.store.blobs import Blobs
from infra.cli import command_line, main
from infra.editing import arguments, command
from tests.factories import finding
from tests.functions.press import COLLECTION, Press


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Two documents that tell two things, in a stack that the command finds."""
    press = Press()
    for name, title, day in (("a", "Hall burns", "2024-05-03"), ("b", "Mayor resigns", "2024-07-09")):
        press.publish(name, [finding(title, day, day)])
        press.link(name)
    monkeypatch.setattr(command, "store_of", lambda _: press.store)
    return press


def edit(press: Press, capsys: pytest.CaptureFixture[str], *given: str) -> str:
    """Run the command, follow what it wrote, and return what it showed."""
    assert main(["edit", *given]) == 0
    for seen in press.bucket.newest_versions("links/", None, 100)[0]:
        press.follow(seen.key.rpartition("/")[2].removesuffix(".json"), None)
    return capsys.readouterr().out


def ids(press: Press) -> list[str]:
    return [one.id for one in press.rows()]


def test_what_is_joined_is_shown_with_the_command_that_undoes_it(
    press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = edit(press, capsys, "join", *ids(press), "--reason", "One affair.", "--stack", "mine", "--region", "eu-x-1")

    assert "2 reports in 2 documents are one occurrence" in shown
    (row,) = press.rows()
    assert row.reports == 2
    undo = re.search(r"dateline edit (undo news (join-\w+) --stack mine --region eu-x-1)\n", shown)
    assert undo is not None
    assert row.edits[0].id == undo[2]

    edit(press, capsys, *undo[1].split())
    assert len(press.rows()) == 2


def test_reports_are_parted_by_their_events(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    edit(press, capsys, "join", *ids(press), "--reason", "One affair.")
    first, _ = press.references(*press.rows())

    edit(press, capsys, "split", *ids(press), "--report", first["event"], "--reason", "Two after all.")

    assert len(press.rows()) == 2


def test_what_is_corrected_noted_or_hidden_is_shown_so(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = ids(press)

    edit(
        press,
        capsys,
        *("correct", first, "--title", "Market hall burns", "--date", "2024-05"),
        *("--status", "confirmed", "--reason", "Minutes."),
    )
    edit(press, capsys, "note", first, "See the minutes.")
    edit(press, capsys, "hide", second, "--reason", "Not news.")

    (row,) = press.rows()
    assert (row.title, row.when.edtf, row.status) == ("Market hall burns", "2024-05", "confirmed")
    assert [one.reason for one in row.edits] == ["Minutes.", "See the minutes."]


def test_decisions_are_listed_with_what_a_terminal_would_obey_made_harmless(
    press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(press, capsys, "note", ids(press)[0], "Red\x1b[31m.")
    name = press.rows()[0].edits[0].id

    shown = edit(press, capsys, "list", COLLECTION)

    assert name in shown
    assert "Red" in shown
    assert "\x1b" not in shown
    assert "Nothing was decided about empty." in edit(press, capsys, "list", "empty")


def test_a_decision_can_be_undone_before_it_was_followed(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edit", "note", ids(press)[0], "A note."]) == 0
    (seen,), _ = press.bucket.newest_versions("links/", None, 100)
    name = seen.key.rpartition("/")[2].removesuffix(".json")

    assert "It is undone" in edit(press, capsys, "undo", COLLECTION, name)


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (["hide", "occ_aaaaaaaaaaaaaaaaaaaa", "--reason", "x"], 1, "no occurrence occ_aaaaaaaaaaaaaaaaaaaa"),
        (["join", "FIRST", "--reason", "x"], 2, "two occurrences or more"),
        (["split", "FIRST", "--reason", "x"], 2, "`split` needs it"),
        (["split", "FIRST", "--report", "evt_a", "--reason", "x"], 1, "no report evt_a"),
        (["correct", "FIRST", "--reason", "x"], 2, "needs one of them"),
        (["correct", "FIRST", "--date", "spring", "--reason", "x"], 2, "as EDTF"),
        (["note", "FIRST", ""], 2, "reason: "),
        (["undo", COLLECTION, "nothing"], 1, "no decision nothing"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    press: Press, capsys: pytest.CaptureFixture[str], given: list[str], status: int, said: str
) -> None:
    first, _ = ids(press)

    assert main(["edit", *(first if one == "FIRST" else one for one in given)]) == status

    assert said in capsys.readouterr().err
    assert press.bucket.newest_versions("", None, 100)[0] == []


@pytest.mark.parametrize(
    "error", [Retryable("S3 is busy"), ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "PutObject")]
)
def test_what_aws_refuses_is_said(
    press: Press, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Blobs, "put_edit", refuse)

    assert main(["edit", "note", ids(press)[0], "A note."]) == 1
    assert "AWS" in capsys.readouterr().err


def test_without_a_stack_the_command_says_how_to_have_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "isolate", lambda: None)

    assert main(["edit", "--state", str(tmp_path), "list", COLLECTION]) == 2
    assert "no local stack runs" in capsys.readouterr().err


def test_the_statuses_to_choose_from_are_those_of_records() -> None:
    assert get_args(Status) == arguments._STATUSES
    assert command_line().parse_args(["edit", "hide", "occ_a", "--reason", "x"]).action == "hide"
