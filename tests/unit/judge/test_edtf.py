import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.judge.edtf import read_edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "unit"),
    [
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2023~", "2023-01-01", "2023-12-31", "year"),
        ("2023-XX-XX", "2023-01-01", "2023-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-02-XX", "2024-02-01", "2024-02-29", "month"),
        ("2024-02-29?", "2024-02-29", "2024-02-29", "day"),
        ("2024-05-24T10:00:00Z", "2024-05-24", "2024-05-24", "day"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", "day"),
        ("2023-21", "2023-03-01", "2023-05-31", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("2023-36", "2023-10-01", "2023-12-31", "quarter"),
        ("2023-39", "2023-09-01", "2023-12-31", "part_of_year"),
        ("2023-40", "2023-01-01", "2023-06-30", "half"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("2023-09~/2023-12~", "2023-09-01", "2023-12-31", "month"),
        ("2024-05-03/2024-05-05", "2024-05-03", "2024-05-05", "day"),
    ],
)
def test_reads_bounds_and_unit(text: str, earliest: str, latest: str, unit: str) -> None:
    interval = read_edtf(text)

    assert interval is not None
    assert (str(interval.earliest), str(interval.latest), interval.unit) == (earliest, latest, unit)


def test_a_time_of_day_is_no_part_of_what_is_kept() -> None:
    day, days = read_edtf("2024-05-24T10:00:00Z"), read_edtf("2024-05-03T00:00/2024-05-05Tnonsense")

    assert day is not None
    assert days is not None
    assert (day.edtf, days.edtf) == ("2024-05-24", "2024-05-03/2024-05-05")


def test_open_ends_are_null() -> None:
    since, until = read_edtf("2015/.."), read_edtf("/2014-06")

    assert since is not None
    assert until is not None
    assert (str(since.earliest), since.latest, since.unit) == ("2015-01-01", None, "year")
    assert (until.earliest, str(until.latest), until.unit) == (None, "2014-06-30", "month")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "late 2023",
        "2023-13",
        "2023-42",
        "2023-02-30",
        "2024/2023",
        "[2023,2024]",
        "202",
        "2023/x",
        "2023-1",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_edtf(text) is None


@given(st.text(alphabet="0123456789-/X~?%.T", max_size=25))
def test_no_text_makes_it_raise_or_end_before_it_begins(text: str) -> None:
    interval = read_edtf(text)

    if interval and interval.earliest and interval.latest:
        assert interval.earliest <= interval.latest
