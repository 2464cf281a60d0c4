"""Batches that have ended: what they brought is copied once, and goes to the live lane in pieces."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from dateline.errors import Retryable
from dateline.lane.messages import RowsMessage
from dateline.provider.batch_lines import read_row
from dateline.store.file_states import BatchFile, Submitted
from reprocess.limits import BATCH_HOURS, HELD_ROWS, USABLE_SHARE
from reprocess.submit import FILE_SECONDS, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.provider.batches import Batch
    from dateline.store.batch_files import BatchFileName
    from dateline.store.plans import Plan
    from reprocess.tools import Tools

# A range is worked through by one message: within a minute or two, and well within the function's memory.
_RANGE_ROWS, _RANGE_BYTES = 200, 4_000_000
_MOST_CAUSES = 3


def collect(tools: Tools, plan: Plan) -> None:
    """Ask after each submitted file's batch, and take in those that have ended.

    Retryable: for some batch the provider has no answer now; the others were collected all the same.
    """
    failure: Retryable | None = None
    for file in tools.store.plans.files(plan):
        if isinstance(file, BatchFile) and isinstance(file.stage, Submitted):
            try:
                _collect(tools, plan, file, file.stage)
            except Retryable as error:
                failure = failure or error
    if failure is not None:
        raise failure


def _collect(tools: Tools, plan: Plan, file: BatchFile, stage: Submitted) -> None:
    batch = tools.batches().get(stage.batch, tools.seconds(SECONDS))
    if batch is None:
        _note(tools, plan, file, stage, "the provider knows nothing of its batch any more")
    elif not batch.ended:
        _wait_for(tools, plan, file, stage, batch)
    elif batch.limited:
        _put_back(tools, plan, file, stage, batch)
    else:
        _take_in(tools, plan, file, stage, batch)


def _wait_for(tools: Tools, plan: Plan, file: BatchFile, stage: Submitted, batch: Batch) -> None:
    """Let a batch go on, unless nobody wants it any more, or it outlives by far the day that providers promise."""
    is_late = tools.now() - stage.since > timedelta(hours=BATCH_HOURS)
    if is_late or plan.state == "ending":
        tools.batches().cancel(batch.id, tools.seconds(SECONDS))
    if is_late:
        _note(tools, plan, file, stage, f"{batch.status} after {BATCH_HOURS} hours, and waited for no longer")


def _put_back(tools: Tools, plan: Plan, file: BatchFile, stage: Submitted, batch: Batch) -> None:
    """Have the batch made once more, of the same upload, when others no longer take the account's limit."""
    reason = f"the provider's limit was reached ({_whole(batch)}); it is tried again"
    tools.store.plans.keep_file(plan.id, file.at(stage.put_back(reason)))
    raise Retryable(reason)


def _take_in(tools: Tools, plan: Plan, file: BatchFile, stage: Submitted, batch: Batch) -> None:
    """Copy what came, send its rows to the queue, and only then note it: what is sent twice does no harm."""
    gone = not _copy(tools, plan, file, "output", batch.output_file_id)
    _copy(tools, plan, file, "errors", batch.error_file_id)
    sent = send_rows(tools, plan, file)
    files = tools.store.batch_files
    failed = failures(files.lines(files.key(plan.id, file.number, "errors")))
    parts = (batch.status, _whole(batch), "its output is gone" if gone else "", _told(failed))
    reason = "; ".join(part for part in parts if part)
    _note(tools, plan, file, stage, reason, ranges=sent, cancelled=batch.status == "cancelled")


def send_rows(tools: Tools, plan: Plan, file: BatchFile) -> int:
    """Send what was copied of a file's output to the queue, and return in how many ranges."""
    files = tools.store.batch_files
    pieces = list(ranges(files.lines(files.key(plan.id, file.number, "output"))))
    tools.queue.send(
        [
            RowsMessage(plan=plan.id, number=file.number, ask=plan.recipe.ask, start=start, end=end)
            for start, end in pieces
        ]
    )
    return len(pieces)


def _copy(tools: Tools, plan: Plan, file: BatchFile, name: BatchFileName, provider_file: str | None) -> bool:
    """Copy a file of the provider's to S3, unless an earlier run has. False: it is gone."""
    key = tools.store.batch_files.key(plan.id, file.number, name)
    if provider_file is None or tools.store.batch_files.exists(key):
        return True
    chunks = tools.batches().download(provider_file, tools.seconds(FILE_SECONDS))
    if chunks is None:
        return False
    tools.store.batch_files.copy(key, chunks)
    return True


def _note(
    tools: Tools,
    plan: Plan,
    file: BatchFile,
    stage: Submitted,
    reason: str,
    *,
    ranges: int = 0,
    cancelled: bool = False,
) -> None:
    """Note that a batch was collected. Whoever cancels one wants no more of it, least of all at the full price.

    One that brought next to nothing is held: nobody has agreed to ask about all its documents at the full price.
    """
    given_up = cancelled or plan.state == "ending"
    if given_up or tools.settings.lane == "queue" or _is_of_use(tools, plan, file):
        at = file.at(stage.collect(ranges, reason, tools.now(), given_up=given_up))
    else:
        at = file.at(stage.hold(ranges, reason))
    tools.store.plans.keep_file(plan.id, at)


def _is_of_use(tools: Tools, plan: Plan, file: BatchFile) -> bool:
    """Return whether at most single rows of a file failed; no more rows are read than it takes to know."""
    if file.rows < HELD_ROWS:
        return True
    enough = ceil(file.rows * USABLE_SHARE)
    lines = tools.store.batch_files.lines(tools.store.batch_files.key(plan.id, file.number, "output"))
    usable = (row.custom_id for row in map(read_row, lines) if row and row.completion)
    return sum(1 for _ in islice(usable, enough)) == enough


def ranges(lines: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Cut lines into pieces, each from its first byte to below its end."""
    start = end = rows = 0
    for line in lines:
        if rows == _RANGE_ROWS or (rows and end - start + len(line) > _RANGE_BYTES):
            yield start, end
            start, rows = end, 0
        end += len(line)
        rows += 1
    if rows:
        yield start, end


def failures(lines: Iterable[bytes]) -> Counter[str]:
    """Count the rows of an error file by what failed."""
    rows = (read_row(line) for line in lines if line.strip())
    return Counter((row.reason if row else None) or "it is garbled" for row in rows)


def _whole(batch: Batch) -> str:
    """Say why a whole batch failed."""
    return _told(Counter(error.code for error in batch.errors))


def _told(causes: Counter[str]) -> str:
    """Name the commonest causes, with how often."""
    common = causes.most_common(_MOST_CAUSES)
    rest = causes.total() - sum(count for _, count in common)
    return ", ".join([f"{cause} ({count})" for cause, count in common] + ([f"others ({rest})"] if rest else []))
