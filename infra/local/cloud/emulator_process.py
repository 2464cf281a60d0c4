"""The emulator's own process: ministack in process, its state saved every few seconds, ending when its parent does.

It runs in an environment of its own, since ministack pins its own botocore, and so imports nothing of this project.
Standard input is the parent's hand: the line `keep` (the stack is deployed) begins the saving, so that what is on disk
is always a whole deployment; its end ends this process.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socketserver
import sys
import threading
import time
from typing import TYPE_CHECKING

from hypercorn.asyncio import serve  # type: ignore[import-not-found]
from hypercorn.config import Config  # type: ignore[import-not-found]
from ministack import app as ministack  # type: ignore[import-not-found]
from ministack.core import persistence  # type: ignore[import-not-found]
from ministack.services import dynamodb, eventbridge, scheduler  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    Item = Mapping[str, Mapping[str, str]]

# A kill loses at most so much. Saving a few hundred documents takes a tenth of a second; where it takes longer, so many
# times as long passes until the next.
_SAVE_EVERY_SECONDS, _PAUSE_FOR_SAVING = 2.0, 15
# What a request sets off inside the emulator, such as taking a message off a queue, follows within the next round.
_ROUNDS_AFTER_A_REQUEST = 2

_MINUTE_SECONDS = 60.0
# How often the schedules are looked at, as without us.
_LOOKS_A_MINUTE = 6

_KEY_CONDITION = re.compile(
    r"(?P<partition>#?\w+) = (?P<wanted>:\w+) AND (?P<order>#?\w+) BETWEEN (?P<low>:\w+) AND (?P<high>:\w+)"
)

# Loopback needs no TLS; policies that ask for it are to see a request as if it had come that way.
_ENCRYPTED = (b"x-forwarded-proto", b"https")


class Saver:
    """Saves the emulator's state, as long as requests come in."""

    def __init__(self) -> None:
        self._rounds = 0

    async def application(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as the emulator does, and note that something may have changed."""
        self._rounds = _ROUNDS_AFTER_A_REQUEST
        if scope["type"] == "http":
            scope["headers"] = [*scope["headers"], _ENCRYPTED]
        await ministack.app(scope, receive, send)

    async def save(self, begin: asyncio.Event) -> None:
        """Save every few seconds, once told to begin."""
        await begin.wait()
        pause = _SAVE_EVERY_SECONDS
        while True:
            if self._rounds:
                self._rounds -= 1
                began = time.monotonic()
                await asyncio.to_thread(persistence.save_all, ministack._build_persistence_save_dict())
                pause = max(_SAVE_EVERY_SECONDS, _PAUSE_FOR_SAVING * (time.monotonic() - began))
            await asyncio.sleep(pause)


async def emulate(port: int) -> None:
    """Serve on loopback until the parent ends."""
    loop = asyncio.get_running_loop()
    keep, end = asyncio.Event(), asyncio.Event()
    threading.Thread(target=_obey_parent, args=(loop, keep, end), daemon=True).start()
    saver = Saver()
    saving = asyncio.create_task(saver.save(keep))
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.graceful_timeout = 1.0
    config.keep_alive_timeout = 75.0
    config.loglevel = "WARNING"
    # A line for each service and each saving would hide what the functions say.
    logging.getLogger("persistence").setLevel(logging.WARNING)
    await serve(saver.application, config, shutdown_trigger=end.wait)
    saving.cancel()


def hasten(minute: float) -> None:
    """Let a minute of the schedules' rates last so many seconds. Times of day (`cron`) stay what they are."""
    in_seconds = eventbridge._parse_rate_seconds

    def hastened(expression: str) -> float | None:
        seconds: int | None = in_seconds(expression)
        return None if seconds is None else seconds * minute / _MINUTE_SECONDS

    eventbridge._parse_rate_seconds = hastened
    scheduler._SCHEDULE_TICK_INTERVAL = minute / _LOOKS_A_MINUTE


def answer_at_once() -> None:
    """Set TCP_NODELAY where the functions fetch their events: otherwise each call waits some 45 ms.

    The emulator's Runtime API writes an answer's head and body apart, so that the body would wait (Nagle) for the
    acknowledgement of the head, which the function's side delays.
    """
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True


def compare_keys_quickly() -> None:
    """Compare keys of text with a query's bounds directly, as the emulator's own evaluation of conditions ends up to.

    That reads the condition anew for each item of the partition, at 80 microseconds each: a tenth of a second for a
    query of a collection with a thousand events, whatever it finds.
    """
    evaluate = dynamodb._evaluate_condition

    def quickened(expression: str, item: Item, values: Item, names: Mapping[str, str], **other: str) -> bool:
        found = _KEY_CONDITION.fullmatch(expression)
        if found is None:
            return bool(evaluate(expression, item, values, names, **other))
        partition, order = (item.get(names.get(found[name], found[name]), {}) for name in ("partition", "order"))
        wanted, low, high = (values.get(found[name], {}) for name in ("wanted", "low", "high"))
        if any(one.keys() != {"S"} for one in (partition, order, wanted, low, high)):
            return bool(evaluate(expression, item, values, names, **other))
        return partition == wanted and low["S"] <= order["S"] <= high["S"]

    dynamodb._evaluate_condition = quickened


def _obey_parent(loop: asyncio.AbstractEventLoop, keep: asyncio.Event, end: asyncio.Event) -> None:
    kept = False
    for line in sys.stdin:
        if line.strip() == "keep":
            kept = True
            loop.call_soon_threadsafe(keep.set)
    if not kept:
        _leave()
    loop.call_soon_threadsafe(end.set)


def _leave() -> None:
    """End this process and the functions' processes, which are all that is in its group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    os._exit(0)


if __name__ == "__main__":
    hasten(float(os.environ["SCHEDULE_MINUTE_SECONDS"]))
    answer_at_once()
    compare_keys_quickly()
    asyncio.run(emulate(int(os.environ["GATEWAY_PORT"])))
    _leave()
