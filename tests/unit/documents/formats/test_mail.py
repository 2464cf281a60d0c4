from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.documents.formats.content import Content
from dateline.documents.formats.mail.message import read_mail
from dateline.documents.limits import Limits
from dateline.documents.read import read
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


def test_the_headers_give_who_writes_to_whom() -> None:
    made = message(FACTS[0], None)
    made["To"], made["Cc"] = '"Lind, Mara" <ml@moorpost.example>', "desk@moorpost.example"

    content = read_mail(made.as_bytes(), LIMITS)

    assert content.author == "Jürgen Müller <jm@moorpost.example>"
    assert content.recipients == "Lind, Mara <ml@moorpost.example>, desk@moorpost.example"


def body(content: Content) -> str:
    """The text below the lines that say who writes to whom."""
    return content.text.partition("\n\n")[2]


def parts(*made: tuple[str, str], kind: str = "mixed") -> bytes:
    """A message of parts, each with its headers and its words."""
    inside = "".join(f"--b\r\n{head}\r\n\r\n{words}\r\n" for head, words in made)
    head = f'From: a@moor.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="b"\r\n\r\n'
    return (head + inside + "--b--\r\n").encode()


def roles(text: str) -> dict[str, str]:
    """The roles of a message's sentences."""
    document = read(mail(text), name="a.eml")
    return {document.words(one): one.role for one in document.sentences}


PLAIN, HTML = "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8"
INLINE = "Content-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: inline; filename=plan.pdf"


def test_the_text_begins_with_what_the_message_says_of_itself() -> None:
    document = read(mail(FACTS[0]), name="a.eml")

    assert [(document.words(one), one.role) for one in document.sentences] == [
        ("Council meets", "heading"),
        ("From: The Moor Post <news@moorpost.example>", "heading"),
        ("To: reader@example.org", "heading"),
        (FACTS[0], "body"),
    ]


def test_the_language_is_that_of_what_is_said_and_not_of_the_head() -> None:
    assert read(mail("Мост закрыли в среду, сказал мэр."), name="a.eml").language == "ru"


def test_every_text_of_a_message_is_read_in_its_order() -> None:
    for head in (PLAIN, HTML):
        for first in (FACTS[0], " "):
            data = parts((head, first), (INLINE, "xx"), (head, FACTS[1]))

            read_text = body(read_mail(data, LIMITS))

            assert read_text.split("\n\n") == [words for words in (first, FACTS[1]) if words.strip()]


def test_texts_that_a_server_broke_off_as_files_are_read_and_files_are_not() -> None:
    broken = f"{PLAIN}; name=ATT00001.txt\r\nContent-Disposition: inline; filename=ATT00001.txt"
    file = f"{PLAIN}; name=log.txt\r\nContent-Disposition: attachment; filename=log.txt"

    content = read_mail(parts((PLAIN, FACTS[0]), (broken, FACTS[1]), (file, ORDER)), LIMITS)

    assert body(content) == f"{FACTS[0]}\n\n{FACTS[1]}"
    assert [one.subject for one in content.remarks] == ["log.txt"]


def test_the_same_in_html_beside_the_plain_text_is_read_once() -> None:
    assert body(read_mail(parts((PLAIN, FACTS[0]), (HTML, f"<p>{FACTS[0]}</p>")), LIMITS)) == FACTS[0]


@pytest.mark.parametrize(
    "stub",
    [
        "Your mail program shows no HTML. Read this letter at https://moor.example/letters/17 instead.",
        "This letter is in HTML, which your program does not show to you as it seems. Please take another program, "
        "or look at it in a browser, which is at https://moor.example/letters/17?from=ada&list=moor&number=17 for you.",
        "Ihr Programm kann diese Nachricht nicht anzeigen: https://moor.example/briefe/17",
        "この手紙はブラウザでご覧ください https://moor.example/17",
    ],
)
@pytest.mark.parametrize("shown", [FACTS[0], " ".join(FACTS)])
def test_a_plain_text_that_says_something_else_than_the_page_is_a_stub(stub: str, shown: str) -> None:
    page = f"<html><body><p>{shown}</p></body></html>"

    assert body(read_mail(parts((PLAIN, stub), (HTML, page), kind="alternative"), LIMITS)) == shown


@pytest.mark.parametrize(
    "boundary", ['boundary="odd \r\n one"', 'boundary="another"', "", "boundary=", 'boundary="=_b"; charset=utf-8']
)
def test_a_message_is_parted_however_its_header_spells_the_boundary(boundary: str) -> None:
    data = (
        f"From: a@moor.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; {boundary}\r\n\r\n"
        f"--=_b\r\n{PLAIN}\r\n\r\n{FACTS[0]} Grüße\r\n--=_b\r\n{HTML}\r\n\r\n<p>{FACTS[0]} Grüße</p>\r\n--=_b--\r\n"
    )

    assert body(read_mail(data.encode(), LIMITS)) == f"{FACTS[0]} Grüße"


def test_a_message_without_the_parts_it_speaks_of_is_a_text() -> None:
    data = mail(FACTS[0]).replace(b'text/plain; charset="utf-8"', b"multipart/mixed")

    assert body(read_mail(data, LIMITS)) == FACTS[0]


def test_the_charset_of_a_page_may_stand_in_the_page() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Příliš žluťoučký kůň.</p></body></html>'
    data = mail("").replace(b'text/plain; charset="utf-8"', b"text/html") + page.encode("iso8859-2")

    assert body(read_mail(data, LIMITS)) == "Příliš žluťoučký kůň."


def test_a_subject_that_is_not_encoded_is_read() -> None:
    assert read_mail(mail(FACTS[0], subject="Größere Übung"), LIMITS).title == "Größere Übung"


@pytest.mark.parametrize(
    "stamp",
    ["=?utf-8?q?Fri=2C_24_May_2024_00=3A30=3A00_+0200?=", "Fri, 24 May 2024 27:90:00 +0200", "24 May 2024 00.30"],
)
def test_a_date_header_that_is_spelled_oddly_gives_its_day(stamp: str) -> None:
    assert [one.day for one in read_mail(mail(FACTS[0], date=stamp), LIMITS).published] == [date(2024, 5, 24)]


def test_a_message_without_a_date_was_sent_when_it_was_first_carried() -> None:
    data = mail(FACTS[0], date="").replace(
        b"Received:", b"Received: by c.example; Sat, 25 May 2024 01:00 +0200\r\nReceived:"
    )

    assert [one.day for one in read_mail(data, LIMITS).published] == [date(2024, 5, 24)]


@pytest.mark.parametrize(
    "line",
    [
        "On Thu, 16 May 2024 at 09:20, Ada Holm <ada@moor.example> wrote:",
        "Am 16.05.24 um 09:20 schrieb Ada Holm:",
        "Le jeu. 16 mai 2024 à 09:20, Ada Holm <ada@moor.example> a écrit :",
        "El jue, 16 may 2024 a las 9:20, Ada Holm (<ada@moor.example>) escribió:",
        "Il giorno gio 16 mag 2024 alle ore 09:20 Ada Holm ha scritto:",
        "чт, 16 мая 2024 г. в 09:20, Ada Holm <ada@moor.example>:",
        "2024年5月16日(木) 9:20 Ada Holm <ada@moor.example>:",
        "On Thu, 16 May 2024 at 09:20, Ada Holm of the Moor Board for Works and\nWaterways <ada@moor.example>\nwrote:",
        "On Thu, 16 May 2024 09:20:00 +0200\nAda Holm <ada@moor.example> wrote:",
        "Il giorno gio 16 mag 2024 alle ore 09:20 Ada Holm <\nada@moor.example> ha scritto:",
        "\u202bבתאריך יום ה׳, 16 במאי 2024 ב-9:20 מאת \u202aAda Holm\u202c <\u202aada@moor.example\u202c>:\u202c",
    ],
)
def test_the_line_that_says_who_is_quoted_is_a_heading_of_its_own(line: str) -> None:
    quoted = "> The council met in its old hall by the river on the evening of\n> 3 May 2024.\n> It voted.\n"

    found = roles(f"We disagree.\n\n{line}\n{quoted}")

    assert found[" ".join(line.split()).replace("< ", "<")] == "heading"
    assert (
        found["> The council met in its old hall by the river on the evening of 3 May 2024."]
        == found["We disagree."]
        == "body"
    )


def test_a_sentence_above_the_line_that_says_who_is_quoted_is_the_writers_own() -> None:
    found = roles("On 3 May we disagreed.\nAda Holm wrote:\n> The council met.\n")

    assert (found["On 3 May we disagreed."], found["Ada Holm wrote:"]) == ("body", "heading")


def test_the_fields_above_what_is_forwarded_are_headings() -> None:
    fields = ("From: Ada Holm", "Sent: Thursday, May 16, 2024 9:20 AM", "To: The Desk", "Subject: The lock")

    found = roles("See below.\n\n-----Original Message-----\n" + "\n".join(fields) + f"\n\n{FACTS[0]}")

    assert [found[field] for field in fields] == ["heading"] * 4
    assert (found["-----Original Message-----"], found[FACTS[0]]) == ("boilerplate", "body")


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAda Holm\nMoor Board. Founded on 3 May 1901.",
        "Best regards,\n\nAda Holm\nHead of Press\n+49 30 1234",
        "Mit freundlichen Grüßen\nAda Holm",
        "Sent from my telephone",
        "Von meinem iPhone gesendet",
        "______________________________\nThe moor list\nhttps://lists.moor.example/17",
        "This e-mail and its attachments are confidential and intended only for the person named above.",
    ],
)
def test_signatures_and_the_small_print_are_boilerplate(signature: str) -> None:
    found = roles(f"{FACTS[0]}\n\n{signature}\n\nOn 16 May 2024, Ada Holm wrote:\n> {FACTS[1]}\n")

    assert {role for words, role in found.items() if words in signature} == {"boilerplate"}
    assert found[FACTS[0]] == found[f"> {FACTS[1]}"] == "body"


@pytest.mark.parametrize(
    "text",
    [
        "On 16 May 2024 the mayor wrote to the board: it must act.",
        "Best regards for the board came from the mayor on 3 May 2024.",
        "This message was sent from the tower on 3 May 2024.",
        "Regards\nfrom the mayor, who came on 3 May 2024 and stayed.",
    ],
)
def test_sentences_that_only_look_like_mail_are_body(text: str) -> None:
    assert roles(f"{text}\n\n{FACTS[0]}")[text.rpartition("\n")[2]] == "body"


@given(
    st.lists(
        st.sampled_from(
            ["> a", ">> b", "-- ", "On 3 May 2024 A wrote:", "From: a", "", "____________", "Regards", "c."]
        )
    )
)
def test_any_lines_keep_their_words(lines: list[str]) -> None:
    text = "\n".join(lines)

    content = read_mail(mail(f"x\n{text}"), LIMITS)

    assert [word for word in content.text.split() if set(word) != {">"}][-1:] == [
        word for word in f"x {text}".split() if set(word) != {">"}
    ][-1:]
    assert all(one.start < one.end <= len(content.text) for one in content.marked)


@settings(deadline=None)  # the first one imports the readers
@given(st.binary(max_size=400))
def test_any_bytes_come_to_a_message_or_to_a_reason(data: bytes) -> None:
    try:
        content = read_mail(b"From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + data, LIMITS)
    except Rejected:
        return

    assert content.text.strip()


def test_plain_text_goes_before_html() -> None:
    page = f"<h1>Council</h1><p>{FACTS[0]}</p>"

    assert body(read_mail(message(FACTS[0], page).as_bytes(), LIMITS)) == FACTS[0]


def test_html_is_read_where_the_plain_text_only_points_to_it() -> None:
    page = f"<html><body><p>{FACTS[0]}</p><p style='display:none'>{ORDER}</p></body></html>"

    assert body(read_mail(message("See the HTML.", page).as_bytes(), LIMITS)) == FACTS[0]
    assert body(read_mail(message(None, page).as_bytes(), LIMITS)) == FACTS[0]


def test_attachments_are_named_and_not_read() -> None:
    made = message(FACTS[0], None)
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Bericht für Mai.pdf")
    made.add_attachment(message(FACTS[1], None))

    content = read_mail(made.as_bytes(), LIMITS)

    assert body(content) == FACTS[0]
    assert [(one.code, one.subject) for one in content.remarks] == [
        ("attachments", "Bericht für Mai.pdf, message/rfc822")
    ]


def test_flowed_lines_are_joined() -> None:
    data = mail("The council met \r\nand voted.\r\nThen it rested.").replace(
        b"text/plain;", b"text/plain; format=flowed;"
    )

    assert body(read_mail(data, LIMITS)) == "The council met and voted.\nThen it rested."


def test_a_wrong_or_unknown_encoding_is_guessed() -> None:
    words = "Der Bürgermeister trat am Mittwoch zurück, hieß es später.".encode("cp1252")
    for charset in (b"utf-8", b"x-nobody-knows"):
        data = mail("").replace(b'"utf-8"', charset) + words

        assert body(read_mail(data, LIMITS)) == words.decode("cp1252")


def test_parts_nested_too_deep_are_refused() -> None:
    made = message(FACTS[0], None)
    for _ in range(8):
        outer = EmailMessage()
        outer.add_attachment(made)
        made = outer

    with pytest.raises(Rejected) as refused:
        read_mail(b"From: a\r\n" + made.as_bytes(), Limits(max_nesting=5))

    assert refused.value.code == "nested_too_deep"
