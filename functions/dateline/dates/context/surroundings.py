"""What the sentence around the words of a date adds to them: the rest of an enumeration, a dot, a century."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.dates.grammar.chart import Chart, chart_of
from dateline.dates.grammar.tree import Named, Node
from dateline.dates.language.folding import level
from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import Token, terminals_at, tokens_of

_AHEAD = 120  # code points to look ahead for the month of an enumeration
_MEMBERS = 12  # of an enumeration: "am 3., 4., 5., 6. und 7. Oktober" has five
_CONNECTORS = frozenset(("and", "to", "dash", "slash", "comma", "of", "the"))


def ahead_of(sentence: str, end: int, table: LanguageTable) -> tuple[Node, str] | None:
    """Find the member of an enumeration with the month or year that `sentence[:end]` lacks, and its words.

    For "3." in "am 3., 4. und 5. Mai" that is "5. Mai"; a comma alone joins bare days only.
    """
    window = sentence[end : end + _AHEAD]
    tokens = tokens_of(window, table)
    chart: Chart | None = None
    joined = False
    for index, token in enumerate(tokens[: _MEMBERS * 2]):
        if joined:
            chart = chart or chart_of(tokens[: _MEMBERS * 2], table)
            if found := _member(chart, index):
                return found[0], window[token.start : tokens[found[1] - 1].end]
        symbols = {terminal.symbol for terminal in terminals_at(tokens, index, table)}
        if symbols & _CONNECTORS:
            joined = joined or bool(symbols & {"and", "to", "dash", "slash"}) or _starts_number(tokens, index)
        elif not symbols & {"daynum", "dayord"}:
            return None
    return None


def _member(chart: Chart, index: int) -> tuple[Node, int] | None:
    for parsed in chart.at(index):
        if (
            isinstance(parsed.node, Named)
            and parsed.node.kind in ("day", "month", "season")
            and not _is_bare(parsed.node)
        ):
            return parsed.node, parsed.end
    return None


def _is_bare(node: Named) -> bool:
    return node.kind == "day" and node.within is None


def _starts_number(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].kind in ("number", "ordinal", "digits")


def completed(words: str, sentence: str, at: int) -> str:
    """Give an abbreviation or ordinal number the dot that stands behind it in the sentence."""
    end = at + len(words)
    return words + "." if sentence[end : end + 1] == "." and not words.endswith(".") else words


def century_before(words: str, sentence: str, at: int, table: LanguageTable) -> int | None:
    """Read the 58 of 1957-58 as a year, also with the word for "years" behind it."""
    before = level(sentence[max(0, at - 5) : at])
    if len(before) < 5 or before[-1] not in "-/" or not (before[:4].isascii() and before[:4].isdigit()):  # noqa: PLR2004
        return None
    tokens = tokens_of(words, table)
    if len(tokens) > 1 and any(found.symbol == "yearword" for found in terminals_at(tokens, 1, table)):
        words = tokens[0].text
    if not (words.isascii() and words.isdigit() and len(words) == 2):  # noqa: PLR2004
        return None
    year = int(before[:2] + words)
    return year if year > int(before[:4]) else None


def day_named_before(words: str, sentence: str, at: int, table: LanguageTable) -> int | None:
    """Read a number as a day of the month where the word before it says so: "le 15", "στις 30"."""
    *before, number = level(words).split() or [""]
    if not (number.isascii() and number.isdigit() and len(number) <= 2 and 1 <= int(number) <= 31):  # noqa: PLR2004
        return None
    before = before or level(sentence[:at]).split()[-1:]
    return int(number) if " ".join(before).casefold() in table.cues.get("day_before", ()) else None


_OPENING, _CLOSING = '„“»«"”', '“”«»"'


def is_in_letter(sentence: str, at: int, table: LanguageTable) -> bool:
    """Return whether a place lies in a quotation from a letter or the like, whose day is not known.

    What such a quotation counts from is the day on which it was written.
    """
    quoted = any(mark in sentence[:at] for mark in _OPENING) and any(mark in sentence[at:] for mark in _CLOSING)
    if not quoted or (sentence[:at].count('"') % 2 == 0 and '"' in sentence[:at]):
        return False
    cues = table.cues.get("writing", frozenset())
    return any(token.plain in cues for token in tokens_of(sentence[: at + _AHEAD * 4][-_AHEAD * 8 :], table))
