"""Words that only make a date because somebody gave them as one: "el martes 21", "10 novembre 93", "del lunes".

In running text the number may belong to what follows ("on Tuesday 21 people"), so the grammar leaves them alone.
"""

from __future__ import annotations

import re

from dateline.dates.grammar.expressions import expressions, whole
from dateline.dates.grammar.roles import is_loose, placed
from dateline.dates.grammar.tree import Checked, Clock, Named, Near, Node, Open, Range, Refusal
from dateline.dates.language.folding import level
from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import terminals_at, tokens_of

_NUMBER = re.compile(r"[ ,]+'?([0-9]{1,2})(?![0-9])(?:'[^\W\d_]+)?")
_MOST = 3  # numbers from the end that are tried; an hour has one or two behind the one that counts
_LONGEST_MONTH = 31  # days
_PIVOT = 40  # two digits from this on mean the 20th century
_LEADING = frozenset(("leading", "of", "in", "the"))


def with_number(words: str, table: LanguageTable) -> Node | None:
    """Read a weekday with the day of its month, or what lacks a year with its last two digits; an hour may follow."""
    for match in list(_NUMBER.finditer(words))[: -1 - _MOST : -1]:
        if _is_hour(words[match.end() :].strip(" ,"), table):
            node = _numbered(words[: match.start()], match[1], table)
            if node is not None:
                return node
    return None


def _numbered(words: str, digits: str, table: LanguageTable) -> Node | None:
    number = int(digits)
    if number > _LONGEST_MONTH and _only_leads(words, table):
        plural = any(word.casefold() in table.cues.get("decade_before", ()) for word in words.split())
        return Named("decade", number) if plural and number % 10 == 0 else Named("year", 1900 + number)
    for parsed in whole(words, table) or whole(_without_last_of(words, table), table):
        node = parsed.node.node if isinstance(parsed.node, Near) else parsed.node
        if not isinstance(node, Named) or not is_loose(node):
            continue
        if node.kind == "weekday" and isinstance(node.value, int) and 1 <= number <= _LONGEST_MONTH:
            return Checked(node.value, Named("day", number))
        if node.kind in ("day", "month", "season") and len(digits) == 2:  # noqa: PLR2004
            return placed(node, Named("year", number + (1900 if number >= _PIVOT else 2000)))
    return None


def _is_hour(words: str, table: LanguageTable) -> bool:
    """Return whether what follows the number is nothing or a time of day."""
    return not words or any(isinstance(parsed.node, Clock) for parsed in whole(words, table))


def _only_leads(words: str, table: LanguageTable) -> bool:
    """Return whether words are only prepositions and articles: "en el" of "en el 92"."""
    tokens = tokens_of(words, table)
    return all(
        any(found.symbol in _LEADING for found in terminals_at(tokens, place, table)) for place in range(len(tokens))
    )


def _without_last_of(words: str, table: LanguageTable) -> str:
    tokens = tokens_of(words, table)
    is_of = any(found.symbol == "of" for found in terminals_at(tokens, len(tokens) - 1, table)) if tokens else False
    return words[: tokens[-1].start].strip() if is_of else ""


def opened(words: str, table: LanguageTable) -> Node | None:
    """Read words that say when something begins: "from October 28", "since its launch in 2003".

    What a language says of trains and news as well ("from Monday") begins nothing in running text. What is counted
    from an event is counted from the event's date.
    """
    tokens = tokens_of(words, table)
    if len(tokens) < 2:  # noqa: PLR2004
        return None
    if tokens[0].plain in table.cues.get("opening", ()):
        found = [parsed.node for parsed in whole(words[tokens[1].start :], table)[:1]]
    else:
        behind = next((one.end for one in terminals_at(tokens, 0, table) if one.symbol == "since"), len(tokens))
        dates = list(expressions(words[tokens[behind].start :], table)) if behind < len(tokens) else []
        is_last = len(dates) == 1 and dates[0].end == len(words) - tokens[behind].start
        start = len(words) - (dates[0].end - dates[0].start) if is_last else 0
        names_event = all(token.kind in ("word", "sign") for token in tokens[behind:] if token.start < start)
        found = [dates[0].readings[0][0]] if is_last and names_event else []
    return Open("since", found[0]) if found and not isinstance(found[0], Open | Range | Clock | Refusal) else None


def without_possessive(words: str, table: LanguageTable) -> str:
    """Leave out the ending of an owner: "Monday" of "Monday's"; "" where there is none."""
    ending = next((one for one in table.cues.get("possessive", ()) if level(words).endswith(one)), "")
    return words[: len(words) - len(ending)] if ending else ""


def without_preposition(words: str, table: LanguageTable) -> str:
    """Leave out the preposition that begins the words: "of Monday"; "" where none does."""
    tokens = tokens_of(words, table)
    if len(tokens) < 2:  # noqa: PLR2004
        return ""
    ends = [found.end for found in terminals_at(tokens, 0, table) if found.symbol in _LEADING]
    return words[tokens[ends[0]].start :] if ends and ends[0] < len(tokens) else ""
