"""Which model this machine's environment asks for: one behind the chat-completions protocol, or the stand-in."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.records import Record

# Its provider names it for what smaller models of the generation before did, and it keeps to a strict schema.
DEFAULT_MODEL = "gpt-6.1-terra"


class Provider(Record):
    """A model's name, its provider's base URL (None: the SDK's own default), and the key. The key is never shown."""

    model: str
    url: str | None
    key: str = Field(repr=False)


class ProviderError(ValueError):
    """The environment asks for a model by halves; the message says what is missing."""


class _Environment(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    openai_api_key: str | None = None
    openai_base_url: str | None = None
    dateline_model: str = DEFAULT_MODEL


def provider() -> Provider | None:
    """Read OPENAI_API_KEY, OPENAI_BASE_URL and DATELINE_MODEL; None where no key is set: then the stand-in answers."""
    found = _Environment()
    if found.openai_api_key is not None:
        return Provider(model=found.dateline_model, url=found.openai_base_url, key=found.openai_api_key)
    if found.openai_base_url is not None:
        raise ProviderError(
            "OPENAI_BASE_URL is set and OPENAI_API_KEY is not. Set the key too (any word, if the server wants none), "
            "or unset OPENAI_BASE_URL to use the stand-in."
        )
    return None
