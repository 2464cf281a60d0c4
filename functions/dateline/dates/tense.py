"""Does a sentence tell of the past or the future? Guessed from the verbs near a date, as far as a table knows them."""

from __future__ import annotations

from dateline.dates.model import Direction
from dateline.dates.scanning import Token, tokens_of
from dateline.dates.tables import Table

_REACH = 160  # code points on either side
_GUESSED = 4  # tokens; a verb known by its ending counts as that much further away than one known by name


def tense(sentence: str, start: int, end: int, table: Table) -> Direction | None:
    """Name the direction that the verb nearest to `sentence[start:end]` points to; the table's default without one."""
    before = [token for token in tokens_of(sentence[max(0, start - _REACH) : start], table) if token.kind == "word"]
    after = [token for token in tokens_of(sentence[end : end + _REACH], table) if token.kind == "word"]
    nearest: tuple[int, Direction | None] = (10_000, table.tense)
    for words in (before[::-1], after):
        for distance, token in enumerate(words):
            previous = words[distance + 1 if words is not after else distance - 1 : distance + 2][:1]
            found = _cue(token, previous[0].plain if previous else "", table)
            if found is not None and distance + found[0] < nearest[0]:
                nearest = (distance + found[0], found[1])
    return nearest[1]


def _cue(token: Token, previous: str, table: Table) -> tuple[int, Direction] | None:
    """Tell what a word says about time, and how uncertainly."""
    word = token.plain
    if word in table.cues.get("future", ()):
        return 0, "future"
    if word in table.cues.get("past", ()):
        return 0, "past"
    if not token.text[0].islower() or token.key in table.words or previous in table.cues.get("before_adjective", ()):
        return None
    if table.future_form is not None and table.future_form.fullmatch(word):
        return _GUESSED, "future"
    if table.past_form is not None and table.past_form.fullmatch(word):
        return _GUESSED, "past"
    return None
