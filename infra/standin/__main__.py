"""Serve the extractive stand-in: `python -m infra.standin --port 8800`."""

from __future__ import annotations

import argparse
import sys

from infra.standin.server import application, base_url, listen, server


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; status 1 where the port cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m infra.standin", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port to serve on; 0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        listening = listen(arguments.host, arguments.port)
    except OSError as error:
        print(f"cannot serve on {arguments.host}:{arguments.port}: {error.strerror}", file=sys.stderr)
        return 1
    with listening:
        print(f"The extractive stand-in serves on {base_url(listening)}", flush=True)
        server(application()).run(sockets=[listening])
    return 0


if __name__ == "__main__":
    sys.exit(main())
