import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.formats.subtitles import read_subtitles
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.formats.made_subtitles import LIMITS, cues, shown


def test_a_sentence_goes_on_over_several_subtitles() -> None:
    text = cues("The council met", "on <i>3 May 2024</i>\nand voted.", "Then it rested &amp; slept.")

    assert shown(text) == ["The council met on 3 May 2024 and voted.", "Then it rested & slept."]


def test_a_pause_and_another_speaker_end_a_line() -> None:
    assert shown(cues("one", "two", pause=5)) == ["one", "two"]
    assert shown(cues("<v Ada Holm>It closed", "in May.", "<v Tom>No", "- It did not")) == [
        "Ada Holm: It closed in May.", "Tom: No", "It did not",
    ]  # fmt: skip
    assert shown(cues("ADA HOLM: It closed", ">> TOM: No.")) == ["ADA HOLM: It closed", "TOM: No."]


def test_a_line_that_stays_on_the_screen_is_read_once() -> None:
    assert shown(cues("The council", "The council\nmet on", "met on\n3 May.")) == ["The council met on 3 May."]


def test_notes_styles_and_the_head_are_left_out() -> None:
    head = "WEBVTT - Council\n\nSTYLE\n::cue { color: red }\n\nNOTE by the maker\n\n"
    text = f"{head}a\n00:01.000 --> 00:03.000 align:start\nIt met.\n"

    assert shown(text) == ["It met."]


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nIt met.\n"), ("a.srt", cues("It met.")), ("a.txt", cues("It met."))],
)
def test_subtitles_are_known_by_what_stands_in_them(name: str, text: str) -> None:
    assert read(text.encode(), name=name).text == "It met."


def test_subtitles_without_words_are_refused() -> None:
    with pytest.raises(Rejected) as refused:
        read_subtitles(b"WEBVTT\n\n00:01.000 --> 00:03.000\n<i></i>\n", LIMITS)

    assert refused.value.code == "no_text"


@given(st.text(st.sampled_from("a0:,.-> \n<v/"), max_size=80))
def test_any_text_comes_to_lines_or_to_a_reason(text: str) -> None:
    try:
        lines = shown(f"00:00:01,000 --> 00:00:02,000\nx\n\n{text}")
    except Rejected:
        return

    assert all(lines)
