from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.text import headline, isolated, line, readable

OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)


def left_open(text: str) -> list[str]:
    """Follow the direction characters of a text as the Unicode algorithm does; -1: something outside was closed."""
    stack: list[str] = []
    for character in text:
        if character in OPENING:
            stack.append(OPENING[character])
        elif character == "\u202c" and stack[-1:] == ["\u202c"]:
            stack.pop()
        elif character == "\u202c":
            return ["closed nothing"]
        elif character == "\u2069":
            if "\u2069" not in stack:
                return ["closed nothing"]
            while stack.pop() != "\u2069":
                pass
    return stack


@given(st.text("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
def test_direction_characters_turn_nothing_round_but_their_own_text(text: str) -> None:
    assert left_open(isolated(text)) == []


def test_text_without_direction_characters_stays_as_it_is() -> None:
    assert isolated("ein שלום text") == "ein שלום text"


def test_a_closing_character_that_closes_nothing_is_dropped() -> None:
    assert isolated("a\u2069b\u202ec") == "\u2068ab\u202ec\u202c\u2069"


def test_a_line_is_one_line_without_control_characters() -> None:
    assert line("a\r\nb\x00\u2028c") == "a b\ufffd c"
    assert readable("a\nb") == "a\nb"


def test_a_headline_is_clipped() -> None:
    assert len(headline("A" * 10_000)) == 300
    assert headline("A" * 10_000).endswith("…")
    assert headline("A" * 300) == "A" * 300
