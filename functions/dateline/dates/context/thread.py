"""The thread of dates that runs through a text: which of them an expression hangs on, and whether a story is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from dateline.dates.calendar.days import OutOfRange, Unresolved
from dateline.dates.calendar.spans import Span, length, of_day
from dateline.dates.context.evaluate import evaluate, hangs_free
from dateline.dates.context.fiscal_years import definition_in
from dateline.dates.context.setting import Reference, Setting, Value
from dateline.dates.context.tense import Tense, tense
from dateline.dates.grammar.expressions import Expression, all_expressions, expressions
from dateline.dates.grammar.tree import Node, Shift, Step
from dateline.dates.language.folding import visible
from dateline.dates.language.table import LanguageTable, common_table, table_for
from dateline.dates.model import Anchor, Day

CHARACTERS = 600  # of each sentence; longer ones are no sentences, and the time must stay bounded
MOST = 8  # dates of a sentence that are followed, the last ones; more are a table of dates, not a thread
LISTED = 512  # sentences of a list that are followed at least, and at most twice as many
_WIDEST = 366  # days; a decade places no month
_OLD = 8  # years; further back one date is enough to know that a story is told
_JUMP = 3  # years
_OPENING = 12  # code points
_HEADING = 80  # code points
_ENDS = ".!?:;,…\"”“'»)"
_RUNNING = 2  # months or days of old times; after so many, a text that has no more dates of its own time is a story


class Thread(NamedTuple):
    """What the sentences of a document up to some place leave for the dates behind it to hang on.

    It is made once for a document, sentence by sentence, and holds no text but the words of a few dates: keep the one
    before each sentence, and any of its dates is resolved without reading the others again.
    """

    table: LanguageTable
    setting: Setting
    old: int = 0
    new: int = 0
    titled: bool = False

    @classmethod
    def start(cls, language: str, published: date | None) -> Thread:
        """Begin a document; `language` is BCP 47."""
        day = Day.of(published) if published else None
        return cls(table_for(language) or common_table(), Setting(day, is_message=True))

    def after(self, sentence: str) -> Thread:
        """Follow the dates of one more sentence."""
        text = sentence[-CHARACTERS:]
        clean, _ = visible(text)
        found = all_expressions(clean, self.table)
        thread = _along(self, clean, found)
        thread = thread._replace(setting=thread.setting._replace(is_message=False))
        own_year = definition_in((clean,), self.table) if found else None
        if own_year is not None:
            thread = thread._replace(setting=thread.setting._replace(own_year=own_year))
        if _is_heading(clean) and (found or not self.titled):
            leads = bool(found) and not clean[: found[0].start].strip()
            thread = thread._replace(setting=thread.setting._replace(chapter=_chapter(found)), titled=leads)
        return _aged(thread)

    def upto(self, sentence: str, at: int) -> Setting:
        """Find what an expression that begins at `at` in the next sentence hangs on; its tense is not decided here."""
        begin = max(0, at - CHARACTERS)
        clean, _ = visible(sentence[begin : at + CHARACTERS])
        found = tuple(expressions(clean, self.table, until=at - begin))
        setting = _along(self, clean, found).setting
        if setting.reference is None and setting.published is None:
            setting = setting._replace(ahead=_later(sentence[at : at + CHARACTERS], self.table))
        return setting


def thread_of(context: Sequence[str], language: str, published: date | None) -> Thread:
    """Make the thread of a list of sentences, nearest last; of a long list its last part is followed.

    The lists of one document begin alike, and so does the work: the threads of the last list are kept.
    """
    global _kept  # noqa: PLW0603 - replaced as a whole, so that other threads of the process see the old or the new one
    begin = max(0, len(context) // LISTED - 1) * LISTED
    start = Thread.start(language, published)
    known, threads = _kept
    if not threads or threads[0] != start:
        known, threads = (), (start,)
    same = 0
    for one, other in zip(known, islice(context, begin, None), strict=False):
        if one != other:
            break
        same += 1
    if same == len(known) and begin + same == len(context):
        return threads[same]
    made = [*threads[: same + 1]]
    for sentence in islice(context, begin + same, None):
        made.append(made[-1].after(sentence))
    _kept = (tuple(context[begin:]), tuple(made))
    return made[-1]


_kept: tuple[tuple[str, ...], tuple[Thread, ...]] = ((), ())


def _aged(thread: Thread) -> Thread:
    """Move the neighbours one sentence back."""
    setting = thread.setting
    return thread._replace(setting=setting._replace(reference=_older(setting.reference), stated=_older(setting.stated)))


def _older(reference: Reference | None) -> Reference | None:
    if reference is None or reference.anchor.sentence is None:
        return reference
    return reference._replace(anchor=reference.anchor._replace(sentence=reference.anchor.sentence - 1))


def _later(text: str, table: LanguageTable) -> Reference | None:
    """Find the first date with a year that a sentence names only later on: "On 9 April ... in 1865".

    That is a guess for texts of unknown publication only; in news the later year is as likely background.
    """
    for expression in all_expressions(visible(text)[0], table):
        value = _value(expression, _NOWHERE) if expression.start else None
        if value is not None:
            return Reference(value.span, Anchor("neighbour", 0, text[expression.start : expression.end]))
    return None


_NOWHERE = Setting(None)


def _along(thread: Thread, text: str, found: Sequence[Expression]) -> Thread:
    """Follow the thread through the dates of a text."""
    for expression in found[-MOST:]:
        loose = any(hangs_free(node) for node, _ in expression.readings)
        found_tense = tense(text, expression.start, expression.end, thread.table) if loose else Tense()
        value = _value(expression, thread.setting._replace(tense=found_tense))
        if value is None or _is_aside(text, expression):
            continue
        thread = _counted(thread, value)
        if (
            length(value.span) > _WIDEST
            or _says_again(value, thread.setting)
            or _is_beside_story(value, expression, thread)
        ):
            continue
        reference = Reference(_latest(value), Anchor("neighbour", 0, text[expression.start : expression.end]))
        told = _is_story(value, thread.setting)
        running = told and thread.old >= _RUNNING + 2 * thread.new
        setting = thread.setting._replace(reference=reference, narrative=told, running=running)
        if value.footing == "explicit":
            setting = setting._replace(stated=reference)
        thread = thread._replace(setting=setting)
    return thread


def _is_heading(text: str) -> bool:
    """Return whether a line looks like a heading: short, and no sentence's end."""
    line = text.strip()
    return len(line) <= _HEADING and line[-1:] not in _ENDS


def _chapter(found: Sequence[Expression]) -> Span | None:
    """Read the years that a heading gives to what stands below it."""
    values = [_value(expression, _NOWHERE) for expression in found]
    spans = [value.span for value in values if value is not None and value.open is None]
    return spans[0] if len(spans) == 1 else None


def _counted(thread: Thread, value: Value) -> Thread:
    """Count the dates of old times and those of the text's own time."""
    published = thread.setting.published
    if published is None or value.span.unit == "year":
        return thread
    if value.footing == "relative":
        return thread._replace(new=thread.new + 1)
    if published.year - value.span.last.year >= 1:
        return thread._replace(old=thread.old + 1)
    return thread


def _is_beside_story(value: Value, expression: Expression, thread: Thread) -> bool:
    """Return whether a date is none of those that a story goes through.

    It counts from the publication ("today", "last year"), it looks back ("the year before"), or it is a bare year that
    is only mentioned, a later one or one long before; a year that begins a sentence goes on with the story.
    """
    setting = thread.setting
    if value.open is not None and value.span.unit == "year" and (setting.reference or setting.published):
        return True
    if not setting.running or setting.reference is None:
        return False
    if value.footing == "relative" or (value.footing == "context" and _looks_back(expression.readings[0][0])):
        return True
    jump = value.span.first.year - setting.reference.span.first.year
    return value.span.unit == "year" and (jump > 0 or jump < -_JUMP) and expression.start > _OPENING


def _latest(value: Value) -> Span:
    """Take what a story goes on from: of a range over the turn of a year its last day."""
    span = value.span
    runs_over = value.footing == "explicit" and value.extent == "throughout" and span.first.year != span.last.year
    return of_day(span.last) if runs_over and span.unit in ("day", "month") else span


def _looks_back(node: Node) -> bool:
    """Return whether a date is counted back from the one before it: the year before, two days earlier."""
    return (isinstance(node, Step) and node.offset < 0) or (
        isinstance(node, Shift) and node.by < 0 and node.base is None
    )


def _says_again(value: Value, setting: Setting) -> bool:
    """Return whether a date only goes round the one before it: "later that year" after a day of that year."""
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
    """Return whether a date in brackets is beside the thread: somebody's birth, a source."""
    opened = text.rfind("(", 0, expression.start)
    return opened > text.rfind(")", 0, expression.start)


def _is_story(value: Value, setting: Setting) -> bool:
    """Return whether a date begins a story or carries it on: it lies well before the publication.

    A bare year of the last few years is background in the news; a month or a day with its year is more. A story that
    has begun may come up to the year of its publication.
    """
    published = setting.published
    if published is None:
        return True
    years = published.year - value.span.last.year
    if value.footing == "relative" or value.span.last >= published:
        return False
    if setting.narrative or years >= _OLD:
        return True
    return years >= 1 and value.span.unit != "year"
