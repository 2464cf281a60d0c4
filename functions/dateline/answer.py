"""The stored answer: what a model said to one content under one ask, so that nobody pays for it twice."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.records import Record, Usage

Finish = Literal["stop", "length", "refused"]
Lane = Literal["live", "batch"]


class Completion(Record):
    """What one call brought: the raw text, why the model stopped, the tokens it took, and which part it answers.

    `length`: it was cut off; `refused`: the text is the provider's or the model's reason. `part` is `Part.name`.
    `lane` is the way that it came, for batches cost less.
    """

    text: str
    finish: Finish
    usage: Usage
    part: str = "1"
    lane: Lane = "live"


class Unrepaired(Record):
    """A call after a part's first answer that could not be had: its repair, or the summary of several parts.

    `tries` counts the deliveries that asked in vain; `after` is how many seconds the server asked to wait.
    """

    part: str
    code: Literal["repair_pending", "repair_refused", "repair_given_up"]
    reason: str
    tries: int = 1
    after: float | None = None


class StoredAnswer(Record):
    """What a model said to one content under one ask: for each part the first completion, then the repairs of it.

    The text is kept raw, so that a better judge can read it again without a call. `content` is `Document.content`.
    `unrepaired` names the parts whose repair is still to come, or will not come.
    """

    content: str
    ask: str
    model: str
    output_language: str
    completions: tuple[Completion, ...] = Field(min_length=1)
    unrepaired: tuple[Unrepaired, ...] = ()

    @property
    def pending(self) -> Unrepaired | None:
        """The repair that is waited for longest, by what the server asked for; None where none is to come."""
        waited = [one for one in self.unrepaired if one.code == "repair_pending"]
        return max(waited, key=lambda one: one.after or 0.0, default=None)

    @property
    def usage(self) -> Usage:
        """The tokens of all calls together."""
        return sum((completion.usage for completion in self.completions), Usage())

    def usage_of(self, lane: Lane) -> Usage:
        """Sum up the tokens of the calls of one lane."""
        return sum((completion.usage for completion in self.completions if completion.lane == lane), Usage())
