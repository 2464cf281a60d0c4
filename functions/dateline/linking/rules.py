"""Whether two reports tell of one thing, by rules: pure in the two, the same in both orders, careful.

A wrong join misleads and a missed one only repeats, so what is not plain is left open. The nearer the dates, the less
else has to agree; names, numbers and ordinals that tell two things apart outweigh all that agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from dateline.linking.features import is_copy
from dateline.linking.model import Decision
from dateline.linking.quantities import comparable
from dateline.linking.titles import MENTION_WEIGHT, NAME_WEIGHT, head_weight, noun_weight
from dateline.text import primary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.linking.features import DayRange, Features
    from dateline.linking.model import Verdict
    from dateline.linking.quantities import Quantity
    from dateline.linking.titles import ParsedTitle, TitleName
    from dateline.linking.wording import Meaning

_TWO, _WEEK, _MONTH, _SEASON, _YEAR = 2, 10, 31, 92, 366  # days
_NEAR, _CLOSE = 1, 3  # days between two dates
NEVER = 99.0
# How much must agree (by the weights of a title's parts) where the wider of two overlapping dates has so many days.
_NEEDED = ((_TWO, 2.4), (_WEEK, 3.0), (_MONTH, 3.2), (_SEASON, 3.6), (_YEAR, 4.4))
_EQUAL = 0.8  # less, where both give the same days
_OTHERWISE, _WHOLE = 0.8, 0.85  # more or less, where the main word differs, or so much of both titles agrees
# Where dates exclude each other: of what happens once, and of what may happen again.
_NEEDED_NEAR, _NEEDED_CLOSE, _NEEDED_YEAR = (3.0, 5.0), (3.8, NEVER), (3.0, NEVER)
_COVERED, _COVERED_BOTH = 0.7, 0.3  # shares of the lighter and the heavier title that must agree
_COPIED, _CORRECTED = 2.0, 1.5  # what counts the same sentence in both sources, and a paper's correction of its own
_NUMBER, _NEAR_NUMBER, _PLACE = 0.6, 0.3, 0.5
# So many times as large: nearly the same count; another thing rather than another count, if its name is shared or not.
_NEARLY, _MANY, _MANY_UNNAMED = 1.25, 2.5, 1.34
_RIVAL, _RIVAL_BOTH = 0.85, 0.5  # shares of the lighter and the heavier title of rival versions in one document
_CONTESTED = frozenset({"claimed", "disputed", "denied", "confirmed"})
_LEAST = 1.4  # what must agree for two to be worth a look
_SURE = 4.0  # beyond what is needed, from where on more says nothing

_KEPT_PAIRS = 65_536  # decisions, of some 150 bytes each: of 360 reports that are looked at together

_DIFFERENT = Decision(verdict="different", by="rules")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two titles share: its weight, and its shares of the lighter and the heavier title.

    `heads`: the same happens in both; `named`: what happens in one is named in the other; `things`: the same things or
    names stand in both. `once`: it happens once to somebody or something that both name; `somewhere`: they share the
    place alone.
    `says`: one tells that it was said. `rivals`: who or which tells them apart; `counts`: how many.
    """

    weight: float
    covered: float
    covered_both: float
    heads: bool
    named: bool
    things: bool
    once: bool
    somewhere: bool
    says: bool
    rivals: bool
    counts: bool


@lru_cache(maxsize=_KEPT_PAIRS)
def compare(one: Features, other: Features) -> Decision:
    """Decide about two reports. `open` is for somebody who can read; `score` orders decisions of a kind, 0 to 1."""
    one, other = sorted((one, other), key=lambda features: features.order)
    if one.span is None or other.span is None:
        return _DIFFERENT
    if one.report.document == other.report.document:
        return _within(one, other)
    if apart(one, other):
        return _DIFFERENT
    found = agreement(one, other)
    is_told = found.weight >= _LEAST and (found.heads or found.named or found.things)
    if not is_told and not _foreign(one, other):
        return _DIFFERENT
    need = _needed(one, other, found)
    enough = found.weight >= need and found.covered >= _COVERED and found.covered_both >= _COVERED_BOTH
    same = is_told and enough and (found.heads or found.named) and not (found.rivals or found.counts)
    return Decision(verdict="same" if same else "open", by="rules", score=_score(found, need))


def apart(one: Features, other: Features) -> bool:
    """Return whether dates or words tell two things apart, whatever else they share."""
    if one.span is None or other.span is None:
        return True
    days = one.span.apart(other.span)
    if days > _CLOSE and not _same_day_of_year(one, other):
        return True
    if _aspects_differ(one.title, other.title):
        return True
    same_day = days == 0 and max(one.span.days, other.span.days) <= _TWO
    return not same_day and _ordinals_differ(one.title, other.title)


def _foreign(one: Features, other: Features) -> bool:
    """Return whether two languages tell of the same days: that their titles share no words then says nothing."""
    if one.span is None or one.span.days > _YEAR or one.span != other.span:
        return False
    return primary(one.report.event.title_language) != primary(other.report.event.title_language)


def _score(found: Agreement, need: float) -> float:
    lead = max(-1.0, min(1.0, (found.weight - min(need, found.weight + _SURE)) / _SURE))
    return round(
        0.5 + 0.25 * lead + 0.25 * (found.covered - (0.5 if found.rivals or found.counts or not found.heads else 0.0)),
        4,
    )


def _needed(one: Features, other: Features, found: Agreement) -> float:
    """Return how much must agree for one thing, by how the dates lie to each other."""
    if one.span is None or other.span is None:
        return NEVER
    days = one.span.apart(other.span)
    wide = days == 0 and max(one.span.days, other.span.days) > _TWO
    return _needed_of_days(one.span, other.span, again=not found.once) + _OTHERWISE * (
        found.says
        + (not found.heads)
        + (found.somewhere and not found.once)
        - (found.covered_both >= _WHOLE)
        - (wide and found.once)
    )


def _needed_of_days(one: DayRange, other: DayRange, *, again: bool) -> float:
    days = one.apart(other)
    if days == 0:
        wider = max(one.days, other.days)
        need = next((need for most, need in _NEEDED if wider <= most), NEVER)
        return need - _EQUAL if one == other and wider > _TWO else need
    if max(one.days, other.days) > _MONTH:
        return NEVER
    if days <= _NEAR:
        return _NEEDED_NEAR[again]
    return _NEEDED_CLOSE[again] if days <= _CLOSE else _NEEDED_YEAR[again]


def _same_day_of_year(one: Features, other: Features) -> bool:
    """Return whether two days differ in the year alone, by one: a misprint, perhaps."""
    if one.year_day is None or one.year_day != other.year_day:
        return False
    first, second = one.report.event.when.earliest, other.report.event.when.earliest
    return first is not None and second is not None and abs(first.year - second.year) == 1


def _aspects_differ(one: ParsedTitle, other: ParsedTitle) -> bool:
    return (one.begins and other.ends and not one.ends) or (other.begins and one.ends and not other.ends)


def _ordinals_differ(one: ParsedTitle, other: ParsedTitle) -> bool:
    """Return whether one is said to be another of its kind than the other one: second and first, previous and this."""
    if one.ordinal != other.ordinal and max(one.ordinal or 1, other.ordinal or 1) > 1:
        return True
    return one.other != other.other


def agreement(one: Features, other: Features) -> Agreement:
    """Weigh what two titles share."""
    first, second = one.title, other.title
    heads, once = _shared_heads(first, second)
    toll = _is_toll(first, second) or _is_toll(second, first)
    named = _matched(first.heads, second.mentions) + _matched(second.heads, first.mentions)
    weight = sum(map(head_weight, heads)) + MENTION_WEIGHT * bool(named)
    weight += MENTION_WEIGHT * _matched(first.mentions, second.mentions)
    names, who, whom, only_one, only_other = _shared_names(one, other)
    weight += NAME_WEIGHT * names
    nouns = [noun for noun in first.nouns if _in(noun, second.nouns)]
    weight += sum(noun_weight(noun, named=bool(first.names or second.names)) for noun in nouns)
    lighter, heavier = sorted((first.weight, second.weight))
    covered, covered_both = min(1.0, weight / lighter) if lighter else 0.0, weight / heavier if heavier else 0.0
    numbers, off = _shared_numbers(first.quantities, second.quantities, _MANY if who else _MANY_UNNAMED)
    weight += numbers
    weight += _PLACE * (not names and bool(one.place & other.place))
    weight += _COPIED * is_copy(one.shingles, other.shingles)
    weight += _CORRECTED * (_takes_back(one, other) or _takes_back(other, one))
    without_heads = not first.heads or not second.heads
    return Agreement(
        weight=weight,
        covered=covered,
        covered_both=covered_both,
        heads=bool(heads) or toll or (without_heads and bool(names)),
        named=bool(named),
        things=names > 0 or len(nouns) > 1,
        once=once and whom,
        somewhere=names > 0 and not who,
        says=first.says != second.says,
        rivals=(only_one and only_other)
        or first.denied != second.denied
        or _which_differs(first, second)
        or _roles_differ(first, second),
        counts=off,
    )


def _takes_back(one: Features, other: Features) -> bool:
    """Return whether one takes back what its own paper told in the other, of the same days."""
    return one.span == other.span and other.medium in one.takes_back


def _shared_heads(one: ParsedTitle, other: ParsedTitle) -> tuple[list[Meaning], bool]:
    """Return what happens in both, and whether it is what happens once."""
    found = [head for head in one.heads if any(head & also for also in other.heads)]
    common = [act for head in found for also in other.heads for act in head & also]
    return found, bool(common) and any(act.once for act in common)


def _is_toll(one: ParsedTitle, other: ParsedTitle) -> bool:
    """Return whether a title counts the victims of what another one tells: "ten die in the fire", "fire breaks out"."""
    if not any(act.toll for head in one.heads for act in head):
        return False
    harms = [frozenset(act for act in head if act.harm) for head in other.heads]
    return any(harm & mention for harm in harms for mention in one.mentions)


def _matched(one: Sequence[Meaning], other: Sequence[Meaning]) -> int:
    return sum(any(meaning & also for also in other) for meaning in one)


def _in(noun: frozenset[str], nouns: Sequence[frozenset[str]]) -> bool:
    return any(noun & other for other in nouns)


def _shared_names(one: Features, other: Features) -> tuple[int, bool, bool, bool, bool]:
    """Count the names that both titles hold.

    Say whether they tell who or what, whether they tell to whom it happens, and which title has others that tell who.
    """
    mine = [name for name in one.title.names if not _known(name, other)]
    others = [name for name in other.title.names if not _known(name, one)]
    both = [name for name in one.title.names if name not in mine]
    done_to = [name for name in both if name not in _doers(one.title) and not _is_doer(name, other.title)]
    who, whom = _matter(both, one, other), _matter(done_to, one, other)
    return len(both), who, whom, _matter(mine, one), _matter(others, other)


def _doers(title: ParsedTitle) -> Sequence[TitleName]:
    """Return the names of those who do what they may do often."""
    return title.names[: title.actors] if title.does else ()


def _is_doer(name: TitleName, title: ParsedTitle) -> bool:
    return any(alike(name, other) for other in _doers(title))


def _matter(names: Sequence[TitleName], *features: Features) -> bool:
    """Return whether names tell who or what, not only where."""
    return any(not name.where and all(one.place.isdisjoint(name.words) for one in features) for name in names)


def _known(name: TitleName, other: Features) -> bool:
    return any(alike(name, also) for also in other.title.names) or (
        len(name.words) == 1 and name.words[0] in other.aliases
    )


def alike(one: TitleName, other: TitleName) -> bool:
    """Return whether two names may name the same: "Orsk" and "Lena Orsk", "WTO" and its words, a letter apart."""
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if len(short.words) == 1:
        word = short.words[0]
        return any(_near(word, also) for also in long.words) or (
            1 < len(word) <= len(long.words) and word == long.initials
        )
    if len(set(one.words) & set(other.words)) > 1:
        return True
    return _near(one.words[-1], other.words[-1]) and one.words[0][0] == other.words[0][0]


_FUZZY = 4  # letters; names as long may differ in one, where they were written in another alphabet


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _FUZZY or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = one[start:], other[start:]
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]


def _which_differs(one: ParsedTitle, other: ParsedTitle) -> bool:
    """Return whether one is another of its kind: second and first, "iPhone 3G" and "iPhone 4"."""
    return _ordinals_differ(one, other) or any(
        first.signs != second.signs
        for first in one.names
        for second in other.names
        if first.signs and second.signs and alike(first, second)
    )


def _roles_differ(one: ParsedTitle, other: ParsedTitle) -> bool:
    """Return whether one does to another what in the other title somebody else does: "Acme sues Brill"."""
    if not one.deed or one.deed != other.deed:
        return False
    mine, others = one.names[: one.actors], other.names[: other.actors]
    if any(alike(a, b) for a in mine for b in others):
        return False
    return any(alike(a, b) for a in mine for b in other.names) or any(alike(a, b) for a in others for b in one.names)


def _shared_numbers(one: Sequence[Quantity], other: Sequence[Quantity], many: float) -> tuple[float, bool]:
    """Weigh the numbers that agree; say whether some are so far apart that they count something else."""
    weights, off = [], False
    for first, second in product(one, other):
        if not comparable(first, second):
            continue
        if first.values & second.values:
            weights.append(_NUMBER)
            continue
        small, large = sorted((min(first.values), min(second.values)))
        if large <= _NEARLY * small:
            weights.append(_NEAR_NUMBER)
        off = off or large > many * small
    return sum(sorted(weights)[-2:]), off and _NUMBER not in weights


def _within(one: Features, other: Features) -> Decision:
    """Decide about two events of one document: rival versions of one thing, or its toll; else two things."""
    found = agreement(one, other)
    rival: Verdict = "same" if _are_rivals(one, other, found) or _tells_toll(one, other, found) else "different"
    return Decision(verdict=rival, by="rules", score=_score(found, _LEAST) if rival == "same" else 0.0)


def _are_rivals(one: Features, other: Features, found: Agreement) -> bool:
    """Return whether a document tells one thing twice: near the same title, another speaker, another date or number."""
    first, second = one.report.event, other.report.event
    if not found.heads or found.rivals or found.says or found.covered < _RIVAL or found.covered_both < _RIVAL_BOTH:
        return False
    if first.course != second.course:
        return False
    if "withdrawn" in {first.status, second.status}:
        return True
    return {first.status, second.status} <= _CONTESTED and one.voices != other.voices


def _tells_toll(one: Features, other: Features, found: Agreement) -> bool:
    """Return whether one counts the victims of the other: on the same days, by a sentence that both cite."""
    if found.rivals or one.span is None or one.span != other.span or one.span.days > _TWO:
        return False
    return not one.cited.isdisjoint(other.cited) and (
        _counts_victims(one.title, other.title) or _counts_victims(other.title, one.title)
    )


def _counts_victims(one: ParsedTitle, other: ParsedTitle) -> bool:
    """Return whether a title gives numbers of victims, and another one tells what has them."""
    toll = any(act.toll for head in one.heads for act in head)
    harm = any(act.harm and not act.toll for head in other.heads for act in head)
    return toll and bool(one.quantities) and harm
