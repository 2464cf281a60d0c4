"""Every committed file that is made from code but the recipe: `make generated` writes them, and a test compares them.

The recipe's hashes are not among them: a new one costs deployments computing time or tokens, so `make recipe` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.local.paths import ROOT
from infra.openapi import files as openapi
from infra.reference import command_line, settings

if TYPE_CHECKING:
    from pathlib import Path

_REFERENCE = ROOT / "infra" / "reference"


def contents() -> dict[Path, str]:
    """Make what each file should hold."""
    return {
        **dict(zip(openapi.FILES, openapi.contents(), strict=True)),
        _REFERENCE / "cli.md": command_line.page(),
        _REFERENCE / "settings.md": settings.page(),
    }


def main() -> None:
    """Write every file anew."""
    for file, content in contents().items():
        file.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
