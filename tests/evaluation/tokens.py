"""How many tokens a text has, about, without a tokenizer's vocabulary of megabytes."""

from __future__ import annotations

import re

_PIECE = re.compile(r"[^\W\d_]+|\d{1,3}|[^\w\s]+|\s+|_")
_LATIN, _OTHER, _SIGNS = 8, 4, 3  # letters, letters and signs that a token holds


def tokens(text: str) -> int:
    """Estimate the tokens of a text.

    Against `o200k_base`: 2 % more on the instructions, on average 3 % fewer on answers and 1 % more on quotes, and on
    single documents of the evaluation from 13 % fewer (Turkish) to 7 % more (English).
    """
    return sum(_tokens(piece) for piece in _PIECE.findall(text))


def _tokens(piece: str) -> int:
    if piece.isspace():
        return int(len(piece) > 1 or piece == "\n")  # a single space belongs to the word after it
    if piece.isalpha():
        return -(-len(piece) // (_LATIN if piece.isascii() else _OTHER))
    return -(-len(piece) // _SIGNS)
