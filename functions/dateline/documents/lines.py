"""The paragraphs of a plain text: which line ends end something, and which are only where an editor wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Mail and old reports wrap at 65 to 80 columns. A text with longer lines has one paragraph a line; one with only short
# lines is a list or a poem.
_NARROWEST, _WIDEST = 50, 100

# Scripts without spaces between words wrap after any letter.
_NO_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[。！？…][”」』]*\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—·>|#]|\d{1,3}[.)]|\w[.)])\s")


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A stretch of a text, `text[start:end]`, in code points."""

    start: int
    end: int


def paragraphs(text: str) -> list[LineSpan]:
    """Return the spans of paragraphs, headings and list items, in order; white space lines are in none of them.

    In a wrapped text a line goes on in the next one if the next one's first word had no room on it.
    """
    lines = _lines(text)
    width = max((line.end - line.start for line in lines), default=0)
    wrapped = _NARROWEST <= width <= _WIDEST
    found: list[LineSpan] = []
    before = LineSpan(0, 0)
    for line in lines:
        if wrapped and _goes_on(text[before.start : before.end], text[line.start : line.end], width):
            found[-1] = LineSpan(found[-1].start, line.end)
        else:
            found.append(line)
        before = line
    return [span for span in found if text[span.start : span.end].strip()]


def _lines(text: str) -> list[LineSpan]:
    spans = []
    start = 0
    for line in text.split("\n"):
        spans.append(LineSpan(start, start + len(line)))
        start += len(line) + 1
    return spans


def _goes_on(line: str, following: str, width: int) -> bool:
    if not line.strip() or not following.strip() or _LIST_ITEM.match(following):
        return False
    if _NO_SPACES.match(following.lstrip()):
        return not _SENTENCE_END.search(line) and len(line.rstrip()) + 1 >= width
    word = len(following.split(maxsplit=1)[0])
    return len(line.rstrip()) + 1 + word > width
