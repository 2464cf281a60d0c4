import io
import zipfile
from datetime import UTC, date, datetime

import docx as word
import pytest
from docx.oxml import parse_xml
from docx.shared import RGBColor
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.formats.office.docx import read_docx
from dateline.documents.limits import Limits
from dateline.documents.model import Published
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, ORDER, docx

LIMITS = Limits()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


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


def package(body: str, members: dict[str, bytes | str] | None = None) -> bytes:
    """The least that Word opens, and further parts by their names."""
    parts: dict[str, bytes | str] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
        **(members or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


RELATIONS = "word/_rels/document.xml.rels"


def relations(**targets: str) -> str:
    """The part that says what the text refers to, by kind."""
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = "".join(f'<Relationship Id="{name}" Type="{kind}/{name}" Target="{to}"/>' for name, to in targets.items())
    return f'<Relationships xmlns="{root}">{made}</Relationships>'


def p(*words: str, look: str = "") -> str:
    runs = "".join(word if word.startswith("<") else f"<w:r><w:t>{word}</w:t></w:r>" for word in words)
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"


def text_of(data: bytes) -> list[str]:
    return read_docx(data, LIMITS).text.split("\n")


BREAK = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    ("name", "content"),
    [(RELATIONS, "image"), ("[Content_Types].xml", "<Types/>"), ("docProps/core.xml", "<coreProperties xmlns='x'/>")],
)
def test_parts_that_are_missing_or_unusual_do_no_harm(name: str, content: str) -> None:
    part = relations(image="media/none.png") if content == "image" else content

    assert text_of(package(p(FACTS[0]), {name: part})) == [FACTS[0]]


def test_the_strict_variant_and_a_main_part_of_another_name_are_read() -> None:
    strict = f"<w:document {W}><w:body>{p(FACTS[0])}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = with_member(package(p("no")), "word/document.xml", strict.encode())
    assert text_of(data) == [FACTS[0]]

    with zipfile.ZipFile(io.BytesIO(package(p(FACTS[0])))) as archive:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as other:
            for name in archive.namelist():
                content = archive.read(name).replace(b"word/document.xml", b"word/document2.xml")
                other.writestr(name.replace("word/document.xml", "word\\document2.xml"), content)
    assert read(file.getvalue(), name="a.docx").text == FACTS[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chunk.html", f"<html><head><meta charset='utf-8'></head><body><p>{FACTS[0]}</p></body></html>".encode()),
        ("chunk.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>" + FACTS[0].encode() + b"</p>"),
        ("chunk.txt", FACTS[0].encode()),
        ("chunk.docx", docx(FACTS[:1])),
    ],
)
def test_a_file_inside_the_document_is_read_in_its_place(name: str, content: bytes) -> None:
    body = p("Before.") + '<w:altChunk r:id="aFChunk"/>' + p("After.")
    data = with_member(package(body, {RELATIONS: relations(aFChunk=name)}), f"word/{name}", content)

    assert text_of(data) == ["Before.", FACTS[0], "After."]


def test_what_a_page_inside_the_document_hides_is_left_out_and_remarked() -> None:
    page = f"<meta charset=utf-8><p>{FACTS[0]}</p><p hidden>{ORDER}</p>".encode()
    data = package('<w:altChunk r:id="aFChunk"/>', {RELATIONS: relations(aFChunk="chunk.html")})
    content = read_docx(with_member(data, "word/chunk.html", page), LIMITS)

    assert content.text == FACTS[0]
    assert [one.code for one in content.remarks] == ["hidden_text"]


def test_a_file_inside_the_document_that_cannot_be_read_is_named() -> None:
    body = p("Before.") + '<w:altChunk r:id="aFChunk"/>'
    data = package(body, {RELATIONS: relations(aFChunk="chunk.docx"), "word/chunk.docx": b"PK\x03\x04no"})

    assert [(one.code, one.subject) for one in read_docx(data, LIMITS).remarks] == [("attachments", "chunk.docx")]


def test_a_document_that_holds_itself_comes_to_an_end() -> None:
    body = p("Once.") + '<w:altChunk r:id="aFChunk"/>'
    data = docx(FACTS[:1])
    for _ in range(20):
        data = package(body, {RELATIONS: relations(aFChunk="chunk.docx"), "word/chunk.docx": data})

    assert text_of(data).count("Once.") <= 9


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"

    assert text_of(package(p("The lock closed on ", look=gone) + p("16 May.") + p("Then."))) == [
        "The lock closed on 16 May.",
        "Then.",
    ]


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        (["The lock closed on", "16 May after a", "look at it."], ["The lock closed on 16 May after a look at it."]),
        (["Die Stadt schloss am Montag die", "Schleuse zu."], ["Die Stadt schloss am Montag die Schleuse zu."]),
        (["Am Montag, dem", "16. Mai, fiel sie zu."], ["Am Montag, dem 16. Mai, fiel sie zu."]),
        (["Ada Holm", "12 Mill Lane", "Moor"], ["Ada Holm", "12 Mill Lane", "Moor"]),
        (["Agenda", "1. Opening", "2. Report"], ["Agenda", "1. Opening", "2. Report"]),
        (["It closed.", "It will open."], ["It closed.", "It will open."]),
    ],
)  # fmt: skip
def test_a_break_inside_a_sentence_is_a_space(pieces: list[str], lines: list[str]) -> None:
    words = [part for piece in pieces for part in (piece, BREAK)][:-1]

    assert text_of(package(p(*words))) == lines


@pytest.mark.parametrize(
    ("before", "raised", "after", "shown"),
    [
        ("rebuilt in 2019", "1", " and failed", "rebuilt in 2019[1] and failed"),
        ("said so.", "12", " Then", "said so.[12] Then"),
        ("the mayor", "3", " said", "the mayor[3] said"),
        ("10", "6", " cells", "10⁶ cells"),
        ("40 m", "2", " of it", "40 m² of it"),
        ("the 16", "th", " of May", "the 16th of May"),
    ],
)
def test_a_raised_figure_does_not_grow_onto_what_stands_before_it(
    before: str, raised: str, after: str, shown: str
) -> None:
    run = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{raised}</w:t></w:r>'
    space = '<w:r><w:t xml:space="preserve">' + after + "</w:t></w:r>"

    assert text_of(package(p(before, run, space))) == [shown]


def test_the_numbers_of_lists_are_written_as_word_shows_them() -> None:
    def level(at: int, form: str, text: str, start: int = 1) -> str:
        look = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        return f'<w:lvl w:ilvl="{at}">{look}</w:lvl>'

    levels = level(0, "decimal", "%1.", 15) + level(1, "lowerRoman", "%1.%2)")
    letters = level(0, "upperLetter", "§ %1") + level(1, "bullet", "*")
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        f"<w:abstractNum w:abstractNumId='1'>{letters}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>"
        "</w:lvlOverride></w:num></w:numbering>"
    )
    look = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = f"<w:styles {W}><w:style w:styleId='H'>{look}</w:style></w:styles>"

    def item(number: int, at: int, words: str) -> str:
        return p(words, look=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')

    body = item(1, 0, "Mai 2023") + item(1, 1, "a") + item(1, 1, "b") + p("c", look="<w:pStyle w:val='H'/>")
    body += item(1, 1, "d") + item(2, 0, "e") + item(2, 1, "f") + item(3, 0, "g") + item(9, 0, "h")

    assert text_of(package(body, {"word/numbering.xml": numbering, "word/styles.xml": styles})) == [
        "15. Mai 2023", "15.i) a", "15.ii) b", "16. c", "16.i) d", "§ A e", "f", "1. g", "h",
    ]  # fmt: skip


def test_the_letterhead_of_the_first_page_goes_before_the_text() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    header = f"<w:hdr {W}>{p('Moor Board, 16 May 2024')}{p('17')}</w:hdr>"
    parts: dict[str, bytes | str] = {RELATIONS: relations(header="header1.xml"), "word/header1.xml": header}

    document = read(package(p(FACTS[0]) + section, parts), name="a.docx")

    assert [(document.words(one), one.role) for one in document.sentences] == [
        ("Moor Board, 16 May 2024", "heading"),
        (FACTS[0], "body"),
    ]


def test_readings_and_placeholders_are_left_out_and_formulas_are_not() -> None:
    reading, base = "<w:r><w:t>かわ</w:t></w:r>", "<w:r><w:t>川</w:t></w:r>"
    ruby = f"<w:r><w:ruby><w:rt>{reading}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"
    asked = "<w:r><w:t>Click here</w:t></w:r>"
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{asked}</w:sdtContent></w:sdt>"
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    math = f'<m:oMath xmlns:m="{namespace}"><m:r><m:t>=2</m:t></m:r></m:oMath>'

    assert text_of(package(p(ruby, control, math))) == ["川=2"]


@given(
    st.lists(
        st.sampled_from(
            ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>a</w:t>", "<w:tbl>", "<w:tr>", "<w:br/>", "<w:sdt/>"]
        )
    )
)
def test_any_markup_comes_to_a_text_or_to_a_reason(pieces: list[str]) -> None:
    data = with_member(
        package(""), "word/document.xml", f"<w:document {W}><w:body>{''.join(pieces)}</w:body></w:document>".encode()
    )

    try:
        content = read_docx(data, LIMITS)
    except Rejected:
        return

    assert set(content.text) <= {"a", "\n", " ", "|"}


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
