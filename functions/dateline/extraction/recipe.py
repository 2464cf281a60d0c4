"""The hashes that name what made a run."""

from __future__ import annotations

from dateline.records import Recipe


def recipe(model: str, output_language: str) -> Recipe:
    """Return today's recipe for a model's name and the language of titles and summaries."""
    raise NotImplementedError
