"""The words of a title, each with what it is: a name, a number, an ordinal, what happens, or another word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates.language.folding import fold
from dateline.judge.numbers import numbers
from dateline.linking.lexicon import Act, acts, ordinals, row, stem, stop_words, things
from dateline.text import plain, primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.judge.numbers import Number

Meaning = frozenset[Act]

ABOARD = "on board"
SIGNS = frozenset(";:,()")
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&,][^\W_]+)*|[;:,()]")
_POSSESSIVE = re.compile(r"['’]s?$")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
# Languages that write every noun with a capital, or none: their names are the declared ones.
_NO_CAPITALS = frozenset({"de", "lb", "zh", "ja", "ko", "th", "ar", "he", "fa", "hi", "ka"})
_TITLE_CASE, _LEAST_WORDS, _LONG = 0.8, 3, 4


@dataclass(slots=True)
class Word:
    """A word or a phrase, or a sign between them.

    `kind` is noun (any word that says something), stop, name, act, number, ordinal or sign (of a name: "4" of
    "iPhone 4"). `acts` are what happens by it; `number` is None for years and days.
    """

    text: str
    key: str
    start: int
    kind: str = "noun"
    acts: Meaning = frozenset()
    verb: bool = False
    number: Number | None = None


def read_words(text: str, language: str, names: Sequence[str], quotes: Sequence[str]) -> list[Word]:
    """Read the words of a title; `names` are those that the event declares, `quotes` its sentences of the source."""
    text, english = plain(text), primary(language) == "en"
    words = list(_split(text))
    _mark_numbers(words, text, language)
    _mark_names(words, language, names, quotes)
    if english:
        words = list(_with_acts(words))
    stop = stop_words(language) | SIGNS | (row("weak", "words") if english else frozenset())
    for word in words:
        if word.kind == "noun" and (
            word.key in stop or word.key in SIGNS or (english and word.key in row("weak", "words"))
        ):
            word.kind = "stop"
    return words


def noun_of(word: Word, *, english: bool) -> frozenset[str]:
    """Return what a word may be matched by: its stem, and the kinds of things that it may name."""
    kinds = things().get(word.key, ()) if english else ()
    return frozenset({stem(word.key), *(f"@{kind}" for kind in kinds)})


def ordinal(key: str) -> int | None:
    """Read a folded ordinal: "second", "2nd"."""
    match = _ORDINAL.match(key)
    return int(match[1]) if match else ordinals().get(key)


def is_light(word: Word) -> bool:
    """Return whether a word tells how something happens, not what."""
    return all(act.light for act in word.acts)


def _split(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        if word:
            yield Word(word, fold(word), match.start())


def _with_acts(words: Sequence[Word]) -> Iterator[Word]:
    """Find what happens: phrases of words first, then words."""
    table, at = acts(), 0
    while at < len(words):
        word = words[at]
        if word.kind != "noun":
            yield word
            at += 1
            continue
        if word.key == "on" and at + 1 < len(words) and words[at + 1].key == "board":
            yield Word(ABOARD, ABOARD, word.start, "stop")
            at += 2
            continue
        for rest, is_verb, meant in table.phrases.get(word.key, ()):
            if tuple(one.key for one in words[at + 1 : at + 1 + len(rest)]) == rest:
                yield Word(word.text, word.key, word.start, "act", meant, is_verb)
                at += 1 + len(rest)
                break
        else:
            _mark_act(words, at)
            yield word
            at += 1


def _mark_act(words: Sequence[Word], at: int) -> None:
    word, table = words[at], acts()
    verb, noun = table.verbs.get(word.key), table.nouns.get(word.key)
    counted = at > 0 and words[at - 1].kind == "number" and noun is not None and any(act.toll for act in noun)
    if word.key in things() and not counted:
        return
    word.verb = verb is not None and not (noun is not None and _stands_as_noun(words, at))
    word.acts = (verb if word.verb else noun) or frozenset()
    if word.acts:
        word.kind = "act"


def _stands_as_noun(words: Sequence[Word], at: int) -> bool:
    if at == 0:
        return True
    before = words[at - 1]
    if before.key == "," and words[at].key.endswith("ing"):
        return False
    return before.key in row("grammar", "before_noun") or before.kind in {"ordinal", "number"} or before.key in SIGNS


def _mark_numbers(words: Sequence[Word], text: str, language: str) -> None:
    found = numbers(text, language, claimed=True)
    for at, word in enumerate(words):
        if primary(language) == "en" and ordinal(word.key) is not None:
            word.kind = "ordinal"
        elif word.text[0].isdigit() and not word.text.replace(",", "").replace(".", "").isdigit():
            continue
        elif number := next((one for one in found if one.start <= word.start < one.end), None):
            word.kind = "number" if number.start == word.start else "stop"
            word.number = number if not _is_of_date(words, at) else None
        elif word.text.isdigit():
            word.kind = "number"


def _is_of_date(words: Sequence[Word], at: int) -> bool:
    """Return whether a number is a year, or a day beside its month."""
    beside = {words[near].key for near in (at - 1, at + 1) if 0 <= near < len(words)}
    is_year = len(words[at].text) == 4 and words[at].text.isdigit() and words[at].text[:2] in {"18", "19", "20"}  # noqa: PLR2004
    return is_year or not beside.isdisjoint(row("grammar", "months"))


def _mark_names(words: Sequence[Word], language: str, names: Sequence[str], quotes: Sequence[str]) -> None:
    """Mark words with capitals, in languages in which a capital tells, and declared ones that have one."""
    declared = {one.key for name in names for one in _split(name) if not one.text.islower()}
    long = [word for word in words if len(word.text) >= _LONG and word.text[0].isalpha()]
    headline = len(long) >= _LEAST_WORDS and sum(w.text[0].isupper() for w in long) > _TITLE_CASE * len(long)
    tells = primary(language) not in _NO_CAPITALS and not headline
    common = primary(language) == "en"
    for at, word in enumerate(words):
        if word.kind != "noun" or word.text.islower() or not word.text[0].isalnum():
            continue
        if word.key in stop_words(language) or (common and (word.key in things() or word.key in row("weak", "words"))):
            continue
        if at and words[at - 1].key not in {":", ";"}:
            is_name = tells or word.key in declared
        elif common and (word.key in acts().verbs or word.key in acts().nouns):
            is_name = False
        else:
            is_name = word.key in declared or not word.text[1:].islower() or _stands_in(word.text, quotes)
        if is_name:
            word.kind = "name"


def _stands_in(word: str, quotes: Sequence[str]) -> bool:
    """Return whether a word with its capital stands in the source where no sentence begins."""
    return any(re.search(rf"[\w,][ \u00a0][\"“„«'‘]?{re.escape(word)}\b", quote) for quote in quotes)
