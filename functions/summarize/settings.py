"""The summarize function's settings, read from environment variables."""

from __future__ import annotations

from pydantic import Field

from dateline.lane.recognisers import Name
from dateline.lane.settings import LaneSettings
from summarize.budget import DAY_TOKENS, DOCUMENT_TOKENS, Budget
from summarize.limiter import Bounds


class Settings(LaneSettings):
    """The live lane's own settings: its budgets, and how fast it asks the model."""

    document_tokens: int = Field(
        default=DOCUMENT_TOKENS, gt=0, description="what a document may take, input and output; beyond, it is rejected"
    )
    day_tokens: int = Field(
        default=DAY_TOKENS, gt=0, description="what all documents may take on a day (UTC); then they wait"
    )
    model_requests: int = Field(
        default=0, ge=0, description="requests a minute that the model is asked at most; 0: as its server says"
    )
    model_tokens: int = Field(
        default=0, ge=0, description="tokens a minute that the model is asked at most; 0: as its server says"
    )
    recogniser: Name | None = Field(
        default=None, description="what recognises the text of scans and images; none: they are rejected"
    )

    @property
    def budget(self) -> Budget:
        """How many tokens a document and a day may take."""
        return Budget(document=self.document_tokens, day=self.day_tokens)

    @property
    def bounds(self) -> Bounds:
        """How fast the model is asked at most."""
        return Bounds(requests=self.model_requests, tokens=self.model_tokens)
