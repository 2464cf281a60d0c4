"""Cutting a text into tokens and looking up what each of them could mean in a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dateline.dates.language.folding import as_digits, fold, level
from dateline.dates.language.table import LanguageTable, Reading, Value

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"X": 10, "V": 5, "I": 1}
_CYRILLIC = str.maketrans("ХІ", "XI")
_FUNCTION_WORDS = frozenset((
    "of", "the", "in", "from", "to", "between", "and", "since", "after", "before", "until", "about", "doubt", "atleast",
    "few", "each", "leading", "number", "ordword", "rel", "relbefore", "thatrel", "thatbefore", "dash", "comma",
    "slash", "apostrophe",
))  # fmt: skip
_LONGEST_ENDING = 6
_DECADES = 2000  # the 1800s are a hundred years, the 2000s are ten
_DAYS, _FIRST_YEAR, _LAST_YEAR = 31, 1000, 2199


class Token(NamedTuple):
    """A piece of the text with its span and its folded form."""

    start: int
    end: int
    text: str
    key: str
    kind: str

    @property
    def plain(self) -> str:
        """The text in lower case with its accents, which tell wurde from würde."""
        return self.text.casefold()


class Terminal(NamedTuple):
    """A meaning of one token or of several in a row, `end` being the index after the last of them."""

    symbol: str
    value: Value
    end: int


@lru_cache(maxsize=128)
def tokens_of(text: str, table: LanguageTable) -> tuple[Token, ...]:
    """Cut a text into tokens; white space and underscores are between them.

    Kept for a moment: what is known of a date is asked of its sentence one after the other.
    """
    tokens = []
    for match in table.pieces.finditer(level(text)):
        kind = match.lastgroup or "sign"
        piece = match.group()
        tokens.append(Token(*match.span(), piece, fold(piece), "digits" if kind == "ending" else kind))
    return tuple(tokens)


def could_be_part(token: Token, table: LanguageTable) -> bool:
    """Tell quickly whether a token may stand in a date at all."""
    if token.kind != "word":
        return token.kind != "sign" or token.key in table.words or token.key in table.parts
    key = token.key
    if key in table.words or key in table.parts or token.text[0] in "XVIХІ":
        return True
    return bool(table.endings) and bool(_without_ending(key, table))


def is_core(token: Token, table: LanguageTable) -> bool:
    """Return whether a token can make a date out of its run: a number, a month, a unit; no article can."""
    if token.kind != "word":
        return token.kind != "sign"
    forms = table.words.get(token.key)
    return forms is None or any(symbol not in _FUNCTION_WORDS for _, readings in forms for symbol, _ in readings)


def terminals_at(tokens: Sequence[Token], index: int, table: LanguageTable) -> list[Terminal]:
    """List what begins at this token."""
    token = tokens[index]
    if token.kind in ("word", "sign"):
        return _words_at(tokens, index, table)
    return [Terminal(symbol, value, index + 1) for symbol, value in _numbers(token, table)]


def _words_at(tokens: Sequence[Token], index: int, table: LanguageTable) -> list[Terminal]:
    found = _phrases_at(tokens, index, table.words.get(tokens[index].key, ()))
    token = tokens[index]
    if not found and table.endings and token.kind == "word":
        found = [Terminal(symbol, value, index + 1) for symbol, value in _without_ending(token.key, table)]
    roman = _roman(token.text, table)
    if roman is not None:
        found.append(Terminal("roman", roman, index + 1))
    if not found and token.kind == "word" and (digits := as_digits(token.text)):
        found = [Terminal(symbol, value, index + 1) for symbol, value in _plain(digits)]
    return found


def _phrases_at(
    tokens: Sequence[Token], index: int, forms: tuple[tuple[tuple[str, ...], tuple[Reading, ...]], ...]
) -> list[Terminal]:
    """Find the longest form that stands here; shorter ones are part of it ("por la mañana" is no "mañana")."""
    for keys, readings in forms:
        end = index + len(keys)
        if len(keys) == 1 or (
            end <= len(tokens)
            and tokens[index + 1].key == keys[1]
            and all(token.key == key for token, key in zip(tokens[index + 2 : end], keys[2:], strict=True))
        ):
            return [Terminal(symbol, value, end) for symbol, value in readings]
    return []


def _without_ending(key: str, table: LanguageTable) -> tuple[Reading, ...]:
    """Look a word up without its case ending: Mart'tan, yılının."""
    stem, apostrophe, _ = key.partition("'")
    cuts = range(min(_LONGEST_ENDING, len(key) - 2), 0, -1)
    stems = [stem] if apostrophe else [key[:-cut] for cut in cuts if key[-cut:] in table.endings]
    for candidate in stems:
        for keys, readings in table.words.get(candidate, ()):
            if len(keys) == 1:
                return readings
    return ()


def _numbers(token: Token, table: LanguageTable) -> list[Reading]:
    """Say what a token of digits can mean."""
    if token.kind == "number":
        return _plain(token.text)
    if token.kind == "ordinal":
        return [*_ordinal(int(token.text[:-1])), *_plain(token.text[:-1])]
    if token.kind == "digits":
        return _with_ending(token, table)
    if token.kind == "mixed":
        digits = as_digits(token.text)
        return _plain(digits) if digits else []
    if token.kind == "amount":
        return []
    return [(token.kind, token.text)]


def _plain(digits: str) -> list[Reading]:
    value = int(digits)
    readings: list[Reading] = [("int", value)]
    if len(digits) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:  # noqa: PLR2004
        readings.append(("year4", value))
    if len(digits) <= 2 and 1 <= value <= _DAYS:  # noqa: PLR2004
        readings.append(("daynum", value))
    return readings


def _ordinal(value: int) -> list[Reading]:
    readings: list[Reading] = [("ord", value)]
    if 1 <= value <= _DAYS:
        readings.append(("dayord", value))
    return readings


def _with_ending(token: Token, table: LanguageTable) -> list[Reading]:
    digits = re.match(r"[0-9]+", token.text)
    value = int(digits.group()) if digits else 0
    readings: list[Reading] = []
    for name in table.number_endings.get(token.key.lstrip("0123456789-'"), ()):
        if name == "ordinal":
            readings.extend(_ordinal(value))
        elif name == "position":
            readings.append(("ord", value))
        elif name == "year":
            readings.extend(reading for reading in _plain(str(value)) if reading[0] == "year4")
        elif name == "plain" or value % 10:
            readings.extend(_plain(str(value)))
        elif name == "decade_or_hundreds":
            readings.append(("decade" if value % 100 or value >= _DECADES else "hundreds", value))
        else:
            readings.append((name, value))
    return readings


def _roman(text: str, table: LanguageTable) -> int | None:
    """Read Roman digits up to XXXIX, also with an ending (XXe) or in Cyrillic letters; None where they are none."""
    if text[0] not in "XVIХІ":
        return None
    latin = text.translate(_CYRILLIC)
    for ending in ("", *table.roman_endings):
        digits = latin.removesuffix(ending)
        if digits and _ROMAN.fullmatch(digits):
            return _roman_value(digits)
    return None


def _roman_value(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
