"""`resolve`: the words of a date to EDTF and bounds, or an abstention with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.dates.chain import setting_for
from dateline.dates.days import OutOfRange
from dateline.dates.evaluation import Setting, Unresolved, Value, evaluate
from dateline.dates.expressions import whole
from dateline.dates.folding import level, visible
from dateline.dates.grammar import Parsed
from dateline.dates.guards import is_look_alike
from dateline.dates.model import Abstention, Day, Direction, Resolution
from dateline.dates.scanning import tokens_of
from dateline.dates.tables import Table, common_table, table_for
from dateline.dates.tree import Node, Part

LONGEST = 160  # code points; words beyond that are no date but a passage


def resolve(
    words: str,
    sentence: str,
    language: str,
    published: date | None,
    context: Sequence[str],
    direction: Direction | None = None,
) -> Resolution | Abstention:
    """Work out which days the words of a date mean.

    Only `words` are interpreted. `sentence` (which holds them) and `context` (the sentences before it, nearest last)
    decide tense, year and look-alikes. `language` is BCP 47; `direction` is the tense where the caller knows it.
    """
    if len(words) > LONGEST:
        return Abstention(words, "too long to be a date", understood=False)
    table = table_for(language) or common_table()
    clean, _ = visible(level(words))
    tokens, found = whole(clean, table)
    if not found:
        return Abstention(words, "no date in these words", understood=False)
    around, at = _place(clean, sentence)
    if _looks_like_one(clean, around, at, table):
        return Abstention(words, "looks like a date and is none here")
    setting = setting_for(around, at, table, Day.of(published) if published else None, context, direction)
    return _answer(words, found, setting, table)


def _place(words: str, sentence: str) -> tuple[str, int]:
    """Find the words in their sentence; where they are not in it, they stand alone."""
    clean, _ = visible(level(sentence))
    at = clean.find(words)
    if at < 0:
        at = clean.casefold().find(words.casefold())
    return (clean, at) if at >= 0 else (f"{clean} {words}", len(clean) + 1)


def _looks_like_one(words: str, sentence: str, at: int, table: Table) -> bool:
    """Ask the guards about the words where they stand."""
    begin = max(0, at - 80)
    window = sentence[begin : at + len(words) + 80]
    tokens = tokens_of(window, table)
    start = next((place for place, token in enumerate(tokens) if token.start >= at - begin), None)
    end = next((place for place, token in enumerate(tokens) if token.end >= at - begin + len(words)), None)
    if start is None or end is None:
        return False
    _, found = whole(words, table)
    return any(
        is_look_alike(window, tokens, Parsed(start, end + 1, parsed.node, parsed.action), table) for parsed in found[:1]
    )


def _answer(words: str, found: list[Parsed], setting: Setting, table: Table) -> Resolution | Abstention:
    reason = ""
    for parsed in found:
        try:
            value = evaluate(parsed.node, setting)
        except (Unresolved, OutOfRange) as error:
            reason = reason or str(error)
            continue
        return _resolution(words, value, f"{table.language}.{rule_name(parsed.node, parsed.action)}")
    return Abstention(words, reason)


def rule_name(node: Node, action: str) -> str:
    """Name the rule that was used: the pattern, and for modifiers which third."""
    return f"{action}.{node.third}" if isinstance(node, Part) else action


def _resolution(words: str, value: Value, rule: str) -> Resolution:
    span = value.span
    return Resolution(
        words=words,
        edtf=span.edtf,
        earliest=None if value.open == "start" else span.first,
        latest=None if value.open == "end" else span.last,
        precision=span.unit,
        extent=value.extent,
        basis=value.footing,
        anchor=value.anchor,
        rule=rule,
    )
