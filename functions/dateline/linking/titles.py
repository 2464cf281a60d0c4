"""A title taken apart: what happens, to whom and what, which of several, how many, and what denies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.linking.lexicon import Act, row, stem
from dateline.linking.quantities import Quantity, quantities
from dateline.linking.wording import is_light, noun_of, ordinal, read_words
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.linking.wording import Meaning, Word

_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_SAY = Act("say", light=True)

# What a part of a title counts where another title has it too.
NAME_WEIGHT, MENTION_WEIGHT = 1.0, 0.8
_HEAD, _LIGHT_HEAD, _NOUN, _THING, _UNNAMED = 1.5, 0.7, 1.0, 0.6, 0.9


@dataclass(frozen=True, slots=True)
class TitleName:
    """A name in a title: its words, and the signs that tell it from its like ("4" of "iPhone 4").

    `where`: it stands as a place ("in Kelm").
    """

    words: tuple[str, ...]
    signs: frozenset[str] = frozenset()
    where: bool = False

    @property
    def initials(self) -> str:
        """What the name may be shortened to."""
        return "".join(word[0] for word in self.words if word not in row("grammar", "joins"))


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """What a title is made of. `weight` is what all of it would count if another title had it too.

    `heads` is what happens, `mentions` are happenings that it only names; `nouns` are the other words, each by its stem
    and the kinds of things that it may name. The first so many names, `actors`, stand before the verb, whose stem
    `deed` is; it is empty where something is done to them. `does`: they may do it often. `ordinal` and `other` tell the
    second from the first.
    """

    heads: tuple[Meaning, ...]
    mentions: tuple[Meaning, ...]
    names: tuple[TitleName, ...]
    nouns: tuple[frozenset[str], ...]
    quantities: tuple[Quantity, ...]
    actors: int
    deed: str
    does: bool
    ordinal: int | None
    other: bool
    begins: bool
    ends: bool
    denied: bool
    says: bool
    weight: float


def read_title(text: str, language: str, names: Sequence[str], quotes: Sequence[str]) -> ParsedTitle:
    """Take a title apart; `names` are those that the event declares, `quotes` its sentences of the source."""
    return _made(read_words(text, language, names, quotes), english=primary(language) == "en")


def noun_weight(noun: frozenset[str], *, named: bool = True) -> float:
    """Return what a shared noun counts: less if it is a word for a kind of thing that stands beside a name."""
    return _NOUN if len(noun) == 1 else _THING if named else _UNNAMED


def head_weight(head: Meaning) -> float:
    """Return what a shared happening counts."""
    return _LIGHT_HEAD if all(act.light for act in head) else _HEAD


def _made(words: list[Word], *, english: bool) -> ParsedTitle:
    heads, mentions = _heads(words) if english else ((), ())
    named = list(_names(words))
    names = tuple(name for _, name in named)
    nouns = tuple(dict.fromkeys(noun_of(word, english=english) for word in words if _is_noun(word)))
    keys = {word.key for word in words}
    kinds = {act.name for word in words for act in word.acts}
    ordinals = [ordinal(word.key) for word in words if word.kind == "ordinal"] if english else []
    verb = next((word for word in words if word.verb), None)
    at = words.index(verb) if verb and verb.acts else 0
    deed = stem(verb.key) if verb and at and words[at - 1].key not in _PASSIVE else ""
    return ParsedTitle(
        heads=heads,
        mentions=mentions,
        names=names,
        nouns=nouns,
        quantities=tuple(quantities(words, english=english)),
        actors=sum(start < at for start, _ in named) if deed else 0,
        deed=deed,
        does=bool(deed) and verb is not None and any(act.does for act in verb.acts),
        ordinal=ordinals[0] if len(ordinals) == 1 else None,
        other=english and any(_is_another(words, at) for at in range(len(words))),
        begins="begin" in kinds,
        ends="end" in kinds,
        denied=english and not keys.isdisjoint(row("grammar", "negations")),
        says=verb is not None and _SAY in verb.acts,
        weight=sum(map(head_weight, heads))
        + MENTION_WEIGHT * len(mentions)
        + NAME_WEIGHT * len(names)
        + sum(map(noun_weight, nouns)),
    )


def _is_noun(word: Word) -> bool:
    return word.kind == "noun" and len(word.key) > 1


def _is_another(words: Sequence[Word], at: int) -> bool:
    """Return whether a word says that it is another one of its kind: "an earlier inspection", "meets again"."""
    if words[at].key in row("grammar", "once_more"):
        return True
    return words[at].key in row("grammar", "others") and at + 1 < len(words) and bool(words[at + 1].acts)


def _heads(words: Sequence[Word]) -> tuple[tuple[Meaning, ...], tuple[Meaning, ...]]:
    """Tell what happens from what is only named: verbs of the main clause, else the first noun that is no modifier."""
    beside = next((at for at, word in enumerate(words) if at and word.key in row("grammar", "beside")), len(words))
    told = [(at, word) for at, word in enumerate(words) if word.acts]
    heads = [word for at, word in told if at < beside and not is_light(word) and (word.verb or _is_toll(words, at))]
    if not heads:
        nominal = [word for at, word in told if not word.verb and not is_light(word) and not _modifies(words, at)]
        heads = nominal[:1]
    if not heads:
        heads = [word for _, word in told if not is_light(word)][:1] or [word for _, word in told][:1]
    mentions = [word for _, word in told if word not in heads and not is_light(word)]
    return _unique(heads), _unique(mentions)


def _unique(words: Sequence[Word]) -> tuple[Meaning, ...]:
    return tuple(dict.fromkeys(word.acts for word in words))


def _is_toll(words: Sequence[Word], at: int) -> bool:
    """Return whether a noun counts victims: "three dead"."""
    return at > 0 and words[at - 1].kind == "number" and any(act.toll for act in words[at].acts)


def _modifies(words: Sequence[Word], at: int) -> bool:
    """Return whether a noun stands before another one, as in "inspection report"."""
    return at + 1 < len(words) and words[at + 1].kind == "noun"


def _names(words: Sequence[Word]) -> Iterator[tuple[int, TitleName]]:
    """Put words of names together, with a number or sign behind them; say where each begins."""
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
            elif word.key in row("grammar", "joins") and at + 1 < len(words) and words[at + 1].kind == "name":
                run.append(word.key)
                word.kind = "sign"
            else:
                break
            next(rest)
        yield (
            first,
            TitleName(
                tuple(run), frozenset(signs), where=first > 0 and words[first - 1].key in row("grammar", "where")
            ),
        )
