import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.decode import decode
from dateline.errors import Rejected

GERMAN = "Die Übergabe in Düren wurde für März zugesagt, hieß es später."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + GERMAN.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_reads_unicode_encodings_and_drops_the_mark(data: bytes, encoding: str) -> None:
    decoded = decode(data, max_bytes=1000)

    assert (decoded.text, decoded.encoding) == (GERMAN, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        ("Президент подписал указ в среду, сообщила пресс-служба. Министр это опроверг.", "cp1251"),
        ("政府は火曜日に新しい計画を発表した。首相は水曜日に説明する予定だと述べた。", "shift_jis"),
    ],
)
def test_recognises_other_encodings_by_what_the_text_looks_like(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), max_bytes=1000).text == text


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    text = "a\r\nb\rc\n\n\u2028d\u00a0e\u00ad f\ufeffg\x0c"

    assert decode(text.encode(), max_bytes=100).text == "a\nb\nc\n\n\u2028d\u00a0e\u00ad f\ufeffg\x0c"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (" \n\u00a0\u3000\t".encode(), "empty"),
        (b"text with a \0 in it", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "binary"),
        (b"\x01\x02\x03 text", "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "binary"),
        (b"0123456789a", "too_large"),
    ],
)
def test_refuses_what_holds_no_text(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        decode(data, max_bytes=30 if code != "too_large" else 10)

    assert refused.value.code == code


def test_a_stray_control_character_is_no_binary() -> None:
    assert decode(("word " * 100 + "\x1a").encode(), max_bytes=1000).text.endswith("\x1a")


@given(st.binary(max_size=300))
def test_any_bytes_come_to_a_text_or_to_a_reason(data: bytes) -> None:
    try:
        text = decode(data, max_bytes=200).text
    except Rejected:
        return

    assert "\r" not in text
    assert text.encode()
