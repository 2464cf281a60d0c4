"""Run a module as `python -m` does, and end with the parent: `python -m infra.local.supervise MODULE ARGUMENTS…`.

The parent holds the other end of standard input. It closes when the parent ends, however that comes about; a
`kill -9` runs no clean-up, but the system closes its pipes.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading


def end_with_parent() -> None:
    """Leave at once when standard input closes."""

    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    end_with_parent()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
