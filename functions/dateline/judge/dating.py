"""The words of an event's date to its `when`: the resolver decides, the model's own date checks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.dates import Abstention, Day, Resolution, find
from dateline.dates.tables import language_of, languages
from dateline.judge.acts import is_own_act
from dateline.judge.clock import time_of
from dateline.judge.edtf import Interval, read_edtf
from dateline.judge.mentions import occurrences
from dateline.judge.problems import Problem
from dateline.records import UNDATED, DateAnchor, When
from dateline.records import Interval as ModelInterval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.ask.schema import AnswerEvent
    from dateline.dates import Anchor, Direction, Precision
    from dateline.documents import Document, Sentence
    from dateline.judge.source import Source
    from dateline.records import Course

_DIRECTIONS: Mapping[Course, Direction | None] = {"done": "past", "planned": "future", "called_off": None}

# Units that EDTF has no name for, with those that a model may name in their place.
_STAND_INS: Mapping[Precision, frozenset[Precision]] = {
    "week": frozenset({"day"}),
    "part_of_month": frozenset({"month", "day"}),
    "part_of_year": frozenset({"year", "season", "quarter", "month"}),
    "part_of_decade": frozenset({"decade", "year"}),
    "part_of_century": frozenset({"century", "decade", "year"}),
}
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Dated:
    """An event's `when`, with what there is to say about it."""

    when: When
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Expression:
    """A date expression where it stands: its sentence, and the sentences before, nearest last."""

    words: str
    sentence: Sentence
    before: tuple[Sentence, ...]
    direction: Direction | None

    def resolve(self, words: str, source: Source) -> Resolution | Abstention:
        """Resolve the expression, or a part of it."""
        return source.readings.meaning(words, self.sentence, source.language, self.direction)


def date_event(event: AnswerEvent, cited: Sequence[Sentence], source: Source) -> Dated | Problem:
    """Date an event from the words that the model copied; a Problem where they stand in no cited sentence."""
    if event.d is None:
        return Dated(_by_publication(event, cited, source))
    expression = _expression(event.d, cited, _DIRECTIONS[event.c], source)
    if expression is None:
        message = f'the words of the date, "{event.d}", stand in no sentence that `s` cites'
        return Problem("words_not_found", "event", message, event.t)
    claimed = read_edtf(event.e) if event.e else None
    resolved = expression.resolve(expression.words, source)
    if claimed and isinstance(resolved, Abstention) and not resolved.understood:
        resolved = _narrowed(resolved, claimed, expression, source)
    if isinstance(resolved, Resolution):
        return _resolved(event, resolved, expression, claimed, source.document)
    if claimed and not resolved.understood and (basis := _allowed(claimed, event, expression, source)):
        return Dated(_by_model(expression.words, claimed, basis))
    message = f'"{expression.words}" dates nothing: {resolved.reason}'
    return Dated(UNDATED, Problem("date_unresolved", "event", message, event.t, again=False))


def _by_publication(event: AnswerEvent, cited: Sequence[Sentence], source: Source) -> When:
    """Date what the document itself does by the day of its publication, if the model does too; else it is undated."""
    published, document = source.document.published, source.document
    claimed = read_edtf(event.e) if event.e else None
    if published is None or claimed is None or event.c != "done" or event.b:
        return UNDATED
    day = Day.of(published.day)
    own = any(is_own_act(document.words(sentence), source.language) for sentence in cited)
    if not own or (claimed.earliest, claimed.latest) != (day, day):
        return UNDATED
    return When(
        words=None,
        edtf=published.day.isoformat(),
        earliest=day,
        latest=day,
        precision="day",
        extent="within",
        basis="published",
        anchor=DateAnchor(source="published", published=published.day),
        checked="agrees",
    )


def _expression(
    words: str, cited: Sequence[Sentence], direction: Direction | None, source: Source
) -> _Expression | None:
    """Find the words in the cited sentences, first where an expression of dates is, and widen them to it."""
    plain = None
    for sentence in cited:
        text = source.document.words(sentence)
        for start, end in occurrences(words, text):
            expressions = source.readings.found(sentence, source.language)
            touching = [found for found in expressions if found.start < end and start < found.end]
            begin = min([start, *(found.start for found in touching)])
            finish = max([end, *(found.end for found in touching)])
            expression = _Expression(text[begin:finish], sentence, source.readings.before(sentence), direction)
            if touching:
                return expression
            plain = plain or expression
    return plain


def _narrowed(
    abstention: Abstention, claimed: Interval, expression: _Expression, source: Source
) -> Resolution | Abstention:
    """Leave out words that the model copied along with a date ("trafen sich Ende 2023").

    They might also have changed the date ("zwei Tage nach dem 3. Mai"), so the model must mean what is left; with an
    open interval ("vor dem 3. Mai") nearly everything would agree.
    """
    for found in find(expression.words, source.language):
        resolved = expression.resolve(found.words, source)
        is_open = isinstance(resolved, Resolution) and None in (resolved.earliest, resolved.latest)
        if isinstance(resolved, Resolution) and not is_open and _agree(claimed, resolved):
            return resolved
    return abstention


def _resolved(
    event: AnswerEvent, resolved: Resolution, expression: _Expression, claimed: Interval | None, document: Document
) -> Dated:
    agrees = claimed is not None and _agree(claimed, resolved)
    when = When(
        words=resolved.words,
        edtf=resolved.edtf,
        earliest=resolved.earliest,
        latest=resolved.latest,
        precision=resolved.precision,
        extent=resolved.extent,
        basis=resolved.basis,
        anchor=_anchor(resolved.anchor, expression, document),
        rule=resolved.rule,
        checked="resolver" if claimed is None else "agrees" if agrees else "differs",
        model=None if claimed is None or agrees else _kept(claimed),
        time=time_of(resolved.words) if resolved.precision == "day" else None,
    )
    if claimed is None or agrees:
        return Dated(when)
    message = (
        f'"{expression.words}" reads as {resolved.edtf} and `e` is {claimed.edtf}: correct `d` or `e`, or repeat both'
    )
    return Dated(when, Problem("date_differs", "event", message, event.t))


def _agree(claimed: Interval, resolved: Resolution) -> bool:
    """Tell whether both mean the same: equal bounds, or an overlap in the same unit."""
    if (claimed.earliest, claimed.latest) == (resolved.earliest, resolved.latest):
        return True
    units = {resolved.precision} | _STAND_INS.get(resolved.precision, frozenset())
    return claimed.unit in units and claimed.overlaps(resolved.earliest, resolved.latest)


def _anchor(anchor: Anchor | None, expression: _Expression, document: Document) -> DateAnchor | None:
    """Name the anchor's sentence by its number in the document."""
    if anchor is None:
        return None
    if anchor.source == "published":
        return DateAnchor(source="published", published=document.published.day if document.published else None)
    nearby = (*expression.before, expression.sentence)
    number = None if anchor.sentence is None else nearby[anchor.sentence - 1].number
    return DateAnchor(source="neighbour", sentence=number, words=anchor.words)


def _allowed(
    claimed: Interval, event: AnswerEvent, expression: _Expression, source: Source
) -> Literal["explicit", "context", "relative"] | None:
    """Tell what a date of the model's own can rest on; None where the text does not allow it.

    Its year must stand in the words or near them, or be about that of the publication, and what is done cannot lie
    ahead of the publication, nor what is planned behind it. Words of a language that is read here must date something:
    weak models copy a headline and date it as they like.
    """
    document = source.document
    if not _may_date(expression.words, source.language):
        return None
    years = {bound.year for bound in (claimed.earliest, claimed.latest) if bound}
    published = document.published.day if document.published else None
    if published:
        ahead = claimed.earliest is not None and str(claimed.earliest) > published.isoformat()
        behind = claimed.latest is not None and str(claimed.latest) < published.isoformat()
        if (event.c == "done" and ahead) or (event.c == "planned" and behind):
            return None
    if years & _years(expression.words):
        return "explicit"
    if any(years & _years(document.words(sentence)) for sentence in (*expression.before, expression.sentence)):
        return "context"
    if published and any(abs(year - published.year) <= 1 for year in years):
        return "relative"
    return None


def _may_date(words: str, language: str) -> bool:
    return language_of(language) not in languages() or any(map(str.isdigit, words)) or bool(find(words, language))


def _years(text: str) -> set[int]:
    return {int(digits) for digits in _YEAR.findall(text)}


def _by_model(words: str, claimed: Interval, basis: Literal["explicit", "context", "relative"]) -> When:
    open_end = claimed.earliest is None or claimed.latest is None
    return When(
        words=words,
        edtf=claimed.edtf,
        earliest=claimed.earliest,
        latest=claimed.latest,
        precision=claimed.unit,
        extent="throughout" if open_end else "within",
        basis=basis,
        checked="model",
    )


def _kept(claimed: Interval) -> ModelInterval:
    return ModelInterval(edtf=claimed.edtf, earliest=claimed.earliest, latest=claimed.latest)
