"""Searching: what of a reader's collections holds the words that are looked for, in the order of a page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from dateline.search.hits import hits
from dateline.search.query import NoQuery, read_query
from dateline.store import cursor
from read.answers import FoundDocument, Searched, SearchPage
from read.refusals import BadQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.search.query import Term
    from dateline.search.segment import Segment, SegmentEntry
    from dateline.store.keys import Place
    from dateline.store.search.segments import SearchedObject
    from read.library import Library
    from read.queries import SearchQuery

# Nobody reads more collections than these at a time; each costs a query of the table.
_COLLECTIONS_AT_MOST = 100
_AT_ONCE = 16
# What is not read by then is left: an HTTP API gives up after 30 s.
_SECONDS = 15.0
# A part that is gone was packed into another, which a second look finds, unless that is packed at once again.
_LOOKS = 3
_EXAMINED_AT_MOST = 1_000
_HEADS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Match:
    """A run that holds the words: where it is, and whether they all stand in its titles, names or medium."""

    collection: str
    segment: Segment
    number: int
    in_front: bool

    @property
    def entry(self) -> SegmentEntry:
        return self.segment.entries[self.number]

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Its place among others: titles first, then by day, the newest first."""
        return not self.in_front, -self.entry.day, self.entry.document


@dataclass(slots=True)
class _Sight:
    """What was searched so far, and what was found."""

    matches: dict[tuple[str, int], _Match] = field(default_factory=dict)
    searched: set[str] = field(default_factory=set)
    documents: int = 0
    left: int = 0


def search(library: Library, query: SearchQuery) -> SearchPage:
    """Find the documents that hold all of a query's words. BadQuery: there is nothing to look for."""
    try:
        terms = read_query(query.q)
    except NoQuery as error:
        raise BadQuery(f"q: {error}") from None
    name = f"search {query.collection} {terms}"
    after = _read_position(name, query.cursor) if query.cursor else None
    collections, more = _collections(library, query.collection)
    sight = _look(library, collections, terms)
    ranked = sorted(sight.matches.values(), key=lambda one: one.rank)
    rest = [one for one in ranked if after is None or one.rank > after]
    shown, last = _current(library, rest, query.limit)
    return SearchPage(
        documents=list(_documents(shown, terms)),
        about=len(ranked),
        searched=Searched(
            collections=len(collections),
            collections_left=more,
            documents=sight.documents,
            documents_left=sight.left,
        ),
        cursor=_position(name, last) if last is not None else None,
    )


def _position(name: str, last: _Match) -> str:
    behind, day, document = last.rank
    return cursor.encode(name, str(int(behind)), str(day), document)


def _read_position(name: str, given: str) -> tuple[bool, int, str]:
    behind, day, document = cursor.decode(name, given, 3)
    try:
        return behind == "1", int(day), document
    except ValueError:
        raise cursor.BadCursor from None


def _collections(library: Library, wanted: str | None) -> tuple[list[str], int]:
    """Name the collections to be searched, and count those that are too many. NotFound: there is none of this name."""
    if wanted is not None:
        library.must_have(wanted)
        return [wanted], 0
    only = library.access.collections
    names = library.store.listing.names(None, _COLLECTIONS_AT_MOST + 1, only)
    more = len(only) if only is not None else len(names)
    return names[:_COLLECTIONS_AT_MOST], max(0, more - _COLLECTIONS_AT_MOST)


def _look(library: Library, collections: Sequence[str], terms: Sequence[Term]) -> _Sight:
    """Search all parts that fit into the memory and the time that there are."""
    deadline = monotonic() + _SECONDS
    sight = _Sight()
    for _ in range(_LOOKS):
        parts = {part: name for name, part in _manifests(library, collections) if part.object not in sight.searched}
        sight.left = 0
        missed = False
        fitting = list(_fitting(parts, library.segments.most_bytes))
        reached = set()
        for part, segment in library.segments.read(fitting, library.store.segments, deadline):
            reached.add(part)
            if segment is None:
                missed = True
            else:
                _scan(segment, part, parts[part], terms, sight)
        sight.left = sum(part.runs for part in parts if part not in reached)
        if not missed:
            break
    return sight


def _manifests(library: Library, collections: Sequence[str]) -> Iterator[tuple[str, SearchedObject]]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        manifests = list(pool.map(library.store.segments.manifest, collections))
    yield from ((name, part) for name, parts in zip(collections, manifests, strict=True) for part in parts)


def _fitting(parts: Iterable[SearchedObject], most: int) -> Iterator[SearchedObject]:
    """Yield the parts, those of each collection the newest first, as long as they fit."""
    size = 0
    for part in parts:
        size += part.size
        if size <= most:
            yield part


def _scan(segment: Segment, part: SearchedObject, collection: str, terms: Sequence[Term], sight: _Sight) -> None:
    sight.searched.add(part.object)
    sight.documents += len(segment.entries)
    for number, in_front in segment.scan(terms):
        match = _Match(collection, segment, number, in_front)
        sight.matches.setdefault((match.entry.document, match.entry.run), match)


def _current(
    library: Library, ranked: Sequence[_Match], limit: int
) -> tuple[list[tuple[_Match, Place]], _Match | None]:
    """Take the first matches whose runs are current now, and the last that was looked at, where there are more."""
    shown: list[tuple[_Match, Place]] = []
    examined = ranked[:_EXAMINED_AT_MOST]
    number = 0
    while number < len(examined):
        # Nearly all are current, so at first no more are looked at than are to be shown.
        some = examined[number:][: _HEADS_AT_ONCE if number else limit]
        heads = library.store.heads.get_each(one.entry.document for one in some).found
        for match in some:
            number += 1
            held = heads.get(match.entry.document)
            if held is not None and held.shown == match.entry.run and held.head.place.collection == match.collection:
                shown.append((match, held.head.place))
            if len(shown) == limit:
                return shown, match if number < len(ranked) else None
    return shown, examined[-1] if len(ranked) > len(examined) else None


def _documents(shown: Iterable[tuple[_Match, Place]], terms: Sequence[Term]) -> Iterator[FoundDocument]:
    for match, place in shown:
        words = match.segment.words(match.number)
        yield FoundDocument.of(words, place, *hits(words, terms))
