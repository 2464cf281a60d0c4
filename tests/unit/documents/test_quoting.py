import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.quoting import is_field, quotations, says_who_is_quoted
from dateline.documents.read import read


@pytest.mark.parametrize(
    "line",
    [
        "On Wed, 26 Feb 2025 at 18:02, Ada Holm wrote:",
        "> > On 26/02/2025 18:02, Ada Holm wrote:",
        "26.02.2025 18:02, Ada Holm <ada@moor.example>:",
        "Am Mi., 26. Feb. 2025 um 18:02 Uhr schrieb Ada Holm <ada@moor.example>:",
        "Op wo 26 feb 2025 om 18:02 schreef Ada Holm:",
        "Em qua., 26 de fev. de 2025 às 18:02, Ada Holm escreveu:",
        "Den ons 26 feb. 2025 kl 18:02 skrev Ada Holm:",
        "W dniu 26.02.2025 o 18:02, Ada Holm napisał(a):",
    ],
)
def test_a_line_that_says_who_wrote_what_is_quoted_is_known(line: str) -> None:
    assert says_who_is_quoted(line)


@pytest.mark.parametrize("line", ["Ada Holm <ada@moor.example> writes:", "Ada Holm wrote:", "ada@moor.example :"])
def test_right_above_a_quotation_a_name_or_an_address_is_enough(line: str) -> None:
    assert says_who_is_quoted(line, before_quotation=True)
    assert not says_who_is_quoted(line)


@pytest.mark.parametrize("line", ["She wrote:", "This is what the board wrote:"])
def test_words_that_lead_to_a_quotation_and_name_nobody_are_the_writers_own(line: str) -> None:
    assert not says_who_is_quoted(line, before_quotation=True)


def test_a_name_among_words_of_a_script_without_capitals_is_told_from_them() -> None:
    line = "في الأربعاء، 26 فبراير 2025 في 10:12 ص تمت كتابة ما يلي بواسطة Ada Holm <ada@moor.example>:"
    document = read(f"The gate is shut.\n\n{line}\n\n> The sluice broke.\n".encode(), name="a.txt", language="en")

    assert {one.writer for one in quotations(document).values()} == {"Ada Holm"}


@pytest.mark.parametrize(
    "line",
    [
        "On 26 February 2025 the mayor wrote to the board.",
        "The 3 offices that she wrote to:",
        "Write to ada@moor.example before 3 May:" + " x" * 200 + ":",
        "Date: Wed, 26 Feb 2025 18:02:00 +0100",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert not says_who_is_quoted(line)


def test_the_fields_of_a_head_are_known() -> None:
    assert is_field("*Gesendet:* Mittwoch, 26. Februar 2025 18:02")
    assert not is_field("Sent to the board: nothing.")


@pytest.mark.parametrize(
    "line",
    [
        "On Wed, Feb 26, 2025 at 6:02 PM Ada Holm <ada@moor.example> wrote:",
        "On 2/26/25 18:02, Ada Holm wrote:",
        "Ada Holm wrote on 26.02.2025 18:02:",
        "Am Mi., 26. Feb. 2025 um 18:02 Uhr schrieb Ada Holm <ada@moor.example>:",
        "Am 26.02.2025 um 18:02 schrieb Ada Holm:",
        "Op wo 26 feb. 2025 om 18:02 schreef Ada Holm <ada@moor.example>:",
        "Le mer. 26 févr. 2025 à 18:02, Ada Holm <ada@moor.example> a écrit :",
        "El mié, 26 feb 2025 a las 18:02, Ada Holm (<ada@moor.example>) escribió:",
        "Il giorno mer 26 feb 2025 alle ore 18:02 Ada Holm <ada@moor.example> ha scritto:",
        "ср, 26 февр. 2025 г. в 18:02, Ada Holm <ada@moor.example>:",
        "ср, 26 лют. 2025 р. о 18:02 Ada Holm <ada@moor.example> пише:",
        "Ada Holm <ada@moor.example>, 26 Şub 2025 Çar, 18:02 tarihinde şunu yazdı:",
        "Στις Τετ 26 Φεβ 2025 στις 6:02 μ.μ., ο χρήστης Ada Holm <ada@moor.example> έγραψε:",
        "Em qua., 26 de fev. de 2025 às 18:02, Ada Holm <ada@moor.example> escreveu:",
        "W dniu 26.02.2025 o 18:02, Ada Holm napisał(a):",
        "2025年2月26日(水) 18:02 Ada Holm <ada@moor.example>:",
        "Ada Holm <ada@moor.example> 于2025年2月26日周三 18:02写道：",
    ],
)
def test_what_is_quoted_has_its_writer_and_its_day(line: str) -> None:
    text = f"The gate is shut.\n\n{line}\n\n> The sluice broke yesterday.\n\nThanks again to all of you."
    document = read(text.encode(), name="a.txt", language="en")

    found = quotations(document)

    quoted = [number for number in found if "sluice" in document.words(document.sentences[number - 1])]
    assert list(found) == quoted
    assert (found[quoted[0]].writer, found[quoted[0]].day) == ("Ada Holm", date(2025, 2, 26))


@pytest.mark.parametrize(
    "head",
    [
        "From: Ada Holm <ada@moor.example>\nSent: Wednesday, 26 February 2025 18:02\nTo: Ben Karst\nSubject: Sluice",
        "Von: Ada Holm [mailto:ada@moor.example]\nGesendet: Mittwoch, 26. Februar 2025 18:02\nAn: Karst\nBetreff: Tor",
        "De : Ada Holm\nEnvoyé : mercredi 26 février 2025 18:02\nÀ : Karst\nObjet : L'écluse",
        "Da: Ada Holm <ada@moor.example>\nInviato: mercoledì 26 febbraio 2025 18:02\nA: Karst\nOggetto: Chiusa",
        "От: Ada Holm <ada@moor.example>\nОтправлено: 26 февраля 2025 г. 18:02\nКому: Karst\nТема: Шлюз",
        "Kimden: Ada Holm <ada@moor.example>\nTarih: 26 Şubat 2025 18:02\nKime: Karst\nKonu: Kapak",
    ],
)
def test_a_head_inside_a_text_says_who_wrote_what_is_below_it(head: str) -> None:
    text = f"Subject: Re: Sluice\n\nThe gate is shut.\n\n{head}\n\nThe sluice broke yesterday. It is old."
    document = read(_mail(text), name="a.eml", language="en")

    found = quotations(document)

    assert [document.words(document.sentences[number - 1]) for number in found][-2:] == [
        "The sluice broke yesterday.",
        "It is old.",
    ]
    assert {(one.writer, one.day) for one in found.values()} == {("Ada Holm", date(2025, 2, 26))}


def test_each_message_of_a_thread_has_its_own_writer() -> None:
    text = (
        "Subject: Re: Sluice\n\nWe shut the gate.\n\n"
        "On Wed, 26 Feb 2025 at 18:02, Ada Holm wrote:\n> The sluice broke.\n>\n"
        "> On Mon, 24 Feb 2025 at 08:00, Cem Aydin wrote:\n>> The mill burned down.\n"
        "> What a week it was.\n\nMy best.\n"
    )
    document = read(_mail(text), name="a.eml", language="en")

    writers = {document.words(document.sentences[n - 1]): one.writer for n, one in quotations(document).items()}

    assert writers == {
        "> The sluice broke.": "Ada Holm",
        "> On Mon, 24 Feb 2025 at 08:00, Cem Aydin wrote:": "Ada Holm",
        ">> The mill burned down.": "Cem Aydin",
        "> What a week it was.": "Ada Holm",
    }


def test_older_messages_below_each_other_follow_without_marks() -> None:
    text = (
        "We shut the gate.\n\nOn Wed, 26 Feb 2025 at 18:02, Ada Holm wrote:\n\nThe sluice broke.\n\n"
        "On Mon, 24 Feb 2025 at 08:00, Cem Aydin <cem@moor.example> wrote:\n\nThe mill burned down.\n"
    )
    document = read(text.encode(), name="a.txt", language="en")

    writers = [quotations(document).get(one.number) for one in document.sentences if one.role == "body"]

    assert [one and one.writer for one in writers] == [None, "Ada Holm", "Cem Aydin"]


@pytest.mark.parametrize(
    "text",
    [
        # A letter in an article ends nowhere that could be told.
        "The pump failed.\n\nOn 3 May 1912 the mayor wrote:\n\nThe pump is old.\n\nToday it is in a museum.",
        # A text's own head.
        "From: Ada Holm\nDate: 26 February 2025\nSubject: Sluice\n\nThe sluice broke yesterday.",
        "The list holds three fields.\n\nTo: Ada Holm\n\nSubject: Sluice\n\nThe sluice broke yesterday.",
    ],
)
def test_where_no_message_is_quoted_nothing_is(text: str) -> None:
    assert quotations(read(text.encode(), name="a.txt", language="en")) == {}


_LINES = st.sampled_from(
    [
        "On Wed, 26 Feb 2025 at 18:02, A wrote:",
        "From: A",
        "Sent: 26.02.2025",
        "> It broke.",
        ">> It fell.",
        ">",
        "",
        "It is.",
    ]
)


@given(st.lists(_LINES, max_size=30))
def test_whatever_stands_in_a_thread_quotations_name_its_sentences(lines: list[str]) -> None:
    document = read("\n".join([*lines, "The end."]).encode(), name="a.txt", language="en")

    numbers = {one.number for one in document.sentences}
    for number, one in quotations(document).items():
        assert {number, one.writer_in, one.day_in} <= numbers
        assert one.writer_in < number


@pytest.mark.parametrize(
    "text",
    [
        "The sluice broke on Monday. " * 50_000,
        "\n\n".join(f"On the day number {at}, Ada Holm <a@moor.example> wrote:\n\n> It broke." for at in range(2_000)),
        "\n\n".join(f"It broke.\n\nFrom: A\nSent: at hour {at}\nTo: B" for at in range(2_000)),
    ],
    ids=["one line", "lines", "heads"],
)
def test_an_archive_of_messages_takes_no_time_to_speak_of(text: str) -> None:
    document = read(text.encode(), name="a.txt", language="en")

    began = time.process_time()
    quotations(document)

    assert time.process_time() - began < 5


def _mail(text: str) -> bytes:
    head = "From: Ben Karst <ben@moor.example>\nDate: Fri, 28 Feb 2025 09:10:00 +0100\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n{text}".encode()
