"""Where an event took place, as far as its words say so that another place can be told from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates.language.folding import fold
from dateline.linking.lexicon import row, stop_words
from dateline.text import primary

if TYPE_CHECKING:
    from dateline.records import Event

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_IN = frozenset({"in", "at", "outside", "near", "inside"})
_REACH = 5  # words behind "in" in which the place is named


@dataclass(frozen=True, slots=True)
class Venue:
    """A kind of place ("shipyard") with the names and words that tell which one; `words` are the title's."""

    kind: str
    names: frozenset[str]
    others: frozenset[str]
    words: str


def venue(event: Event) -> Venue | None:
    """Find the place of an event in its place or its title; English only, None where its words tell no kind."""
    if primary(event.title_language) != "en":
        return None
    return _found(event.place or "") or _found_in_title(event.title)


def apart(one: Venue, other: Venue) -> bool:
    """Return whether two venues cannot be one place. A building is any place, unless words say which."""
    if one.kind != other.kind:
        vague = {one.kind, other.kind} & row("venues", "anywhere")
        return not one.names & other.names and (not vague or all(which.others or which.names for which in (one, other)))
    return bool(one.names) and bool(other.names) and not one.names & other.names


def _found_in_title(title: str) -> Venue | None:
    parts = list(_WORD.finditer(title))
    for at, part in enumerate(parts[:-1]):
        if part[0] in _IN:
            end = min(at + _REACH, len(parts) - 1)
            if found := _found(title[parts[at + 1].start() : parts[end].end()]):
                return found
    return None


def _found(text: str) -> Venue | None:
    """Read a place: "a shipyard in Dorvik", "the port building of Kelm", "Hotel Priboy"."""
    parts = [_POSSESSIVE.sub("", match[0]) for match in _WORD.finditer(text)]
    kinds = [part for part in parts if fold(part) in row("venues", "words")] or [
        part for part in parts if fold(part) in row("venues", "anywhere")
    ]
    if not kinds:
        return None
    rest = [part for part in parts if part != kinds[0] and fold(part) not in stop_words("en")]
    return Venue(
        fold(kinds[0]),
        frozenset(fold(part) for part in rest if not part.islower()),
        frozenset(fold(part) for part in rest if part.islower()),
        text,
    )
