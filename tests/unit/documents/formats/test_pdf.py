import io

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dateline.documents.formats.pdf.pages import read_pdf
from dateline.documents.limits import Limits
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, ORDER, pdf, scan

LIMITS = Limits()


def code_of(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Rejected) as refused:
        read_pdf(data, limits)
    return refused.value.code


def test_each_sentence_knows_the_page_that_it_begins_on() -> None:
    document = read(pdf([[FACTS[0]], [FACTS[1], FACTS[2]]]), name="dropped")

    assert [(one.page, document.words(one)) for one in document.sentences] == [
        (1, FACTS[0]),
        (2, FACTS[1]),
        (2, FACTS[2]),
    ]


def test_wrapped_lines_are_one_paragraph_and_a_hyphen_at_a_line_end_is_none() -> None:
    lines = [
        "On 3 May 2024 the council of Aldermoor met to discuss the new trans-",
        "port plan, and after a long debate it put off the vote, as the mayor had",
        "asked for.",
        "",
        "A new paragraph.",
    ]

    assert read_pdf(pdf([lines]), LIMITS).text == (
        "On 3 May 2024 the council of Aldermoor met to discuss the new transport plan, and after a long debate it put "
        "off the vote, as the mayor had asked for.\nA new paragraph."
    )


def test_a_sentence_goes_on_over_a_page_and_running_titles_are_left_out() -> None:
    pages = [
        ["The Moor Report", "", f"On day {day} they {did}.", "It rained.", f"Who {did}? The mayor", "", f"Page {day}"]
        for day, did in enumerate(("spoke", "argued", "waited"))
    ]
    pages[1].insert(2, "resigned.")

    content = read_pdf(pdf(pages), LIMITS)

    assert "Who spoke? The mayor resigned." in content.text
    assert "Moor Report" not in content.text
    assert "Page" not in content.text
    assert [content.text[start:].split()[0] for start in content.pages] == ["On", "resigned.", "On"]


def test_text_that_nobody_sees_is_left_out_and_counted() -> None:
    content = read_pdf(pdf([FACTS], hidden=ORDER), LIMITS)

    assert content.text.split() == " ".join(FACTS).split()
    assert [one.code for one in content.remarks] == ["hidden_text"]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(60, 690, 450, 40, fill=1, stroke=0)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 700, FACTS[0])
    canvas.save()

    assert read_pdf(file.getvalue(), LIMITS).text == FACTS[0]


def test_the_recognised_text_of_a_scan_is_read_and_said_to_be_that() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    picture = PdfDocument(scan())[0].render(scale=0.2).to_pil()
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine(FACTS[0])
    canvas.drawText(text)
    canvas.save()

    content = read_pdf(file.getvalue(), LIMITS)

    assert content.text == FACTS[0]
    assert [one.code for one in content.remarks] == ["recognised_text"]


def test_what_cannot_be_read_has_its_reason() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, FACTS[0])
    canvas.save()

    assert code_of(scan()) == "scanned"
    assert code_of(file.getvalue()) == "encrypted"
    assert code_of(b"%PDF-1.7\nnothing more") == "damaged"
    assert code_of(pdf([FACTS] * 3), Limits(max_pages=2)) == "too_many_pages"


def test_the_day_of_creation_is_known_as_the_weakest_source_and_a_programs_title_is_none() -> None:
    about = [read_pdf(pdf([FACTS], title=title), LIMITS) for title in ("Moor Report", "Microsoft Word - x.docx")]

    assert [one.title for one in about] == ["Moor Report", None]
    assert [one.source for one in about[0].published] == ["pdf_created"]


def test_columns_are_read_one_after_the_other() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.drawString(72, 800, "A title that runs over both of the columns of this page, from left to right of it")
    columns = (
        ["The council of Aldermoor met", "on 3 May 2024 to discuss the"] * 6 + ["new plan."],
        ["The mayor said that the vote", "would follow a week later, on"] * 6 + ["10 May 2024."],
    )
    for left, lines in zip((72, 320), columns, strict=True):
        text = canvas.beginText(left, 770)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
    canvas.save()

    assert read_pdf(file.getvalue(), LIMITS).text.split("\n")[1:] == [" ".join(lines) for lines in columns]
