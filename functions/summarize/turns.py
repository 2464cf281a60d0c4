"""A message's turns at the model that all workers share: a call waits for its turn, or the message comes back then."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from dateline.ask.estimate import of_call
from dateline.errors import NotYet
from summarize.budget import total

if TYPE_CHECKING:
    from dateline.answer import Completion
    from dateline.ask.request import Request
    from dateline.provider.client import Model
    from summarize.limiter import Limiter

# Waiting in a thread is exact, and cheaper than reading a document once more; a message comes back within seconds. So
# it comes back early, and what is left is waited for here, as long as the model keeps nine tenths of the time.
_EARLY_SECONDS: Final = 10.0
_PATIENCE_SECONDS: Final = 15.0
_PATIENCE_PART: Final = 10


class Line:
    """Where a message stands among the calls of all: the `turn` that is reserved for its next one.

    Once a call's turn is too far off the message `comes_back`, and so do all later calls of this try: one turn is
    reserved at a time, so that a long document goes on between the others, and no turn is lost.
    """

    def __init__(self, limiter: Limiter, turn: int | None) -> None:
        self._limiter = limiter
        self._lock = Lock()
        self.turn = turn
        self.comes_back = False

    @property
    def seconds(self) -> float:
        """How soon the message is to come back."""
        return 0.0 if self.turn is None else max(0.0, self._limiter.seconds_to(self.turn) - _EARLY_SECONDS)

    def must_be_near(self) -> None:
        """Check before anything is done that the turn is near. NotYet: SQS delays a message for no longer than this."""
        if self.turn is not None and self._limiter.seconds_to(self.turn) > _PATIENCE_SECONDS:
            raise self._comes_back(self.turn)

    def wait(self, tokens: int, deadline: float) -> None:
        """Wait until a call may be made. NotYet: its turn is too far off, and reserved."""
        patience = min(_PATIENCE_SECONDS, (deadline - monotonic()) / _PATIENCE_PART)
        with self._lock:
            if self.comes_back:
                raise self._not_yet()
            place = self._place(tokens)
            if place is None:
                return
            if self._limiter.seconds_to(place) > patience:
                raise self._comes_back(place)
        if not self._limiter.wait(place, patience):
            with self._lock:
                raise self._comes_back(place)

    def settle(self, reserved: int, used: int) -> None:
        """Correct what a call was thought to take."""
        self._limiter.settle(reserved, used)

    def _place(self, tokens: int) -> int | None:
        """Return the place that was reserved, once, and then others."""
        place, self.turn = self.turn, None
        return self._limiter.reserve(tokens) if place is None else self._limiter.redeem(place, tokens)

    def _comes_back(self, place: int) -> NotYet:
        self.comes_back = True
        self.turn = place if self.turn is None else min(self.turn, place)
        return self._not_yet()

    def _not_yet(self) -> NotYet:
        return NotYet("its turn at the model, which takes so many calls and tokens a minute", self.seconds)


class InTurn:
    """A model whose calls wait for their turn."""

    def __init__(self, model: Model, line: Line) -> None:
        self.name = model.name
        self._model = model
        self._line = line

    def complete(self, request: Request, deadline: float) -> Completion:
        """Answer as the model does. NotYet: the turn is still to come."""
        tokens = of_call(request)
        self._line.wait(tokens, deadline)
        completion = self._model.complete(request, deadline)
        self._line.settle(tokens, total(completion.usage))
        return completion
