"""Run the whole system on this machine: `python -m infra.local`, or `make run`."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
from rich.console import Console

from dateline.store.store import open_store
from infra.environment import Environment
from infra.local import reprocessing, samples
from infra.local.failure import Trouble
from infra.local.folder import DropFolder
from infra.local.isolation import isolate
from infra.local.options import read_options
from infra.local.outcomes import Outcomes
from infra.local.paths import State
from infra.local.progress import Progress
from infra.local.stack import Stack, running
from infra.local.waits import Waits

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

_LOOK_AFTER_SECONDS = 0.5
_INTERRUPTED = 130


def main() -> int:
    """Serve until Ctrl-C; with --once, until the samples are shown, status 0 only if all was done for every one."""
    environment = Environment()
    options = read_options(environment)
    console = Console(highlight=False, soft_wrap=False)
    progress = Progress(console)
    isolate()
    # SIGINT too: a shell starts what runs in the background with Ctrl-C ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        state = State(options.state.resolve())
        with running(
            state,
            options.port,
            environment,
            dict(options.parameter),
            progress,
            enforce_roles=options.enforce_roles,
            minute=options.minute,
        ) as stack:
            return _serve(stack, options, progress)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _serve(stack: Stack, options: Namespace, progress: Progress) -> int:
    if options.ready_file is not None:
        stack.write_ready(options.ready_file)
    waits = Waits(progress.say)
    if options.once:
        return 0 if _process_samples(stack, options, progress, waits) else 1
    store = open_store(stack.aws.dynamodb, stack.aws.s3, stack.deployed.table, stack.deployed.bucket)
    outcomes = Outcomes(store.heads, progress.say, waits)
    folder = DropFolder(options.drop, stack.aws.s3, stack.deployed.bucket, outcomes, progress.say)
    # The folder first: whatever the samples wait for, what is dropped meanwhile is taken.
    with _followed(folder) as watching:
        try:
            _process_samples(stack, options, progress, waits)
            progress.say(_how_to_go_on(stack, options.drop))
            while watching.is_alive():
                stack.must_run()
                watching.join(_LOOK_AFTER_SECONDS)
        except KeyboardInterrupt:
            progress.say("Ending.")
            return 0
    raise Trouble(f"The folder {options.drop} cannot be watched any longer.")


def _process_samples(stack: Stack, options: Namespace, progress: Progress, waits: Waits) -> bool:
    """Do with the samples what the options ask for; return whether all was done for every one."""
    processed = options.no_samples or _show_samples(stack, progress, waits)
    if options.reprocess:
        processed = reprocessing.reprocess(stack, samples.samples(), progress) and processed
    return processed


def _show_samples(stack: Stack, progress: Progress, waits: Waits) -> bool:
    """Drop the samples and show what became of them; return whether every one was processed."""
    wanted = samples.samples()
    with httpx2.Client(base_url=stack.deployed.api, timeout=30) as api:
        try:
            with progress.step(f"Processing {len(wanted)} sample articles"):
                for sample in wanted:
                    samples.drop(stack.aws.s3, stack.deployed.bucket, sample)
                lines = samples.wait(api, wanted, waits)
            samples.show(progress.console, api, lines)
        except httpx2.HTTPError as error:
            stack.must_run()
            raise Trouble(f"The HTTP API fails: {error}") from error
    done = sum(line.state == "done" and line.reason is None for line in lines)
    if done < len(wanted):
        progress.say(f"Only {done} of {len(wanted)} samples were processed.")
    return done == len(wanted)


@contextmanager
def _followed(folder: DropFolder) -> Iterator[threading.Thread]:
    stop = threading.Event()
    thread = threading.Thread(target=folder.follow, args=(stop,))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()


def _how_to_go_on(stack: Stack, drop: Path) -> str:
    api, s3, bucket = stack.deployed.api, stack.aws.url, stack.deployed.bucket
    return f"""
The page  {api}/
The API   {api}
          curl '{api}/collections'
Drop      mkdir -p {drop}/mine && cp article.txt {drop}/mine/
          or with any S3 client: endpoint {s3}, bucket {bucket}, key drop/<collection>/<path>, any credentials
A model   OPENAI_API_KEY=… [OPENAI_BASE_URL=…] [DATELINE_MODEL=…] make run
Ctrl-C ends it; what was dropped is kept."""


if __name__ == "__main__":
    sys.exit(main())
