"""`find`: the date expressions of a text with their places."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dateline.dates.grammar.expressions import all_expressions, expressions
from dateline.dates.language.folding import visible
from dateline.dates.language.table import common_table, table_for
from dateline.dates.language.tokens import could_be_part, is_core, tokens_of
from dateline.dates.model import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.dates.grammar.expressions import Expression
    from dateline.dates.language.table import LanguageTable
    from dateline.dates.language.tokens import Token

# What a duration is made of, by the symbols of the tables.
_UNITS = frozenset({"unit", "units", "smallunit"})
_OF_DURATIONS = _UNITS | {"number", "dayword", "oclock", "hour", "few", "about", "in", "of", "the", "and"}
LONGEST = 10_000  # code points; so many can be read in 50 ms, whatever they are


def find(text: str, language: str) -> list[Found]:
    """List the date expressions of a text from left to right, each with its prepositions and modifiers.

    Offsets are code points. At most `LONGEST` code points are read: give longer texts in parts. Durations,
    repetitions and vague words are left out, as are look-alikes.
    """
    clean, places = visible(text[:LONGEST])
    return list(_placed(all_expressions(clean, _table(language)), text, places))


def find_first(text: str, language: str, most: int) -> list[Found]:
    """List the first date expressions as `find` does, and read no further: a table of dates costs no more than news."""
    clean, places = visible(text[:LONGEST])
    return list(islice(_placed(expressions(clean, _table(language)), text, places), most))


def _table(language: str) -> LanguageTable:
    return table_for(language) or common_table()


def _placed(expressions: Iterable[Expression], text: str, places: list[int] | None) -> Iterator[Found]:
    """Give expressions their places in the text that still has its invisible characters."""
    for expression in expressions:
        start, last = expression.start, expression.end - 1
        if places is not None:
            start, last = places[start], places[last]
        yield Found(start, last + 1, text[start : last + 1])


def may_date(words: str, language: str) -> bool:
    """Return whether words hold anything that a date is made of: a number, a month, a unit, a word such as "today".

    A bare duration ("for two months") dates nothing. In a language without a table nobody can tell, and whatever was
    copied may be a date.
    """
    table = table_for(language)
    if table is None:
        return True
    tokens = tokens_of(visible(words[:LONGEST])[0], table)
    if not any(could_be_part(token, table) and is_core(token, table) for token in tokens):
        return False
    meanings = [{symbol for symbol, _ in _readings(token, table)} for token in tokens]
    return not (any(_UNITS & one for one in meanings) and all(one and one <= _OF_DURATIONS for one in meanings))


def _readings(token: Token, table: LanguageTable) -> Iterator[tuple[str, object]]:
    for forms, readings in table.words.get(token.key, ()):
        if len(forms) == 1:
            yield from readings
    if token.kind not in {"word", "sign"}:
        yield "number", token.key
