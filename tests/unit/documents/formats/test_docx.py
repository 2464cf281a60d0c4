import io
import zipfile
from datetime import UTC, date, datetime

import docx as word
import pytest
from docx.oxml import parse_xml
from docx.shared import RGBColor

from dateline.documents.formats.docx import read_docx
from dateline.documents.limits import Limits
from dateline.documents.model import Published
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, ORDER, docx

LIMITS = Limits()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Write a member into a document, in place of one of its name."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return file.getvalue()


def code_of(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Rejected) as refused:
        read_docx(data, limits)
    return refused.value.code


def test_paragraphs_and_tables_come_in_order_a_row_a_line() -> None:
    document = word.Document()
    document.add_heading("Council meets")
    document.add_paragraph(FACTS[0])
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "3 May 2024", "The council met"
    document.add_paragraph(FACTS[1])

    text = read_docx(saved(document), LIMITS).text

    assert text.split("\n") == ["Council meets", FACTS[0], "3 May 2024 | The council met", FACTS[1]]


def test_hidden_white_and_deleted_words_are_left_out_and_inserted_ones_stay() -> None:
    document = word.Document()
    paragraph = document.add_paragraph("The council ")
    paragraph.add_run("secretly ").font.hidden = True
    paragraph.add_run("whitely ").font.color.rgb = RGBColor(255, 255, 255)
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>never </w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>met.</w:t></w:r></w:ins>"))

    content = read_docx(saved(document), LIMITS)

    assert content.text == "The council met."
    assert [one.message[0] for one in content.remarks] == ["2"]


def test_footnotes_are_read_without_the_line_that_parts_them() -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:t>{FACTS[2]}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = with_member(docx(FACTS[:1]), "word/footnotes.xml", notes.encode())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    data = with_member(data, "word/_rels/document.xml.rels", relations.replace("</Relationships>", link).encode())
    part = (
        '<Override PartName="/word/footnotes.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    data = with_member(data, "[Content_Types].xml", types.replace("</Types>", part).encode())

    assert read_docx(data, LIMITS).text.split("\n") == [FACTS[0], FACTS[2]]


def test_the_day_of_creation_is_known_unless_it_is_that_of_a_template() -> None:
    document = word.Document()
    document.add_paragraph(FACTS[0])
    assert read_docx(saved(document), LIMITS).published == ()

    document.core_properties.comments = ""
    document.core_properties.created = datetime(2024, 5, 24, 12, tzinfo=UTC)
    assert read_docx(saved(document), LIMITS).published == (Published(date(2024, 5, 24), "docx_created"),)


def test_an_outer_entity_is_not_fetched() -> None:
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {W}><w:body>'
        f"<w:p><w:r><w:t>{FACTS[0]}&e;</w:t></w:r></w:p></w:body></w:document>"
    )

    assert read_docx(with_member(docx(FACTS), "word/document.xml", xml.encode()), LIMITS).text == FACTS[0]


def test_entities_that_multiply_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><w:document {W}><w:body>'
        f"<w:p><w:r><w:t>{FACTS[0]}&e9;</w:t></w:r></w:p></w:body></w:document>"
    )

    assert code_of(with_member(docx(FACTS), "word/document.xml", xml.encode())) == "damaged"


def test_what_cannot_be_read_has_its_reason() -> None:
    bomb = with_member(docx(FACTS), "word/media/bomb.bin", bytes(2_000_000))

    assert len(bomb) < 100_000
    assert code_of(bomb, Limits(max_inflated_bytes=1_000_000)) == "inflates_too_much"
    assert code_of(docx(FACTS)[:-200]) == "damaged"
    assert code_of(docx([])) == "no_text"
    assert code_of(docx([], hidden=ORDER)) == "no_text"


def test_tables_nested_too_deep_are_refused() -> None:
    cell = "<w:p/>"
    for _ in range(30):
        cell = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl><w:p/>"
    xml = f"<w:document {W}><w:body>{cell}</w:body></w:document>"

    data = with_member(docx(FACTS), "word/document.xml", xml.encode())
    assert code_of(data, Limits(max_nesting=20)) == "nested_too_deep"
