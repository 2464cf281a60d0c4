"""The words that a model is instructed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def instructions(output_language: str) -> str:
    """Return the fixed part of every request, the same bytes for every document of a deployment."""
    raise NotImplementedError


def repair_instructions(failures: Sequence[str]) -> str:
    """Return the message that asks for the corrected items only."""
    raise NotImplementedError
