"""Occurrences: as pages of JSON, in full with every report, and as what is exported."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.dates import Day
from dateline.exports.model import Exported, occurrence_entry
from dateline.http.refusals import NotFound
from dateline.http.requests import segment
from dateline.store import cursor
from dateline.store.overlap import Position
from read import sources
from read.answers import OccurrenceInFull, Occurrences, Source
from read.refusals import Gone, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.linking.model import Occurrence, Report
    from dateline.store.heads import Held
    from dateline.store.links import OccurrenceHead
    from dateline.store.overlap import Page
    from read.library import Library
    from read.queries import OccurrencesQuery, Query

# One answer of Lambda's holds about as many. A filter may have to look at more to find them.
_EXPORTED_AT_MOST = 5_000
_EXAMINED_FOR_EXPORT = 20_000
_ID = re.compile(r"occ_[a-z2-7]{20}")
_NEVER = "No occurrence has this id, and none ever had."


def of_collection(library: Library, query: OccurrencesQuery, name: str) -> Occurrences:
    """Show a page of a collection's occurrences."""
    page = _page(library, query, name)
    return Occurrences(
        collection=name,
        first_day=query.from_,
        last_day=query.to,
        occurrences=page.rows,
        sources={one: Source.of(held.head) for one, held in _sampled(library, page.rows).items()},
        examined=page.examined,
        examined_to=page.reached.start if page.reached else None,
        cursor=_cursor(page, query, name),
    )


def in_full(library: Library, _query: Query, occurrence_id: str) -> OccurrenceInFull:
    """Show an occurrence with every report of it, as each document tells it now.

    Gone: no document tells it any more, or it was joined to another, which the refusal names.
    """
    # What sums up reports reads numbers and speakers: nothing else of this function needs that.
    from dateline.linking.edits import in_order
    from dateline.linking.summary import sum_up

    head = library.store.links.heads([occurrence_id]).get(occurrence_id) if _ID.fullmatch(occurrence_id) else None
    if head is None or not library.access.allows(head.collection):
        raise NotFound(_NEVER)
    if head.into is not None:
        raise Gone(f"This occurrence is one with another by now: ask for {head.into}.")
    told, heads = _told_now(library, occurrence_id)
    if head.shown is None or not told:
        raise Gone("This occurrence has gone: no document tells it any more.")
    told.sort(key=lambda one: (str(one.published or "9999"), one.id))
    edits = in_order(one for one in library.store.links.edits(head.collection) if one.id in head.edits)
    changed = head.switched_at or datetime.now(UTC)
    row = sum_up(occurrence_id, head.collection, told, changed, edits, telling=None)
    links = {"occurrences": f"../collections/{segment(head.collection)}/occurrences"}
    documents = {one.document: Source.of(heads[one.document].head) for one in told}
    return OccurrenceInFull(**dict(row), told=told, sources=documents, links=links)


def _sampled(library: Library, rows: Iterable[Occurrence]) -> dict[str, Held]:
    """Read the heads of the documents that rows name, as far as these are there still."""
    heads = library.store.heads.get_many({one.document for row in rows for one in row.samples})
    return {one: held for one, held in heads.items() if held.head.state != "deleted"}


def _told_now(library: Library, occurrence_id: str) -> tuple[list[Report], dict[str, Held]]:
    """Read an occurrence's reports, each checked against its document's head: what that tells no more is left out."""
    reports = [one.report for one in library.store.links.reports(occurrence_id)]
    heads = library.store.heads.get_many({one.document for one in reports})
    told = (_now(library, one, heads.get(one.document)) for one in reports)
    return [one for one in told if one is not None], heads


def _now(library: Library, report: Report, held: Held | None) -> Report | None:
    """Return what a document tells of an event now; its newer run may not be linked yet."""
    if held is None or held.shown is None:
        return None
    if held.head.told == report.run:
        return report.model_copy(update={"run": held.shown})
    event = library.store.runs.event(report.id, held.head)
    return report.model_copy(update={"event": event, "run": held.shown}) if event else None


def export_page(library: Library, query: OccurrencesQuery, name: str) -> tuple[Exported, str | None]:
    """Take a page of a collection's occurrences to be exported, and the cursor of the next."""
    page = _page(library, query, name)
    return _exported(library, name, page.rows, query.chosen), _cursor(page, query, name)


def export(library: Library, query: OccurrencesQuery, name: str) -> Exported:
    """Take a collection's occurrences to be exported whole. TooLarge: only in parts."""
    library.must_have(name)
    page = library.store.links.rows.page(name, query.search, None, _EXPORTED_AT_MOST, _EXAMINED_FOR_EXPORT)
    if page.next is not None:
        raise TooLarge(
            f"One answer holds {_EXPORTED_AT_MOST:,} occurrences, found among {_EXAMINED_FOR_EXPORT:,}; there are "
            "more. Narrow it with `from` and `to`. csv, jsonld and markdown also come in pages: give a `limit`, "
            "follow the `cursor`."
        )
    return _exported(library, name, page.rows, query.chosen)


def _page(library: Library, query: OccurrencesQuery, name: str) -> Page[Occurrence, OccurrenceHead]:
    library.must_have(name)
    after = Position(*cursor.decode(_name(query, name), query.cursor, 2)) if query.cursor else None
    return library.store.links.rows.page(name, query.search, after, query.limit)


def _name(query: OccurrencesQuery, name: str) -> str:
    return f"occurrences of {name}: {query.name}"


def _cursor(page: Page[Occurrence, OccurrenceHead], query: OccurrencesQuery, name: str) -> str | None:
    return cursor.encode(_name(query, name), page.next.span, page.next.row) if page.next else None


def _exported(library: Library, title: str, rows: Sequence[Occurrence], chosen: tuple[str, ...]) -> Exported:
    documents = sources.exported({one: held.head for one, held in _sampled(library, rows).items()})
    entries = [occurrence_entry(row, documents) for row in rows]
    return Exported(title, entries, Day.of(datetime.now(UTC).date()), library.address, "occurrences", chosen)
