"""Text to numbered sentences with exact offsets in code points."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from dateline.documents.boilerplate import boilerplate_from
from dateline.documents.lines import Span, paragraphs
from dateline.documents.model import Role, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Stored answers cite sentences by number. Raise the first part when the same text comes to other sentences; a new
# release of the splitting library does so by itself.
SPLITTER = f"1 sentencex {version('sentencex')}"

# A quote is one sentence. Those of news reach some 500 code points; a longer span is a table or lost its full stops.
MAX_SENTENCE = 1_500

_LONGEST_HEADING = 160  # code points; a longer line without a full stop is a paragraph
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।։][\"'”“»«’›‹)\]]*$")
_ARTICLE = "der|die|das|dem|den|des|am|im|vom|zum|zur|ins|beim|einem|einen|eines|einer"
_GOES_ON_AFTER = re.compile(
    rf"\b(?:{_ARTICLE})\s+\d{{1,3}}\.$"  # "dem 20." "Jahrhundert": a German ordinal wants its noun
    r"|(?:^|\s)MM?\.$",  # "M." "Dupont"
    re.IGNORECASE,
)


def split(text: str, language: str) -> tuple[Sentence, ...]:
    """Split a text in a language (BCP 47) into numbered sentences.

    The spans ascend, do not overlap, have no white space at their ends, and hold all of the text but white space.
    """
    blocks = paragraphs(text)
    boilerplate = boilerplate_from([text[block.start : block.end] for block in blocks])
    sentences: list[Sentence] = []
    for index, block in enumerate(blocks):
        spans = _sentences(text, block, language)
        role = "boilerplate" if index >= boilerplate else _role(text, spans)
        sentences.extend(
            Sentence(number, span.start, span.end, role) for number, span in enumerate(spans, len(sentences) + 1)
        )
    return tuple(sentences)


def _sentences(text: str, block: Span, language: str) -> list[Span]:
    pieces = _mended(text, _pieces(text, block, language))
    return [part for piece in pieces for part in _bounded(text, piece)]


def _pieces(text: str, block: Span, language: str) -> Iterator[Span]:
    """Let the library split; a line end that only wraps is shown to it as the space that it stands for."""
    from sentencex import get_sentence_boundaries

    for boundary in get_sentence_boundaries(language, text[block.start : block.end].replace("\n", " ")):
        trimmed = _trimmed(text, Span(block.start + boundary["start_index"], block.start + boundary["end_index"]))
        if trimmed.start < trimmed.end:
            yield trimmed


def _mended(text: str, pieces: Iterable[Span]) -> list[Span]:
    """Join what the library split inside a sentence."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and (text[piece.start].islower() or _GOES_ON_AFTER.search(text, joined[-1].start, joined[-1].end)):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Cut a span into parts of at most MAX_SENTENCE, at white space where there is some in a part's second half."""
    while span.end - span.start > MAX_SENTENCE:
        limit = span.start + MAX_SENTENCE
        spaces = [at for at in range(limit, limit - MAX_SENTENCE // 2, -1) if text[at].isspace()][:1]
        cut = spaces[0] if spaces else limit
        yield _trimmed(text, Span(span.start, cut))
        span = _trimmed(text, Span(cut, span.end))
    yield span


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))


def _role(text: str, spans: Sequence[Span]) -> Role:
    if len(spans) != 1:
        return "body"
    line = text[spans[0].start : spans[0].end]
    return "body" if len(line) > _LONGEST_HEADING or _SENTENCE_END.search(line) else "heading"
