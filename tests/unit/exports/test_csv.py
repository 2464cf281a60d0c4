"""Tables, read by the standard library's `csv`."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.csv import write
from dateline.exports.model import Exported
from dateline.records import SaidBy
from tests.factories import finding, reported
from tests.unit.exports.entries import HOSTILE, at, exported, hostile, lasting


def read(made: Exported) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write(made).decode(), newline="")))


def test_each_event_is_a_line_with_all_that_is_known_of_its_date() -> None:
    (one,) = read(exported(lasting("Meeting", "2023-09-01", "2023-12-31", "within")))

    assert (one["title"], one["date_words"], one["earliest"], one["latest"], one["extent"]) == (
        "Meeting", "the words", "2023-09-01", "2023-12-31", "within",
    )  # fmt: skip
    assert (one["document_id"], one["collection"], one["path"]) == ("doc_aaaaaaaaaaaaaaaaaaaa", "news", "2024/a.txt")
    assert one["quotes"] == "Quote of Meeting."


def test_speakers_and_their_stances_stand_line_by_line_in_cells_of_their_own() -> None:
    officials = SaidBy(who="two officials", words="x", kind="anonymous", stance="asserts", via="Sarnbote")
    ministry = SaidBy(who="the ministry", words="y", kind="office", stance="denies")
    own_voice = SaidBy(who=None, words=None, kind="document", stance="declines")
    said = finding("Meeting").model_copy(update={"said_by": (officials, ministry, own_voice)})

    (one,) = read(exported(said))

    parted = zip(*(one[name].split("\n") for name in ("speakers", "stances", "speaker_kinds", "via")), strict=True)
    assert list(parted) == [
        ("two officials", "asserts", "anonymous", "Sarnbote"),
        ("the ministry", "denies", "office", ""),
        ("the document", "declines", "document", ""),
    ]


def test_undated_events_have_empty_dates() -> None:
    (one,) = read(exported(finding("Undated", None, None)))

    assert (one["earliest"], one["latest"], one["edtf"], one["basis"]) == ("", "", "", "undated")


def begins_like_a_formula(cell: str) -> bool:
    return re.match(r"[=+\-@＝＋－＠\t\r\n]", cell) is not None


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_begins_like_a_formula_however_a_spreadsheet_parts_them(words: str) -> None:
    made = exported(hostile(words), finding("Another"))

    lines = read(made)

    assert [one["id"][-5:] for one in lines] == ["00001", "00002"]
    assert not any(begins_like_a_formula(cell) for one in lines for cell in one.values())
    for separator in ";,\t|":
        parted = csv.reader(io.StringIO(write(made).decode(), newline=""), delimiter=separator)
        assert not any(begins_like_a_formula(cell) for row in parted for cell in row)


@given(st.text().filter(lambda text: not re.search(r"[=+\-@＝＋－＠\0]", text)))
def test_words_without_anything_of_a_formula_stay_as_they_are(title: str) -> None:
    (one,) = read(exported(finding(title)))

    assert one["title"] == title.lstrip("\t\r\n")


def test_what_was_only_reported_has_no_first_day_and_a_time_of_day_has_its_column() -> None:
    late, timed = read(exported(reported("Bridge falls"), at("Train leaves", "2024-05-24", "14:30")))

    assert (late["basis"], late["earliest"], late["latest"], late["time"]) == ("reported", "", "2024-05-24", "")
    assert (timed["latest"], timed["time"]) == ("2024-05-24", "14:30")
