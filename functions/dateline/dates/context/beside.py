"""Reading words that are no whole date by themselves with the help of what stands right beside them."""

from __future__ import annotations

from itertools import takewhile

from dateline.dates.context.eras import era_ahead
from dateline.dates.context.surroundings import ahead_of, century_before, completed, day_named_before
from dateline.dates.grammar.chart import Parsed, chart_of
from dateline.dates.grammar.expressions import whole
from dateline.dates.grammar.ranges import end_of_range
from dateline.dates.grammar.roles import is_loose
from dateline.dates.grammar.tails import opened, with_number, without_possessive, without_preposition
from dateline.dates.grammar.tree import Checked, Clock, Named, Near, Node, Range, Refusal, Step
from dateline.dates.language.folding import level
from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import could_be_part, tokens_of

_BEHIND = 80  # code points from the words on in which their frame stands
_BEFORE = 30  # code points; longer than a word
_MOST = 16  # tokens of it


def read(words: str, sentence: str, at: int, table: LanguageTable) -> tuple[Parsed, ...]:
    """Read the words, alone if they say enough; `at` is their place in the sentence."""
    year = century_before(words, sentence, at, table)
    if year is not None:
        return (Parsed(0, 1, Named("year", year), "year"),)
    for text in dict.fromkeys((words, completed(words, sentence, at))):
        if found := whole(text, table):
            return _framed(found, sentence, at, table)
    return _with_help(words, sentence, at, table)


def _framed(found: tuple[Parsed, ...], sentence: str, at: int, table: LanguageTable) -> tuple[Parsed, ...]:
    """Give a piece that lacks its frame the one right behind the words: "October" of "October of next year"."""
    own = found[0].node
    if not (isinstance(own, Clock) or (isinstance(own, Named) and is_loose(own))):
        return found
    near = tokens_of(sentence[at : at + _BEHIND], table)[:_MOST]
    tokens = list(takewhile(lambda token: could_be_part(token, table), near))
    if len(tokens) <= found[0].end:
        return found
    for parsed in chart_of(tokens, table).at(0):
        if parsed.end > found[0].end and _holds(parsed.node, own):
            return (parsed._replace(action=found[0].action),)
    return found


def _holds(node: Node, own: Named | Clock) -> bool:
    """Return whether a node is `own` and says more about where it lies."""
    if isinstance(own, Clock):
        return not isinstance(node, Clock | Refusal | Range)
    if isinstance(node, Near):
        return node.node == own
    if isinstance(node, Checked):
        return (own.kind, own.value) == ("weekday", node.weekday)
    if not isinstance(node, Named) or node._replace(within=None) != own._replace(within=None) or node.within is None:
        return False
    return own.within is None or (isinstance(own.within, Named) and _holds(node.within, own.within))


def _with_help(words: str, sentence: str, at: int, table: LanguageTable) -> tuple[Parsed, ...]:
    """Read words that are no date alone: a number first by its list, then by what it may be given with."""
    end = at + len(words)
    member = end_of_range(words, sentence, at, table)
    if member is not None:
        return (member,)
    era = era_ahead(words, sentence, end, table)
    if era and (found := whole(f"{words} {era}", table)):
        return found
    day = day_named_before(words, sentence, at, table) or _day_of_a_list(words, sentence, end, table)
    if day is not None:
        return (Parsed(0, 1, Named("day", day), "bare_day"),)
    return _with_neighbours(words, sentence, at, table)


def _with_neighbours(words: str, sentence: str, at: int, table: LanguageTable) -> tuple[Parsed, ...]:
    node = with_number(level(words), table)
    if node is not None:
        return (Parsed(0, 1, node, _rule_of(node)),)
    since = opened(words, table)
    if since is not None:
        return (Parsed(0, 1, since, "open"),)
    rest = without_preposition(words, table) or without_possessive(words, table)
    return (whole(rest, table) if rest else ()) or _with_word_before(words, sentence, at, table)


def _rule_of(node: Node) -> str:
    """Name the rule that would build a node that words with a number mean."""
    if isinstance(node, Named) and node.within is None:
        return node.kind
    return "weekday" if isinstance(node, Checked) else "inside"


def _with_word_before(words: str, sentence: str, at: int, table: LanguageTable) -> tuple[Parsed, ...]:
    """Read words by the verb or preposition that they need: "the day" of "ending the day"."""
    before = tokens_of(sentence[max(0, at - _BEFORE) : at], table)
    found = whole(f"{before[-1].text} {words}", table) if before and before[-1].kind == "word" else ()
    return tuple(parsed for parsed in found if isinstance(parsed.node, Step))


def _day_of_a_list(words: str, sentence: str, end: int, table: LanguageTable) -> int | None:
    """Read a number as a day where the enumeration that it begins says so: "3" of "3, 4 and 5 May"."""
    words = level(words)
    is_short_number = words.isascii() and words.isdigit() and len(words) <= 2  # noqa: PLR2004
    if is_short_number and 1 <= int(words) <= 31 and ahead_of(sentence, end, table):  # noqa: PLR2004
        return int(words)
    return None
