"""Stretches of the calendar and their EDTF."""

import pytest

from dateline.dates import Day
from dateline.dates.calendar import spans
from dateline.dates.calendar.days import OutOfRange
from dateline.dates.grammar.tree import Third


@pytest.mark.parametrize(
    ("span", "edtf"),
    [
        (spans.of_year(-43), "-0043"), (spans.of_decade(1990), "199X"), (spans.of_century(1900), "19XX"),
        (spans.of_century(-499), "-0499/-0400"), (spans.of_season(2023, 3), "2023-23"),
        (spans.of_season(2023, 4), "2023-12/2024-02"), (spans.of_quarter(2023, 3), "2023-35"),
        (spans.of_half(2023, 2), "2023-41"), (spans.of_iso_week(2020, 53), "2020-12-28/2021-01-03"),
        (spans.of_holiday(2024, "easter-2"), "2024-03-29"), (spans.of_month(2024, 2), "2024-02"),
    ],
)  # fmt: skip
def test_edtf(span: spans.Span, edtf: str) -> None:
    assert span.edtf == edtf


@pytest.mark.parametrize(
    ("span", "third", "edtf"),
    [
        (spans.of_year(2023), "start", "2023-01~/2023-04~"), (spans.of_year(2023), "mid", "2023-05~/2023-08~"),
        (spans.of_year(2023), "end", "2023-09~/2023-12~"),
        (spans.of_month(2024, 2), "start", "2024-02-01~/2024-02-10~"),
        (spans.of_month(2024, 2), "mid", "2024-02-11~/2024-02-20~"),
        (spans.of_month(2024, 2), "end", "2024-02-21~/2024-02-29~"), (spans.of_decade(1990), "start", "1990~/1993~"),
        (spans.of_decade(1990), "mid", "1994~/1996~"), (spans.of_decade(1990), "end", "1997~/1999~"),
        (spans.of_century(1800), "start", "1800~/1832~"), (spans.of_century(1800), "mid", "1833~/1866~"),
        (spans.of_century(1800), "end", "1867~/1899~"),
        (spans.of_week(Day(2024, 5, 24)), "mid", "2024-05-22~/2024-05-24~"),
        (spans.of_quarter(2024, 1), "end", "2024-03-02~/2024-03-31~"),
    ],
)  # fmt: skip
def test_thirds(span: spans.Span, third: Third, edtf: str) -> None:
    assert spans.third(span, third).edtf == edtf


def test_about_and_possibly_together() -> None:
    assert spans.marked(spans.marked(spans.of_year(1912), "~"), "?").edtf == "1912%"


def test_a_year_without_a_53rd_week_has_none() -> None:
    with pytest.raises(OutOfRange):
        spans.of_iso_week(2023, 53)


def test_nothing_ends_before_it_begins() -> None:
    with pytest.raises(OutOfRange):
        spans.joined(spans.of_year(2024), spans.of_year(2023))
