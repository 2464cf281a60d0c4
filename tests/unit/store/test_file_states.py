"""The life of a plan's file: every way from one state to another is in the table, and leads where the table says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest
from pydantic import ValidationError

from dateline.store import file_states
from dateline.store.file_states import AnyPlanFile, BatchFile, BatchStage, QueueFile, Written
from tests.factories import MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW = re.compile(r"\| batch \| (?P<froms>[^|]+) \| [^|]+: `(?P<name>\w+)` \| `(?P<to>\w+)` \|")


def documented() -> Iterator[tuple[str, str, str]]:
    for row in _ROW.finditer(file_states.__doc__ or ""):
        for start in re.findall(r"\w+", row["froms"]):
            yield start, row["name"], row["to"]


def built() -> Iterator[tuple[str, str, str]]:
    for stage in get_args(BatchStage):
        for name, method in vars(stage).items():
            if callable(method) and not name.startswith("_"):
                yield stage.__name__, name, get_type_hints(method, vars(file_states))["return"].__name__


def test_the_table_has_every_way_of_a_batch_s_file_and_no_other() -> None:
    assert sorted(documented()) == sorted(built())


def test_a_batch_s_file_is_read_back_at_every_stage() -> None:
    begun = Written().begin().ask("file-1", MOMENT)
    submitted = begun.submit("batch-1", MOMENT)
    collected = submitted.collect(3, "completed", MOMENT, given_up=False)
    file = BatchFile(number=1, documents=2, rows=2, tokens=9)

    held = submitted.hold(3, "completed")

    for stage in (begun, submitted, held, collected, collected.resend(3, MOMENT), collected.end()):
        stored = AnyPlanFile.model_validate_json(file.at(stage).model_dump_json()).root
        assert isinstance(stored, BatchFile)
        assert stored.stage == stage


def test_a_file_that_was_held_goes_on_as_if_it_had_been_collected() -> None:
    submitted = Written().begin().ask("file-1", MOMENT).submit("batch-1", MOMENT)

    released = submitted.hold(3, "completed").release(MOMENT, given_up=False)

    assert released == submitted.collect(3, "completed", MOMENT, given_up=False)


def test_another_attempt_is_made_of_the_same_upload() -> None:
    submitted = Written().begin().ask("file-1", MOMENT).submit("batch-1", MOMENT)

    again = submitted.put_back("the account's limit")

    assert (again.attempt, again.provider_file, again.upload and again.upload.asked) == (2, "file-1", None)


@pytest.mark.parametrize(
    "mixed",
    [
        {"kind": "queue", "number": 1, "documents": 1, "stage": {"state": "submitted"}},
        {"kind": "batch", "number": 1, "documents": 1, "rows": 1, "tokens": 1, "stage": {"state": "submitted"}},
        {"kind": "batch", "number": 1, "documents": 1, "rows": 1, "tokens": 1, "sent": 1},
        {
            "kind": "batch",
            "number": 1,
            "documents": 1,
            "rows": 1,
            "tokens": 1,
            "stage": {"state": "written", "batch": "batch-1"},
        },
    ],
    ids=["a queue's with a batch's stage", "submitted as no batch", "a batch's that was sent", "a batch of nothing"],
)
def test_a_file_that_cannot_be_is_none(mixed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AnyPlanFile.model_validate(mixed)


def test_a_queue_s_file_counts_what_was_sent() -> None:
    file = QueueFile(number=1, documents=3).send(2, 50).send(1, 20)

    assert (file.sent, file.sent_bytes, file.state, file.end().state) == (3, 70, "written", "through")
