"""The longer expression of a sentence that words are cut out of: the 5 of "4 and 5 May", the May of "May of next year"."""

from __future__ import annotations

from dateline.dates.expressions import expressions
from dateline.dates.grammar import Parsed
from dateline.dates.tables import Table
from dateline.dates.tree import Checked, End, Marked, Named, Node, Open, Part, Range

_REACH = 60  # code points on either side; longer than nearly all expressions
_HUNDRED = 100


def longer(words: str, sentence: str, at: int, alone: Node | None, table: Table) -> Parsed | None:
    """Read words by the expression that they are a part of, where it says more of them than they do alone.

    `alone` is what they mean by themselves, None where that is nothing.
    """
    begin, end = max(0, at - _REACH), at + len(words)
    window = sentence[begin : end + _REACH]
    for expression in expressions(window, table):
        start, stop = expression.start + begin, expression.end + begin
        if start > at:
            return None
        if stop >= end and stop - start > len(words):
            node, rule = expression.readings[0]
            found = _end_of(words, node) if alone is None else _framed(alone, node)
            return None if found is None else Parsed(0, 1, found, rule)
    return None


def _end_of(words: str, node: Node) -> Node | None:
    """Find the end of a range that a bare number names."""
    digits = words.rstrip(".")
    if not (digits.isascii() and digits.isdigit()):
        return None
    inner = _bare(node)
    if not isinstance(inner, Range):
        return None
    number = int(digits)
    if number in _numbers(inner.first):
        return End("first", inner)
    return End("last", inner) if number in _numbers(inner.last) else None


def _bare(node: Node) -> Node:
    while isinstance(node, Open | Marked):
        node = node.node
    return node


def _numbers(node: Node) -> frozenset[int]:
    """List the numbers that may stand for a node in a text: 2008 and 08, and of the year -498 the 499 (before Christ)."""
    if not isinstance(node, Named) or not isinstance(node.value, int):
        return frozenset()
    numbers = {node.value}
    if node.kind == "year":
        numbers |= {node.value % _HUNDRED} if node.value > 0 else {1 - node.value}
    return frozenset(numbers)


def _framed(alone: Node, node: Node) -> Node | None:
    """Take the frame that the words leave out; a longer expression of another kind says nothing of them."""
    node = _bare(node)
    if isinstance(alone, Part) and isinstance(node, Part) and alone.third == node.third:
        return node if _framed(alone.node, node.node) is not None else None
    if not isinstance(alone, Named):
        return None
    if isinstance(node, Checked) and alone.kind == "weekday" and alone.value == node.weekday:
        return node
    same = isinstance(node, Named) and (node.kind, node.value) == (alone.kind, alone.value)
    return node if same and node.within is not None and alone.within is None else None
