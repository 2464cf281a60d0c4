from datetime import date

import pytest

from dateline.documents.model import Published
from dateline.documents.published import choose, day_in

CREATED = Published(date(2024, 5, 30), "pdf_created")
TEXT = "Published on 24 May 2024\nThe council met."


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-24-council.txt", "2024-05-24"),
        ("council_20240524.pdf", "2024-05-24"),
        ("/news/2024/05/24/council-meets", "2024-05-24"),
        ("council 24.05.2024.docx", "2024-05-24"),
        ("report-2024-05.pdf", None),
        ("2024-05-24_to_2024-05-26.txt", None),
        ("2024-13-45.txt", None),
        ("id-120240524999.txt", None),
        ("00010203.txt", None),
    ],
)
def test_a_name_gives_a_day_only_where_it_holds_one_whole_day(name: str, day: str | None) -> None:
    assert day_in(name) == (date.fromisoformat(day) if day else None)


def test_the_surest_source_wins_and_is_named() -> None:
    known = [CREATED, Published(date(2024, 5, 26), "modified"), Published(date(2024, 5, 23), "html_meta")]

    assert choose(known, TEXT, "en", None, "2024-05-22.txt") == Published(date(2024, 5, 23), "html_meta")
    assert choose(known[:2], TEXT, "en", None, "2024-05-22.txt") == Published(date(2024, 5, 24), "text")
    assert choose(known[:2], "", "en", "https://a.example/2024/05/21/x", "2024-05-22.txt") == Published(
        date(2024, 5, 21), "url"
    )
    assert choose(known[:2], "", "en", None, "2024-05-22.txt") == Published(date(2024, 5, 22), "file_name")
    assert choose(known[:2], "", "en", None, "a.txt") == known[1]
    assert choose(known[:1], "", "en", None, "a.pdf") == CREATED


def test_unknown_stays_unknown() -> None:
    assert choose([], "The council met on 3 May 2024.", "en", "https://a.example/x", "a.txt") is None


@pytest.mark.parametrize(
    ("url", "name"), [(None, "report-2024.txt"), (None, "2024_05.txt"), ("https://a.example/2024/x", "a.txt")]
)
def test_a_year_in_the_name_or_address_completes_a_date_line(url: str | None, name: str) -> None:
    text = "LONDON, May 24 (Reuters) - The council met."

    assert choose([], text, "en", url, name) == Published(date(2024, 5, 24), "text")
    assert choose([CREATED], text, "en", None, "a.pdf") == Published(date(2024, 5, 24), "text")
