"""Words that only make a date because somebody gave them as one: "el martes 21", "10 novembre 93", "del lunes".

In running text the number may belong to what follows ("on Tuesday 21 people"), so the grammar leaves them alone.
"""

from __future__ import annotations

import re

from dateline.dates.grammar.expressions import whole
from dateline.dates.grammar.roles import is_loose, placed
from dateline.dates.grammar.tree import Checked, Clock, Named, Near, Node
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


def without_preposition(words: str, table: LanguageTable) -> str:
    """Leave out the preposition that begins the words: "of Monday"; "" where none does."""
    tokens = tokens_of(words, table)
    if len(tokens) < 2:  # noqa: PLR2004
        return ""
    ends = [found.end for found in terminals_at(tokens, 0, table) if found.symbol in _LEADING]
    return words[tokens[ends[0]].start :] if ends and ends[0] < len(tokens) else ""
