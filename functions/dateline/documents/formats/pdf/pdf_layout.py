"""The columns of a page: what a program drew row by row is read column by column, or is a table's rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import mean
from typing import TYPE_CHECKING

from dateline.documents.formats.pdf.pdf_lines import Cell, PdfLine
from dateline.documents.formats.tables import rows_as_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = 1.5  # line heights; a gap so wide parts cells, that of justified words is smaller
NARROW_GAP = 0.9  # line heights; one so wide does where the lines above or below have a cell that begins there
_ALIGNED = 1.0  # points
_LEAST_ALIGNED = 3  # lines
_SAME_BASE = 3.0  # points; lines whose bases differ by less stand beside each other
_LEAST_GUTTER = 4.0  # points that lines leave free one above the other
_PITCH = 3.5  # line heights from one row to the next, at most
_LEAST_ROWS = 2  # of a table
_LEAST_PROSE_ROWS = 4  # of columns of running text
_LEAST_PROSE_WORDS = 4.0  # in a column's line, on average; a table's cells are a date, a name, a number
_APART = 1.3  # rows that stand so much further apart than their lines do


@dataclass(slots=True)
class _Gutter:
    """A stretch of the page's width that no line crosses."""

    left: float
    right: float


def arranged(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Put a page's lines in the order in which they are read, and each row of a table on a line of its own."""
    lines = _parted(_rowed(lines))
    found: list[PdfLine] = []
    at = 0
    while at < len(lines):
        run, gutters = _run(lines, at)
        if len(run) >= _LEAST_ROWS:
            rows = [_cells(line, gutters) for line in run]
            if _is_prose(rows):
                found += _columns(run, rows)
            else:
                run = _without_tail(run, gutters)
                found += _table(run, rows[: len(run)])
            at += len(run)
        else:
            found.append(lines[at])
            at += 1
    return found


def _parted(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Join the cells again that only a wide space between words parts: in no line near does a cell begin there."""
    parted = []
    for index, line in enumerate(lines):
        cells = list(line.cells[:1])
        for before, cell in pairwise(line.cells):
            if cell.left - before.right >= GAP * line.height or _is_aligned(lines, index, cell.left):
                cells.append(cell)
            else:
                cells[-1] = Cell(f"{cells[-1].text} {cell.text}", cells[-1].left, cell.right)
        parted.append(replace(line, cells=tuple(cells)))
    return parted


def _is_aligned(lines: Sequence[PdfLine], index: int, left: float) -> bool:
    """Return whether enough lines in a row, this one among them, have a cell that begins at a place."""
    around = [lines[max(index - _LEAST_ALIGNED + 1, 0) : index][::-1], lines[index + 1 : index + _LEAST_ALIGNED]]
    near = [list(takewhile(lambda line: _has_cell(line, left), one)) for one in around]
    return 1 + sum(map(len, near)) >= _LEAST_ALIGNED


def _has_cell(line: PdfLine, left: float) -> bool:
    return any(abs(cell.left - left) < _ALIGNED for cell in line.cells[1:])


def _rowed(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Put the cells of a row together that a program drew column by column; columns of running text stay apart."""
    beside: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        beside.setdefault(round(line.base / _SAME_BASE), []).append(index)
    rows = [row for row in beside.values() if len(row) > 1 and _are_apart([lines[index] for index in row])]
    words = [len(lines[index].text.split()) for row in rows for index in row]
    if len(rows) < _LEAST_ROWS or mean(words) >= _LEAST_PROSE_WORDS:
        return list(lines)
    joined = {row[0]: _row(sorted((lines[index] for index in row), key=lambda line: line.left)) for row in rows}
    gone = {index for row in rows for index in row[1:]}
    return [joined.get(index, line) for index, line in enumerate(lines) if index not in gone]


def _are_apart(row: Sequence[PdfLine]) -> bool:
    order = sorted(row, key=lambda line: line.left)
    return all(left.right <= right.left for left, right in pairwise(order))


def _row(row: Sequence[PdfLine]) -> PdfLine:
    cells = tuple(cell for line in row for cell in line.cells)
    text = " ".join(line.text for line in row)
    return replace(row[0], text=text, right=row[-1].right, cells=cells)


def _run(lines: Sequence[PdfLine], start: int) -> tuple[list[PdfLine], list[_Gutter]]:
    """Return the lines from `start` on that leave the same stretches of the width free, and these."""
    first = lines[start]
    gutters = [_Gutter(left.right, right.left) for left, right in pairwise(first.cells)]
    run = [first]
    parted = 1
    for line in lines[start + 1 :] if gutters else ():
        drop = run[-1].base - line.base
        left = _narrowed(gutters, line)
        if not 0 < drop <= _PITCH * max(line.height, run[-1].height) or not left:
            break
        gutters = left
        run.append(line)
        parted += len(line.cells) > 1
    return (run, gutters) if parted >= _LEAST_ROWS else ([], [])


def _narrowed(gutters: Sequence[_Gutter], line: PdfLine) -> list[_Gutter]:
    """Return what a further line leaves of the gutters."""
    narrowed = []
    for gutter in gutters:
        middle = (gutter.left + gutter.right) / 2
        left = max([gutter.left, *(cell.right for cell in line.cells if cell.left < middle)])
        right = min([gutter.right, *(cell.left for cell in line.cells if cell.left >= middle)])
        if right - left >= _LEAST_GUTTER:
            narrowed.append(_Gutter(left, right))
    return narrowed


def _without_tail(run: Sequence[PdfLine], gutters: Sequence[_Gutter]) -> list[PdfLine]:
    """Leave out the lines below a table that stand where its first column does: they are text again."""
    kept = list(run)
    while len(kept[-1].cells) == 1 and kept[-1].cells[0].left < gutters[0].right:
        kept.pop()
    return kept


def _cells(line: PdfLine, gutters: Sequence[_Gutter]) -> list[list[Cell]]:
    """Return a line's cells by column."""
    columns: list[list[Cell]] = [[] for _ in range(len(gutters) + 1)]
    for cell in line.cells:
        columns[sum(cell.left >= gutter.right for gutter in gutters)].append(cell)
    return columns


def _is_prose(rows: Sequence[Sequence[Sequence[Cell]]]) -> bool:
    if len(rows) < _LEAST_PROSE_ROWS:
        return False
    for column in zip(*rows, strict=True):
        words = [len(_text(cells).split()) for cells in column if cells]
        if len(words) < len(rows) / 2 or mean(words) < _LEAST_PROSE_WORDS:
            return False
    return True


def _columns(run: Sequence[PdfLine], rows: Sequence[Sequence[Sequence[Cell]]]) -> Iterator[PdfLine]:
    for column in zip(*rows, strict=True):
        for line, cells in zip(run, column, strict=True):
            if cells:
                yield replace(line, text=_text(cells), left=cells[0].left, right=cells[-1].right, cells=tuple(cells))


def _table(run: Sequence[PdfLine], rows: Sequence[Sequence[Sequence[Cell]]]) -> Iterator[PdfLine]:
    """Yield a table's rows; a row's cells may be wrapped into several lines."""
    drops = [above.base - below.base for above, below in pairwise(run)]
    is_spaced = max(drops) >= _APART * min(drops)
    table: list[list[str]] = []
    for place, row in enumerate(rows):
        texts = [_text(cells) for cells in row]
        close = place > 0 and is_spaced and _APART * min(drops) > drops[place - 1]
        if table and (close or not texts[0]):
            table[-1] = [f"{above} {below}".strip() for above, below in zip(table[-1], texts, strict=True)]
        else:
            table.append(texts)
    last = run[-1]
    for text in rows_as_lines(table):
        yield replace(last, text=text, cells=(), alone=True)


def _text(cells: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in cells)
