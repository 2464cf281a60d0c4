"""Token budgets of a document and a day, and a metered model that stops at the limit."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from dateline.errors import Rejected
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.answer import Completion
    from dateline.ask.request import Request
    from dateline.provider.client import Model

# A report of 300 pages takes about a million with its repairs; more than twice that is no document but an archive.
DOCUMENT_TOKENS = 2_500_000
# Some 2,000 articles, 20 to 30 USD with a strong model: what a client may cost that drops the same files without end.
DAY_TOKENS = 10_000_000


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in tokens, input and output together. A day without a limit is not counted."""

    document: int = DOCUMENT_TOKENS
    day: int | None = None

    def must_hold(self, needed: int) -> None:
        """Reject a document that would exceed its budget: a retry makes it no shorter. Rejected: `over_budget`."""
        if needed > self.document:
            raise Rejected(
                "over_budget",
                f"It needs about {needed:,} tokens and a document may take {self.document:,}. "
                "Split it, or raise the parameter DocumentTokens and upload it again.",
            )


class Meter:
    """A model whose tokens are counted; once they are spent, it is not called again."""

    def __init__(self, model: Model, most: int) -> None:
        self.name = model.name
        self._model = model
        self._most = most
        self._lock = Lock()
        self.usage = Usage()

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer as the model does. Rejected: what the document may take is spent; what is there is published."""
        if total(self.usage) >= self._most:
            raise Rejected(
                "over_budget", "it has taken all tokens that a document may take: raise the parameter DocumentTokens"
            )
        completion = self._model.complete(request, deadline)
        with self._lock:
            self.usage += completion.usage
        return completion


def total(usage: Usage) -> int:
    """Return input plus output tokens, as budgets count them."""
    return usage.input + usage.output
