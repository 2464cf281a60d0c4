"""The language of a text, as a short BCP 47 tag."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcld3 import NNetLanguageIdentifier

UNKNOWN = "und"

_MOST_BYTES = 4_000  # a page or two says it, and the detector's time stays under a millisecond
_LEAST_LETTERS = 10  # with fewer the detector answers all the same, and guesses
_OLD_CODES = {"iw": "he"}


def detect(text: str) -> str:
    """Return the language that most of a text's beginning is in, `und` where that is not sure."""
    beginning = text[:_MOST_BYTES]
    if sum(1 for _ in islice(filter(str.isalpha, beginning), _LEAST_LETTERS)) < _LEAST_LETTERS:
        return UNKNOWN
    guess = _detector().FindLanguage(text=beginning)
    code = str(guess.language)
    return _OLD_CODES.get(code, code) if guess.is_reliable else UNKNOWN


@cache
def _detector() -> NNetLanguageIdentifier:
    from gcld3 import NNetLanguageIdentifier

    return NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=_MOST_BYTES)
