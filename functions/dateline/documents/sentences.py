"""Text to numbered sentences with exact offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from dateline.documents.abbreviations import stops_inside
from dateline.documents.boilerplate import boilerplate_from
from dateline.documents.captions import is_about_the_text
from dateline.documents.formats.tables import CELLS_APART
from dateline.documents.lines import LineSpan, paragraphs
from dateline.documents.model import Role, Sentence
from dateline.documents.notices import is_notice
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.documents.formats.content import Marked
    from dateline.documents.planted import Planted

# A quote is one sentence. Those of news reach some 500 code points; a longer span is a table or lost its full stops.
MAX_SENTENCE = 1_500

_LONGEST_HEADING = 160  # code points; a longer line without a full stop is a paragraph
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।։][\"'”“»«’›‹)\]]*$")

# Where the library splits inside a sentence: what stands before the gap, and what after it.
_ARTICLE = "der|die|das|dem|den|des|am|im|vom|zum|zur|ins|beim|einem|einen|eines|einer"
_COUNTED = "Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Jahrtausend|Jh"
_GOES_ON = tuple(
    (re.compile(before), re.compile(after))
    for before, after in (
        (rf"\b(?i:{_ARTICLE})\s+\d{{1,3}}\.$", r""),  # "dem 20." "Jahrhundert": a German ordinal wants its noun
        (r"\b\d{1,3}\.$", rf"(?:{_COUNTED})"),  # "Dienstag, 3." "Mai"
        (r"(?<!\S)(?:MM?|Mmes?|Mlles?)\.$", r""),  # "M." "Dupont"
        (r"(?<!\S)[А-ЯЁЄІЇҐ]\.$", r"[А-ЯЁЄІЇҐ]"),  # "А." "П. Іваненко"
        (r"(?<!\S)[Α-Ω]\.$", r"[Α-Ω]"),  # the same in Greek
        (r"[\"”’」』]$", r"(?:이?라고|이?라며|이?라는|하고)"),  # "…." 라고
        (r"[」』]$", r"と"),  # 「…。」 と述べた
    )
)

_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]\.$")  # "44 a." "C.", "av. J." "-C."

_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]")  # "1." "The plan was late."

# Thai and Lao have no full stop and part phrases and sentences alike by a space: some are joined to about a sentence.
_WITHOUT_FULL_STOP = frozenset({"th", "lo"})
_LEAST_PHRASES = 60  # code points
# Nobody writes so many sentences, or lines, of so few code points; such pieces, as those of a text that is written
# downwards, are joined in the same way.
_MANY, _TOO_SHORT = 200, 6
_PHRASE_ENDS = re.compile(
    r"(?<=[\u0e00-\u0e2e\u0e30-\u0e45\u0e47-\u0e4e\u0e80-\u0ecf])\s+(?=[\u0e01-\u0e4e\u0e80-\u0ecf])"
)

_WINDOW = 2_000  # code points; the library's time grows with the square of a text of opening quotes or short sentences
_WORD = re.compile(r"\w")
_TAIL = 40  # code points of what stands before and after that are looked at
_OPENING = 60  # a piece that is no longer may be nothing but the day with which a sentence opens


def split(
    text: str,
    language: str,
    planted: Sequence[Planted] = (),
    marked: Sequence[Marked] = (),
    *,
    wrapped: bool = True,
) -> tuple[Sentence, ...]:
    """Split a text in a language (BCP 47) into numbered sentences; what lies in `planted` is boilerplate.

    The spans ascend, do not overlap, have no white space at their ends, and hold all of the text but white space.
    `marked` lines, in the text's order, are a sentence each and have the role that their format gives them. With
    `wrapped` false no line goes on in the next one.
    """
    stretches = _joined(planted)
    lines = paragraphs(text, wrapped=wrapped, apart=[(one.start, one.end) for one in marked])
    blocks = list(_parted(text, lines, stretches))
    blocks = blocks if marked or stretches else _long_enough(blocks, len(text))
    boilerplate = boilerplate_from([text[block.start : block.end] for block in blocks])
    apart = _Stretches(stretches)
    starts = [one.start for one in marked]
    sentences: list[Sentence] = []
    for index, block in enumerate(blocks):
        given = _marked(block, marked, starts)
        says = _WORD.search(text, block.start, block.end) is not None
        whole = given is not None or not says
        spans = list(_bounded(text, _trimmed(text, block))) if whole else _sentences(text, block, language)
        role = "boilerplate" if index >= boilerplate else given or _role(text, spans)
        for number, span in enumerate(spans, len(sentences) + 1):
            is_apart = apart.hold(span) or (says and is_notice(text[span.start : span.end]))
            sentences.append(Sentence(number, span.start, span.end, "boilerplate" if is_apart else role))
    return tuple(sentences)


def _marked(block: LineSpan, marked: Sequence[Marked], starts: Sequence[int]) -> Role | None:
    """Return the role that the format gives a block."""
    before = bisect_right(starts, block.start) - 1
    return marked[before].role if before >= 0 and block.start < marked[before].end else None


class _Stretches:
    """Stretches of a text; spans are asked for in their order."""

    def __init__(self, stretches: Sequence[LineSpan]) -> None:
        self._left = stretches
        self._next = 0

    def hold(self, span: LineSpan) -> bool:
        """Return whether more than half of a span lies in one of the stretches."""
        while self._next < len(self._left) and self._left[self._next].end <= span.start:
            self._next += 1
        if self._next == len(self._left):
            return False
        stretch = self._left[self._next]
        inside = min(stretch.end, span.end) - max(stretch.start, span.start)
        return 2 * inside > span.end - span.start


def _joined(planted: Sequence[Planted]) -> list[LineSpan]:
    """Join stretches that overlap."""
    joined: list[LineSpan] = []
    for one in planted:
        if joined and one.start <= joined[-1].end:
            joined[-1] = LineSpan(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(LineSpan(one.start, one.end))
    return joined


def _parted(text: str, blocks: Iterable[LineSpan], stretches: Iterable[LineSpan]) -> Iterator[LineSpan]:
    """Part paragraphs where a stretch begins with a line or ends with one, so that what is around it keeps its own."""
    edges = [one.start for one in stretches if text[one.start - 1 : one.start] == "\n"]
    edges += [one.end for one in stretches if text[one.end : one.end + 1] == "\n"]
    edges.sort()
    for block in blocks:
        start = block.start
        inside = edges[bisect_right(edges, start) : bisect_left(edges, block.end)]
        for edge in (*inside, block.end):
            if text[start:edge].strip():
                yield LineSpan(start, edge)
                start = edge


def _sentences(text: str, block: LineSpan, language: str) -> list[LineSpan]:
    pieces = _mended(text, _pieces(text, block, language), language)
    return [part for piece in pieces for part in _bounded(text, piece)]


def _pieces(text: str, block: LineSpan, language: str) -> Iterator[LineSpan]:
    """Let the library split, window by window; what a window's end may have cut is shown to it again in the next."""
    start = block.start
    while start < block.end:
        end = min(start + _WINDOW, block.end)
        pieces = _split_by_library(text, LineSpan(start, end), language)
        if end < block.end and len(pieces) > 1:
            end = pieces.pop().start
        elif end < block.end and pieces:
            end = _cut(text, start)
            pieces = [_trimmed(text, LineSpan(start, end))]
        yield from pieces
        start = end


def _split_by_library(text: str, window: LineSpan, language: str) -> list[LineSpan]:
    """Split a window; a line end that only wraps is shown as the space that it stands for."""
    from sentencex import get_sentence_boundaries

    if primary(language) in _WITHOUT_FULL_STOP:
        return _phrases(text, window)
    boundaries = get_sentence_boundaries(language, text[window.start : window.end].replace("\n", " "))
    pieces = [
        _trimmed(text, LineSpan(window.start + boundary["start_index"], window.start + boundary["end_index"]))
        for boundary in boundaries
    ]
    return _long_enough([piece for piece in pieces if piece.start < piece.end], window.end - window.start)


def _long_enough(pieces: list[LineSpan], length: int) -> list[LineSpan]:
    """Join neighbours to about a sentence each, where the pieces of a text of such a length are too many."""
    if len(pieces) <= _MANY or length >= _TOO_SHORT * len(pieces):
        return pieces
    gathered: list[LineSpan] = []
    for piece in pieces:
        if gathered and gathered[-1].end - gathered[-1].start < _LEAST_PHRASES:
            gathered[-1] = LineSpan(gathered[-1].start, piece.end)
        else:
            gathered.append(piece)
    return gathered


def _phrases(text: str, window: LineSpan) -> list[LineSpan]:
    """Split where phrases end, into pieces of some length; figures and foreign words stay with what they belong to."""
    pieces = []
    start = window.start
    for gap in _PHRASE_ENDS.finditer(text, window.start, window.end):
        if gap.start() - start >= _LEAST_PHRASES:
            pieces.append(LineSpan(start, gap.start()))
            start = gap.end()
    last = _trimmed(text, LineSpan(start, window.end))
    return [*pieces, last] if last.start < last.end else pieces


def _mended(text: str, pieces: Iterable[LineSpan], language: str) -> list[LineSpan]:
    """Join what the library split inside a sentence."""
    joined: list[LineSpan] = []
    for piece in pieces:
        if joined and _goes_on(text, joined[-1], piece, language):
            joined[-1] = LineSpan(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _goes_on(text: str, one: LineSpan, other: LineSpan, language: str) -> bool:
    """Return whether both are one sentence; none begins with a small letter."""
    if one.end == other.start and _INITIAL.search(text, max(one.start, one.end - _TAIL), one.end):
        return text[other.start].isalpha() or text[other.start] == "-"
    if text[other.start].islower() or _ITEM_NUMBER.fullmatch(text, one.start, one.end):
        return True
    tail = max(one.start, one.end - _TAIL)
    begin = one.start if one.end - one.start <= _OPENING else tail
    if stops_inside(text[begin : one.end], text[other.start : min(other.end, other.start + _TAIL)], language):
        return True
    return any(
        before.search(text, tail, one.end) and after.match(text, other.start, other.end) for before, after in _GOES_ON
    )


def _bounded(text: str, span: LineSpan) -> Iterator[LineSpan]:
    """Cut a span into parts of at most MAX_SENTENCE."""
    while span.end - span.start > MAX_SENTENCE:
        cut = _cut(text, span.start)
        yield _trimmed(text, LineSpan(span.start, cut))
        span = _trimmed(text, LineSpan(cut, span.end))
    yield span


def _cut(text: str, start: int) -> int:
    """Return where what begins here and is too long is cut: at white space where its second half has some."""
    limit = start + MAX_SENTENCE
    return next((at for at in range(limit, limit - MAX_SENTENCE // 2, -1) if text[at].isspace()), limit)


def _trimmed(text: str, span: LineSpan) -> LineSpan:
    words = text[span.start : span.end]
    return LineSpan(span.end - len(words.lstrip()), span.start + len(words.rstrip()))


def _role(text: str, spans: Sequence[LineSpan]) -> Role:
    if is_about_the_text(text[spans[0].start : spans[-1].end]):
        return "heading"
    if len(spans) != 1:
        return "body"
    line = text[spans[0].start : spans[0].end]
    # At the beginning it is a title with the medium's name behind it.
    is_row = CELLS_APART in line and spans[0].start > 0
    return "body" if len(line) > _LONGEST_HEADING or is_row or _SENTENCE_END.search(line) else "heading"
