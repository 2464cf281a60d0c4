from datetime import date
from zoneinfo import ZoneInfo

import pytest

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
        ("2024-13-24", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_is_the_one_where_it_was_published(stamp: str, day: str | None) -> None:
    assert day_of(stamp, BERLIN) == (date.fromisoformat(day) if day else None)


def test_a_zone_comes_from_another_stamp_before_the_country() -> None:
    stamps = ["2024-05-24T23:30:00Z", "2024-05-25T09:00:00-05:00"]

    assert day_of(stamps[0], zone_of(stamps, "news.example.de")) == date(2024, 5, 24)
    assert zone_of(stamps[:1], "news.example.de") == BERLIN
    assert zone_of(stamps[:1], "news.example.com") is None
