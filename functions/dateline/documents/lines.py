"""The paragraphs of a plain text: which line ends end something, and which are only where an editor wrapped."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Mail and old reports wrap at 65 to 80 columns. A text with longer lines has one paragraph a line; one with only short
# lines is a list or a poem.
_NARROWEST, _WIDEST = 50, 100

# Scripts without spaces between words wrap after any letter.
_NO_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[。！？…][”」』]*\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—·>|#]|\d{1,3}[.)]|\w[.)])\s")
# Marks that may as well stand inside a sentence, where a line only wraps before them: "am" / "16. Mai", "Robert" /
# "J. Holm", "the repair" / "– the second –".
_INSIDE = re.compile(r"\s*(?:(?P<number>\d{1,3})\.|[A-Z]\.|[-–—])\s+(?P<next>\S)")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.)]\s")
_UNFINISHED = re.compile(r"[\w,’'%€$£)\]»”\"-]\s*$")
_SMALL_WORD = re.compile(r"(?<![\w.])[^\W\d_A-Z]+\s*$")
# A line beyond the widest is a stray address or a footer where few are; where many are, nothing is wrapped.
_FEW = 0.1


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, `text[start:end]`, in code points."""

    start: int
    end: int


def paragraphs(
    text: str, *, wrapped: bool = True, apart: Sequence[tuple[int, int]] = (), width: int | None = None
) -> list[Span]:
    """Return the spans of paragraphs, headings and list items, in order; white space lines are in none of them.

    In a wrapped text a line goes on in the next one if the next one's first word had no room on it. With `wrapped`
    false each line is a paragraph; so are the lines that lie in the stretches `apart`, which are in the text's order.
    `width` is the column at which the whole wraps that the text is a part of, 0 where it does not.
    """
    lines = _lines(text)
    alone = _within(lines, apart)
    if width is None:
        width = wrap_width([line.end - line.start for line in lines if line.start not in alone])
    width = width if wrapped else 0
    found: list[Span] = []
    before = Span(0, 0)
    for line in lines:
        joined = width and found and not {before.start, line.start} & alone
        if joined and _goes_on(text, found[-1], before, line, width):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
        before = line
    return [span for span in found if text[span.start : span.end].strip()]


def is_inside(before: str, following: str, paragraph: str, *, full: bool = True) -> bool:
    """Return whether what looks like a list item is the rest of a sentence, where its line only wraps.

    The line before is unfinished, and the paragraph is no item of the list that the number would go on with. Where the
    line before is not `full`, so that the item would have had room on it, it must end in a small word and a number
    follow.
    """
    match = _INSIDE.match(following)
    if match is None or _UNFINISHED.search(before) is None:
        return False
    if not full and (match["number"] is None or not _SMALL_WORD.search(before)):
        return False
    if match["number"] is None:
        return not _LIST_ITEM.match(paragraph) and (match[0].strip()[0].isalpha() or match["next"].islower())
    if item := _NUMBERED.match(paragraph):
        return abs(int(match["number"]) - int(item[1])) > 1
    return not (match["number"] == "1" and _LIST_ITEM.match(paragraph))


def _lines(text: str) -> list[Span]:
    spans = []
    start = 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _within(lines: Sequence[Span], apart: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return where the lines begin that lie in one of the stretches."""
    starts = [line.start for line in lines]
    return frozenset(
        start for first, last in apart for start in starts[bisect_left(starts, first) : bisect_left(starts, last)]
    )


def wrap_width(lengths: Sequence[int]) -> int:
    """Return the column at which lines of such lengths wrap; 0 where they do not."""
    wide = [length for length in lengths if length > _WIDEST]
    full = [length for length in lengths if _NARROWEST <= length <= _WIDEST]
    return max(full) if full and len(wide) <= _FEW * len(full) else 0


def _goes_on(text: str, paragraph: Span, before: Span, following: Span, width: int) -> bool:
    line, next_line = text[before.start : before.end], text[following.start : following.end]
    if not line.strip() or not next_line.strip():
        return False
    if _LIST_ITEM.match(next_line) and not is_inside(line, next_line, text[paragraph.start : paragraph.end]):
        return False
    if _NO_SPACES.match(next_line.lstrip()):
        return not _SENTENCE_END.search(line) and len(line.rstrip()) + 1 >= width
    word = len(next_line.split(maxsplit=1)[0])
    return word <= width < len(line.rstrip()) + 1 + word
