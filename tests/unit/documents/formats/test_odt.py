from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.formats.office.odt import read_odt
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.formats.made_odt import LIMITS, PIECES, odt, p
from tests.unit.documents.making import FACTS, ORDER


def test_paragraphs_lists_tables_and_notes_come_in_order() -> None:
    note = f"<text:note-citation>1</text:note-citation><text:note-body>{p('A note.')}</text:note-body>"
    note = f"<text:note>{note}</text:note>"
    cells = "".join(f"<table:table-cell>{p(words)}</table:table-cell>" for words in ("3 May", "The council met"))
    body = (
        f"<text:h>Plan</text:h>{p('In 2024' + note + ' it<text:s/>met<text:line-break/>twice.')}"
        f"<text:list><text:list-item>{p('one')}</text:list-item></text:list>"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    )

    assert read_odt(odt(body), LIMITS).text.split("\n") == [
        "Plan", "In 2024 it met", "twice.", "A note.", "one", "3 May | The council met",
    ]  # fmt: skip


def test_what_nobody_sees_is_left_out_and_told() -> None:
    hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        f"<text:tracked-changes>{p(ORDER)}</text:tracked-changes>{p(ORDER, 'H')}"
        f"{p('Seen<text:span text:style-name=' + chr(34) + 'H' + chr(34) + '>' + ORDER + '</text:span>.')}"
        f"{p('Also <office:annotation>' + p(ORDER) + '</office:annotation>seen.')}"
        f'<text:section text:display="none">{p(ORDER)}</text:section>'
    )

    content = read_odt(odt(body, styles=hidden), LIMITS)

    assert content.text == "Seen.\nAlso seen."
    assert [one.code for one in content.remarks] == ["hidden_text"]


def test_a_document_says_its_title_and_the_day_it_was_made() -> None:
    meta = "<dc:title>The lock</dc:title><meta:creation-date>2024-05-16T09:20:00.5</meta:creation-date>"

    document = read(odt(p(FACTS[0]), meta=meta), name="a.odt")

    assert (document.text, document.title) == (FACTS[0], "The lock")
    assert document.published is not None
    assert (document.published.day, document.published.source) == (date(2024, 5, 16), "file_created")


def test_what_cannot_be_read_has_its_reason() -> None:
    deep = "<text:section>" * 250 + "</text:section>" * 250
    for data, code in ((odt(""), "no_text"), (odt(deep), "nested_too_deep"), (odt("<x"), "damaged")):
        with pytest.raises(Rejected) as refused:
            read_odt(data, LIMITS)
        assert refused.value.code == code


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_markup_comes_to_a_text_or_to_a_reason(pieces: list[str]) -> None:
    try:
        text = read_odt(odt("".join(pieces)), LIMITS).text
    except Rejected:
        return

    assert set(text) <= {"a", " ", "\n", "|"}
