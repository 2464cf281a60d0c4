"""Which code links, as a number: what other code has linked is linked anew."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_HASHES = Path(__file__).parents[1] / "recipe.json"


@cache
def linking_version() -> int:
    """Return the hash of the code in this folder, made when the project is built."""
    hashes: dict[str, str] = json.loads(_HASHES.read_bytes())
    return int(hashes["linking"], 16)
