"""What a file of a plan holds at most, and how long things are waited for: constants, with the reason of each."""

from __future__ import annotations

from dataclasses import dataclass

# Providers promise a batch within 24 hours; twice that is a batch that nobody works on.
BATCH_HOURS = 48
# A message is redelivered five times within two and a half hours, at the longest; then a document goes on alone.
ROWS_HOURS = 6
# A document in the queue waits out a provider's outage of hours. After a day it is left to the next plan.
FLIGHT_HOURS = 24
# A batch of which less than this share of rows can be used did not lose single rows: something is wrong with all of it.
USABLE_SHARE = 0.1
# One or two requests at the full price are not worth a person's time.
HELD_ROWS = 3
# Documents that are fetched at the same time, so that the processor, which reads one after another, waits for none.
READERS = 16


@dataclass(frozen=True, slots=True)
class FileLimits:
    """The provider takes no more `rows` and `bytes` in one batch; its bytes also fit into the function's /tmp.

    `documents` bounds a file for the queue: all documents that one ends with are read at a time.
    """

    rows: int = 50_000
    bytes: int = 200_000_000
    documents: int = 5_000
