"""The edit function's settings, read from environment variables."""

from __future__ import annotations

from dateline.http.settings import HttpSettings


class Settings(HttpSettings):
    """What all functions behind the HTTP API know, and nothing else."""
