"""The model's client. The only file that imports the SDK, and only when a model is called: the import costs 0.6 s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dateline.extraction.answer import Completion
    from dateline.extraction.request import Request


class Model(Protocol):
    """Something that answers requests. `name` is part of the recipe."""

    @property
    def name(self) -> str:
        """The model's name as its provider knows it."""

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer before `deadline`, in seconds of `time.monotonic()`; raise Retryable or Rejected where it cannot."""


class OpenAIModel:
    """A model behind the chat-completions protocol: OpenAI itself, or any server that speaks it at `base_url`."""

    def __init__(self, name: str, base_url: str | None, key: str) -> None:
        self.name = name
        self.base_url = base_url
        self._key = key

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer before `deadline`, in seconds of `time.monotonic()`; raise Retryable or Rejected where it cannot."""
        raise NotImplementedError
