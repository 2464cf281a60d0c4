"""What the summarize function is told by its environment."""

from __future__ import annotations

from pydantic import Field

from dateline.lane.settings import LaneSettings
from summarize.budget import DOCUMENT_TOKENS, Budget

_SQS_LONGEST_DELAY = 900


class Settings(LaneSettings):
    """What is the live lane's own: budgets, and how long old runs stay."""

    document_tokens: int = Field(
        default=DOCUMENT_TOKENS, gt=0, description="what a document may take, input and output; beyond, it is rejected"
    )
    day_tokens: int | None = Field(
        default=None, gt=0, description="what all documents may take on a day (UTC); then they wait; none: no limit"
    )
    tidy_after_seconds: int = Field(
        default=120,
        ge=10,
        le=_SQS_LONGEST_DELAY,
        description="old runs stay so long for readers that began with them; an answer takes at most 30 s",
    )
    previous_days: int = Field(
        default=30, gt=0, description="days for which the run before the current one stays to be compared with it"
    )

    @property
    def budget(self) -> Budget:
        """How many tokens a document and a day may take."""
        return Budget(document=self.document_tokens, day=self.day_tokens)
