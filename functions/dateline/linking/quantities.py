"""The numbers of a title with what they count: "two pumps fail", "17 of the 221 people on board die"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.linking.lexicon import row
from dateline.linking.wording import ABOARD, SIGNS, is_light, noun_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from dateline.linking.wording import Meaning, Word

_REACH = 10  # words behind a number in which it is said what it counts
_TOLD = {"die": "dead", "injure": "injured", "arrest": "arrested", ABOARD: ABOARD}


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


def quantities(words: Sequence[Word], *, english: bool) -> Iterator[Quantity]:
    """Find what each number of a title counts: the noun behind it, and the verb behind that."""
    for at, word in enumerate(words):
        number = word.number
        if word.kind != "number" or number is None:
            continue
        noun, predicate = _counted(words, at, english=english)
        if not predicate and at and words[at - 1].verb and not is_light(words[at - 1]):
            predicate = _said(words[at - 1].acts)
        if not noun and not predicate:
            continue
        before = " ".join(one.key for one in words[max(0, at - 2) : at])
        yield Quantity(
            number.values,
            noun=noun_of(noun, english=english) if noun and noun.kind == "noun" else frozenset(),
            predicate=predicate,
            subject=_subject(noun, predicate),
            about=number.about or number.vague,
            from_=number.vague or before.endswith(("at least", "more than", "over")),
        )


def _counted(words: Sequence[Word], at: int, *, english: bool) -> tuple[Word | None, frozenset[str]]:
    """Return the noun that a number counts (a word that says "people" too), and what is said of it."""
    noun: Word | None = None
    people = row("weak", "words") if english else frozenset()
    part_of = at > 1 and any(one.kind == "number" for one in words[max(0, at - 3) : at] if one.key not in SIGNS)
    numbers_after = 0
    for word in words[at + 1 : at + _REACH]:
        if word.key in SIGNS:
            break
        if word.key in {ABOARD, "aboard"}:
            if noun and not numbers_after:
                return noun, frozenset({ABOARD})
        elif word.kind == "number":
            numbers_after += 1
        elif word.acts and not is_light(word):
            said = not part_of and (word.verb or any(act.toll for act in word.acts))
            return noun, _said(word.acts) if said else frozenset()
        elif noun is None and (word.kind == "noun" or (word.kind == "stop" and word.key in people)):
            noun = word
    return noun, frozenset()


def _said(meant: Meaning) -> frozenset[str]:
    """Name what is said of what is counted: who is killed is dead."""
    return frozenset("die" if act.name == "kill" else act.name for act in meant)


def _subject(noun: Word | None, predicate: frozenset[str]) -> str:
    told = [_TOLD[name] for name in sorted(predicate) if name in _TOLD]
    if told:
        return told[0]
    return noun.key if noun else min(predicate)


def comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers count the same, as far as their words tell."""
    if one.predicate and other.predicate and not one.predicate & other.predicate:
        return False
    if one.noun and other.noun:
        return bool(one.noun & other.noun)
    return bool(one.predicate & other.predicate) or not (one.noun or other.noun or one.predicate or other.predicate)
