"""Following an editor's decision: as it lies in the bucket now, into the table, and at once into the occurrences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from pydantic import ConfigDict, JsonValue, ValidationError

from dateline.deferred import DeferredModel
from dateline.linking.edits import Edit
from dateline.store.bucket import TooLarge, Withheld
from dateline.store.links import Due
from summarize.linking import Linked, fold_waiting

if TYPE_CHECKING:
    from dateline.store.keys import EditPlace
    from dateline.store.store import Store

_LARGEST_BYTES = 100_000  # 400 reports with their sentences are some 40 KB


class _Written(DeferredModel):
    """What an editor's object holds: a decision without what S3 says of it."""

    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, JsonValue]


@dataclass(slots=True)
class Followed:
    """What became of a decision: what was folded in anew, and why its object is none (kinds of faults, no text)."""

    linked: Linked = field(default_factory=Linked)
    faults: tuple[str, ...] = ()


def follow(place: EditPlace, by: str | None, store: Store, deadline: float) -> Followed:
    """Keep or forget a decision and fold the documents that it names in anew, before `deadline` (`time.monotonic`).

    An object that is no decision is as good as none: what it may have been before holds no longer. All is done in the
    collection's turn, so that of two messages about one object the later one reads it later; and the documents are
    noted first, so that a worker that dies leaves nothing unfollowed. Retryable: it is another worker's turn.
    """
    followed = Followed()

    def keep() -> None:
        before = store.links.edit(place.collection, place.name)
        now, followed.faults = _now(place, by, store)
        if now is not None and before is not None and now.at == before.at:
            now = now.model_copy(update={"by": by or before.by})
        named = {document for one in (before, now) if one is not None for document in one.named}
        for document in sorted(named):
            store.links.put_due(place.collection, Due(document=document, stamp=uuid4().hex))
        if now is not None:
            store.links.put_edit(place.collection, now)
        elif before is not None:
            store.links.delete_edit(place.collection, place.name)

    followed.linked = fold_waiting(place.collection, None, store, deadline, keep)
    return followed


def _now(place: EditPlace, by: str | None, store: Store) -> tuple[Edit | None, tuple[str, ...]]:
    """Read the decision as it lies there now, or what is wrong with it."""
    try:
        found = store.blobs.edit(place.key, _LARGEST_BYTES)
        if found is None:
            return None, ()
        written = _Written.model_validate_json(found.data).__pydantic_extra__
        return Edit.model_validate({**written, "id": place.name, "by": by, "at": found.modified}), ()
    except ValidationError as error:
        kinds = {one["type"] for one in error.errors(include_url=False, include_context=False, include_input=False)}
        return None, tuple(sorted(kinds))
    except TooLarge:
        return None, ("too_large",)
    except Withheld:
        return None, ("withheld",)
