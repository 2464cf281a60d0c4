"""A title taken apart: what happens, to whom and what, which of several, how many, and what denies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates.language.folding import fold
from dateline.judge.numbers import numbers
from dateline.linking.lexicon import Act, acts, stem, stop_words, things, weak
from dateline.text import plain, primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from dateline.judge.numbers import Number

Meaning = frozenset[Act]

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&,][^\W_]+)*|[;:,()]")
_POSSESSIVE = re.compile(r"['’]s?$")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
# Which of several, without a number.
_OTHERS = frozenset("previous earlier another next further repeat renewed again".split())
# What stands before a noun, and not before a verb.
_BEFORE_NOUN = frozenset(
    "a an the of in on at by for after before during from over with without against under its their his her no".split()
)
# What begins a clause beside the main one.
_BESIDE = frozenset("after before as when while because over following amid despite since until if".split())
_NEGATIONS = frozenset("not never cannot fails refuses failed refused".split())
_WHERE = frozenset("in at near off outside around".split())
_JOINS = frozenset({"of", "de", "von", "van", "al", "bin", "la", "du", "der", "da"})
# Languages that write every noun with a capital, or none: their names are the declared ones.
_NO_CAPITALS = frozenset({"de", "lb", "zh", "ja", "ko", "th", "ar", "he", "fa", "hi", "ka"})
_TITLE_CASE, _LEAST_WORDS, _LONG = 0.8, 3, 4
_SAY = Act("say", light=True)
_ABOARD = "on board"
_SIGNS = frozenset(";:,()")
_REACH = 10  # words behind a number in which it is said what it counts
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)

# What a part of a title counts where another title has it too.
NAME_WEIGHT, MENTION_WEIGHT = 1.0, 0.8
_HEAD, _LIGHT_HEAD, _NOUN, _THING, _UNNAMED = 1.5, 0.7, 1.0, 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a title: its words, and the signs that tell it from its like ("4" of "iPhone 4").

    `where`: it stands as a place ("in Kelm").
    """

    words: tuple[str, ...]
    signs: frozenset[str] = frozenset()
    where: bool = False

    @property
    def initials(self) -> str:
        """What the name may be shortened to."""
        return "".join(word[0] for word in self.words if word not in _JOINS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of what, or of whom something happens to: "two pumps fail". `noun` is empty for people.

    `subject` is a word for readers. `from_`: so many at least; `about`: rounded.
    """

    values: frozenset[Fraction]
    noun: frozenset[str]
    predicate: frozenset[str]
    subject: str
    about: bool
    from_: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What a title is made of. `weight` is what all of it would count if another title had it too.

    `heads` is what happens, `mentions` are happenings that it only names; `nouns` are the other words, each by its stem
    and the kinds of things that it may name. `ordinal` and `other` tell the second from the first.
    """

    heads: tuple[Meaning, ...]
    mentions: tuple[Meaning, ...]
    names: tuple[Named, ...]
    nouns: tuple[frozenset[str], ...]
    quantities: tuple[Quantity, ...]
    ordinal: int | None
    other: bool
    begins: bool
    ends: bool
    denied: bool
    says: bool
    weight: float


@dataclass(slots=True)
class _Word:
    text: str
    key: str
    start: int
    kind: str = "noun"
    acts: Meaning = frozenset()
    verb: bool = False
    number: Number | None = None


def read_title(text: str, language: str, names: Sequence[str], quotes: Sequence[str]) -> Title:
    """Take a title apart; `names` are those that the event declares, `quotes` its sentences of the source."""
    text, english = plain(text), primary(language) == "en"
    words = list(_words(text))
    _mark_numbers(words, text, language)
    _mark_names(words, language, names, quotes)
    if english:
        words = list(_with_acts(words))
    stop = stop_words(language)
    for word in words:
        if word.kind == "noun" and (word.key in stop or word.key in _SIGNS or (english and word.key in weak())):
            word.kind = "stop"
    return _made(words, english=english)


def noun_weight(noun: frozenset[str], *, named: bool = True) -> float:
    """Return what a shared noun counts: less if it is a word for a kind of thing that stands beside a name."""
    return _NOUN if len(noun) == 1 else _THING if named else _UNNAMED


def head_weight(head: Meaning) -> float:
    """Return what a shared happening counts."""
    return _LIGHT_HEAD if all(act.light for act in head) else _HEAD


def _made(words: list[_Word], *, english: bool) -> Title:
    heads, mentions = _heads(words) if english else ((), ())
    names = tuple(_names(words))
    nouns = tuple(dict.fromkeys(_noun(word, english=english) for word in words if _is_noun(word)))
    keys = {word.key for word in words}
    kinds = {act.name for word in words for act in word.acts}
    ordinals = [_ordinal(word.key) for word in words if word.kind == "ordinal"] if english else []
    verb = next((word for word in words if word.verb), None)
    return Title(
        heads=heads,
        mentions=mentions,
        names=names,
        nouns=nouns,
        quantities=tuple(_quantities(words, english=english)),
        ordinal=ordinals[0] if len(ordinals) == 1 else None,
        other=english and not keys.isdisjoint(_OTHERS),
        begins="begin" in kinds,
        ends="end" in kinds,
        denied=english and not keys.isdisjoint(_NEGATIONS),
        says=verb is not None and _SAY in verb.acts,
        weight=sum(map(head_weight, heads))
        + MENTION_WEIGHT * len(mentions)
        + NAME_WEIGHT * len(names)
        + sum(map(noun_weight, nouns)),
    )


def _words(text: str) -> Iterator[_Word]:
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        if word:
            yield _Word(word, fold(word), match.start())


def _is_noun(word: _Word) -> bool:
    return word.kind == "noun" and len(word.key) > 1


def _noun(word: _Word, *, english: bool) -> frozenset[str]:
    kinds = things().get(word.key, ()) if english else ()
    return frozenset({stem(word.key), *(f"@{kind}" for kind in kinds)})


def _ordinal(key: str) -> int | None:
    match = _ORDINAL.match(key)
    return int(match[1]) if match else _ORDINALS.get(key)


def _heads(words: Sequence[_Word]) -> tuple[tuple[Meaning, ...], tuple[Meaning, ...]]:
    """Tell what happens from what is only named: verbs of the main clause, else the first noun that is no modifier."""
    beside = next((at for at, word in enumerate(words) if at and word.key in _BESIDE), len(words))
    told = [(at, word) for at, word in enumerate(words) if word.acts]
    heads = [word for at, word in told if at < beside and not _light(word) and (word.verb or _is_toll(words, at))]
    if not heads:
        nominal = [word for at, word in told if not word.verb and not _light(word) and not _modifies(words, at)]
        heads = nominal[:1]
    if not heads:
        heads = [word for _, word in told if not _light(word)][:1] or [word for _, word in told][:1]
    mentions = [word for _, word in told if word not in heads and not _light(word)]
    return _unique(heads), _unique(mentions)


def _unique(words: Sequence[_Word]) -> tuple[Meaning, ...]:
    return tuple(dict.fromkeys(word.acts for word in words))


def _light(word: _Word) -> bool:
    return all(act.light for act in word.acts)


def _is_toll(words: Sequence[_Word], at: int) -> bool:
    """Return whether a noun counts victims: "three dead"."""
    return at > 0 and words[at - 1].kind == "number" and any(act.toll for act in words[at].acts)


def _modifies(words: Sequence[_Word], at: int) -> bool:
    """Return whether a noun stands before another one, as in "inspection report"."""
    return at + 1 < len(words) and words[at + 1].kind == "noun"


def _with_acts(words: Sequence[_Word]) -> Iterator[_Word]:
    """Find what happens: phrases of words first, then words."""
    table, at = acts(), 0
    while at < len(words):
        word = words[at]
        if word.kind != "noun":
            yield word
            at += 1
            continue
        if word.key == "on" and at + 1 < len(words) and words[at + 1].key == "board":
            yield _Word(_ABOARD, _ABOARD, word.start, "stop")
            at += 2
            continue
        for rest, is_verb, meant in table.phrases.get(word.key, ()):
            if tuple(one.key for one in words[at + 1 : at + 1 + len(rest)]) == rest:
                yield _Word(word.text, word.key, word.start, "act", meant, is_verb)
                at += 1 + len(rest)
                break
        else:
            _mark_act(words, at)
            yield word
            at += 1


def _mark_act(words: Sequence[_Word], at: int) -> None:
    word, table = words[at], acts()
    verb, noun = table.verbs.get(word.key), table.nouns.get(word.key)
    counted = at > 0 and words[at - 1].kind == "number" and noun is not None and any(act.toll for act in noun)
    if word.key in things() and not counted:
        return
    word.verb = verb is not None and not (noun is not None and _stands_as_noun(words, at))
    word.acts = (verb if word.verb else noun) or frozenset()
    if word.acts:
        word.kind = "act"


def _stands_as_noun(words: Sequence[_Word], at: int) -> bool:
    if at == 0:
        return True
    before = words[at - 1]
    return before.key in _BEFORE_NOUN or before.kind in {"ordinal", "number"} or before.key in _SIGNS


def _mark_numbers(words: Sequence[_Word], text: str, language: str) -> None:
    found = numbers(text, language, claimed=True)
    for at, word in enumerate(words):
        if primary(language) == "en" and _ordinal(word.key) is not None:
            word.kind = "ordinal"
        elif word.text[0].isdigit() and not word.text.replace(",", "").replace(".", "").isdigit():
            continue
        elif number := next((one for one in found if one.start <= word.start < one.end), None):
            word.kind = "number" if number.start == word.start else "stop"
            word.number = number if not _is_of_date(words, at) else None
        elif word.text.isdigit():
            word.kind = "number"


def _is_of_date(words: Sequence[_Word], at: int) -> bool:
    """Return whether a number is a year, or a day beside its month."""
    beside = {words[near].key for near in (at - 1, at + 1) if 0 <= near < len(words)}
    is_year = len(words[at].text) == 4 and words[at].text.isdigit() and words[at].text[:2] in {"18", "19", "20"}  # noqa: PLR2004
    return is_year or not beside.isdisjoint(_MONTHS)


def _mark_names(words: Sequence[_Word], language: str, names: Sequence[str], quotes: Sequence[str]) -> None:
    """Mark words with capitals, in languages in which a capital tells, and declared ones that have one."""
    declared = {one.key for name in names for one in _words(name) if not one.text.islower()}
    long = [word for word in words if len(word.text) >= _LONG and word.text[0].isalpha()]
    headline = len(long) >= _LEAST_WORDS and sum(w.text[0].isupper() for w in long) > _TITLE_CASE * len(long)
    tells = primary(language) not in _NO_CAPITALS and not headline
    common = primary(language) == "en"
    for at, word in enumerate(words):
        if word.kind != "noun" or word.text.islower() or not word.text[0].isalnum():
            continue
        if word.key in stop_words(language) or (common and (word.key in things() or word.key in weak())):
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


def _names(words: Sequence[_Word]) -> Iterator[Named]:
    """Put words of names together, with a number or sign behind them."""
    rest = iter(range(len(words)))
    for first in rest:
        if words[first].kind != "name":
            continue
        run, signs = [words[first].key], set[str]()
        for at in range(first + 1, len(words)):
            word, beside = words[at], words[at].start == words[at - 1].start + len(words[at - 1].text) + 1
            mixed = any(sign.isdigit() for sign in word.key)
            if mixed and beside and word.kind in {"name", "noun", "number"}:
                signs.add(word.key)
                word.kind = "sign"
            elif word.kind == "name" and not mixed:
                run.append(word.key)
            elif word.key in _JOINS and at + 1 < len(words) and words[at + 1].kind == "name":
                run.append(word.key)
                word.kind = "sign"
            else:
                break
            next(rest)
        yield Named(tuple(run), frozenset(signs), where=first > 0 and words[first - 1].key in _WHERE)


def _quantities(words: Sequence[_Word], *, english: bool) -> Iterator[Quantity]:
    """Find what each number of a title counts: the noun behind it, and the verb behind that."""
    for at, word in enumerate(words):
        number = word.number
        if word.kind != "number" or number is None:
            continue
        noun, predicate = _counted(words, at, english=english)
        if not noun and not predicate:
            continue
        before = " ".join(one.key for one in words[max(0, at - 2) : at])
        yield Quantity(
            number.values,
            noun=_noun(noun, english=english) if noun and noun.kind == "noun" else frozenset(),
            predicate=predicate,
            subject=_subject(noun, predicate),
            about=number.about or number.vague,
            from_=number.vague or before.endswith(("at least", "more than", "over")),
        )


def _counted(words: Sequence[_Word], at: int, *, english: bool) -> tuple[_Word | None, frozenset[str]]:
    """Return the noun that a number counts (a word that says "people" too), and what is said of it."""
    noun: _Word | None = None
    part_of = at > 1 and any(one.kind == "number" for one in words[max(0, at - 3) : at] if one.key not in _SIGNS)
    numbers_after = 0
    for word in words[at + 1 : at + _REACH]:
        if word.key in _SIGNS:
            break
        if word.key == _ABOARD or word.key == "aboard":
            if noun and not numbers_after:
                return noun, frozenset({_ABOARD})
        elif word.kind == "number":
            numbers_after += 1
        elif word.acts and not _light(word):
            said = not part_of and (word.verb or any(act.toll for act in word.acts))
            return noun, _said(word.acts) if said else frozenset()
        elif noun is None and (word.kind == "noun" or (english and word.key in weak() and word.kind == "stop")):
            noun = word
    return noun, frozenset()


def _said(meant: Meaning) -> frozenset[str]:
    """Name what is said of what is counted: who is killed is dead."""
    return frozenset("die" if act.name == "kill" else act.name for act in meant)


_TOLD = {"die": "dead", "injure": "injured", "arrest": "arrested", _ABOARD: _ABOARD}


def _subject(noun: _Word | None, predicate: frozenset[str]) -> str:
    told = [_TOLD[name] for name in sorted(predicate) if name in _TOLD]
    if told:
        return told[0]
    return noun.key if noun else min(predicate)
