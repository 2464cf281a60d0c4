from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.formats.stamps import day_of, zone_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024-05-24", "2024-05-24"),
        ("2024-05-24T23:30:00-05:00", "2024-05-24"),
        ("2024-05-24T23:30:00Z", "2024-05-25"),
        ("2024-05-24T23:30:00.000+0000", "2024-05-25"),
        ("2024-05-24 23:30:00 +0200", "2024-05-24"),
        ("2024-05-24T23:30", "2024-05-24"),
        ("20240524", "2024-05-24"),
        ("2024-05-24 at noon", "2024-05-24"),
        ("Thu, 23 May 2024 23:30:00 -0500", "2024-05-23"),
        ("Thu, 23 May 2024 23:30:00 GMT", "2024-05-24"),
        ("2024-05-24T00:00:00Z", "2024-05-24"),
        ("2024/5/24", "2024-05-24"),
        ("2024-05-24T9:20:00Z", "2024-05-24"),
        ("2024-05-24T23:30:00 CEST", "2024-05-24"),
        ("1716535200000", "2024-05-24"),
        ("1716535200", "2024-05-24"),
        ("24.05.2024 09:20", "2024-05-24"),
        ("24/05/2024", "2024-05-24"),
        ("Friday, May 24, 2024 - 09:20", "2024-05-24"),
        ("24. Mai 2024, 09:20 Uhr", "2024-05-24"),
        ("24 de mayo de 2024", "2024-05-24"),
        ("24 maja 2024", "2024-05-24"),
        ("2024年5月24日 09:20", "2024-05-24"),
        ("1970-01-01T00:00:00Z", None),
        ("2024-05-24 to 2024-05-26", None),
        ("9999-12-31T23:59:59Z", None),
        ("3 days ago", None),
        ("2024-13-24", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_is_the_one_where_it_was_published(stamp: str, day: str | None) -> None:
    assert day_of(stamp, BERLIN) == (date.fromisoformat(day) if day else None)


def test_a_stamp_in_figures_is_read_in_the_order_of_the_pages_language() -> None:
    assert day_of("05/06/2024", None, "fr") == date(2024, 6, 5)
    assert day_of("05/06/2024", None, "en-US") == date(2024, 5, 6)
    assert day_of("05/06/2024", None, "en") is None


@given(st.text(st.sampled_from("0123456789-/:.TZ +mayMAYde,年月日"), max_size=130))
def test_any_stamp_is_a_day_or_none(stamp: str) -> None:
    assert day_of(stamp, BERLIN) is None or isinstance(day_of(stamp, BERLIN), date)


def test_a_zone_comes_from_another_stamp_before_the_country() -> None:
    stamps = ["2024-05-24T23:30:00Z", "2024-05-25T09:00:00-05:00"]

    assert day_of(stamps[0], zone_of(stamps, "news.example.de")) == date(2024, 5, 24)
    assert zone_of(stamps[:1], "news.example.de") == BERLIN
    assert zone_of(stamps[:1], "news.example.com") is None
