"""What both lanes are told by their environment: where things are, how a document is read, what a model is asked."""

from __future__ import annotations

from dataclasses import fields

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.ask.parts import PART_CHARACTERS
from dateline.documents import limits
from dateline.records import Asking


class LaneSettings(BaseSettings):
    """Read once, when a function starts; what is missing or wrong is named then. Prefix: `DATELINE_`.

    Both lanes are deployed with the same values, so that they ask the same of the same content.
    """

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, frozen=True)

    table: str
    bucket: str
    queue_url: str
    model: str = Field(description="name of the model, as its provider knows it")
    model_url: str | None = Field(default=None, description="base URL of the provider; none: the SDK's own default")
    model_secret: str = Field(description="ARN of the secret whose text is the provider's key")
    language: str = Field(default="en", description="language of titles and summaries, BCP 47")
    max_bytes: int = Field(default=limits.MAX_BYTES, gt=0, description="a larger object is rejected unread")
    max_pages: int = Field(default=limits.MAX_PAGES, gt=0, description="a PDF with more is rejected")
    max_characters: int = Field(default=limits.MAX_CHARACTERS, gt=0, description="a longer text is rejected")
    max_inflated_bytes: int = Field(default=limits.MAX_INFLATED_BYTES, gt=0, description="what a DOCX may unpack to")
    max_nesting: int = Field(default=limits.MAX_NESTING, gt=0, description="elements in elements, parts in parts")
    max_read_seconds: float = Field(default=limits.MAX_READ_SECONDS, gt=0, description="time to read one document")
    max_read_memory: int = Field(
        default=limits.MAX_READ_MEMORY, gt=0, description="bytes of address space for reading one document"
    )
    part_characters: int = Field(
        default=PART_CHARACTERS, ge=1_000, description="a longer document is asked about in parts of so many characters"
    )

    @property
    def reading(self) -> limits.Limits:
        """How much of a document is read."""
        return limits.Limits(**{field.name: getattr(self, field.name) for field in fields(limits.Limits)})

    @property
    def asking(self) -> Asking:
        """What the deployment's own recipe asks."""
        return Asking(model=self.model, language=self.language, part_characters=self.part_characters)
