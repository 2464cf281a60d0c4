import io
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dateline.documents.formats.pdf.pages import read_pdf
from dateline.documents.formats.pdf.pdf_layout import arranged
from dateline.documents.formats.pdf.pdf_lines import Cell, PdfLine
from dateline.documents.limits import Limits

LIMITS = Limits()
LEFT = (
    "The board of the moor closed the lower lock on",
    "16 May 2024 after it had found a crack in the",
    "gate. It will be shut until the summer ends, and",
    "barges are to be unloaded at the upper quay in",
    "the meantime.",
)
RIGHT = (
    "The council had asked for a look at it on 12",
    "April 2019, but nobody ever came to the lock,",
    "as its minutes say. The mayor will answer what",
    "is asked of her in the town hall on 22 May.",
)
Drawn = tuple[float, float, str, float]


def drawn(*pages: Sequence[Drawn]) -> list[str]:
    """The lines of a document with each words at their place: from the left, from below, the words, their size."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for page in pages:
        for left, base, words, size in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(left, base, words)
        canvas.showPage()
    canvas.save()
    return read_pdf(file.getvalue(), LIMITS).text.split("\n")


def rows(*lines: Sequence[str], lefts: Sequence[float] = (72, 200, 330), pitch: float = 16) -> list[Drawn]:
    return [
        (left, 700 - pitch * place, words, 11)
        for place, line in enumerate(lines)
        for left, words in zip(lefts, line, strict=False)
        if words
    ]


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_are_read_one_after_the_other_however_they_were_drawn(by_row: bool) -> None:
    left = [(72.0, 700.0 - 14 * place, words, 10.0) for place, words in enumerate(LEFT)]
    right = [(320.0, 700.0 - 14 * place, words, 10.0) for place, words in enumerate(RIGHT)]
    page = sorted([*left, *right], key=lambda one: (-one[1], one[0])) if by_row else [*left, *right]

    assert drawn([(72, 740, "The lock is closed", 16), *page]) == [
        "The lock is closed",
        " ".join(LEFT),
        " ".join(RIGHT),
    ]


def test_a_tables_rows_stand_apart() -> None:
    page = rows(
        ("3 May 2024", "The council met"), ("16 May 2024", "The lock was closed after"), ("", "a crack was found"),
        ("2 June 2024", "Work began"),
    )  # fmt: skip

    assert drawn([*page, (72, 600, "That was all.", 11)]) == [
        "3 May 2024 | The council met",
        "16 May 2024 | The lock was closed after a crack was found",
        "2 June 2024 | Work began",
        "That was all.",
    ]


@pytest.mark.parametrize("by_row", [True, False])
def test_a_tables_header_goes_with_each_row(by_row: bool) -> None:
    page = rows(("Pump", "Day of test", "Result"), ("P1", "11 May 2024", "passed"), ("P2", "12 May 2024", "failed"))

    assert drawn(page if by_row else sorted(page, key=lambda one: (one[0], -one[1]))) == [
        "Pump | Day of test | Result",
        "Pump: P1 | Day of test: 11 May 2024 | Result: passed",
        "Pump: P2 | Day of test: 12 May 2024 | Result: failed",
    ]


def test_columns_that_stand_close_are_told_by_where_their_cells_begin() -> None:
    table = [("Pump", "Day of test", "Result"), ("P1", "11 May 2024", "passed"), ("P2", "12 May 2024", "failed")]
    page = [
        (left, 700 - 18 * place, words, 11)
        for place, row in enumerate(table)
        for left, words in zip((72, 113, 192), row, strict=True)
    ]

    assert drawn(page)[1:] == [
        "Pump: P1 | Day of test: 11 May 2024 | Result: passed",
        "Pump: P2 | Day of test: 12 May 2024 | Result: failed",
    ]


def test_wide_spaces_between_justified_words_part_no_cells() -> None:
    lines = []
    for place, words in enumerate(("The board of", "the moor had", "closed a lock", "since it leaks")):
        first, last = words.rsplit(" ", 1)
        end = 100.0 + 7 * place
        cells = (Cell(first, 72.0, end), Cell(last, end + 12, end + 12 + 5 * len(last)))
        lines.append(PdfLine(words, 72.0, cells[1].right, 700.0 - 14 * place, 12.0, cells))

    assert [line.text for line in arranged(lines)] == [line.text for line in lines]


def test_rows_of_several_lines_are_told_by_the_space_between_them() -> None:
    above = rows(("Moor", "16 May 2024"), ("Board", "at noon"), pitch=13)
    below = rows(("Town", "17 May 2024"), ("Council", "at one"), pitch=13)
    page = [*above, *((left, base - 40, words, size) for left, base, words, size in below)]

    assert drawn(page) == ["Moor Board | 16 May 2024 at noon", "Town Council | 17 May 2024 at one"]


def test_a_wrapped_line_that_begins_with_a_day_is_no_list() -> None:
    lines = (
        "Die Behörde hat die Schleuse nach eigenen Angaben am",
        "16. Mai geschlossen, und der Rat tagte am",
        "3. Juni.",
    )

    assert drawn([(72.0, 700.0 - 14 * place, words, 11.0) for place, words in enumerate(lines)]) == [" ".join(lines)]


def test_a_footer_drawn_first_and_a_word_across_the_page_stay_out_of_the_sentences() -> None:
    def page(number: int, words: str) -> list[Drawn]:
        return [(90, 400, "DRAFT", 90), (72, 30, f"Moor Board - page {number} of 2", 8), (72, 700, words, 11)]

    found = drawn(page(1, "The report of the board runs over the end of the page since it was"), page(2, "long."))

    assert found == [
        "DRAFT",
        "The report of the board runs over the end of the page since it was long.",
    ]


@pytest.mark.parametrize(
    ("before", "figure", "shown"),
    [("built in 2019", "1", "built in 2019[1]"), ("the mayor", "12", "the mayor[12]"), ("about 10", "6", "about 10⁶")],
)
def test_a_raised_figure_does_not_grow_onto_what_stands_before_it(before: str, figure: str, shown: str) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica", 12)
    text.textOut(before)
    text.setRise(5)
    text.setFont("Helvetica", 7)
    text.textOut(figure)
    text.setRise(0)
    text.setFont("Helvetica", 12)
    text.textOut(" and so on.")
    canvas.drawText(text)
    canvas.save()

    assert read_pdf(file.getvalue(), LIMITS).text == f"{shown} and so on."


CELLS = st.tuples(st.sampled_from([0, 80, 160, 240]), st.sampled_from(["a", "3 May", "of the moor and the town"]))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4, unique_by=lambda cell: cell[0]), max_size=12))
def test_any_layout_keeps_every_word(page: list[list[tuple[int, str]]]) -> None:
    lines = []
    for place, cells in enumerate(page):
        made = tuple(Cell(words, left, left + 5.0 * len(words)) for left, words in sorted(cells))
        text = " ".join(cell.text for cell in made)
        lines.append(PdfLine(text, made[0].left, made[-1].right, 700.0 - 14 * place, 12.0, made))

    shown = Counter(word.strip(":") for line in arranged(lines) for word in line.text.replace("|", " ").split())

    assert shown >= Counter(word for line in lines for word in line.text.split())
