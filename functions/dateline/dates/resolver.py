"""`resolve`: the words of a date to EDTF and bounds, or an abstention with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.dates.calendar.days import OutOfRange, Unresolved
from dateline.dates.context.beside import read
from dateline.dates.context.evaluate import evaluate
from dateline.dates.context.fiscal_years import definition_in, mentions_own_year
from dateline.dates.context.setting import Reference, Setting, Value
from dateline.dates.context.surroundings import ahead_of, is_in_letter
from dateline.dates.context.tense import Tense, tense
from dateline.dates.context.thread import Thread, thread_of
from dateline.dates.grammar.chart import Parsed
from dateline.dates.grammar.lookalikes import is_look_alike
from dateline.dates.grammar.roles import is_complete, is_loose
from dateline.dates.grammar.tree import Clock, Named, Node, Part, Refusal
from dateline.dates.language.folding import visible
from dateline.dates.language.table import LanguageTable, common_table, language_of, table_for
from dateline.dates.language.tokens import terminals_at, tokens_of
from dateline.dates.model import Abstention, Anchor, Direction, Resolution

_NEAR = 80  # code points on either side that a look-alike can be told by
SENTENCE = 1200  # code points on either side of the words that count as their sentence
LONGEST = 160  # code points; words beyond that are no date but a passage
_NOWHERE = Setting(None)


def resolve(  # noqa: PLR0917 - the order of the arguments is what callers know it by
    words: str,
    sentence: str,
    language: str,
    published: date | None,
    context: Sequence[str] | Thread,
    direction: Direction | None = None,
) -> Resolution | Abstention:
    """Work out which days the words of a date mean.

    Only `words` are interpreted. `sentence` (which holds them) and `context` decide tense, year and look-alikes:
    `context` is the sentences before it, nearest last, or better the document's `Thread` up to it, which must have
    been started with the same language and day. `language` is BCP 47; `direction` is the tense where the caller
    knows it.
    """
    if len(words) > LONGEST:
        return Abstention(words, "too long to be a date", understood=False)
    table = table_for(language) or common_table()
    clean, _ = visible(words)
    around, at = _place(clean.strip(), sentence)
    found = read(clean.strip(), around, at, table)
    if not found and table.language == "common":
        found = _fallen_back(clean.strip(), language)
    if not found:
        return Abstention(words, "no date in these words", understood=False)
    if _looks_like_one(clean.strip(), around, at, found[0].node, table):
        return Abstention(words, "looks like a date and is none here")
    if is_complete(found[0].node) and isinstance(alone := _answer(words, found[:1], _NOWHERE, table), Resolution):
        return alone
    thread = context if isinstance(context, Thread) else thread_of(context, language, published)
    setting = thread.upto(around, at)
    setting = _with_ahead(setting, found[0].node, around, at + len(clean.strip()), table)
    setting = setting._replace(
        tense=Tense(direction, sure=True) if direction else tense(around, at, at + len(clean), table)
    )
    if not (all(isinstance(parsed.node, Clock) for parsed in found) and _names_an_hour(clean, table)):
        setting = setting._replace(is_message=False)
    if any(mentions_own_year(parsed.node) for parsed in found):
        setting = setting._replace(own_year=definition_in((around,), table) or setting.own_year)
    if is_in_letter(around, at, table):
        setting = setting._replace(published=None, reference=None)
    return _answer(words, found, setting, table)


def _names_an_hour(words: str, table: LanguageTable) -> bool:
    """Return whether the words have a number: "at 9", "las tres", but not "in the morning"."""
    tokens = tokens_of(words, table)
    return any(
        token.kind not in ("word", "sign")
        or any(found.symbol == "number" for found in terminals_at(tokens, place, table))
        for place, token in enumerate(tokens)
    )


def _place(words: str, sentence: str) -> tuple[str, int]:
    """Find the words in their sentence, of which what is near them is kept; words that are not in it follow it."""
    rough = max(sentence.find(words), 0)
    clean, _ = visible(sentence[max(0, rough - SENTENCE) : rough + SENTENCE])
    at = clean.find(words)
    if at < 0:
        at = clean.casefold().find(words.casefold())
    return (clean, at) if at >= 0 else (f"{clean} {words}", len(clean) + 1)


def _fallen_back(words: str, language: str) -> tuple[Parsed, ...]:
    from dateline.dates import fallback

    node = fallback.read(words, language_of(language))
    return () if node is None else (Parsed(0, 1, node, "dateparser"),)


def _looks_like_one(words: str, sentence: str, at: int, node: Node, table: LanguageTable) -> bool:
    """Ask the guards about the words where they stand."""
    begin = max(0, at - _NEAR)
    tokens = tokens_of(sentence[begin : at + len(words) + _NEAR], table)
    start = next((place for place, token in enumerate(tokens) if token.start >= at - begin), None)
    last = next((place for place, token in enumerate(tokens) if token.end >= at - begin + len(words)), None)
    return start is not None and last is not None and is_look_alike(tokens, start, last + 1, node, table)


def _with_ahead(setting: Setting, node: Node, sentence: str, end: int, table: LanguageTable) -> Setting:
    """Let the first members of an enumeration lean on the one that names the month or the year."""
    found = ahead_of(sentence, end, table) if isinstance(node, Named) and is_loose(node) else None
    if found is None:
        return setting
    try:
        value = evaluate(found[0], setting._replace(tense=tense(sentence, end, end, table)))
    except (Unresolved, OutOfRange):
        return setting
    return setting._replace(ahead=Reference(value.span, Anchor("neighbour", 0, found[1])))


def _answer(words: str, found: tuple[Parsed, ...], setting: Setting, table: LanguageTable) -> Resolution | Abstention:
    reason = ""
    for parsed in found:
        if isinstance(parsed.node, Refusal):
            return Abstention(words, parsed.node.reason)
        try:
            value = evaluate(parsed.node, setting)
        except (Unresolved, OutOfRange) as error:
            reason = reason or str(error)
            continue
        return _resolution(words, value, rule_name(table, parsed))
    return Abstention(words, reason, understood=False)


def rule_name(table: LanguageTable, parsed: Parsed) -> str:
    """Name the rule that was used: the table, the pattern, and for modifiers which third."""
    third = f".{parsed.node.third}" if isinstance(parsed.node, Part) else ""
    return f"{table.language}.{parsed.action}{third}"


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
