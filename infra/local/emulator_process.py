"""The emulator's own process: ministack in process, its state saved every few seconds, ending when its parent does.

It runs in an environment of its own, since ministack pins its own botocore, and so imports nothing of this project.
Standard input is the parent's hand: the line `keep` (the stack is deployed) begins the saving, so that what is on disk
is always a whole deployment; its end ends this process.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading

from hypercorn.asyncio import serve  # type: ignore[import-not-found]
from hypercorn.config import Config  # type: ignore[import-not-found]
from ministack import app as ministack  # type: ignore[import-not-found]
from ministack.core import persistence  # type: ignore[import-not-found]

# A kill loses at most so much; saving a few hundred documents takes a tenth of a second.
_SAVE_EVERY_SECONDS = 2.0


async def emulate(port: int) -> None:
    """Serve on loopback until the parent ends."""
    loop = asyncio.get_running_loop()
    keep, end = asyncio.Event(), asyncio.Event()
    threading.Thread(target=_obey_parent, args=(loop, keep, end), daemon=True).start()
    saving = asyncio.create_task(_save(keep))
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.graceful_timeout = 1.0
    config.keep_alive_timeout = 75.0
    config.loglevel = "WARNING"
    # A line for each service and each saving would hide what the functions say.
    logging.getLogger("persistence").setLevel(logging.WARNING)
    await serve(ministack.app, config, shutdown_trigger=end.wait)
    saving.cancel()


def _obey_parent(loop: asyncio.AbstractEventLoop, keep: asyncio.Event, end: asyncio.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "keep":
            loop.call_soon_threadsafe(keep.set)
    if not keep.is_set():
        _leave()
    loop.call_soon_threadsafe(end.set)


async def _save(keep: asyncio.Event) -> None:
    await keep.wait()
    while True:
        await asyncio.to_thread(persistence.save_all, ministack._build_persistence_save_dict())
        await asyncio.sleep(_SAVE_EVERY_SECONDS)


def _leave() -> None:
    """End this process and the functions' processes, which are all that is in its group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(emulate(int(os.environ["GATEWAY_PORT"])))
    _leave()
