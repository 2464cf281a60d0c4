"""Arithmetic on days, before year 1 as well as after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.dates import Day
from dateline.dates.calendar.days import OutOfRange, day_of, easter, make, month_shifted, number, pascha, plus, weekday


@given(st.dates(), st.integers(-10_000, 10_000))
def test_moving_a_day_is_what_the_standard_library_does(day: date, days: int) -> None:
    try:
        moved = day + timedelta(days)
    except OverflowError:
        return

    assert plus(Day.of(day), days) == Day.of(moved)
    assert weekday(Day.of(day)) == day.isoweekday()


@given(st.integers(-3_600_000, 3_600_000))
def test_counting_days_goes_both_ways_across_year_0(count: int) -> None:
    assert number(day_of(count)) == count
    assert day_of(count) < day_of(count + 1)


def test_the_day_before_year_1_lies_in_year_0() -> None:
    assert plus(Day(1, 1, 1), -1) == Day(0, 12, 31)


@pytest.mark.parametrize("day", [(2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (10_000, 1, 1), (2024, 1, 0)])
def test_days_that_do_not_exist_are_out_of_range(day: tuple[int, int, int]) -> None:
    with pytest.raises(OutOfRange):
        make(*day)


def test_months_roll_over_years() -> None:
    assert month_shifted(2023, 11, 3) == (2024, 2)
    assert month_shifted(2024, 1, -13) == (2022, 12)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, Day(2024, 3, 31)), (2000, Day(2000, 4, 23)), (1818, Day(1818, 3, 22))]
)
def test_easter(year: int, day: Day) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1821, "1821-04-22"), (1918, "1918-05-05"), (2000, "2000-04-30"), (2024, "2024-05-05"), (2025, "2025-04-20")],
)
def test_the_orthodox_easter_is_the_julian_one(year: int, sunday: str) -> None:
    assert str(pascha(year)) == sunday
