"""One run of the reprocess function in a process of its own, as Lambda gives it: its event, and what it took."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from tests.functions.conftest import Context

_FUNCTION_SECONDS = 600


def main() -> None:
    began = time.monotonic()
    from reprocess.app import handler

    answer = handler({"kind": sys.argv[1]}, Context(seconds=_FUNCTION_SECONDS))
    seconds = time.monotonic() - began
    used = time.process_time()
    state = answer["plan"]["state"]
    print(json.dumps({"state": state, "seconds": seconds, "processor": used, "most_bytes": _most_bytes()}))


def _most_bytes() -> int:
    """Read the most memory that this process ever held; `getrusage` would count what its parent held, too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


if __name__ == "__main__":
    main()
