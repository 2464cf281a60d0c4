"""What processing a document needs: the store, a model, the target recipe, the budget."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from dateline.lane.recognisers import Remembering
from summarize.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dateline.documents.recognition import Recogniser
    from dateline.lane.recognisers import Tesseract, Textract
    from dateline.lane.target import Target
    from dateline.provider.client import Model
    from dateline.records import Asking, Recipe
    from dateline.store.bucket import StoredObject
    from dateline.store.keys import Place
    from dateline.store.store import Store
    from summarize.folding import Seen


@dataclass(frozen=True, slots=True)
class Desk:
    """Where messages of one run of the function meet that link documents of one collection.

    One of them folds in what all have noted; `seen` is what it saw of the others' documents. Until `taken`, in seconds
    of `time.monotonic`, it is another worker's turn.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)
    _locks: dict[str, Lock] = field(default_factory=dict)

    @contextmanager
    def alone(self, collection: str) -> Iterator[bool]:
        """Have one of them at a time here; say whether it came at once, and no other was at work meanwhile."""
        lock = self._locks.setdefault(collection, Lock())
        at_once = lock.acquire(blocking=False)
        if not at_once:
            lock.acquire()
        try:
            yield at_once
        finally:
            lock.release()


@dataclass(frozen=True, slots=True)
class Tools:
    """The store, a model (made when one is asked), the recipe that documents are brought to, and its budget.

    `after_death`: the message was another worker's, who had no other and never came to its end. `recogniser` reads
    scans and images; without one they are rejected.
    """

    store: Store
    model: Callable[[], Model]
    target: Target
    budget: Budget = field(default_factory=Budget)
    after_death: bool = False
    recogniser: Textract | Tesseract | None = None
    desk: Desk = field(default_factory=Desk)

    @property
    def recipe(self) -> Recipe:
        """The recipe that documents are brought to."""
        return self.target.recipe

    @property
    def asking(self) -> Asking:
        """What the model is asked with."""
        return self.target.asking

    def recogniser_of(self, place: Place, dropped: StoredObject) -> Recogniser | None:
        """Return what reads an upload's text where it is an image, once."""
        if self.recogniser is None:
            return None
        return Remembering(self.recogniser, self.store.blobs, place.document_id, dropped.data)
