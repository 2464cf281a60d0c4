"""What one reader may read of the store."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.http.refusals import NotFound
from read.segment_cache import SegmentCache

if TYPE_CHECKING:
    from dateline.http.access import Access
    from dateline.store.heads import Head, Held
    from dateline.store.store import Store

_DOCUMENT = re.compile(r"doc_[a-z2-7]{20}")
_NO_COLLECTION = "There is no such collection. Its name is the first folder below `drop/`."
_NO_DOCUMENT = "No document has this id. It may have been deleted."


@dataclass(frozen=True, slots=True)
class Library:
    """The store, as far as one reader's access goes. What a reader may not read does not exist for that reader.

    `address` is where readers find the API, with a slash at its end; empty where nobody said so.
    """

    store: Store
    access: Access
    address: str = ""
    segments: SegmentCache = field(default_factory=SegmentCache)

    def must_allow(self, collection: str) -> None:
        """Raise NotFound where a collection is not this reader's."""
        if not self.access.allows(collection):
            raise NotFound(_NO_COLLECTION)

    def must_have(self, collection: str) -> None:
        """Raise NotFound where there is no such collection."""
        self.must_allow(collection)
        if not self.store.listing.is_registered(collection):
            raise NotFound(_NO_COLLECTION)

    def head(self, document_id: str) -> Head:
        """Read the head of a document that is there; else NotFound."""
        return self.held(document_id).head

    def held(self, document_id: str) -> Held:
        """Read the head of a document that is there, with what the table notes beside it; else NotFound."""
        held = self.last(document_id)
        if held is None or held.head.state == "deleted":
            raise NotFound(_NO_DOCUMENT)
        return held

    def last(self, document_id: str) -> Held | None:
        """Read the head of a document that is there or was; None where there never was one."""
        held = self.store.heads.get(document_id) if _DOCUMENT.fullmatch(document_id) else None
        return held if held is not None and self.access.allows(held.head.place.collection) else None
