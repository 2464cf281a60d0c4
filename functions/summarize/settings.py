"""What the summarize function is told by its environment."""

from __future__ import annotations

from dataclasses import fields

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.documents import limits
from dateline.extraction.parts import PART_CHARACTERS
from summarize.budget import DOCUMENT_TOKENS, Budget

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
    document_tokens: int = Field(
        default=DOCUMENT_TOKENS, gt=0, description="what a document may take, input and output; beyond, it waits"
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

    @property
    def budget(self) -> Budget:
        """How many tokens a document and a day may take."""
        return Budget(document=self.document_tokens, day=self.day_tokens)

    @property
    def reading(self) -> limits.Limits:
        """How much of a document is read."""
        return limits.Limits(**{field.name: getattr(self, field.name) for field in fields(limits.Limits)})
