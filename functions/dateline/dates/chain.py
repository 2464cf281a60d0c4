"""The thread of dates that runs through a text: which of them an expression hangs on, and whether a story is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dateline.dates.days import OutOfRange
from dateline.dates.evaluation import evaluate, hangs_free
from dateline.dates.expressions import Expression, expressions
from dateline.dates.folding import visible
from dateline.dates.model import Anchor, Day
from dateline.dates.setting import Reference, Setting, Unresolved, Value
from dateline.dates.spans import length
from dateline.dates.tables import Table
from dateline.dates.tense import Tense, tense

NEAR = 3  # sentences back that are always read
FAR = 60  # sentences back that are read as long as no date stands by itself; a chapter's year is rarely further away
CHARACTERS = 600  # of each sentence; longer ones are no sentences, and the time must stay bounded
MOST = 8  # dates of a sentence that are followed, the last ones; more are a table of dates, not a thread
_WIDEST = 366  # days; a decade places no month
_RECENT = 2  # years; closer to its publication than that, a text tells news
_OLD = 8  # years; further back one date is enough to know that a story is told


def setting_for(sentence: str, at: int, table: Table, published: Day | None, context: Sequence[str]) -> Setting:
    """Find what an expression that begins at `at` in the sentence hangs on; its own tense is not decided here."""
    setting = Setting(published)
    texts = [text[-CHARACTERS:] for text in context[-_needed(context, table) :]]
    for place, text in enumerate(texts, start=-len(texts)):
        setting = _after(text, place, table, setting)
    begin = max(0, at - CHARACTERS)
    setting = _after(sentence[begin : at + CHARACTERS], 0, table, setting, until=at - begin)
    if setting.reference is None and published is None:
        setting = setting._replace(ahead=_later(sentence[at : at + CHARACTERS], table))
    return setting


def _later(text: str, table: Table) -> Reference | None:
    """Find the first date with a year that a sentence names only later on: "On 9 April ... in 1865".

    That is a guess for texts of unknown publication only; in news the later year is as likely background.
    """
    for expression in _expressions(text, table):
        value = _value(expression, _NOWHERE) if expression.start else None
        if value is not None:
            return Reference(value.span, Anchor("neighbour", 0, text[expression.start : expression.end]))
    return None


def _needed(context: Sequence[str], table: Table) -> int:
    """Tell how many sentences back the thread must be followed: to one that has a date by itself."""
    for back, text in enumerate(reversed(context[-FAR:]), start=1):
        if back >= NEAR and _has_own_date(text[-CHARACTERS:], table):
            return back
    return FAR


@lru_cache(maxsize=512)
def _has_own_date(text: str, table: Table) -> bool:
    return any(_stands_alone(expression) for expression in _expressions(text, table))


def _stands_alone(expression: Expression) -> bool:
    try:
        value = evaluate(expression.readings[0][0], _NOWHERE)
    except (Unresolved, OutOfRange):
        return False
    return length(value.span) <= _WIDEST


_NOWHERE = Setting(None)


@lru_cache(maxsize=512)
def _expressions(text: str, table: Table) -> tuple[Expression, ...]:
    """Find a sentence's expressions; kept for a while, since a document asks for the same sentences again and again."""
    clean, _ = visible(text)
    return tuple(expressions(clean, table))


def _after(text: str, place: int, table: Table, setting: Setting, until: int | None = None) -> Setting:
    """Follow the thread through a sentence, up to a place in it."""
    clean, _ = visible(text)
    found = _expressions(text, table) if until is None else tuple(expressions(clean, table, until))
    for expression in found[-MOST:]:
        loose = any(hangs_free(node) for node, _ in expression.readings)
        found_tense = tense(clean, expression.start, expression.end, table) if loose else Tense()
        value = _value(expression, setting._replace(tense=found_tense))
        if value is None or _is_aside(clean, expression) or length(value.span) > _WIDEST or _says_again(value, setting):
            continue
        reference = Reference(value.span, Anchor("neighbour", place, clean[expression.start : expression.end]))
        setting = setting._replace(reference=reference, narrative=_is_story(value, setting))
    return setting


def _says_again(value: Value, setting: Setting) -> bool:
    """Tell whether a date only goes round the one before it: "later that year" after a day of that year."""
    if value.footing != "context" or setting.reference is None:
        return False
    span, known = value.span, setting.reference.span
    return span.first <= known.first and known.last <= span.last and span != known


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


def _is_story(value: Value, setting: Setting) -> bool:
    """Tell whether a date begins a story or carries it on: it lies well before the publication.

    A single bare year of the last few years is background in the news; a month or a day with its year is more, and so
    is a second old date. A story that has begun may come up to the year of its publication.
    """
    published = setting.published
    if published is None:
        return True
    years = published.year - value.span.last.year
    if value.footing == "relative" or value.span.last >= published:
        return False
    if setting.narrative or years >= _OLD:
        return True
    return (years >= 1 and value.span.unit != "year") or (years >= _RECENT and _was_old(setting))


def _was_old(setting: Setting) -> bool:
    if setting.published is None or setting.reference is None:
        return False
    return setting.published.year - setting.reference.span.last.year >= _RECENT
