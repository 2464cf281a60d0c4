"""The summarize function's settings, read from environment variables."""

from __future__ import annotations

from pydantic import Field

from dateline.lane.recognisers import Name
from dateline.lane.settings import LaneSettings
from summarize.budget import DAY_TOKENS, DOCUMENT_TOKENS, Budget


class Settings(LaneSettings):
    """The live lane's own settings: its budgets."""

    document_tokens: int = Field(
        default=DOCUMENT_TOKENS, gt=0, description="what a document may take, input and output; beyond, it is rejected"
    )
    day_tokens: int = Field(
        default=DAY_TOKENS, gt=0, description="what all documents may take on a day (UTC); then they wait"
    )
    recogniser: Name | None = Field(
        default=None, description="what recognises the text of scans and images; none: they are rejected"
    )

    @property
    def budget(self) -> Budget:
        """How many tokens a document and a day may take."""
        return Budget(document=self.document_tokens, day=self.day_tokens)
