"""The upload function's settings, read from environment variables."""

from __future__ import annotations

from pydantic import Field

from dateline.http.settings import HttpSettings


class Settings(HttpSettings):
    """What all functions behind the HTTP API know, and where the bucket is reached."""

    uploads_to: str = Field(min_length=1, description="the bucket's URL, to which files are uploaded; empty: none are")
