"""What this machine's environment variables say: every command here reads them through this one model."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.records import Record

# Its provider names it for what smaller models of the generation before did, and it keeps to a strict schema.
# It is also the default of the template's parameter `ModelName`.
DEFAULT_MODEL = "gpt-6.1-terra"


class Provider(Record):
    """A model's name, its provider's base URL (None: the SDK's own default), and the key. The key is never shown."""

    model: str
    url: str | None
    key: str = Field(repr=False)


class IncompleteEnvironment(ValueError):
    """Only some of the variables of a model are set; the message says which is missing."""


class Environment(BaseSettings):
    """The variables that users of this machine set. An empty one counts as not set."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    openai_api_key: str | None = Field(
        default=None,
        repr=False,
        description="key of the model's provider; not set: the extractive stand-in answers (rules, no download)",
    )
    openai_base_url: str | None = Field(
        default=None, description="base URL of another server that speaks the chat-completions protocol"
    )
    dateline_model: str = Field(default=DEFAULT_MODEL, description="the model's name there")
    dateline_language: str = Field(
        default="en",
        description="language of titles and summaries, BCP 47; the stand-in keeps the document's own",
    )
    dateline_token: str | None = Field(
        default=None,
        repr=False,
        description="token that commands show an API that takes tokens (HttpApiAuth=jwt); not set: they sign",
    )

    @property
    def provider(self) -> Provider | None:
        """The model to ask; None: the stand-in. IncompleteEnvironment: an address without a key."""
        if self.openai_api_key is not None:
            return Provider(model=self.dateline_model, url=self.openai_base_url, key=self.openai_api_key)
        if self.openai_base_url is not None:
            raise IncompleteEnvironment(
                "OPENAI_BASE_URL is set and OPENAI_API_KEY is not. Set the key too (any word, if the server wants "
                "none), or unset OPENAI_BASE_URL to use the stand-in."
            )
        return None
