"""Fiscal and school years: they are what the document says they are, and without its word they are not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dateline.dates.context.setting import Definition
from dateline.dates.grammar.expressions import Expression, expressions
from dateline.dates.grammar.tree import Named, Node, OwnYear, Range
from dateline.dates.language.folding import visible
from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import terminals_at, tokens_of
from dateline.dates.model import days_in

_CHARACTERS = 600  # of each sentence that is searched for the definition
_MONTHS, _MONTH_END, _COMMON_YEAR = 12, 31, 2023


def mentions_own_year(node: Node) -> bool:
    """Return whether a tree may need the definition: it names such a year, or a quarter or half of one."""
    if isinstance(node, Named) and node.kind in ("quarter", "half"):
        return True
    return isinstance(node, OwnYear) or any(mentions_own_year(part) for part in node if isinstance(part, Node))


def definition_in(texts: Sequence[str], table: LanguageTable) -> Definition | None:
    """Find the nearest sentence that says when the fiscal year begins or ends."""
    for text in reversed(texts):
        clean, _ = visible(text[-_CHARACTERS:])
        found = _definition(clean, table)
        if found is not None:
            return found
    return None


def _definition(text: str, table: LanguageTable) -> Definition | None:
    tokens = tokens_of(text, table)
    known = _own_year_words(table)
    named = [
        token.end
        for place, token in enumerate(tokens)
        if (token.key in known or table.endings)
        and any(terminal.symbol == "ownyear" for terminal in terminals_at(tokens, place, table))
    ]
    if not named:
        return None
    behind = [expression for expression in expressions(text, table) if expression.start >= named[0]]
    for until in (0, len(text)):  # the verb stands before the date in most languages, in others behind it
        for expression in behind:
            end = max(until, expression.end)
            found = _read(expression, {token.plain for token in tokens if named[0] <= token.start < end}, table)
            if found is not None:
                return found
    return None


@lru_cache(maxsize=64)
def _own_year_words(table: LanguageTable) -> frozenset[str]:
    """List the words that names of such years begin with; in some languages they may have endings."""
    return frozenset(
        key for key, forms in table.words.items() if any(symbol == "ownyear" for _, own in forms for symbol, _ in own)
    )


def _read(expression: Expression, words: set[str], table: LanguageTable) -> Definition | None:
    node = expression.readings[0][0]
    if isinstance(node, Range) and isinstance(node.first, Named):
        first = _month_and_day(node.first, 1)
        return None if first is None else Definition(*first, by_end=None)
    if not isinstance(node, Named):
        return None
    if words & table.cues.get("begins", frozenset()):
        first = _month_and_day(node, 1)
        return None if first is None else Definition(*first, by_end=None)
    if words & table.cues.get("ends", frozenset()):
        last = _month_and_day(node, _MONTH_END)
        return None if last is None else _behind(*last)
    return None


def _behind(month: int, day: int) -> Definition:
    """Begin on the day after the last one; the last days of months are taken for their ends, also in leap years."""
    if day >= days_in(_COMMON_YEAR, month):
        return Definition(month % _MONTHS + 1, 1, by_end=True)
    return Definition(month, day + 1, by_end=True)


def _month_and_day(node: Named, day: int) -> tuple[int, int] | None:
    if node.kind == "day" and isinstance(node.within, Named) and isinstance(node.value, int):
        month = _month_and_day(node.within, node.value)
        return None if month is None else (month[0], node.value)
    return (node.value, day) if node.kind == "month" and isinstance(node.value, int) else None
