from datetime import date
from email.message import EmailMessage

import pytest

from dateline.documents.formats.mail import read_mail
from dateline.documents.limits import Limits
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, ORDER, mail

LIMITS = Limits()


def message(plain: str | None, page: str | None) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Jürgen Müller <jm@moorpost.example>", "Rat lehnt Plan ab – erneut"
    made["Date"] = "Thu, 23 May 2024 23:30:00 -0500"
    if plain is not None:
        made.set_content(plain)
    if page is not None and plain is not None:
        made.add_alternative(page, subtype="html")
    elif page is not None:
        made.set_content(page, subtype="html")
    return made


def test_the_headers_give_title_source_and_the_day_in_the_senders_zone() -> None:
    content = read_mail(message(FACTS[0], None).as_bytes(), LIMITS)

    assert (content.title, content.source) == ("Rat lehnt Plan ab – erneut", "Jürgen Müller")
    assert [(one.day, one.source) for one in content.published] == [(date(2024, 5, 23), "email")]


def test_plain_text_goes_before_html() -> None:
    assert read_mail(message(FACTS[0], f"<p>{FACTS[1]}</p>").as_bytes(), LIMITS).text == FACTS[0]


def test_html_is_read_where_the_plain_text_only_points_to_it() -> None:
    page = f"<html><body><p>{FACTS[0]}</p><p style='display:none'>{ORDER}</p></body></html>"

    assert read_mail(message("See the HTML.", page).as_bytes(), LIMITS).text == FACTS[0]
    assert read_mail(message(None, page).as_bytes(), LIMITS).text == FACTS[0]


def test_attachments_are_named_and_not_read() -> None:
    made = message(FACTS[0], None)
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Bericht für Mai.pdf")
    made.add_attachment(message(FACTS[1], None))

    content = read_mail(made.as_bytes(), LIMITS)

    assert content.text == FACTS[0]
    assert [(one.code, one.subject) for one in content.remarks] == [
        ("attachments", "Bericht für Mai.pdf, message/rfc822")
    ]


def test_flowed_lines_are_joined() -> None:
    data = mail("The council met \r\nand voted.\r\nThen it rested.").replace(
        b"text/plain;", b"text/plain; format=flowed;"
    )

    assert read_mail(data, LIMITS).text == "The council met and voted.\nThen it rested."


def test_a_wrong_or_unknown_encoding_is_guessed() -> None:
    body = "Der Bürgermeister trat am Mittwoch zurück, hieß es später.".encode("cp1252")
    for charset in (b"utf-8", b"x-nobody-knows"):
        data = mail("").replace(b'"utf-8"', charset) + body

        assert read_mail(data, LIMITS).text == body.decode("cp1252")


def test_parts_nested_too_deep_are_refused() -> None:
    made = message(FACTS[0], None)
    for _ in range(8):
        outer = EmailMessage()
        outer.add_attachment(made)
        made = outer

    with pytest.raises(Rejected) as refused:
        read_mail(b"From: a\r\n" + made.as_bytes(), Limits(max_nesting=5))

    assert refused.value.code == "nested_too_deep"
