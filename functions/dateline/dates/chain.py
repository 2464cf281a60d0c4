"""The thread of dates that runs through a text: what the nearest date before an expression is, and the tense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.dates.days import OutOfRange, number
from dateline.dates.evaluation import Reference, Setting, Unresolved, Value, evaluate
from dateline.dates.expressions import Expression, expressions
from dateline.dates.folding import level, visible
from dateline.dates.model import Anchor, Day, Direction
from dateline.dates.scanning import tokens_of
from dateline.dates.tables import Table

SENTENCES = 12  # sentences back that a bare month may hang on; further away nobody remembers the year
CHARACTERS = 600  # of each sentence; longer ones are no sentences, and the time must stay bounded
_WIDEST = 366  # days; a decade places no month
_OLD = 2  # years; a text that tells of what happened that long before its publication tells a story


def setting_for(
    sentence: str,
    at: int,
    table: Table,
    published: Day | None,
    context: Sequence[str],
    direction: Direction | None,
) -> Setting:
    """Find what an expression that begins at `at` in the sentence hangs on."""
    setting = Setting(published)
    before = [*context[-SENTENCES:], sentence[max(0, at - CHARACTERS) : at]]
    for place, text in enumerate(before, start=1 - len(before)):
        setting = _after(text[-CHARACTERS:], place, table, setting)
    return replace(setting, direction=direction or tense(sentence, table))


def _after(text: str, place: int, table: Table, setting: Setting) -> Setting:
    """Follow the thread through a sentence."""
    clean, _ = visible(level(text))
    setting = replace(setting, direction=tense(clean, table))
    for expression in expressions(clean, table):
        value = _value(expression, setting)
        if value is None or _is_aside(clean, expression) or _length(value) > _WIDEST:
            continue
        reference = Reference(value.span, Anchor("neighbour", place, clean[expression.start : expression.end]))
        setting = replace(setting, reference=reference, narrative=_is_story(value, setting.published))
    return setting


def _value(expression: Expression, setting: Setting) -> Value | None:
    for node, _ in expression.readings:
        try:
            return evaluate(node, setting)
        except (Unresolved, OutOfRange):
            continue
    return None


def _is_aside(text: str, expression: Expression) -> bool:
    """A date in brackets is beside the thread: somebody's birth, a source."""
    opened = text.rfind("(", 0, expression.start)
    return opened > text.rfind(")", 0, expression.start)


def _length(value: Value) -> int:
    return number(value.span.last) - number(value.span.first) + 1


def _is_story(value: Value, published: Day | None) -> bool:
    if published is None:
        return True
    return value.footing != "relative" and value.span.last.year <= published.year - _OLD


def tense(sentence: str, table: Table) -> Direction | None:
    """Guess from its verbs whether a sentence tells of the past or the future; None where it says neither or both."""
    words = [token.key for token in tokens_of(sentence[:CHARACTERS], table) if token.kind == "word"]
    future = any(word in table.cues.get("future", ()) for word in words)
    past = any(_is_past(word, table) for word in words)
    if future == past:
        return None
    return "future" if future else "past"


def _is_past(word: str, table: Table) -> bool:
    endings = table.cue_endings.get("past", ())
    return word in table.cues.get("past", ()) or (len(word) > 4 and word.endswith(endings))  # noqa: PLR2004
