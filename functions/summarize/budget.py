"""How many tokens a document and a day may take, and the model behind a meter that holds to it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.answer import Completion
    from dateline.ask.request import Request
    from dateline.provider.client import Model

# A report of 300 pages takes about a million with its repairs; more than twice that is no document but an archive.
DOCUMENT_TOKENS = 2_500_000

_LONGEST_WAIT_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in tokens, input and output together. A day without a limit is not counted."""

    document: int = DOCUMENT_TOKENS
    day: int | None = None

    def must_hold(self, needed: int) -> None:
        """Let a document wait that would take too much. Retryable: a person raises the limit."""
        if needed > self.document:
            raise Retryable(
                f"it needs about {needed:,} tokens and a document may take {self.document:,}: "
                "raise DATELINE_DOCUMENT_TOKENS, or split it",
                _LONGEST_WAIT_SECONDS,
            )


class Meter:
    """A model whose tokens are counted, and that is asked no more once they are spent."""

    def __init__(self, model: Model, most: int) -> None:
        self.name = model.name
        self._model = model
        self._most = most
        self._lock = Lock()
        self.usage = Usage()

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer as the model does. Retryable: what the document may take is spent."""
        if total(self.usage) >= self._most:
            raise Retryable(
                "it has taken all tokens that a document may take: raise DATELINE_DOCUMENT_TOKENS",
                _LONGEST_WAIT_SECONDS,
            )
        completion = self._model.complete(request, deadline)
        with self._lock:
            self.usage += completion.usage
        return completion


def total(usage: Usage) -> int:
    """Count tokens as budgets do: everything that goes in and comes out."""
    return usage.input + usage.output
