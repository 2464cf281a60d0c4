"""The lines of a PDF's pages to paragraphs: a PDF knows where each letter stands, and nothing of sentences."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.documents.lines import is_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

_PITCH = 1.9  # a gap of so many line heights between two baselines ends a paragraph; double spacing stays below
_SAME_SIZE = 1.25  # how much two lines of one paragraph may differ in height
_FURNITURE_LINES = 2  # at each end of a page
_LEAST_PAGES = 3  # what stands on fewer is no running title
_FEWEST_PAGES = 2  # but in a document that has no more
_FOOT = 80.0  # points from the page's lower edge: the margin in which numbers and footers stand
_STAMP = 3.0  # times the usual height of letters: a word across the page
_MOST_PAGES_BETWEEN = 0.4  # share of the pages that must carry a running title; left and right pages may have two
_LONGEST_NUMBERED = 60  # code points
_FULL = 0.5  # share of its column that a block of wrapped lines fills at least
_COLUMN = 36.0  # points, half an inch: a paragraph's indent is less, the way to the next column more
_LIST_ITEM = re.compile(r"(?:[-*•–—·▪◦‣]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟۔।][\"'”“»«’›‹)\]]*$")
_NO_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line between two wide gaps."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page as it is set; lengths in points, upwards from the page's lower edge.

    `alone`: it neither goes on in the next line nor goes on with the one before, as a table's row.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    cells: tuple[Cell, ...] = ()
    alone: bool = False


def without_furniture(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Leave out running titles, page numbers and watermarks: what most pages have at their ends or as large.

    A document of two pages keeps the first of each that is not at the foot as a line of its own: it may be a
    letterhead.
    """
    counted = Counter(key for page in pages for key in {_key(page[index]) for index in _ends(page)})
    least = max(_LEAST_PAGES if len(pages) > _LEAST_PAGES - 1 else _FEWEST_PAGES, _MOST_PAGES_BETWEEN * len(pages))
    kept: list[list[PdfLine]] = []
    seen: set[str] = set()
    for page in pages:
        ends = _ends(page)
        kept.append([])
        for index, line in enumerate(page):
            key = _key(line)
            if index not in ends or counted[key] < least:
                kept[-1].append(line)
            elif len(pages) < _LEAST_PAGES and key not in seen and line.base > _FOOT:
                kept[-1].append(replace(line, alone=True))
            seen.add(key)
    return kept


def paragraphs_of(pages: Sequence[Sequence[PdfLine]]) -> tuple[str, tuple[int, ...]]:
    """Write pages as text, a paragraph a line, with the offset at which each page begins, in code points.

    A paragraph that goes on over the end of a page is one line; the next page begins inside it.
    """
    parts: list[str] = []
    length = 0
    starts: list[int] = []
    before: PdfLine | None = None
    paragraph = ""
    margin = 0.0
    for page in pages:
        margins = _margins(page)
        for index, line in enumerate(page):
            joint = "" if before is None else _joint(before, line, paragraph, margin, turned=index == 0)
            paragraph = paragraph if before is not None and joint != "\n" else line.text
            margin = margins[index]
            parts.append(joint)
            length += len(joint)
            if index == 0:
                starts.append(length)
            parts.append(line.text)
            length += len(line.text)
            before = line
        if not page:
            starts.append(length)
    return "".join(parts), tuple(starts)


def _ends(page: Sequence[PdfLine]) -> set[int]:
    """Return which lines stand at the top and the foot of a page, in whatever order, or are as large as stamps."""
    order = sorted(range(len(page)), key=lambda index: page[index].base)
    heights = sorted(line.height for line in page)
    large = {index for index, line in enumerate(page) if line.height > _STAMP * heights[len(heights) // 2]}
    return {*order[:_FURNITURE_LINES], *order[-_FURNITURE_LINES:], *large}


def _key(line: PdfLine) -> str:
    """Name a running title by its words; a short one holds the number of the page or the chapter."""
    words = line.text.casefold().strip()
    return re.sub(r"\d+", "#", words) if len(words) <= _LONGEST_NUMBERED else words


def _margins(page: Sequence[PdfLine]) -> list[float]:
    """Return for each line how far its column reaches.

    That is the end of the longest line of its block; for a block of short lines, such as an address, it is where nine
    in ten of the page's lines end that begin near there.
    """
    columns: dict[int, list[float]] = {}
    for line in page:
        columns.setdefault(round(line.left / _COLUMN), []).append(line.right)
    margins: list[float] = []
    for block in _blocks(page):
        place = round(block[0].left / _COLUMN)
        rights = sorted(right for near in (place - 1, place, place + 1) for right in columns.get(near, ()))
        usual = rights[math.ceil(0.9 * (len(rights) - 1))]
        left, reached = block[0].left, max(line.right for line in block)
        margins += [usual if reached - left < _FULL * (usual - left) else reached] * len(block)
    return margins


def _blocks(page: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Gather lines that stand close under each other in one column and one size."""
    blocks: list[list[PdfLine]] = []
    for line in page:
        if blocks and abs(line.left - blocks[-1][-1].left) < _COLUMN and _is_next(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_next(line: PdfLine, following: PdfLine) -> bool:
    small, large = sorted((line.height, following.height))
    return large <= _SAME_SIZE * max(small, 0.1) and 0 <= line.base - following.base <= _PITCH * large


def _joint(line: PdfLine, following: PdfLine, paragraph: str, margin: float, *, turned: bool) -> str:
    """Say what stands between two lines: an end of line, a space, or nothing where the script has no spaces."""
    if not _goes_on(line, following, paragraph, margin, turned=turned):
        return "\n"
    return "" if _NO_SPACES.match(line.text[-1:]) and _NO_SPACES.match(following.text[:1]) else " "


def _goes_on(line: PdfLine, following: PdfLine, paragraph: str, margin: float, *, turned: bool) -> bool:
    """Return whether a line is only wrapped: the next one is set as it is, and its first word had no room here.

    A number after an unfinished line is a list's only where it would go on with the list.
    """
    if line.alone or following.alone:
        return False
    in_sentence = is_inside(line.text, following.text, paragraph, full=False)
    if _LIST_ITEM.match(following.text) and not in_sentence and not is_inside(line.text, following.text, paragraph):
        return False
    if turned or line.base < following.base:  # the top of the next page or column
        return not _SENTENCE_END.search(line.text) and (in_sentence or following.text[:1].islower())
    if not _is_next(line, following):
        return False
    word = len(following.text.split(maxsplit=1)[0])
    room = (following.right - following.left) / len(following.text) * (word + 1)
    return in_sentence or line.right + room > margin
