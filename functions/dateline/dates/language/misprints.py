"""Words that a scanner or a typist has spoilt by one letter: Decernber, neuziger."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dateline.dates.language.table import LanguageTable
from dateline.dates.language.tokens import Token

_SHORTEST = 6  # letters; shorter words are one letter from too many others


def corrected(tokens: Sequence[Token], table: LanguageTable) -> str | None:
    """Spell the text of the tokens with its unknown words put right; None where nothing could be."""
    words = []
    for token in tokens:
        known = token.kind != "word" or token.key in table.words or len(token.key) < _SHORTEST
        words.append(token.text if known else _nearest(token.key, table) or token.text)
    return None if words == [token.text for token in tokens] else " ".join(words)


def _nearest(word: str, table: LanguageTable) -> str | None:
    """Find the one word of the table that differs by a letter, or by rn for m."""
    plain = word.replace("rn", "m")
    words = _long_words(table)
    lengths = range(len(word) - 1, len(word) + 2)
    near = {known for length in lengths for known in words.get(length, ()) if known == plain or _one_apart(word, known)}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=64)
def _long_words(table: LanguageTable) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for word in table.words:
        if len(word) >= _SHORTEST:
            words.setdefault(len(word), []).append(word)
    return words


def _one_apart(one: str, other: str) -> bool:
    """Return whether one letter too many, too few or wrong makes one word into the other."""
    if one[0] != other[0] and one[-1] != other[-1]:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one[same + 1 :] == other[same + 1 :] or one[same:] == other[same + 1 :] or one[same + 1 :] == other[same:]
