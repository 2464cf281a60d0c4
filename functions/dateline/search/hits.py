"""Where a query's terms stand in a run's words, and how hits are shown: short pieces with the terms lit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dateline.search.folding import fold, token_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.search.query import Term
    from dateline.search.words import RunWords, Where

Span = tuple[int, int]

# Code points before a hit and after its beginning: two or three lines.
_BEFORE, _AFTER = 60, 180
# Of a document so many hits of its titles and names are shown, and so many of its text.
_FIELDS_SHOWN, _TEXTS_SHOWN = 3, 3
# Places of a term that are looked at, to choose those from which are shown, and to be lit in the source.
_PLACES_A_TERM = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a document's words with what is lit in it, in code points; of the text also where that stands there.

    `event` is the one whose title, names or quote it is.
    """

    where: Where
    event: str | None
    snippet: str
    spans: tuple[Span, ...]
    place: Span | None = None


def find(words: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Find terms in words, by position: start and end in code points, and which term it is."""
    line = f" {fold(words)} "
    present = [(number, term.pattern) for number, term in enumerate(terms) if term.pattern in line]
    if not present:
        return []
    spans = token_spans(words)
    return sorted(
        (spans[first][0], spans[first + pattern.count(" ", 1, -1)][1], number)
        for number, pattern in present
        for first in islice(_tokens(line, pattern), _PLACES_A_TERM)
    )


def _tokens(line: str, pattern: str) -> Iterator[int]:
    """Yield the number of the token with which each occurrence of a pattern begins."""
    token, counted, at = 0, 0, line.find(pattern)
    while at >= 0:
        token += line.count(" ", counted, at)
        counted = at
        yield token
        at = line.find(pattern, at + 1)


def hits(run: RunWords, terms: Sequence[Term]) -> tuple[list[Hit], list[Span]]:
    """Find what is shown of a document, and all places of its text that are lit there."""
    in_fields = (
        _hit(where, event, words, [(start, end) for start, end, _ in places])
        for where, event, words in run.fields()
        if (places := find(words, terms))
    )
    found = find(run.text, terms)
    lit = list(dict.fromkeys((start, end) for start, end, _ in found))
    return [*islice(in_fields, _FIELDS_SHOWN), *_of_text(run, found)], lit


def _of_text(run: RunWords, found: Sequence[tuple[int, int, int]]) -> list[Hit]:
    """Choose pieces of the text: those in which most of the terms stand together, in the order of the text."""
    groups: list[list[tuple[int, int, int]]] = []
    for one in found:
        if groups and one[1] <= groups[-1][0][0] + _AFTER:
            groups[-1].append(one)
        else:
            groups.append([one])
    best = sorted(groups, key=lambda group: (-len({term for _, _, term in group}), group[0][0]))[:_TEXTS_SHOWN]
    return [_text_hit(run, group) for group in sorted(best)]


def _text_hit(run: RunWords, group: Sequence[tuple[int, int, int]]) -> Hit:
    start, end, _ = group[0]
    quoting = (event.id for event in run.events for first, last in event.quotes if first < end and start < last)
    event = next(quoting, None)
    return _hit("quote" if event else "text", event, run.text, [one[:2] for one in group], (start, end))


def _hit(where: Where, event: str | None, words: str, spans: Sequence[Span], place: Span | None = None) -> Hit:
    """Cut a piece out around the first span, at white space where some is near."""
    begin = max(0, spans[0][0] - _BEFORE)
    end = min(len(words), spans[0][0] + _AFTER)
    if begin > 0:
        begin = next((at + 1 for at in range(begin, spans[0][0]) if words[at].isspace()), begin)
    if end < len(words):
        end = next((at for at in range(end, max(begin, end - _BEFORE), -1) if words[at].isspace()), end)
    shown = dict.fromkeys((max(one[0], begin) - begin, min(one[1], end) - begin) for one in spans if one[0] < end)
    return Hit(where, event, words[begin:end], tuple(shown), place)
