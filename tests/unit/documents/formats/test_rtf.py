from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.formats.office.rtf import read_rtf
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.formats.made_rtf import LIMITS, rtf, shown
from tests.unit.documents.making import FACTS, ORDER


def test_words_come_without_the_marks_a_paragraph_a_line() -> None:
    body = r"{\b On 3 May} 2024 the council {\i met}.\par\pard It\~voted \{twice\}.\line And rested.\par"

    assert shown(body).split("\n") == ["On 3 May 2024 the council met.", "It\u00a0voted {twice}.", "And rested."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Gr\'fc\'dfe \emdash \u8222?Rat\u8220?", "Grüße —„Rat“"),
        (r"\uc2\u252\'fc\'fcber", "über"),
        (r"{\f1 \'cc\'ee\'f1\'f2} closed", "Мост closed"),
        (r"{\f2 \'93\'fa\'96\'7b}", "日本"),
        (r"\u-10179?\u-8704?", "😀"),
    ],
)
def test_letters_are_read_in_the_charset_of_their_font(body: str, text: str) -> None:
    assert shown(body) == text


def test_a_tables_rows_are_lines() -> None:
    body = r"\trowd\intbl 3 May\cell The council met\cell\row\trowd\intbl 4 May\cell It voted\cell\row"

    assert shown(body).split("\n") == ["3 May | The council met", "4 May | It voted"]


def test_what_nobody_sees_is_left_out_and_told() -> None:
    body = (
        rf"Seen.{{\v {ORDER}}}{{\deleted {ORDER}}}{{\fs2 {ORDER}}}{{\*\unknown {ORDER}}}"
        rf"{{\field{{\*\fldinst {ORDER}}}{{\fldrslt  Also seen.}}}}{{\header {ORDER}}}"
    )

    content = read_rtf(rtf(body), LIMITS)

    assert content.text == "Seen. Also seen."
    assert [one.code for one in content.remarks] == ["hidden_text"]


def test_a_document_says_its_title_and_the_day_it_was_made() -> None:
    info = r"{\info{\title The lock}{\creatim\yr2024\mo5\dy16\hr9}}"

    document = read(rtf(info + FACTS[0]), name="a.rtf")

    assert (document.text, document.title) == (FACTS[0], "The lock")
    assert document.published is not None
    assert (document.published.day, document.published.source) == (date(2024, 5, 16), "file_created")


def test_what_cannot_be_read_has_its_reason() -> None:
    for data, code in ((rtf("{" * 5_000), "nested_too_deep"), (rtf(r"{\v x}"), "no_text")):
        with pytest.raises(Rejected) as refused:
            read_rtf(data, LIMITS)
        assert refused.value.code == code


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", r"\par ", r"\u12?", r"\'", r"\'e4", r"\*", r"\v ", r"\f1 ", "a", "\\", r"\uc9 ", r"\bin5 "]
        )
    )
)
def test_any_marks_come_to_a_text_or_to_a_reason(parts: list[str]) -> None:
    try:
        text = read_rtf(rtf("".join(parts)), LIMITS).text
    except Rejected:
        return

    assert text.encode()
