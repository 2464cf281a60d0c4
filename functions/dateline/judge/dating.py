"""The words of an event's date to its `when`: what the resolver reads beside what the model says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from dateline.dates import Abstention, Day, Resolution, find, is_put_off, may_date
from dateline.judge.clock import time_of
from dateline.judge.edtf import EdtfInterval, read_edtf
from dateline.judge.mentions import occurrences
from dateline.judge.news import NEWS_DAYS, is_background, is_own_act
from dateline.judge.problems import Problem
from dateline.judge.readings import years_in
from dateline.records import UNDATED, DateAnchor, Interval, When

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.ask.schema import AnswerEvent
    from dateline.dates import Anchor, Direction, Precision
    from dateline.documents import Sentence
    from dateline.judge.mentions import Source
    from dateline.records import Course

_DIRECTIONS: Mapping[Course, Direction | None] = {"done": "past", "planned": "future", "called_off": None}

# Units that EDTF has no name for, with those of the intervals that a model may write in their place.
_STAND_INS: Mapping[Precision, frozenset[Precision]] = {
    "week": frozenset({"day"}),
    "part_of_month": frozenset({"day"}),
    "part_of_year": frozenset({"season", "quarter", "month"}),
    "part_of_decade": frozenset({"year"}),
    "part_of_century": frozenset({"decade", "year"}),
}
_SAME_TIME = Fraction(1, 2)  # share of the days of two intervals that lie in both: thirds and quarters of a year differ
# "Not until October" is October. Words of several languages, since it is only looked at beside an open date.
_NEGATED = re.compile(r"\b(?:not|never|nicht|erst|kein\w*|pas|no|non|niet|geen|не)\b|n['’]t\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.]")
_Basis = Literal["explicit", "context", "relative"]


@dataclass(frozen=True, slots=True)
class Dated:
    """An event's `when`, with what there is to say about it."""

    when: When
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Expression:
    """A date expression where it stands, from code point `begin` of its sentence.

    `is_found` says whether the resolver's grammar finds it there too.
    """

    words: str
    sentence: Sentence
    begin: int
    direction: Direction | None
    is_found: bool

    def resolve(self, words: str, source: Source) -> Resolution | Abstention:
        """Resolve the expression, or a part of it."""
        return source.readings.meaning(words, self.sentence, source.language, self.direction)


def date_event(event: AnswerEvent, cited: Sequence[Sentence], source: Source) -> Dated | Problem:
    """Date an event from the words that the model copied; a Problem where they stand in no cited sentence."""
    if event.d is None:
        return Dated(_without_words(event, cited, source))
    expression = _expression(event.d, cited, _DIRECTIONS[event.course], source)
    if expression is None:
        message = f'the words of the date, "{event.d}", stand in no sentence that `s` cites'
        return Problem("words_not_found", "event", message, event.t)
    claimed = read_edtf(event.e) if event.e else None
    resolved = expression.resolve(expression.words, source)
    if claimed and isinstance(resolved, Abstention) and not resolved.understood:
        resolved = _narrowed(resolved, claimed, expression, source)
    elif claimed and isinstance(resolved, Resolution):
        resolved = _turned(resolved, claimed, expression, source)
    hung = _on_cited(resolved, expression, cited, source)
    basis = _allowed(claimed, event, expression, source) if claimed else None
    if hung:
        return _resolved(event, hung[0], hung[1], expression, source, claimed=claimed, basis=basis)
    if isinstance(resolved, Resolution):
        anchor = _anchor(resolved.anchor, expression, source)
        return _resolved(event, resolved, anchor, expression, source, claimed=claimed, basis=basis)
    if claimed and basis:
        return Dated(_by_model(expression.words, claimed, basis))
    message = f'"{expression.words}" dates nothing: {resolved.reason}'
    return Dated(UNDATED, Problem("date_unresolved", "event", message, event.t, again=False))


def _without_words(event: AnswerEvent, cited: Sequence[Sentence], source: Source) -> When:
    """Date what no words date: the document's own act by its publication, its news by when it was reported.

    `e` without `d` is the model's word that this is news of the document and no background, on the day that it names
    where a cited sentence names it too; what the cited sentences tell as background stays undated all the same.
    """
    published = source.document.published
    claimed = read_edtf(event.e) if event.e else None
    if published is None or claimed is None or event.course != "done":
        return UNDATED
    day = Day.of(published.day)
    if claimed.latest is None or not 0 <= day.ordinal() - claimed.latest.ordinal() <= NEWS_DAYS:
        return UNDATED
    quotation = source.readings.quotation(cited[0])
    if quotation is not None:
        if quotation.day is None:
            return UNDATED
        day = Day.of(quotation.day)
    anchor = _of_writing(cited[0], source)
    texts = [source.document.words(sentence) for sentence in cited]
    own = any(is_own_act(text, source.language) for text in texts) and not event.by
    if own and not quotation and (claimed.earliest, claimed.latest) == (day, day):
        return When(
            words=None,
            edtf=published.day.isoformat(),
            earliest=day,
            latest=day,
            precision="day",
            extent="within",
            basis="published",
            anchor=anchor,
            checked="agrees",
        )
    if is_background(cited[0], source, day):
        return UNDATED
    return _implied(claimed, cited, source) or When(
        words=None,
        edtf=f"../{day}",
        earliest=None,
        latest=day,
        precision="day",
        extent="within",
        basis="reported",
        anchor=anchor,
    )


def _implied(claimed: EdtfInterval, cited: Sequence[Sentence], source: Source) -> When | None:
    """Date an event by the day of a cited sentence that the model names too."""
    for sentence in cited:
        for found in source.readings.found(sentence, source.language):
            read = source.readings.meaning(found.words, sentence, source.language, None)
            if isinstance(read, Abstention) or read.precision != "day" or not _agree(claimed, read):
                continue
            return When(
                words=None,
                edtf=read.edtf,
                earliest=read.earliest,
                latest=read.latest,
                precision="day",
                extent="within",
                basis="context",
                anchor=DateAnchor(source="neighbour", sentence=sentence.number, words=found.words),
                checked="agrees",
            )
    return None


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
            expression = _Expression(text[begin:finish], sentence, begin, direction, is_found=bool(touching))
            if touching:
                return expression
            plain = plain or expression
    return plain


def _narrowed(
    abstention: Abstention, claimed: EdtfInterval, expression: _Expression, source: Source
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


def _turned(
    resolved: Resolution, claimed: EdtfInterval, expression: _Expression, source: Source
) -> Resolution | Abstention:
    """Leave out a preposition that a negation or a verb turns: "not due until October", "delayed until October".

    Both are due in October, if the model says so too. What is due "not before October" may be due in October or later,
    which the model says with an open end.
    """
    is_open = None in (resolved.earliest, resolved.latest)
    text = source.document.words(expression.sentence)
    clause = _CLAUSE_END.split(text[: expression.begin])[-1]
    end = expression.begin + len(expression.words)
    is_turned = _NEGATED.search(clause) or is_put_off(text, expression.begin, end, source.language)
    if not is_open or claimed.earliest is None or not is_turned:
        return resolved
    words = expression.words.split()
    for begin in range(1, len(words)):
        inner = expression.resolve(" ".join(words[begin:]), source)
        if isinstance(inner, Abstention):
            continue
        if claimed.latest is None and claimed.earliest == inner.earliest:
            return inner._replace(edtf=claimed.edtf, latest=None)
        if _agree(claimed, inner):
            return inner
    return resolved


def _on_cited(
    resolved: Resolution | Abstention, expression: _Expression, cited: Sequence[Sentence], source: Source
) -> tuple[Resolution, DateAnchor] | None:
    """Hang words that count from a neighbour on one of the sentences that the event cites, its nearest context.

    None where they hang on nothing, on their own sentence or on a cited one already, or where none of these dates them.
    """
    others = [one for one in cited if one.number != expression.sentence.number]
    if isinstance(resolved, Abstention):
        hangs = not resolved.understood
    else:
        near = _anchor(resolved.anchor, expression, source)
        own = {expression.sentence.number, *(one.number for one in others)}
        hangs = near is not None and near.source == "neighbour" and near.sentence not in own
    if not others or not hangs:
        return None
    by_place = sorted(others, key=lambda one: one.number)
    found = source.readings.among(
        expression.words, expression.sentence, by_place, source.language, expression.direction
    )
    if isinstance(found, Abstention) or found.anchor is None or not found.anchor.sentence:
        return None
    number = by_place[found.anchor.sentence].number
    return found, DateAnchor(source="neighbour", sentence=number, words=found.anchor.words)


def _resolved(
    event: AnswerEvent,
    resolved: Resolution,
    anchor: DateAnchor | None,
    expression: _Expression,
    source: Source,
    *,
    claimed: EdtfInterval | None,
    basis: _Basis | None,
) -> Dated:
    """Show the resolver's date; where the model's differs and is better founded, that one, and the other beside it.

    The resolver's is better founded where the words hold the whole date. The model's is where the words come to it on
    another date of the text than the one that they were hung on: a model has read the story. No story makes a June of
    "in May", or a Monday of "on Tuesday". Asking again brings nothing: models repeat themselves.
    """
    agrees = claimed is not None and _agree(claimed, resolved)
    differs = claimed is not None and not agrees
    message = f'"{expression.words}" reads as {resolved.edtf}, and the model says {claimed.edtf if claimed else ""}'
    problem = Problem("date_differs", "event", message, event.t, again=False) if differs else None
    counts_from_writing = resolved.anchor is not None and resolved.anchor.source == "published"
    in_quotation = counts_from_writing and source.readings.quotation(expression.sentence) is not None
    may_differ = claimed and differs and basis and resolved.basis != "explicit" and not in_quotation
    if claimed and basis and may_differ and _may_mean(expression, claimed, source):
        by_model = _by_model(expression.words, claimed, basis)
        kept = Interval(edtf=resolved.edtf, earliest=resolved.earliest, latest=resolved.latest)
        return Dated(by_model.model_copy(update={"checked": "differs", "resolver": kept}), problem)
    when = When(
        words=resolved.words,
        edtf=resolved.edtf,
        earliest=resolved.earliest,
        latest=resolved.latest,
        precision=resolved.precision,
        extent=resolved.extent,
        basis=resolved.basis,
        anchor=anchor,
        rule=resolved.rule,
        checked="resolver" if claimed is None else "agrees" if agrees else "differs",
        model=_kept(claimed) if claimed and differs else None,
        time=time_of(resolved.words) if resolved.precision == "day" else None,
    )
    return Dated(when, problem)


def _may_mean(expression: _Expression, claimed: EdtfInterval, source: Source) -> bool:
    """Return whether the words come to the model's date on any date of the text."""
    others = source.readings.elsewhere(expression.words, expression.sentence, source.language, expression.direction)
    return any(_agree(claimed, other) for other in others)


def _agree(claimed: EdtfInterval, resolved: Resolution) -> bool:
    """Return whether both mean the same days, or the same unit about the same time.

    A closed interval never agrees with an open one, nor a part with its whole.
    """
    if (claimed.earliest, claimed.latest) == (resolved.earliest, resolved.latest):
        return True
    units = {resolved.precision} | _STAND_INS.get(resolved.precision, frozenset())
    bounds = (claimed.earliest, claimed.latest, resolved.earliest, resolved.latest)
    if claimed.unit not in units or None in bounds:
        return False
    first, last, begins, ends = (bound.ordinal() for bound in bounds if bound)
    both = min(last, ends) - max(first, begins) + 1
    return both >= _SAME_TIME * (max(last, ends) - min(first, begins) + 1)


def _anchor(anchor: Anchor | None, expression: _Expression, source: Source) -> DateAnchor | None:
    """Name the anchor's sentence by its number in the document."""
    if anchor is None:
        return None
    if anchor.source == "published":
        return _of_writing(expression.sentence, source)
    anchored = None if anchor.sentence is None else source.readings.back(expression.sentence, -anchor.sentence)
    return DateAnchor(source="neighbour", sentence=anchored.number if anchored else None, words=anchor.words)


def _of_writing(sentence: Sentence, source: Source) -> DateAnchor:
    """Name the day on which a sentence was written: the line above a quotation that says it, else the publication."""
    if quotation := source.readings.quotation(sentence):
        return DateAnchor(source="neighbour", sentence=quotation.day_in, words=quotation.day_words)
    published = source.document.published
    return DateAnchor(source="published", published=published.day if published else None)


def _allowed(claimed: EdtfInterval, event: AnswerEvent, expression: _Expression, source: Source) -> _Basis | None:
    """Return what a date of the model's own can rest on; None where the text does not allow it.

    Its year must stand in the words or in the text's body, or be about that of the publication, and what is done cannot
    lie ahead of the publication, nor what is planned behind it. Words of a language that is read here must date
    something: weak models copy a headline and date it as they like. Words that read as a date alone and as none where
    they stand are a look-alike ("30 June Street").
    """
    document = source.document
    is_look_alike = not expression.is_found and bool(find(expression.words, source.language))
    if is_look_alike or not may_date(expression.words, source.language):
        return None
    years = {bound.year for bound in (claimed.earliest, claimed.latest) if bound}
    published = document.published.day if document.published else None
    if published:
        ahead = claimed.earliest is not None and str(claimed.earliest) > published.isoformat()
        behind = claimed.latest is not None and str(claimed.latest) < published.isoformat()
        if (event.course == "done" and ahead) or (event.course == "planned" and behind):
            return None
    if years & years_in(expression.words):
        return "explicit"
    if years & source.readings.years:
        return "context"
    if published and any(abs(year - published.year) <= 1 for year in years):
        return "relative"
    return None


def _by_model(words: str, claimed: EdtfInterval, basis: _Basis) -> When:
    return When(
        words=words,
        edtf=claimed.edtf,
        earliest=claimed.earliest,
        latest=claimed.latest,
        precision=claimed.unit,
        extent="throughout" if claimed.latest is None else "within",  # since May; by May it happens once
        basis=basis,
        checked="model",
    )


def _kept(claimed: EdtfInterval) -> Interval:
    return Interval(edtf=claimed.edtf, earliest=claimed.earliest, latest=claimed.latest)
