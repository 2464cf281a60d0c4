"""The end of a range that a bare number names: the 5 of "4 and 5 May", the 08 of "2007-08"."""

from __future__ import annotations

from dateline.dates.grammar.chart import Parsed
from dateline.dates.grammar.expressions import expressions
from dateline.dates.grammar.tree import End, Named, Node, Open, Qualified, Range
from dateline.dates.language.table import LanguageTable

_REACH = 60  # code points on either side; longer than nearly all expressions
_HUNDRED = 100


def end_of_range(words: str, sentence: str, at: int, table: LanguageTable) -> Parsed | None:
    """Read a number by the range of the sentence that it is cut out of."""
    digits = words.rstrip(".")
    if not (digits.isascii() and digits.isdigit()):
        return None
    begin, end = max(0, at - _REACH), at + len(words)
    for expression in expressions(sentence[begin : end + _REACH], table):
        start, stop = expression.start + begin, expression.end + begin
        if start > at:
            return None
        if stop >= end:
            node, rule = expression.readings[0]
            found = _named(int(digits), node)
            return None if found is None else Parsed(0, 1, found, rule)
    return None


def _named(number: int, node: Node) -> Node | None:
    while isinstance(node, Open | Qualified):
        node = node.node
    if not isinstance(node, Range):
        return None
    if number in _numbers(node.first):
        return End("first", node)
    return End("last", node) if number in _numbers(node.last) else None


def _numbers(node: Node) -> frozenset[int]:
    """List the numbers that may stand for a node: 2008 and 08, and of the year -498 the 499 (before Christ)."""
    if not isinstance(node, Named) or not isinstance(node.value, int):
        return frozenset()
    numbers = {node.value}
    if node.kind == "year":
        numbers |= {node.value % _HUNDRED} if node.value > 0 else {1 - node.value}
    return frozenset(numbers)
