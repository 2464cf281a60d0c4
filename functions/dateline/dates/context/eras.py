"""The era that a number takes from the end of its list: the 500 and the 499 of "500 or 499-494 BC"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import Token, terminals_at, tokens_of

_AHEAD = 60  # code points; a list of four years with its era is shorter
_MOST = 12  # tokens between a number and its era
_JOINING = 2  # words in a row between two numbers: "or about", "and the"
_SIGNS = frozenset("-/,()")


def era_ahead(words: str, sentence: str, end: int, table: LanguageTable) -> str:
    """Return the words for "before Christ" that close the list which `words`, ending at `end`, begin; else "".

    Such years count down, so a number is only taken into the era where each one after it is smaller.
    """
    if not words[-1:].isdigit():
        return ""
    window = sentence[end : end + _AHEAD]
    tokens = tokens_of(window, table)
    for index in range(min(_MOST, len(tokens))):
        era = next((found.end for found in terminals_at(tokens, index, table) if found.symbol == "bce"), 0)
        if era:
            numbers = [_number(token) for token in (tokens_of(words, table)[-1], *tokens[:index])]
            falling = [number for number in numbers if number is not None]
            is_list = len(falling) > 1 and all(first > second for first, second in pairwise(falling))
            return window[tokens[index].start : tokens[era - 1].end] if is_list else ""
        if not _goes_on(tokens, index):
            return ""
    return ""


def _number(token: Token) -> int | None:
    return int(token.text) if token.kind == "number" else None


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Return whether the list may go on over this token: a number, a sign between two, a word or two."""
    token = tokens[index]
    if token.kind == "sign":
        return token.text in _SIGNS
    run = tokens[max(0, index - _JOINING) : index + 1]
    return token.kind == "number" or (
        token.kind == "word" and not (len(run) > _JOINING and all(other.kind == "word" for other in run))
    )
