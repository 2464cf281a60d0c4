"""A document's answer: the one that is kept, or one made of what was paid for already and what the model is asked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.answer import Completion, StoredAnswer
from dateline.ask.estimate import needed
from dateline.errors import Retryable
from dateline.extract import extract
from dateline.provider.prices import cost_of
from dateline.records import Usage
from dateline.stored import read_stored
from summarize.budget import Meter, total

if TYPE_CHECKING:
    from decimal import Decimal

    from dateline.documents.model import Document
    from dateline.judge.review import Reviews
    from summarize.tools import Tools


@dataclass(slots=True)
class Answering:
    """The way to one document's answer before `deadline`, in seconds of `time.monotonic()`.

    `paid` counts the tokens of the answer that is made here, an earlier try's and a batch's included; an answer that
    was kept already costs none. `live` and `batch` are what the answer took, whoever paid for it and when. `learned`
    says whether the answer holds more than what an earlier try left; a document that `is_new` had none.
    """

    document_id: str
    tools: Tools
    deadline: float
    is_new: bool = False
    paid: int = 0
    learned: bool = True
    _left: bool = False
    live: Usage = field(default_factory=Usage)
    batch: Usage = field(default_factory=Usage)
    _unsettled: tuple[str, int, int] | None = None

    @property
    def usd(self) -> Decimal | None:
        """What the tokens cost that were paid; None where none were, or no price is known."""
        cost = cost_of(self.tools.recipe.model, self.live, self.batch) if self.paid else None
        return cost.usd if cost else None

    def answer(self, document: Document, reviews: Reviews) -> StoredAnswer:
        """Return the stored answer, or make one and store it. Retryable and Rejected: as `extract` says.

        One whose repair is still to come is kept as unfinished, so that a later try asks for nothing but the repair.
        """
        store, ask, content = self.tools.store, self.tools.recipe.ask, document.content
        kept = store.blobs.answer(ask, content)
        if kept is None:
            begun = None if self.is_new else self._unfinished(document) or self._from_a_batch(document)
            made = self._made(document, begun, reviews)
            self.learned = begun is None or made.completions != begun.completions
            if made.pending:
                self._keep_unfinished(made)
                kept = made.model_dump_json()
            else:
                kept = self._keep(ask, made)
                if self._left:
                    store.blobs.delete_unfinished(self.document_id)
            if begun:
                store.batch_files.delete_completion(ask, content)
        answer = read_stored(StoredAnswer, kept)
        self.live, self.batch = answer.usage_of("live"), answer.usage_of("batch")
        return answer

    def _unfinished(self, document: Document) -> StoredAnswer | None:
        """Read what an earlier try has paid for of this content under this ask."""
        stored = self.tools.store.blobs.unfinished(self.document_id)
        self._left = stored is not None
        begun = read_stored(StoredAnswer, stored) if stored else None
        return begun if begun and (begun.ask, begun.content) == (self.tools.recipe.ask, document.content) else None

    def _keep(self, ask: str, answer: StoredAnswer) -> str:
        """Keep a whole answer; one that cannot be kept for everybody is kept for this document's next try."""
        try:
            return self.tools.store.blobs.keep_answer(ask, answer.content, answer.model_dump_json())
        except Retryable:
            with suppress(Retryable):
                self._keep_unfinished(answer)
            raise

    def _keep_unfinished(self, answer: StoredAnswer) -> None:
        self.tools.store.blobs.keep_unfinished(self.document_id, answer.model_dump_json())
        self._left = True

    def _from_a_batch(self, document: Document) -> StoredAnswer | None:
        """Read what came for this content in a batch of this ask."""
        recipe, asking = self.tools.recipe, self.tools.asking
        stored = self.tools.store.batch_files.completion(recipe.ask, document.content)
        if stored is None:
            return None
        return StoredAnswer(
            content=document.content,
            ask=recipe.ask,
            model=recipe.model,
            output_language=asking.language,
            completions=(read_stored(Completion, stored),),
        )

    def _made(self, document: Document, begun: StoredAnswer | None, reviews: Reviews) -> StoredAnswer:
        """Ask the model within the document's budget and the day's; what it takes is counted, whatever comes of it."""
        tools, part_characters = self.tools, self.tools.asking.part_characters
        spent = total(begun.usage) if begun else 0
        self.paid = spent
        missing = max(0, needed(document, part_characters) - spent)
        if missing:
            tools.budget.must_hold(spent + missing)
        meter = Meter(tools.model(), tools.budget.document - spent)
        day = tools.store.spending.reserve(missing, tools.budget.day) if tools.budget.day is not None else None
        try:
            return extract(
                document,
                meter,
                output_language=tools.asking.language,
                deadline=self.deadline,
                part_characters=part_characters,
                kept=begun,
                keep=self._keep_unfinished,
                reviews=reviews,
            )
        finally:
            self.paid = spent + total(meter.usage)
            self.live = meter.usage + (begun.usage_of("live") if begun else Usage())
            self.batch = begun.usage_of("batch") if begun else Usage()
            if day is not None:
                self._unsettled = day, missing, total(meter.usage)

    def settle(self) -> None:
        """Correct what the day was charged to what the answer took. It comes last: no reader is to wait for it."""
        if self._unsettled is not None:
            self.tools.store.spending.settle(*self._unsettled)
