import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.formats.office.sheet import read_csv, read_xlsx
from dateline.documents.read import read
from dateline.errors import Rejected
from tests.unit.documents.formats.made_sheet import LIMITS, number, row, text, xlsx


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_row_is_a_sentence_with_the_names_of_its_columns(delimiter: str, encoding: str) -> None:
    rows = [["Day", "What", "Cost"], ["3 May 2024", "The council met. It voted.", "12 Größen"], ["", "It rested", "3"]]
    data = "\r\n".join(delimiter.join(cells) for cells in rows).encode(encoding)

    document = read(data, name="a.csv")

    assert [(document.words(one), one.role) for one in document.sentences] == [
        ("Day | What | Cost", "heading"),
        ("Day: 3 May 2024 | What: The council met. It voted. | Cost: 12 Größen", "body"),
        ("What: It rested | Cost: 3", "body"),
    ]


def test_values_in_quotes_may_hold_anything() -> None:
    data = b'Day,What\n"3 May 2024","met, ""at last"",\nand voted"\n'

    assert read_csv(data, LIMITS).text.split("\n")[1] == 'Day: 3 May 2024 | What: met, "at last", and voted'


def test_rows_without_a_header_have_no_names() -> None:
    assert read_csv(b"3 May 2024,met\n4 May 2024,voted\n", LIMITS).text == "3 May 2024 | met\n4 May 2024 | voted"


def test_the_cells_of_a_sheet_are_written_as_they_are_shown() -> None:
    rows = row(text("Day"), '<c t="s"><v>0</v></c>', text("Made"), text("Took")) + row(
        number("45428", 1), number("45428.5", 4), number("45428", 2), number("3.0", 3)
    )
    rows += row(
        number("0.39", 5),
        '<c t="b"><v>1</v></c>',
        '<c t="d"><v>2024-05-16T00:00:00</v></c>',
        number("0.30000000000000004"),
    )

    assert read_xlsx(xlsx(rows, shared=["When"]), LIMITS).text.split("\n")[1:] == [
        "Day: 2024-05-16 | When: 2024-05-16 12:00 | Made: 2024-05-16 | Took: 3",
        "Day: 09:21 | When: TRUE | Made: 2024-05-16 | Took: 0.3",
    ]


def test_hidden_rows_columns_and_sheets_are_left_out_and_told() -> None:
    rows = row(text("seen"), text("secret")) + row(text("secret"), look='hidden="1"')
    data = xlsx(
        rows,
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        sheets=['name="First"', 'name="Second" state="veryHidden"'],
    )

    content = read_xlsx(data, LIMITS)

    assert content.text == "seen"
    assert [one.message[0] for one in content.remarks] == ["3"]


def test_sheets_stand_under_their_names() -> None:
    document = read(xlsx(row(text("a"), number("1")), sheets=['name="First"', 'name="Second"']), name="a.xlsx")

    assert [(document.words(one), one.role) for one in document.sentences] == [
        ("First", "heading"), ("a | 1", "body"), ("Second", "heading"), ("a | 1", "body"),
    ]  # fmt: skip


def test_what_cannot_be_read_has_its_reason() -> None:
    with pytest.raises(Rejected) as refused:
        read_xlsx(xlsx(""), LIMITS)
    assert refused.value.code == "no_text"


@given(st.text(st.sampled_from('ab1,;"\n\t |'), max_size=60))
def test_any_values_keep_their_letters(text: str) -> None:
    try:
        content = read_csv(f"x1,y\n{text}".encode(), LIMITS)
    except Rejected:
        return

    assert all(one.start < one.end <= len(content.text) for one in content.marked)


@given(st.sampled_from(["1e400", "-1", "nan", "inf", "45428.999999999", "2958466", "", "x", "1E5"]), st.integers(0, 6))
def test_any_number_is_written(value: str, style: int) -> None:
    content = read_xlsx(xlsx(row(text("a"), number(value, style))), LIMITS)

    assert content.text.startswith("a")
