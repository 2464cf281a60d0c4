"""Rows of tables as lines of text: each stands by itself, and says what its columns are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CELLS_APART: Final = " | "
_LONGEST_NAME: Final = 60  # code points; what is longer at the head of a column is no name for it


def rows_as_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a line for each row that holds something; below a header each cell follows its column's name."""
    header: Sequence[str] = rows[0] if has_header(rows) else ()
    for place, row in enumerate(rows):
        cells = [" ".join(cell.split()) for cell in row]
        named = header if place else ()
        line = CELLS_APART.join(_named(cell, at, named) for at, cell in enumerate(cells) if cell)
        if line:
            yield line


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns: short words without figures, above rows that have some."""
    if len(rows) <= 1:
        return False
    names = [cell.strip() for cell in rows[0]]
    filled = [name for name in names if name]
    width = max(sum(1 for cell in row if cell.strip()) for row in rows[1:])
    if len(filled) < max(width, 1) or len({*filled}) < len(filled):
        return False
    if any(len(name) > _LONGEST_NAME or re.search(r"\d", name) or name.endswith((".", "!", "?")) for name in filled):
        return False
    return any(re.search(r"\d", cell) for row in rows[1:] for cell in row)


def _named(cell: str, at: int, names: Sequence[str]) -> str:
    name = " ".join(names[at].split()).rstrip(":") if at < len(names) else ""
    return f"{name}: {cell}" if name else cell
