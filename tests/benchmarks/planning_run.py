"""One run of the reprocess function in a process of its own, as Lambda gives it: its event, and what it took."""

from __future__ import annotations

import json
import resource
import sys
import time

from tests.functions.conftest import Context

_FUNCTION_SECONDS = 600


def main() -> None:
    began = time.monotonic()
    from reprocess.app import handler

    answer = handler({"kind": sys.argv[1]}, Context(seconds=_FUNCTION_SECONDS))
    seconds = time.monotonic() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    used = time.process_time()
    state = answer["plan"]["state"]
    print(json.dumps({"state": state, "seconds": seconds, "processor": used, "most_bytes": most}))


if __name__ == "__main__":
    main()
