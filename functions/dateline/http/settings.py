"""Settings that the functions behind the HTTP API share: where things are, and whose collections a caller may see."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class HttpSettings(BaseSettings):
    """Read once, when a function starts; what is missing or wrong is named then. Prefix: `DATELINE_`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, frozen=True)

    table: str = Field(description="name of the table of all records")
    bucket: str = Field(description="name of the bucket of documents, texts and answers")
    collections_claim: str | None = Field(
        default=None, description="name of the token's claim that limits a reader to collections; none: no limit"
    )
