"""What the summarize function is told by its environment."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.documents.limits import MAX_BYTES

_SQS_LONGEST_DELAY = 900


class Settings(BaseSettings):
    """Read once, when the function starts; what is missing or wrong is named then. Prefix: `DATELINE_`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, frozen=True)

    table: str
    bucket: str
    queue_url: str
    model: str = Field(description="name of the model, as its provider knows it")
    model_url: str | None = Field(default=None, description="base URL of the provider; none: the SDK's own default")
    model_secret: str = Field(description="ARN of the secret whose text is the provider's key")
    language: str = Field(default="en", description="language of titles and summaries, BCP 47")
    max_bytes: int = Field(default=MAX_BYTES, gt=0, description="a larger object is rejected unread")
    tidy_after_seconds: int = Field(
        default=120,
        ge=10,
        le=_SQS_LONGEST_DELAY,
        description="old runs stay so long for readers that began with them; an answer takes at most 30 s",
    )
