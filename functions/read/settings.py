"""What the read function is told by its environment."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from read.answers import Price


class Settings(BaseSettings):
    """Read once, when the function starts; what is missing or wrong is named then. Prefix: `DATELINE_`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, frozen=True)

    table: str
    bucket: str
    collections_claim: str | None = Field(
        default=None, description="name of the token's claim that limits a reader to collections; none: no limit"
    )
    prices: dict[str, Price] = Field(default={}, description="what a million tokens cost, by the model's name, as JSON")
