"""What the user sees while the stack starts: a moving display on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


class Progress:
    """Tells each step as it goes."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Show that a step is under way, and on a terminal how long it took."""
        if not self.console.is_terminal:
            self.say(f"{what} ...")
            yield
            return
        began = time.monotonic()
        with self.console.status(Text(what)):
            yield
        self.console.print(Text.assemble(("✓ ", "green"), what, (f"  {time.monotonic() - began:.1f} s", "dim")))

    def say(self, line: str) -> None:
        """Print a line as it stands, at once."""
        self.console.print(Text(line), soft_wrap=True)
        self.console.file.flush()
