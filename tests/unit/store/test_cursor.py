import pytest

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


def test_a_changed_cursor_is_refused() -> None:
    text = cursor.encode("query", "2024", "evt_1")

    with pytest.raises(cursor.BadCursor):
        cursor.decode("query", text[:4] + ("A" if text[4] != "A" else "B") + text[5:], 2)
