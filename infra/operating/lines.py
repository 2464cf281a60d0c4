"""A line of words on an operator's terminal: harmless, not folded, its indent kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from infra.present import harmless

if TYPE_CHECKING:
    from rich.console import Console


def show(console: Console, line: str) -> None:
    """Print a line, which may hold names from outside."""
    text = line.lstrip(" ")
    console.print(Text(f"{line[: len(line) - len(text)]}{harmless(text)}"), soft_wrap=True)
