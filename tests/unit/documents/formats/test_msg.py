from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.documents.formats.mail.msg import read_msg
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.formats.made_msg import LIMITS, MESSAGE, compound, msg, wide
from tests.unit.documents.making import FACTS


def test_a_message_of_outlook_is_read_as_a_message() -> None:
    data = msg(
        MESSAGE, files={"__attach_version1.0_#00000000": "plan.pdf"}, sent=datetime(2024, 5, 16, 9, 20, tzinfo=UTC)
    )

    document = read(data, name="a.msg")

    assert [(document.words(one), one.role) for one in document.sentences] == [
        ("Lower lock closed", "heading"), ("From: Ada Holm <ada@moor.example>", "heading"), ("To: The Desk", "heading"),
        (FACTS[0], "body"), ("--", "boilerplate"), ("Ada Holm", "boilerplate"),
    ]  # fmt: skip
    assert (document.title, document.source) == ("Lower lock closed", "Ada Holm")
    assert document.published is not None
    assert (document.published.day, document.published.source) == (date(2024, 5, 16), "email")
    assert ("attachments", "plan.pdf") in [(one.code, one.subject) for one in document.remarks]


def test_a_message_that_came_by_the_internet_keeps_its_own_headers() -> None:
    head = "From: Tom Brand <tom@moor.example>\r\nDate: Fri, 17 May 2024 01:20:00 +0900\r\nTo: a@moor.example\r\n"

    document = read(
        msg({**MESSAGE, "007D001F": wide(head)}, sent=datetime(2024, 5, 16, 16, 20, tzinfo=UTC)), name="a.msg"
    )

    assert document.source == "Tom Brand"
    assert document.published is not None
    assert document.published.day == date(2024, 5, 17)


def test_a_message_of_html_or_of_eight_bits_is_read() -> None:
    page = {"10130102": f"<html><body><p>{FACTS[0]}</p></body></html>".encode()}
    assert read_msg(msg(page), LIMITS).text == FACTS[0]

    assert read_msg(msg({"1000001E": "Die Größe der Übung.".encode("cp1252")}), LIMITS).text == "Die Größe der Übung."


def test_an_old_office_document_is_refused_with_what_to_do() -> None:
    with pytest.raises(Rejected, match="save it as DOCX") as refused:
        read(compound({"WordDocument": b"x"}, {}), name="a.doc")
    assert refused.value.code == "unsupported"


@settings(deadline=None)
@given(st.data())
def test_a_damaged_message_comes_to_a_text_or_to_a_reason(data: st.DataObject) -> None:
    whole = bytearray(msg(MESSAGE, sent=datetime(2024, 5, 16, tzinfo=UTC)))
    for _ in range(data.draw(st.integers(0, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        text = read_msg(bytes(whole[: data.draw(st.integers(0, len(whole)))]), LIMITS).text
    except Rejected:
        return

    assert text.strip()
