"""The words for readers: one for each term that they can meet."""

from __future__ import annotations

from typing import get_args

import pytest

from dateline import terms
from dateline.dates import Day
from dateline.documents.model import RemarkCode
from dateline.judge.problems import Code, NoteCode
from dateline.linking.model import ConflictKind, ShownEdit
from dateline.records import Course, Stance, Status
from infra.standin import DATED, MODEL
from tests.factories import finding


def test_every_status_course_stance_and_conflict_has_its_words() -> None:
    assert set(terms.STATUS) == set(get_args(Status))
    assert set(terms.COURSE) == set(get_args(Course))
    assert set(terms.STANCE) == set(get_args(Stance))
    assert set(terms.CONFLICTS) == set(get_args(ConflictKind))
    assert set(terms.EDITS) == set(get_args(ShownEdit.model_fields["kind"].annotation))


def test_every_code_of_a_note_that_readers_can_meet_has_its_words() -> None:
    assert set(terms.NOTE) == {*get_args(Code), *get_args(NoteCode), *get_args(RemarkCode)}


@pytest.mark.parametrize(
    ("course", "latest", "words"),
    [
        ("done", "2024-01-01", ()),
        ("called_off", "2024-01-01", ("called off",)),
        ("planned", "2026-05-31", ("planned", "outcome not reported")),
        ("planned", "2026-06-01", ("planned",)),
        ("planned", None, ("planned",)),
    ],
)
def test_a_plan_whose_day_has_passed_has_no_reported_outcome(
    course: Course, latest: str | None, words: tuple[str, ...]
) -> None:
    assert terms.course(finding("", "2024-01-01", latest, course=course), Day(2026, 6, 1)) == words


@pytest.mark.parametrize(
    ("model", "is_standin"),
    [(MODEL, True), (DATED, True), ("extractive-2", True), ("a-model", False), ("extractivelike", False), ("", False)],
)
def test_the_stand_in_is_known_by_its_name(model: str, is_standin: bool) -> None:
    assert terms.is_standin(model) == is_standin
