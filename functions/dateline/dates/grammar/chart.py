"""Finding the date expressions among tokens: a bottom-up chart parser that runs over the rules of a table.

It works from the last token to the first, so that everything to the right of a rule's first symbol is known when the
rule is tried; that takes any recursion and every ambiguity. The work is bounded: an expression has at most
`LONGEST` tokens, and each place keeps at most `MOST` meanings out of `TRIED` matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from dateline.dates.grammar.actions import ACTIONS
from dateline.dates.grammar.roles import symbols_of
from dateline.dates.grammar.seeds import Payload, numeric, seed
from dateline.dates.grammar.tree import Node, Refusal
from dateline.dates.language.table import LanguageTable, Rule, Value
from dateline.dates.language.tokens import Token, terminals_at

LONGEST = 24  # tokens; the longest expression met in three corpora has 13
MOST = 96  # meanings at one place; ordinary text stays below 40
_SHORT = 8  # tokens of a run that is likely to come again
TRIED = 250  # matches of rules at one place, most of which say again what is known; ordinary text stays below 100


class Parsed(NamedTuple):
    """An expression over `tokens[start:end]` with its meaning and the name of the pattern that built it."""

    start: int
    end: int
    node: Node
    action: str


class _Item(NamedTuple):
    end: int
    payload: Payload
    action: str


_Cell = dict[str, list[_Item]]


def chart_of(tokens: Sequence[Token], table: LanguageTable) -> Chart:
    """Find all meanings of all stretches of a list of tokens, wherever in a text they stand.

    Kept for a while if they are few: a document has the same dates in its sentences, in titles and in what is asked.
    """
    words = tuple(token._replace(start=0, end=0) for token in tokens)
    return _kept(words, table) if len(words) <= _SHORT else Chart(words, table)


class Chart:
    """All meanings of all stretches of some tokens; `tried` counts the matches that they were found among."""

    def __init__(self, tokens: tuple[Token, ...], table: LanguageTable) -> None:
        self._tokens = tokens
        self._table = table
        self.tried = 0
        self._cells: list[_Cell] = [{} for _ in range(len(tokens) + 1)]
        for start in range(len(tokens) - 1, -1, -1):
            self._fill(start)

    def at(self, start: int) -> list[Parsed]:
        """List the expressions that begin at a token, the longest first, and of two as long the likelier one."""
        found = [
            Parsed(start, item.end, item.payload, item.action)
            for symbol in ("date", "refusal")
            for item in self._cells[start].get(symbol, ())
            if not isinstance(item.payload, int | str)
        ]
        return sorted(found, key=lambda parsed: (-parsed.end, not _is_hard(parsed.node)))

    def _fill(self, start: int) -> None:
        agenda = [("'" + self._tokens[start].key, _Item(start + 1, 0, ""))]
        for terminal in terminals_at(self._tokens, start, self._table):
            seeds = _seeded(terminal.symbol, terminal.value, self._table.day_first)
            agenda.extend((symbol, _Item(terminal.end, payload, action)) for symbol, payload, action in seeds)
        cell, count = self._cells[start], 0
        for symbol, item in agenda:  # grows while it is walked through
            known = cell.setdefault(symbol, [])
            if item in known:
                continue
            known.append(item)
            count += 1
            if count > MOST:
                break
            behind = self._cells[item.end]
            for second, rule in self._table.rules.get(symbol, ()):
                if second is None or second in behind:  # most rules end here, and cheaply
                    agenda.extend(islice(self._completed(start, rule, item), max(0, TRIED - len(agenda))))
        self.tried += len(agenda)

    def _completed(self, start: int, rule: Rule, first: _Item) -> Iterator[tuple[str, _Item]]:
        captured = (first,) if rule.captured[0] else ()
        for end, items in self._rest(rule, 1, first.end, start + LONGEST, captured):
            yield from _built(rule.action, items, end)

    def _rest(
        self, rule: Rule, place: int, at: int, limit: int, captured: tuple[_Item, ...]
    ) -> Iterator[tuple[int, tuple[_Item, ...]]]:
        """Match the symbols of a rule from `place` on against what begins at token `at`."""
        if place == len(rule.symbols):
            yield at, captured
            return
        symbol = rule.symbols[place]
        for item in self._cells[at].get(symbol, ()):
            if item.end <= limit:
                more = (*captured, item) if rule.captured[place] else captured
                yield from self._rest(rule, place + 1, item.end, limit, more)


_kept = lru_cache(maxsize=512)(Chart)


def _is_hard(node: Node) -> bool:
    return isinstance(node, Refusal) and node.hard


@lru_cache(maxsize=2048)
def _seeded(symbol: str, value: Value, day_first: bool | None) -> tuple[tuple[str, Payload, str], ...]:
    """List what a terminal is: under its own name, under its name with its value, and as a piece of calendar.

    Each comes with the name of what built it; kept, since the words of dates are few.
    """
    node = numeric(str(value), day_first) if symbol == "numeric" else seed(symbol, value)
    pieces = [(name, node, symbol) for name in symbols_of(node)] if node is not None else []
    return ((symbol, value, ""), (f"{symbol}.{value}", value, ""), *pieces)


def _built(action: str, items: tuple[_Item, ...], end: int) -> Iterator[tuple[str, _Item]]:
    """Apply a rule's action; a name that is no action makes a symbol of the table's own.

    The action `same` only takes along words that change nothing, so the name of what it holds stays.
    """
    build = ACTIONS.get(action)
    if build is None:
        yield action, _Item(end, items[0].payload if items else 0, action)
        return
    built = build(tuple(item.payload for item in items))
    if isinstance(built, int):
        yield action, _Item(end, built, action)
    elif built is not None:
        name = items[0].action if action == "same" else action
        for symbol in symbols_of(built):
            yield symbol, _Item(end, built, name)
