"""How many independent sources an occurrence has: documents, less those that take what they tell from elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from typing import TYPE_CHECKING

from dateline.dates.language.folding import fold
from dateline.linking.features import is_copy, shingles, takes_back
from dateline.linking.lexicon import row
from dateline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.linking.model import Report

# "DORVIK (Reuters) -", "BERLIN, 5 March (AP) —": the agency of a copy, in its dateline.
_DATELINE = re.compile(r"^[^\W\d_a-zß-ÿ][^()\n]{1,40}\(([^()\n]{2,40})\)\s*[-–—:]")
_LEAST = 3  # letters of a name that is looked for
_MAILS = (".eml", ".msg")
_KEPT = 4_096  # reports


def independent_sources(reports: Iterable[Report]) -> int:
    """Count a document once, and with others what they all take from one place.

    A document counts with another one that it quotes, or whose misprint it corrects, if it tells nothing else here;
    documents of one agency, and copies, count once together.
    """
    of_document: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: one.id):
        of_document[report.document].append(report)
    documents = [_Document(told) for told in of_document.values()]
    root = list(range(len(documents)))

    def find(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for (at, one), (beside, other) in combinations(enumerate(documents), 2):
        if find(at) == find(beside):
            continue
        if one.copies(other) or one.takes_all_from(other) or other.takes_all_from(one):
            root[find(at)] = find(beside)
    return len({find(at) for at in range(len(documents))})


@dataclass(frozen=True, slots=True)
class _Telling:
    """A report's words: its sentences folded and as bare letters, the media and speakers that it names."""

    words: str
    letters: str
    shingles: frozenset[tuple[str, ...]]
    via: frozenset[str]
    speakers: frozenset[str]
    withdrawn_by: frozenset[str]
    quotes_message: bool
    quotes_statement: bool


@lru_cache(maxsize=_KEPT)
def _telling(report: Report) -> _Telling:
    """Read a report's words; those of the last reports are kept."""
    quotes = [part.quote for part in report.event.evidence]
    words = fold(" ".join(quotes))
    return _Telling(
        words=words,
        letters=letters(words),
        shingles=shingles(quotes[:1]),
        via=_agencies(report),
        speakers=frozenset(said.who for said in report.event.said_by if said.who),
        withdrawn_by=takes_back(report),
        quotes_message=_holds(words, row("quoted", "messages")),
        quotes_statement=_holds(words, row("quoted", "statements")),
    )


class _Document:
    """What one document tells of an occurrence, and by what others may name it."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._told = [_telling(report) for report in reports]
        self._path = reports[0].path.casefold()
        self._medium = letters(reports[0].medium or "")
        self._published = reports[0].published
        self._agencies = frozenset(chain.from_iterable(one.via for one in self._told))

    def copies(self, other: _Document) -> bool:
        """Return whether both are of one agency, or tell in the same words."""
        if self._agencies & other._agencies:
            return True
        return any(is_copy(one.shingles, two.shingles) for one in self._told for two in other._told)

    def takes_all_from(self, other: _Document) -> bool:
        """Return whether all that is told here rests on another document: quoted, or corrected."""
        return self._corrects(other) or all(self._rests_on(one, other) for one in self._told)

    def _corrects(self, other: _Document) -> bool:
        """Return whether something is taken back that its own paper printed in another, earlier document."""
        if self._published and other._published and other._published > self._published:
            return False
        return any(other._medium in one.withdrawn_by for one in self._told)

    def _rests_on(self, one: _Telling, other: _Document) -> bool:
        """Return whether a report names the other document as its source."""
        if other._medium and other._medium in one.via:
            return True
        if len(other._medium) >= _LEAST and other._medium != self._medium and other._medium in one.letters:
            speaks = other._medium in map(letters, one.speakers)
            return not speaks or (one.quotes_message and other._path.endswith(_MAILS))
        return one.quotes_statement and not other._medium and other._is_of(one.speakers)

    def _is_of(self, speakers: Iterable[str]) -> bool:
        """Return whether a document without a medium is a speaker's own, by its path."""
        return any(fold(word) in self._path for who in speakers for word in who.split() if len(word) > _LEAST)


def _holds(words: str, stems: Iterable[str]) -> bool:
    """Return whether a folded text has a word that begins with one of the stems."""
    return any(re.search(rf"(?<!\w){stem}", words) for stem in stems)


def _agencies(report: Report) -> frozenset[str]:
    """Return the agencies or media through which a report came."""
    found = {letters(said.via) for said in report.event.said_by if said.via}
    found.update(letters(match[1]) for part in report.event.evidence if (match := _DATELINE.match(part.quote)))
    return frozenset(found - {""})
