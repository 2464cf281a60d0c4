"""The date expressions of a text: the longest ones that do not overlap, without those that only look like dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dateline.dates.grammar.chart import LONGEST, Chart, Parsed, chart_of
from dateline.dates.grammar.lookalikes import is_look_alike, numbers_a_name
from dateline.dates.grammar.tree import Node, Refusal
from dateline.dates.language.folding import level
from dateline.dates.language.misprints import corrected
from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import Token, could_be_part, is_core, tokens_of

RUN = 48  # tokens; twice the longest expression
# Tokens of dates in one text: so many, and one more for so many code points. An article of 10,000 letters has some 80,
# a sentence of 1,500 with 60 dates reaches it. So a text of nothing but dates costs about twice what prose does.
MOST, MOST_PER = 100, 20
TRIED = 20  # matches of rules for each of these tokens, over a whole text; in ordinary text they are about 5


class Expression(NamedTuple):
    """A date expression at `text[start:end]` with its meanings, the likeliest first, and the names of their rules."""

    start: int
    end: int
    readings: tuple[tuple[Node, str], ...]


def expressions(text: str, table: LanguageTable, until: int | None = None) -> Iterator[Expression]:
    """Yield the expressions of `text[:until]`, left to right; what is refused (durations, vague words) is passed over.

    Only runs of words that can stand in a date are parsed. After `MOST` such words and some by the text's length no
    more are, so that a text made of nothing else takes not much longer than other texts.
    """
    tokens = tokens_of(text if until is None else text[:until], table)
    most = MOST + len(text) // MOST_PER
    left = most * TRIED
    for start, end in _runs(tokens, table, most):
        chart = chart_of(tokens[start:end], table)
        left -= chart.tried
        for parsed in _longest(chart, tokens, start, end, table):
            first, last = start + parsed[0].start, start + parsed[0].end
            node = parsed[0].node
            if not isinstance(node, Refusal) and not is_look_alike(tokens, first, last, node, table):
                readings = tuple((reading.node, reading.action) for reading in parsed)
                yield Expression(tokens[first].start, tokens[last - 1].end, readings)
        if left < 0:
            return


def all_expressions(text: str, table: LanguageTable) -> tuple[Expression, ...]:
    """Find all expressions of a text without invisible characters.

    Kept for a while, since a document asks for the same sentences again and again, with this sign for a dash or that.
    """
    return _kept(level(text), table)


@lru_cache(maxsize=512)
def _kept(text: str, table: LanguageTable) -> tuple[Expression, ...]:
    return tuple(expressions(text, table))


def _runs(tokens: Sequence[Token], table: LanguageTable, most: int) -> Iterator[tuple[int, int]]:
    """Cut out the runs of tokens that a table knows, none longer than `RUN`, until they hold more than `most`."""
    start, seen = 0, 0
    for index in range(len(tokens) + 1):
        inside = index < len(tokens) and could_be_part(tokens[index], table)
        if inside and index - start < RUN:
            continue
        if index > start and any(is_core(token, table) for token in tokens[start:index]):
            seen += index - start
            yield start, index
        if seen > most:
            return
        start = index if inside else index + 1


def _longest(
    chart: Chart, tokens: Sequence[Token], start: int, end: int, table: LanguageTable
) -> Iterator[list[Parsed]]:
    """Take from left to right the longest expressions of `tokens[start:end]`, each with its readings."""
    index = 0
    while index < end - start:
        found = [] if numbers_a_name(tokens, start + index, table) else chart.at(index)
        if found:
            yield [parsed for parsed in found if parsed.end == found[0].end]
        index = found[0].end if found else index + 1


@lru_cache(maxsize=2048)
def whole(text: str, table: LanguageTable) -> tuple[Parsed, ...]:
    """Read a text that is one expression: the meanings that use all of its tokens, the likeliest first.

    Kept for a while, since a document says "on Monday" more than once, and asks what it means on several days.
    """
    tokens = tokens_of(text, table)
    while tokens and tokens[0].kind == "sign" and tokens[0].text != "'":
        tokens = tokens[1:]
    while tokens and tokens[-1].kind == "sign" and tokens[-1].text != ".":
        tokens = tokens[:-1]
    if found := _using_all(tokens, table):
        return found
    if tokens and tokens[-1].text == ".":
        return _using_all(tokens[:-1], table)
    right = corrected(tokens, table)
    return _using_all(tokens_of(right, table), table) if right else ()


def _using_all(tokens: Sequence[Token], table: LanguageTable) -> tuple[Parsed, ...]:
    if not 0 < len(tokens) <= LONGEST or not all(could_be_part(token, table) for token in tokens):
        return ()
    return tuple(parsed for parsed in chart_of(tokens, table).at(0) if parsed.end == len(tokens))
