"""Following an editor's decision: as it lies in the bucket now, into the table, and at once into the occurrences."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from dateline.linking.edits import Edit
from dateline.store.bucket import TooLarge
from dateline.store.links import Due
from summarize.linking import Linked, fold_waiting

if TYPE_CHECKING:
    from dateline.store.keys import EditPlace
    from dateline.store.store import Store

_LARGEST_BYTES = 100_000  # 400 reports with their sentences are some 40 KB


class _Written(BaseModel):
    """What an editor's object holds: a decision without what S3 says of it."""

    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, JsonValue]


def follow(place: EditPlace, by: str | None, store: Store, deadline: float) -> Linked:
    """Keep or forget a decision and fold the documents that it names in anew, before `deadline` (`time.monotonic`).

    An object that is no decision is as good as none: what it may have been before holds no longer. Retryable: it is
    another worker's turn; what is noted is followed then.
    """
    before = store.links.edit(place.collection, place.name)
    now = _now(place, by, store)
    if now is not None:
        store.links.put_edit(place.collection, now)
    elif before is not None:
        store.links.delete_edit(place.collection, place.name)
    named = {document for one in (before, now) if one is not None for document in one.named}
    for document in sorted(named):
        store.links.put_due(place.collection, Due(document=document, stamp=uuid4().hex))
    return fold_waiting(place.collection, None, store, deadline)


def _now(place: EditPlace, by: str | None, store: Store) -> Edit | None:
    try:
        found = store.blobs.edit(place.key, _LARGEST_BYTES)
        if found is None:
            return None
        written = _Written.model_validate_json(found.data).__pydantic_extra__
        return Edit.model_validate({**written, "id": place.name, "by": by, "at": found.modified})
    except (ValidationError, TooLarge):
        return None
