"""Following a collection: from where a reader asks for changes, page by page, and from where to ask the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.store import cursor
from dateline.store.cursor import BadCursor
from read.refusals import BadQuery, Gone

if TYPE_CHECKING:
    from read.library import Library


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of changes in pages: what it is of, where the last page ended, and from when on to ask next."""

    name: str
    after: str | None
    next_since: datetime

    def cursor(self, following: str | None) -> str | None:
        """Write where the next page begins, if there is one: all pages of a reading name the same next moment."""
        return cursor.encode(self.name, following, self.next_since.isoformat()) if following is not None else None


def begin(library: Library, collection: str, since: datetime, after: str | None, what: str) -> Reading:
    """Begin a reading, or go on with it at a cursor. BadQuery, Gone: nothing can be told since that moment."""
    library.must_have(collection)
    changes = library.store.changes
    if changes.is_ahead(since):
        raise BadQuery("changed_since: this moment is still to come; give what an answer named")
    if since < changes.told_from:
        raise Gone("changed_since: deletions so long ago are not known any more. Start over: read all, without it.")
    name = f"changes of {collection} since {since.isoformat()}: {what}"
    if after is None:
        return Reading(name, None, max(since, changes.told_to))
    place, following = cursor.decode(name, after, 2)
    try:
        moment = datetime.fromisoformat(following)
    except ValueError:
        raise BadCursor from None
    return Reading(name, place, moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
