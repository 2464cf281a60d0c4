"""What a store says of a collection, but for times, ids and numbers of runs: two that say the same are equal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dateline.store import keys
from dateline.store.overlap import Search
from dateline.store.store import Store

_MOST = 100_000
_OF_THE_WAY = {"document_id", "number", "made_at", "change"}
_IDS = {"id", "document_id"}


def picture(store: Store, collection: str, paths: Iterable[str]) -> dict[str, Any]:
    """Read documents, their timeline and their occurrences as readers see them, and what stands beside them."""
    places = [place for path in sorted(paths) if (place := keys.place(f"{keys.PREFIX}{collection}/{path}"))]
    named = {place.document_id: place.path for place in places}
    timeline = store.timeline.page(collection, Search(), None, _MOST, _MOST).rows
    occurrences = store.links.rows.page(collection, Search(), None, _MOST, _MOST).rows
    reports = [store.links.reports(one.id) for one in occurrences]
    return {
        "documents": {place.path: _document(store, place) for place in places},
        "timeline": sorted(
            (one.begins, named[event.document_id], event.title) for event in timeline if (one := event.when)
        ),
        "occurrences": sorted(
            sorted((one.report.path, one.report.event.title, one.report.event.evidence[0].start) for one in told)
            for told in reports
        ),
    }


def _document(store: Store, place: keys.Place) -> dict[str, Any]:
    held = store.heads.get(place.document_id)
    if held is None:
        return {}
    head = held.head
    run = store.runs.get(place.document_id, head.current) if head.current is not None else None
    told = store.runs.events(place.document_id, head.current) if head.current is not None else []
    text = store.blobs.text(place.document_id, head.current) if head.current is not None else None
    return {
        "head": head.model_dump(include={"state", "waiting_for", "rejection", "content", "recipe", "repair_pending"}),
        "linked": held.is_linked,
        "run": run and run.model_dump(exclude=_OF_THE_WAY),
        "events": [event.model_dump(exclude=_IDS) for event in told],
        "text": text,
    }
