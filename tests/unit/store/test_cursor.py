import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dateline.store import cursor


def test_a_cursor_is_read_back_by_its_own_query() -> None:
    text = cursor.encode("timeline of x", "2024", "evt_1")

    assert cursor.decode("timeline of x", text, 2) == ("2024", "evt_1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "ä",
        "e30",
        "W10",
        "bnVsbA",
        "A" * 5_000,
        cursor.encode("another query", "2024", "evt_1"),
        cursor.encode("query", "1"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(cursor.BadCursor, match="begin without one"):
        cursor.decode("query", text, 2)


@given(st.integers(0), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
def test_a_cursor_that_was_changed_anywhere_is_refused(place: int, letter: str) -> None:
    text = cursor.encode("query", "2024", "evt_1")
    place %= len(text)
    assume(text[place] != letter)

    with pytest.raises(cursor.BadCursor):
        cursor.decode("query", text[:place] + letter + text[place + 1 :], 2)


def test_half_a_character_is_refused_as_any_other_change() -> None:
    forged = base64.urlsafe_b64encode(b'["0123456789abcdef", "\\ud800", "x"]').decode()

    with pytest.raises(cursor.BadCursor):
        cursor.decode("query", forged, 2)
