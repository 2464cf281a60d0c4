"""The lines of a PDF's pages to paragraphs: a PDF knows where each letter stands, and nothing of sentences."""

from __future__ import annotations

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
    for page in pages:
        margin = max((line.right for line in page), default=0.0)
        for index, line in enumerate(page):
            joint = "" if before is None else _joint(before, line, margin, turned=index == 0)
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
    return re.sub(r"\d+", "#", line.text.casefold()).strip()


def _joint(line: Line, following: Line, margin: float, *, turned: bool) -> str:
    """Say what stands between two lines: an end of line, a space, or nothing where the script has no spaces."""
    if not _goes_on(line, following, margin, turned=turned):
        return "\n"
    return "" if _NO_SPACES.match(line.text[-1:]) and _NO_SPACES.match(following.text[:1]) else " "


def _goes_on(line: Line, following: Line, margin: float, *, turned: bool) -> bool:
    """Tell whether a line is only wrapped: the next one is set as it is, and its first word had no room here."""
    sizes = sorted((line.height, following.height))
    if sizes[1] > _SAME_SIZE * max(sizes[0], 0.1) or _LIST_ITEM.match(following.text):
        return False
    if turned:
        return not _SENTENCE_END.search(line.text) and following.text[:1].islower()
    gap = line.base - following.base
    if gap > _PITCH * sizes[1] or gap < 0:
        return gap < 0 and not _SENTENCE_END.search(line.text) and following.text[:1].islower()
    letters = max(len(following.text), 1)
    word = len(following.text.split(maxsplit=1)[0]) if following.text.strip() else 0
    room = (following.right - following.left) / letters * (word + 1)
    return line.right + room > margin
