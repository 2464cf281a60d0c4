"""Does a sentence tell of the past or the future? Guessed from the verbs near a date, as far as a table knows them."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from dateline.dates.language.table import LanguageTable, table_for
from dateline.dates.language.tokens import Token, tokens_of
from dateline.dates.model import Direction

_REACH = 160  # code points on either side
_GUESSED = 4  # tokens; a verb known by its ending counts as that much further away than one known by name
_SURE = 3  # tokens; a known verb that near tells the tense of the date for certain


_NAMED: dict[str, tuple[int, Direction]] = {
    "future": (0, "future"),
    "past": (0, "past"),
    "maybe_future": (_GUESSED, "future"),
    "maybe_past": (_GUESSED, "past"),
}
_SETTING_VERB = 12  # words; "the hearing of the two men was adjourned until Tuesday", and in German behind the date


class Tense(NamedTuple):
    """A direction, and whether it is certain enough to make a date most of a year away likelier than a near one.

    `put_off` says that a deed of the past set the date ahead ("adjourned until May"); in a story all of it is past.
    """

    direction: Direction | None = None
    sure: bool = False
    put_off: bool = False


@lru_cache(maxsize=2048)
def tense(sentence: str, start: int, end: int, table: LanguageTable) -> Tense:
    """Find the direction that the verb nearest to `sentence[start:end]` points to; the table's default without one.

    Kept for a while, since every date of a document asks for those of the sentences before it.
    """
    begin = max(0, start - _REACH)
    before, after = _words(sentence[begin:start], table), _words(sentence[end : end + _REACH], table)
    leading = _leading(before, _words(sentence[start:end], table), table)
    if _is_put_off(leading, before, after, table):
        return Tense("future", sure=True, put_off=True)
    nearest: tuple[int, Direction | None] = (_REACH, table.tense)
    present = _REACH
    for words, is_before in ((before, True), (after, False)):
        for distance in range(len(words)):
            if distance > nearest[0]:
                break
            place = len(words) - 1 - distance if is_before else distance
            token, previous = words[place], words[place - 1].plain if place else ""
            found = _cue(token, previous, table, is_first=begin == 0 and is_before and place == 0)
            if found is not None and distance + found[0] < nearest[0] + is_before:
                nearest = (distance + found[0], found[1])
            if token.plain in table.cues.get("present", ()):
                present = min(present, distance)
    if present < _REACH and present <= nearest[0] and leading & table.cues.get("until", frozenset()):
        return Tense("future", sure=True)
    return Tense(nearest[1], sure=nearest[0] <= _SURE)


def is_put_off(sentence: str, start: int, end: int, language: str) -> bool:
    """Return whether a verb sets a thing to the date at `sentence[start:end]`: "put off until May", it is in May."""
    table = table_for(language)
    return table is not None and tense(sentence, start, end, table).put_off


def _leading(before: list[Token], inside: list[Token], table: LanguageTable) -> frozenset[str]:
    """Take the words that may be the preposition of a date: its first or its last one, or those right before it."""
    own = [token.plain for token in (*inside[:1], *inside[-1:])]
    own += [token.plain for token in before[-1:]]
    if before and any(symbol == "the" for _, readings in table.words.get(before[-1].key, ()) for symbol, _ in readings):
        own += [token.plain for token in before[-2:-1]]
    return frozenset(own)


def _is_put_off(leading: frozenset[str], before: list[Token], after: list[Token], table: LanguageTable) -> bool:
    """Return whether a verb sets the date: adjourned until Tuesday, auf Dienstag vertagt; the deed itself is past."""
    near = {token.plain for token in (*before[-_SETTING_VERB:], *after[:_SETTING_VERB])}
    return any(
        leading & table.cues.get(prepositions, frozenset()) and near & table.cues.get(verbs, frozenset())
        for prepositions, verbs in (("towards", "sets_date"), ("deadline", "orders"))
    )


def _words(text: str, table: LanguageTable) -> list[Token]:
    return [token for token in tokens_of(text, table) if token.kind == "word"]


def _cue(token: Token, previous: str, table: LanguageTable, is_first: bool) -> tuple[int, Direction] | None:
    """Tell what a word says about time, and how uncertainly."""
    word = token.plain
    if word in table.cues.get("infinitive", ()) and _guessed(previous, table) == (_GUESSED, "past"):
        return None
    known = _named_cues(table)
    if named := [cue for cue in (known.get(word), known.get(f"{previous} {word}")) if cue]:
        cue = min(named)
        is_participle = cue[1] == "past" and previous in table.cues.get("passive", ())
        return None if is_participle else cue
    is_noun = token.text[0].isupper() and not is_first
    if is_noun or _names_time(token.key, table) or previous in table.cues.get("before_adjective", ()):
        return None
    if table.certain_past_form is not None and table.certain_past_form.fullmatch(word):
        return 0, "past"
    return _guessed(word, table)


@lru_cache(maxsize=64)
def _named_cues(table: LanguageTable) -> dict[str, tuple[int, Direction]]:
    """Index what the cues of a table say, the more certain and of two as certain the future."""
    return {
        form: cue
        for name, cue in sorted(_NAMED.items(), key=itemgetter(1), reverse=True)
        for form in table.cues.get(name, ())
    }


def _names_time(key: str, table: LanguageTable) -> bool:
    """Return whether a word is one of dates, and so no verb; the verbs that a day may hang on are verbs."""
    return any(symbol != "closes" for _, readings in table.words.get(key, ()) for symbol, _ in readings)


def _guessed(word: str, table: LanguageTable) -> tuple[int, Direction] | None:
    if table.future_form is not None and table.future_form.fullmatch(word):
        return _GUESSED, "future"
    if table.past_form is not None and table.past_form.fullmatch(word):
        return _GUESSED, "past"
    return None
