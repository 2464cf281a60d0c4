"""How many independent sources an occurrence has: documents, less those that take what they tell from elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
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
_LEAST = 3  # letters of a medium's name that is looked for


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
        if one.copies(other) or one.takes_all_from(other) or other.takes_all_from(one):
            root[find(at)] = find(beside)
    return len({find(at) for at in range(len(documents))})


class _Document:
    """What one document tells of an occurrence, and by what others may name it."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._path = reports[0].path.casefold()
        self._medium = reports[0].medium or ""
        self._published = reports[0].published
        self._agencies = frozenset().union(*map(_agencies, reports))
        self._shingles = [shingles(_quotes(report)[:1]) for report in reports]

    def copies(self, other: _Document) -> bool:
        """Return whether both are of one agency, or tell in the same words."""
        if self._agencies & other._agencies:
            return True
        return any(is_copy(one, two) for one in self._shingles for two in other._shingles)

    def takes_all_from(self, other: _Document) -> bool:
        """Return whether all that is told here rests on another document: quoted, or corrected."""
        corrects = any(self._corrects(report, other) for report in self._reports)
        return corrects or all(self._rests_on(report, other) for report in self._reports)

    def _corrects(self, report: Report, other: _Document) -> bool:
        """Return whether a report takes back what its own paper printed in another, earlier document."""
        if self._published and other._published and other._published > self._published:
            return False
        return letters(other._medium) in takes_back(report)

    def _rests_on(self, report: Report, other: _Document) -> bool:
        words = fold(" ".join(_quotes(report)))
        via = {letters(said.via) for said in report.event.said_by if said.via}
        medium = letters(other._medium)
        if medium in via and medium:
            return True
        if len(medium) >= _LEAST and medium != letters(self._medium) and medium in letters(words):
            speaker = {letters(said.who) for said in report.event.said_by if said.who}
            return medium not in speaker or (other._is_message() and _holds(words, row("quoted", "messages")))
        return self._quotes_statement(report, other, words)

    def _quotes_statement(self, report: Report, other: _Document, words: str) -> bool:
        """Return whether a speaker's statement is quoted that another document, of the speaker's own, is."""
        if not _holds(words, row("quoted", "statements")) or other._medium:
            return False
        stems = {
            fold(word) for said in report.event.said_by if said.who for word in said.who.split() if len(word) > _LEAST
        }
        return any(stem in other._path for stem in stems)

    def _is_message(self) -> bool:
        return self._path.endswith((".eml", ".msg"))


def _holds(words: str, stems: Iterable[str]) -> bool:
    """Return whether a folded text has a word that begins with one of the stems."""
    return any(re.search(rf"(?<!\w){stem}", words) for stem in stems)


def _quotes(report: Report) -> list[str]:
    return [part.quote for part in report.event.evidence]


def _agencies(report: Report) -> frozenset[str]:
    """Return the agencies or media through which a report came."""
    found = {letters(said.via) for said in report.event.said_by if said.via}
    found.update(letters(match[1]) for quote in _quotes(report) if (match := _DATELINE.match(quote)))
    return frozenset(found - {""})
