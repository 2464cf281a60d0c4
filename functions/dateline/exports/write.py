"""A timeline and the name of a format to bytes. Each format is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from dateline.exports.model import Exported

NAMES = ("timelinejs", "ics", "csv", "atom", "jsonld", "markdown")


class _Format(Protocol):
    def write(self, exported: Exported) -> bytes: ...


def write(name: str, exported: Exported) -> bytes:
    """Write a timeline in one of the formats of `NAMES`, as UTF-8."""
    if name not in NAMES:
        raise ValueError(f"there is no format {name!r}")
    return cast("_Format", import_module(f"dateline.exports.{name}")).write(exported)
