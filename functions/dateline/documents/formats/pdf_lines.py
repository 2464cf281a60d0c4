"""The lines of a PDF's pages to paragraphs: a PDF knows where each letter stands, and nothing of sentences."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PITCH = 1.9  # a gap of so many line heights between two baselines ends a paragraph; double spacing stays below
_SAME_SIZE = 1.25  # how much two lines of one paragraph may differ in height
_FURNITURE_LINES = 2  # at each end of a page
_LEAST_PAGES = 3  # what stands on fewer is no running title
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
class Line:
    """A line of a page as it is set; lengths in points, upwards from the page's lower edge."""

    text: str
    left: float
    right: float
    base: float
    height: float


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out running titles and page numbers: what most pages have at their ends, whatever its figures."""
    counted = Counter(key for page in pages for key in {_key(line) for line in _ends(page)})
    least = max(_LEAST_PAGES, _MOST_PAGES_BETWEEN * len(pages))
    return [
        [line for index, line in enumerate(page) if not (_is_end(index, page) and counted[_key(line)] >= least)]
        for page in pages
    ]


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Write pages as text, a paragraph a line, with the offset at which each page begins, in code points.

    A paragraph that goes on over the end of a page is one line; the next page begins inside it.
    """
    parts: list[str] = []
    length = 0
    starts: list[int] = []
    before: Line | None = None
    margin = 0.0
    for page in pages:
        margins = _margins(page)
        for index, line in enumerate(page):
            joint = "" if before is None else _joint(before, line, margin, turned=index == 0)
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


def _ends(page: Sequence[Line]) -> list[Line]:
    return [line for index, line in enumerate(page) if _is_end(index, page)]


def _is_end(index: int, page: Sequence[Line]) -> bool:
    return index < _FURNITURE_LINES or index >= len(page) - _FURNITURE_LINES


def _key(line: Line) -> str:
    """Name a running title by its words; a short one holds the number of the page or the chapter."""
    words = line.text.casefold().strip()
    return re.sub(r"\d+", "#", words) if len(words) <= _LONGEST_NUMBERED else words


def _margins(page: Sequence[Line]) -> list[float]:
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


def _blocks(page: Sequence[Line]) -> list[list[Line]]:
    """Gather lines that stand close under each other in one column and one size."""
    blocks: list[list[Line]] = []
    for line in page:
        if blocks and abs(line.left - blocks[-1][-1].left) < _COLUMN and _is_next(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_next(line: Line, following: Line) -> bool:
    small, large = sorted((line.height, following.height))
    return large <= _SAME_SIZE * max(small, 0.1) and 0 <= line.base - following.base <= _PITCH * large


def _joint(line: Line, following: Line, margin: float, *, turned: bool) -> str:
    """Say what stands between two lines: an end of line, a space, or nothing where the script has no spaces."""
    if not _goes_on(line, following, margin, turned=turned):
        return "\n"
    return "" if _NO_SPACES.match(line.text[-1:]) and _NO_SPACES.match(following.text[:1]) else " "


def _goes_on(line: Line, following: Line, margin: float, *, turned: bool) -> bool:
    """Tell whether a line is only wrapped: the next one is set as it is, and its first word had no room here."""
    if _LIST_ITEM.match(following.text):
        return False
    if turned or line.base < following.base:  # the top of the next page or column
        return not _SENTENCE_END.search(line.text) and following.text[:1].islower()
    if not _is_next(line, following):
        return False
    word = len(following.text.split(maxsplit=1)[0])
    room = (following.right - following.left) / len(following.text) * (word + 1)
    return line.right + room > margin
