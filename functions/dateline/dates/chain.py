"""The thread of dates that runs through a text: which of them an expression hangs on, and whether a story is told."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.dates.days import OutOfRange, number
from dateline.dates.evaluation import Reference, Setting, Unresolved, Value, evaluate
from dateline.dates.expressions import Expression, expressions
from dateline.dates.folding import level, visible
from dateline.dates.model import Anchor, Day
from dateline.dates.tables import Table
from dateline.dates.tense import tense

SENTENCES = 12  # sentences back that a bare month may hang on; further away nobody remembers the year
CHARACTERS = 600  # of each sentence; longer ones are no sentences, and the time must stay bounded
_WIDEST = 366  # days; a decade places no month
_RECENT = 2  # years; closer to its publication than that, a text tells news
_OLD = 8  # years; further back one date is enough to know that a story is told


def setting_for(
    sentence: str, at: int, table: Table, published: Day | None, context: Sequence[str]
) -> Setting:
    """Find what an expression that begins at `at` in the sentence hangs on; its own tense is not decided here."""
    setting = Setting(published)
    before = context[-SENTENCES:]
    for place, text in enumerate(before, start=-len(before)):
        clean, _ = visible(level(text[-CHARACTERS:]))
        setting = _after(clean, len(clean), place, table, setting)
    begin = max(0, at - CHARACTERS)
    return _after(sentence[begin : at + CHARACTERS], at - begin, 0, table, setting)


def _after(clean: str, until: int, place: int, table: Table, setting: Setting) -> Setting:
    """Follow the thread through a sentence up to a place in it."""
    for expression in expressions(clean, table, until):
        direction = tense(clean, expression.start, expression.end, table)
        value = _value(expression, setting._replace(direction=direction))
        if value is None or _is_aside(clean, expression) or _length(value) > _WIDEST:
            continue
        reference = Reference(value.span, Anchor("neighbour", place, clean[expression.start : expression.end]))
        setting = setting._replace(reference=reference, narrative=_is_story(value, setting))
    return setting


def _value(expression: Expression, setting: Setting) -> Value | None:
    for node, _ in expression.readings:
        try:
            return evaluate(node, setting)
        except (Unresolved, OutOfRange):
            continue
    return None


def _is_aside(text: str, expression: Expression) -> bool:
    """Tell whether a date in brackets is beside the thread: somebody's birth, a source."""
    opened = text.rfind("(", 0, expression.start)
    return opened > text.rfind(")", 0, expression.start)


def _length(value: Value) -> int:
    return number(value.span.last) - number(value.span.first) + 1


def _is_story(value: Value, setting: Setting) -> bool:
    """Tell whether a date begins a story or carries it on: it lies well before the publication.

    A single bare year of the last few years is background in the news; a month or a day, or a second old date, is more.
    """
    if setting.published is None:
        return True
    years = setting.published.year - value.span.last.year
    if value.footing == "relative" or years < _RECENT:
        return False
    return years >= _OLD or value.span.unit != "year" or _was_old(setting)


def _was_old(setting: Setting) -> bool:
    if setting.published is None or setting.reference is None:
        return False
    return setting.published.year - setting.reference.span.last.year >= _RECENT
