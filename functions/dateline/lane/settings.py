"""Settings that both lanes share: where things are, what a model is asked."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.ask.parts import PART_CHARACTERS
from dateline.records import Asking


class LaneSettings(BaseSettings):
    """Read once, when a function starts; what is missing or wrong is named then. Prefix: `DATELINE_`.

    Both lanes are deployed with the same values, so that they ask the same of the same content.
    """

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, frozen=True)

    table: str = Field(description="name of the table of all records")
    bucket: str = Field(description="name of the bucket of documents, texts and answers")
    queue_url: str = Field(description="URL of the drop queue")
    link_queue_url: str = Field(description="URL of the link queue")
    model: str = Field(description="name of the model, as its provider knows it")
    model_url: str | None = Field(default=None, description="base URL of the provider; none: the SDK's own default")
    model_secret: str = Field(description="ARN of the secret whose text is the provider's key")
    language: str = Field(default="en", description="language of titles and summaries, BCP 47")

    @property
    def asking(self) -> Asking:
        """What the deployment's own recipe asks."""
        return Asking(model=self.model, language=self.language, part_characters=PART_CHARACTERS)
