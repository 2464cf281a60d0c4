"""A timeline and the name of a format to bytes. Each format is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.exports.model import Exported

NAMES = ("timelinejs", "ics", "csv", "atom", "jsonld", "markdown")


def write(name: str, exported: Exported) -> bytes:
    """Write a timeline in one of the formats of `NAMES`, as UTF-8."""
    match name:
        case "timelinejs":
            from dateline.exports.timelinejs import write as written
        case "ics":
            from dateline.exports.ics import write as written
        case "csv":
            from dateline.exports.csv import write as written
        case "atom":
            from dateline.exports.atom import write as written
        case "jsonld":
            from dateline.exports.jsonld import write as written
        case "markdown":
            from dateline.exports.markdown import write as written
        case _:
            raise ValueError(f"there is no format {name!r}")
    return written(exported)
