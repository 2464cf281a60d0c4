"""What a check has found, a line for each thing: whether it holds, and what to do where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from infra.present import harmless

if TYPE_CHECKING:
    from rich.console import Console

State = Literal["holds", "missing", "fails", "unknown"]

_STYLES: dict[State, str] = {"holds": "green", "missing": "yellow", "fails": "bold red", "unknown": "dim"}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one thing, and what to do where it does not hold."""

    name: str
    state: State
    said: str
    todo: str = ""


def show_found(console: Console, one: Found) -> None:
    """Print what was found, which may hold words of others."""
    line = Text.assemble((f"{one.state:<8}", _STYLES[one.state]), f"{one.name:<9} ", harmless(one.said))
    console.print(line, soft_wrap=True)
    if one.todo:
        console.print(Text(f"{'':18}{one.todo}", style="dim"), soft_wrap=True)
