"""The date expressions of a text: the longest ones that do not overlap, without those that only look like dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dateline.dates.grammar import Chart, Parsed
from dateline.dates.guards import is_look_alike
from dateline.dates.misprints import corrected
from dateline.dates.scanning import Token, tokens_of
from dateline.dates.tables import Table
from dateline.dates.tree import Node, Refusal


class Expression(NamedTuple):
    """A date expression at `text[start:end]` with its meanings, the likeliest first, and the names of their rules."""

    start: int
    end: int
    readings: tuple[tuple[Node, str], ...]


def expressions(text: str, table: Table, until: int | None = None) -> Iterator[Expression]:
    """Yield the expressions of `text[:until]`, left to right; what is refused (durations, vague words) is passed over."""
    tokens = tokens_of(text if until is None else text[:until], table)
    chart = Chart(tokens, table)
    index = 0
    while index < len(tokens):
        found = chart.at(index)
        if not found:
            index += 1
            continue
        longest = [parsed for parsed in found if parsed.end == found[0].end]
        index = found[0].end
        if not isinstance(longest[0].node, Refusal) and not is_look_alike(tokens, longest[0].start, longest[0].end, longest[0].node, table):
            yield _expression(tokens, longest)


def whole(text: str, table: Table) -> list[Parsed]:
    """Read a text that is one expression: the meanings that use all of its tokens, the likeliest first."""
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
    return _using_all(tokens_of(right, table), table) if right else []


def _using_all(tokens: list[Token], table: Table) -> list[Parsed]:
    if not tokens:
        return []
    return [parsed for parsed in Chart(tokens, table).at(0) if parsed.end == len(tokens)]


def _expression(tokens: list[Token], longest: list[Parsed]) -> Expression:
    start, end = tokens[longest[0].start].start, tokens[longest[0].end - 1].end
    return Expression(start, end, tuple((parsed.node, parsed.action) for parsed in longest))
