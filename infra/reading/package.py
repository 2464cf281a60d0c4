"""Rows as JSON Lines with a descriptor (Data Package, version 2), zipped once all are there."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Row = dict[str, Any]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CHUNK = 1_048_576


@dataclass
class Resource:
    """One file of rows of a kind, written row by row. `properties` describe a row, as JSON Schema does."""

    name: str
    description: str
    key: tuple[str, ...]
    properties: Mapping[str, Mapping[str, Any]]
    file: IO[bytes]
    rows: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def path(self) -> str:
        """Its name in the package."""
        return f"{self.name}.jsonl"

    def write(self, rows: Iterable[Row]) -> None:
        """Write rows, each with its properties alone."""
        for row in rows:
            line = json.dumps({name: row.get(name) for name in self.properties}, ensure_ascii=False).encode() + b"\n"
            self.file.write(line)
            self._digest.update(line)
            self.rows += 1

    def describe(self) -> Row:
        """Describe it for the package, once all rows are written."""
        return {
            "name": self.name,
            "type": "table",
            "description": self.description,
            "path": self.path,
            "format": "jsonl",
            "mediatype": "application/jsonl",
            "encoding": "utf-8",
            "bytes": self.file.tell(),
            "hash": f"sha256:{self._digest.hexdigest()}",
            "schema": {
                "fields": [_field(name, one) for name, one in self.properties.items()],
                "primaryKey": list(self.key),
            },
        }


def zipped(target: Path, about: Row, resources: Iterable[Resource]) -> None:
    """Write a package: its descriptor first, then its files."""
    described = [(one, one.describe()) for one in resources]
    descriptor = {"$schema": _PROFILE, **about, "resources": [row for _, row in described]}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=2))
        for one, _ in described:
            one.file.seek(0)
            # A file beyond 2 GB has to be announced before it is written.
            with package.open(one.path, "w", force_zip64=True) as member:
                while chunk := one.file.read(_CHUNK):
                    member.write(chunk)


def _field(name: str, described: Mapping[str, Any]) -> Row:
    """Describe a column by its JSON Schema: what is no plain type is an object."""
    kinds = [one for one in described.get("anyOf", [described]) if one.get("type") != "null"]
    kind = kinds[0].get("type", "object") if len(kinds) == 1 else "any"
    about = {"description": described["description"]} if "description" in described else {}
    return {"name": name, "type": kind, **about}
